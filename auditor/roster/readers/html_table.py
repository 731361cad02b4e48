"""Reads the tables of an HTML page, which many systems export under the name of a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree, html

from auditor.files.decoding import DecodedText, declared_charset, decode_table
from auditor.model.policy import RosterPolicy
from auditor.model.roster import RosterReading
from auditor.ports import RosterReader
from auditor.roster.grid import NO_LINKS, Grid, MergedArea, OpenedRoster, Row, fill_down
from auditor.roster.intake import read_opened, rejected
from auditor.roster.readers._package import whole_number
from auditor.roster.reading import kind_of

_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_WIDEST = 2_000
_TALLEST = 65_536


def accepts(body: bytes) -> bool:
    """True for a page, whatever the file is called."""
    return kind_of(body) == "html"


def read(path: Path, body: bytes, policy: RosterPolicy, hosts: frozenset[str]) -> RosterReading:
    """Read the tables of a page. Raises RosterError (F03, F10, H06)."""
    try:
        decoded = _decoded(body)
        page = html.document_fromstring(decoded.text, parser=html.HTMLParser(no_network=True, huge_tree=True))
    except (ValueError, etree.LxmlError) as trouble:
        raise rejected(path, "F10", reason="the page is damaged") from trouble
    tables = [
        table for table in page.iter("table") if not any(True for _ in table.iter("table") if _ is not table)
    ]
    grids = tuple(_grid(table, f"table {count}") for count, table in enumerate(tables, 1))
    return read_opened(OpenedRoster(grids, samples_wanted=decoded.guessed), path, body, policy, hosts)


def _decoded(body: bytes) -> DecodedText:
    """As for text files, but a page may name its encoding itself."""
    encoding = declared_charset(body)
    decoded: DecodedText | None = None
    if encoding and not body.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        with suppress(UnicodeDecodeError):
            decoded = DecodedText(body.decode(encoding), encoding)
    decoded = decoded or decode_table(body)
    return replace(decoded, text=re.sub(r"^\s*<\?xml[^>]*\?>", "", decoded.text))


def _grid(table: Any, name: str) -> Grid:
    grid = Grid(name, iter(()))
    areas: list[MergedArea] = []
    rows = list(_rows(table, areas))
    grid.rows = fill_down(iter(rows), areas, grid.filled_down)
    return grid


def _rows(table: Any, areas: list[MergedArea]) -> Iterator[Row]:
    busy: dict[int, int] = {}
    for number, element in enumerate(table.iter("tr"), 1):
        cells: list[str] = []
        links: dict[int, str] = {}
        for cell in element.iterchildren("td", "th"):
            while busy.get(len(cells), 0) >= number:
                cells.append("")
            if len(cells) > _WIDEST:
                break
            column, wide, tall = len(cells), _span(cell, "colspan", _WIDEST), _span(cell, "rowspan", _TALLEST)
            target = next((anchor.get("href") for anchor in cell.iter("a") if anchor.get("href")), None)
            if target:
                links[column] = target
            cells.append(" ".join("".join(cell.itertext()).split()))
            cells.extend([""] * (wide - 1))
            if tall > 1:
                areas.append(MergedArea(number, column, number + tall - 1))
                busy.update(dict.fromkeys(range(column, column + wide), number + tall - 1))
        while busy.get(len(cells), 0) >= number:
            cells.append("")
        hidden = bool(_HIDDEN.search(element.get("style", "")))
        yield Row(number, cells, links or NO_LINKS, hidden)


def _span(cell: Any, name: str, limit: int) -> int:
    return max(1, min(whole_number(cell.get(name, "").strip()), limit))


READER = RosterReader(name="html_table", accepts=accepts, read=read)
