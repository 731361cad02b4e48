"""Reads workbooks in the XML form of Excel 2003, which some systems export as xls."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from auditor.model.policy import RosterPolicy
from auditor.model.roster import RosterReading
from auditor.ports import RosterReader
from auditor.roster.grid import NO_LINKS, Grid, MergedArea, OpenedRoster, Row, fill_down
from auditor.roster.intake import read_opened, rejected
from auditor.roster.readers._package import attribute, local_name, whole_number
from auditor.roster.reading import kind_of

_LAST_ROW = 1_048_576
_COLUMNS = 16_384


def accepts(body: bytes) -> bool:
    """True for an XML spreadsheet."""
    return kind_of(body) == "xml workbook"


def read(path: Path, body: bytes, policy: RosterPolicy, hosts: frozenset[str]) -> RosterReading:
    """Read an XML spreadsheet. Raises RosterError (F03, F10, H06)."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.parse(io.BytesIO(body), parser).getroot()
    except etree.XMLSyntaxError as trouble:
        raise rejected(path, "F10", reason="the XML is damaged") from trouble
    grids = tuple(_grid(sheet) for sheet in root.iter("{*}Worksheet"))
    return read_opened(OpenedRoster(grids), path, body, policy, hosts)


def _grid(sheet: Any) -> Grid:
    grid = Grid(attribute(sheet, "Name"), iter(()))
    areas: list[MergedArea] = []
    rows = list(_rows(sheet, areas))
    while rows and rows[-1].is_blank():
        rows.pop()
    grid.rows = fill_down(iter(rows), areas, grid.filled_down)
    return grid


def _rows(sheet: Any, areas: list[MergedArea]) -> Iterator[Row]:
    expected = 1
    for element in sheet.iter("{*}Row"):
        number = min(whole_number(attribute(element, "Index")) or expected, _LAST_ROW)
        for gap in range(expected, number):
            yield Row(gap, [])
        cells: list[str] = []
        links: dict[int, str] = {}
        for cell in element:
            if local_name(cell) == "Cell":
                _put(cell, number, cells, links, areas)
        yield Row(number, cells, links or NO_LINKS, attribute(element, "Hidden") == "1")
        expected = number + 1


def _put(cell: Any, number: int, cells: list[str], links: dict[int, str], areas: list[MergedArea]) -> None:
    column = (whole_number(attribute(cell, "Index")) or len(cells) + 1) - 1
    if column >= _COLUMNS:
        return
    cells.extend([""] * (column + 1 - len(cells)))
    data = next((part for part in cell if local_name(part) == "Data"), None)
    cells[column] = _shown(data) if data is not None else ""
    target = attribute(cell, "HRef")
    if target:
        links[column] = target
    down = whole_number(attribute(cell, "MergeDown"))
    if down:
        areas.append(MergedArea(number, column, number + down))
    across = min(whole_number(attribute(cell, "MergeAcross")), _COLUMNS - 1 - column)
    cells.extend([""] * across)


def _shown(data: Any) -> str:
    text = "".join(data.itertext())
    kind = attribute(data, "Type")
    if kind == "DateTime":
        return text[:10]
    return text.removesuffix(".0") if kind == "Number" else text


READER = RosterReader(name="xml_workbook", accepts=accepts, read=read)
