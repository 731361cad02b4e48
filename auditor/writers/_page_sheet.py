"""Writes a page as a sheet: headings, coloured notices, running text and small tables; no merged cells."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from auditor.model.document import Block, CellKind, Column, Grid, Heading, Notice, Page, Paragraph, Picture
from auditor.writers._cells import GRAVE, HEADING, LINE, MILD, QUIET, SEVERITY_COLOURS, CellWriter, Formats
from auditor.writers._chart import ROWS_COVERED, draw
from auditor.writers._clean import cell_text


def write_page(book: Any, sheet: Any, page: Page, formats: Formats) -> None:
    """Fill a sheet with a page from cell A1 down."""
    for number, width in enumerate(page.widths):
        sheet.set_column(number, number, width)
    sheet.hide_gridlines(2)
    cells = CellWriter(sheet, formats)
    row = 0
    for block in page.blocks:
        first, row = row, _block(sheet, page, block, cells, row)
        if isinstance(block, Grid) and block.chart and len(block.rows) > 1:  # one point is no line
            draw(book, sheet, block.columns, block.chart, (first, row - 1))
            row += ROWS_COVERED + 1
    sheet.print_area(0, 0, max(row - 1, 0), len(page.widths) - 1)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _block(sheet: Any, page: Page, block: Block, cells: CellWriter, row: int) -> int:
    if isinstance(block, Heading):
        return _heading(sheet, block, cells.formats, row)
    if isinstance(block, Notice):
        colours = GRAVE if block.grave else MILD
        look = cells.formats.colours(colours, bold=block.grave, valign="vcenter", align="left", indent=1)
        return _running_lines(sheet, page, block.text, look, row, fill=True)
    if isinstance(block, Paragraph):
        look = cells.formats.of(font_color=QUIET[1]) if block.quiet else cells.formats.of()
        return _running_lines(sheet, page, block.text, look, row, fill=False)
    return _grid(sheet, block, cells, row, len(page.widths))


def _heading(sheet: Any, heading: Heading, formats: Formats, row: int) -> int:
    size, points = (12, 26) if heading.level > 1 else (18, 28)
    sheet.set_row(row, points)
    look = formats.of(bold=True, font_size=size, font_color=HEADING[0], valign="bottom")
    sheet.write_string(row, 0, cell_text(heading.text), look)
    return row + 1


def _running_lines(sheet: Any, page: Page, text: str, look: Any, row: int, *, fill: bool) -> int:
    """A text broken into lines that run over the empty cells to the right."""
    room = int(sum(page.widths) * 1.1)
    lines = [line for part in cell_text(text).split("\n") for line in textwrap.wrap(part, room) or [""]]
    for line in lines:
        sheet.set_row(row, 17)
        if fill:
            for number in range(1, len(page.widths)):
                sheet.write_blank(row, number, None, look)
        sheet.write_string(row, 0, line, look)
        row += 1
    return row


def _grid(sheet: Any, grid: Grid, cells: CellWriter, row: int, width: int) -> int:
    if grid.headed:
        for number, column in enumerate(grid.columns):
            side = "right" if column.kind in (CellKind.NUMBER, CellKind.SHARE) else "left"
            look = cells.formats.colours(
                HEADING, bold=True, text_wrap=True, valign="vcenter", align=side, indent=1
            )
            sheet.write_string(row, number, cell_text(column.heading), look)
        sheet.set_row(row, heading_height(grid.columns))
        row += 1
    if not grid.rows:
        sheet.write_string(row, 0, cell_text(grid.empty), cells.formats.of())
        return row + 1
    puts = [cells.put(column) for column in grid.columns]
    for values in grid.rows:
        sheet.set_row(row, row_height(grid.columns, values))
        for number, (column, put, value) in enumerate(zip(grid.columns, puts, values, strict=True)):
            if column.kind is CellKind.SEVERITY and value in column.choices:
                pair = SEVERITY_COLOURS[column.choices.index(value)]
                look = cells.formats.colours(pair, bold=True, align="left", indent=1, **LINE)
                sheet.write_string(row, number, value, look)
            else:
                put(row, number, value)
        if not grid.headed:
            # the row's line goes on to the page's edge, below a text that runs over the empty cells
            for number in range(len(grid.columns), width):
                sheet.write_blank(row, number, None, cells.formats.of(**LINE))
        row += 1
    return row


LINE_POINTS = 13.0
SMALLEST_POINTS = 17.0
PICTURE_POINTS = 37.0
MOST_LINES = 16


@lru_cache(maxsize=4096)
def lines_needed(text: str, width: int) -> int:
    """Lines a text takes in a column of so many characters; words are kept whole where they fit."""
    room = max(width * 1.18 - 1.2, 1)
    return sum(_lines(part, room) if _signs(part) > room else 1 for part in text.split("\n"))


def heading_height(columns: Sequence[Column]) -> float:
    """Points for the row of headings, which are bold and may have a filter's button beside them."""
    lines = max((lines_needed(c.heading, max(int(c.width * 0.85) - 1, 4)) for c in columns), default=1)
    return LINE_POINTS * min(lines, 3) + 6


def row_height(columns: Sequence[Column], row: Sequence[Any]) -> float:
    """Points for a row: enough for its longest wrapped cell, within reason, and for its pictures."""
    lines, least = 1, SMALLEST_POINTS
    for column, value in zip(columns, row, strict=True):
        if column.kind is CellKind.WRAPPED and value:
            lines = max(lines, lines_needed(value, column.width))
        elif isinstance(value, Picture):
            least = PICTURE_POINTS
    return max(least, min(lines, MOST_LINES) * LINE_POINTS + 4)


def _lines(text: str, room: float) -> int:
    """Lines of one paragraph, filled word by word; a word longer than a line is cut."""
    lines, used = 1, 0.0
    for word in text.split(" "):
        size = _signs(word)
        if used and used + 1 + size > room:
            lines, used = lines + 1, 0.0
        used += size + (1 if used else 0)
        while used > room:
            lines, used = lines + 1, used - room
    return lines


def _signs(word: str) -> int:
    """Its signs, those of East Asia counted twice."""
    if word.isascii():
        return len(word)
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in word)
