"""Reads Excel workbooks (xlsx, xlsm) row by row, with the links behind cells and merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from auditor.files.archives import ArchiveTooLarge, BadArchive
from auditor.model.policy import RosterPolicy
from auditor.model.roster import RosterReading
from auditor.ports import RosterReader
from auditor.roster.grid import NO_LINKS, Grid, MergedArea, OpenedRoster, Row, fill_down
from auditor.roster.intake import read_opened, rejected
from auditor.roster.readers._number_cells import is_day_format, padding_of, shown_number
from auditor.roster.readers._package import Package, attribute, local_name, whole_number
from auditor.roster.reading import kind_of

_PLACE = re.compile(r"([A-Z]+)(\d+)")
_LAST_COLUMN = 16_384
_LAST_ROW = 1_048_576
#: How many rows one link may span.
_LINKED_ROWS = 100


def accepts(body: bytes) -> bool:
    """True for every zip container; what is no workbook is refused with a reason."""
    return kind_of(body) == "zip"


def read(path: Path, body: bytes, policy: RosterPolicy, hosts: frozenset[str]) -> RosterReading:
    """Read a workbook. Raises RosterError (F03, F10, F11, H06)."""
    try:
        return read_opened(_open(body), path, body, policy, hosts)
    except ArchiveTooLarge as trouble:
        raise rejected(path, "F11", reason=str(trouble)) from trouble
    except BadArchive as trouble:
        raise rejected(path, "F10", reason=str(trouble)) from trouble


@dataclass(frozen=True, slots=True)
class _Looks:
    """What the workbook's parts say of cells: shared texts, day formats, zero padding, calendar."""

    shared: Sequence[str]
    days: frozenset[int]
    padding: dict[int, int]
    epoch_1904: bool


@dataclass(slots=True)
class _Extras:
    """What stands behind the rows of a sheet: links by row, merged areas."""

    links: dict[int, dict[int, str]] = field(default_factory=dict)
    areas: list[MergedArea] = field(default_factory=list)


def _open(body: bytes) -> OpenedRoster:
    package = Package(body)
    main = next((target for kind, target in package.links_of("").values() if kind == "officeDocument"), "")
    main = main or "xl/workbook.xml"
    if not package.has(main) or main.endswith(".bin"):
        raise BadArchive("it holds no Excel workbook that this program can read")
    links = package.links_of(main)
    sheets, epoch_1904 = [], False
    for element in package.elements(main, "sheet", "workbookPr"):
        if local_name(element) == "workbookPr":
            epoch_1904 = element.get("date1904", "0") in ("1", "true")
        else:
            sheets.append(
                (element.get("name", ""), attribute(element, "id"), element.get("state", "visible"))
            )
    looks = _looks(package, links, epoch_1904)
    grids = []
    for name, relation, state in sheets:
        kind, part = links.get(relation, ("", ""))
        if kind == "worksheet" and package.has(part):
            grids.append(_grid(package, part, name, looks, hidden=state != "visible"))
    return OpenedRoster(tuple(grids), file_date=_modified(package))


def _grid(package: Package, part: str, name: str, looks: _Looks, *, hidden: bool) -> Grid:
    grid = Grid(name, iter(()), hidden=hidden, epoch_1904=looks.epoch_1904)
    extras = _extras(package, part)
    rows = fill_down(_rows(package, part, looks, extras), extras.areas, grid.filled_down)
    grid.rows = _until_last_filled(rows)
    return grid


def _looks(package: Package, links: dict[str, tuple[str, str]], epoch_1904: bool) -> _Looks:
    parts = dict(links.values())
    shared: list[str] = []
    if package.has(parts.get("sharedStrings", "")):
        shared.extend(_text_of(element) for element in package.elements(parts["sharedStrings"], "si"))
    codes: dict[int, str] = {}
    styles: list[int] = []
    if package.has(parts.get("styles", "")):
        for element in package.elements(parts["styles"], "numFmt", "cellXfs"):
            if local_name(element) == "numFmt":
                codes[whole_number(element.get("numFmtId"))] = element.get("formatCode", "")
            else:
                styles = [whole_number(one.get("numFmtId")) for one in element]
    days = frozenset(index for index, one in enumerate(styles) if is_day_format(one, codes.get(one, "")))
    padding = {
        index: padding_of(codes[one]) for index, one in enumerate(styles) if padding_of(codes.get(one, ""))
    }
    return _Looks(shared, days, padding, epoch_1904)


def _extras(package: Package, part: str) -> _Extras:
    """Links and merged areas, which stand behind the rows; most sheets have none and are not walked."""
    extras = _Extras()
    if not package.mentions(part, (b"hyperlink", b"mergeCell")):
        return extras
    targets = package.links_of(part)
    for element in package.elements(part, "row", "hyperlink", "mergeCell"):
        kind = local_name(element)
        area = _area(element.get("ref", "")) if kind != "row" else None
        if area is None:
            continue
        if kind == "mergeCell":
            extras.areas.append(area)
            continue
        target = targets.get(attribute(element, "id"), ("", ""))[1] or element.get("display", "")
        for row in range(area.top, min(area.bottom, area.top + _LINKED_ROWS) + 1):
            extras.links.setdefault(row, {})[area.left] = target
    return extras


def _rows(package: Package, part: str, looks: _Looks, extras: _Extras) -> Iterator[Row]:
    """Every row up to the last one stored; rows that the file leaves out are blank."""
    expected = 1
    for element in package.elements(part, "row"):
        number = whole_number(element.get("r")) or expected
        if number > _LAST_ROW:
            raise BadArchive(f"it names a row {number}")
        for gap in range(expected, number):
            yield Row(gap, [])
        cells: list[str] = []
        unvalued: list[int] = []
        for cell in element:
            if local_name(cell) == "c":
                _put(cell, cells, unvalued, looks)
        hidden = element.get("hidden", "0") in ("1", "true")
        yield Row(number, cells, extras.links.get(number, NO_LINKS), hidden, tuple(unvalued))
        expected = number + 1


def _put(cell: Any, cells: list[str], unvalued: list[int], looks: _Looks) -> None:
    place = cell.get("r")
    column = _column(place) if place else len(cells)
    if column >= _LAST_COLUMN:
        return
    text, formula = _cell_text(cell, looks)
    if not text and formula:
        if "HYPERLINK" in formula.upper():
            text = "=" + formula
        else:
            unvalued.append(column)
    if not text:
        return
    if column >= len(cells):
        cells.extend([""] * (column + 1 - len(cells)))
    cells[column] = text


def _cell_text(cell: Any, looks: _Looks) -> tuple[str, str]:
    """The text a cell shows, and its formula. An address inside HYPERLINK outranks the shown words."""
    kind, value, formula = cell.get("t", "n"), "", ""
    for part in cell:
        name = local_name(part)
        if name == "v":
            value = part.text or ""
        elif name == "f":
            formula = part.text or "shared"
        elif name == "is":
            value = _text_of(part)
    if formula and "HYPERLINK" in formula.upper():
        return "", formula
    if kind == "s":
        index = whole_number(value)
        return (looks.shared[index] if value and index < len(looks.shared) else ""), formula
    if kind == "b":
        return ("TRUE" if value == "1" else "FALSE" if value else ""), formula
    if kind != "n":
        return _unescaped(value), formula
    style = whole_number(cell.get("s"))
    shown = shown_number(
        value, is_day=style in looks.days, padding=looks.padding.get(style, 0), epoch_1904=looks.epoch_1904
    )
    return shown, formula


def _text_of(element: Any) -> str:
    """The text of a string, without its phonetic guides."""
    parts = [
        one.text or ""
        for one in element.iter("{*}t")
        if one.getparent() is None or local_name(one.getparent()) != "rPh"
    ]
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


def _until_last_filled(rows: Iterator[Row]) -> Iterator[Row]:
    """Rows up to the last one with content: formatted emptiness below it is no source row."""
    waiting: list[Row] = []
    for row in rows:
        waiting.append(row)
        if not row.is_blank() or row.unvalued:
            yield from waiting
            waiting.clear()


def _area(reference: str) -> MergedArea | None:
    places = _PLACE.findall(reference.upper().replace("$", ""))
    if not places:
        return None
    (left, top), (_, bottom) = places[0], places[-1]
    return MergedArea(int(top), _column(left), int(bottom))


def _column(place: str) -> int:
    index = 0
    for sign in place:
        if not sign.isalpha():
            break
        index = index * 26 + ord(sign.upper()) - 64
    return index - 1


def _modified(package: Package) -> date | None:
    if not package.has("docProps/core.xml"):
        return None
    for element in package.elements("docProps/core.xml", "modified"):
        try:
            return date.fromisoformat((element.text or "")[:10])
        except ValueError:
            return None
    return None


READER = RosterReader(name="xlsx", accepts=accepts, read=read)
