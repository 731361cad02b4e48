"""The cells of a workbook that XlsxWriter has just written. Read so, it takes a fifth of the time that a
workbook takes which may come from anywhere."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import from_excel

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _CELL, _VALUE, _INLINE, _TEXT, _STRING = (_MAIN + name for name in ("row", "c", "v", "is", "t", "si"))
#: the number of a row, and the place (from 1) and value of each cell that has one
CellRow = tuple[int, list[tuple[int, Any]]]


def written_sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, Iterator[CellRow]]]:
    """The title and the rows of every sheet; the values are those that openpyxl gives."""
    names = [one.get("name", "") for one in _elements(archive, "xl/workbook.xml", _MAIN + "sheet")]
    strings = list(_strings(archive))
    dates = set(_date_styles(archive))
    for number, name in enumerate(names, 1):
        yield name, _rows(archive, f"xl/worksheets/sheet{number}.xml", strings, dates)


def _rows(archive: zipfile.ZipFile, part: str, strings: list[str], dates: set[str]) -> Iterator[CellRow]:
    for row in _elements(archive, part, _ROW):
        cells = [(cell.get("r", ""), _value(cell, strings, dates)) for cell in row.iterchildren(_CELL)]
        number = row.get("r", "")
        yield (
            int(number),
            [(column_index_from_string(place.removesuffix(number)), value) for place, value in cells],
        )


def _value(cell: Any, strings: list[str], dates: set[str]) -> Any:
    kind, text = cell.get("t", "n"), cell.findtext(_VALUE)
    if kind == "inlineStr":
        return "".join(part.text or "" for part in cell.find(_INLINE).iter(_TEXT))
    if not text or kind not in ("n", "s", "b"):
        return text
    if kind == "s":
        return strings[int(text)]
    if kind == "b":
        return text == "1"
    value = float(text) if {".", "e", "E"} & set(text) else int(text)
    return from_excel(value) if cell.get("s") in dates else value


def _strings(archive: zipfile.ZipFile) -> Iterator[str]:
    part = "xl/sharedStrings.xml"
    for one in _elements(archive, part, _STRING) if part in archive.namelist() else ():
        yield "".join(text.text or "" for text in one.iter(_TEXT)).replace("x005F_", "")


def _date_styles(archive: zipfile.ZipFile) -> Iterator[str]:
    with archive.open("xl/styles.xml") as file:
        root = etree.parse(file).getroot()
    formats = {int(one.get("numFmtId", "0")): one.get("formatCode") for one in root.iter(_MAIN + "numFmt")}
    for number, style in enumerate(root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")):
        code = int(style.get("numFmtId", "0"))
        if is_date_format(formats.get(code, BUILTIN_FORMATS.get(code))):
            yield str(number)


def _elements(archive: zipfile.ZipFile, part: str, tag: str) -> Iterator[Any]:
    """The elements of a part, one by one; each is emptied once it was used."""
    with archive.open(part) as file:
        for _, element in etree.iterparse(file, tag=tag):
            yield element
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del element.getparent()[0]
