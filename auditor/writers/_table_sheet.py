"""Writes a table as a sheet: filters, frozen headings, drop-downs, print set-up."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_col_to_name

from auditor.model.document import CellKind, Column, InputLimit, Table
from auditor.writers._cells import (
    EDITABLE_HEADING,
    GRAVE,
    HEADING,
    PAST,
    SEVERITY_COLOURS,
    CellWriter,
    Formats,
)
from auditor.writers._chart import draw
from auditor.writers._clean import cell_text
from auditor.writers._page_sheet import heading_height, row_height

#: rows that are printed; nobody reads a thousand pages, and LibreOffice takes minutes to make them
MOST_PRINTED = 1_000


def write_table(
    book: Any, sheet: Any, table: Table, formats: Formats, lists: dict[tuple[str, ...], str], in_cell: bool
) -> None:
    """Fill a sheet with a table. `lists` maps the words of a drop-down to their range."""
    top = _lead(sheet, table, formats)
    rows = table.rows or ((table.empty or "-", *("" for _ in table.columns[1:])),)
    last = top + len(rows)
    if table.folded:
        sheet.outline_settings(True, False)  # the sign to unfold stands above the rows
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, column.width)
    heads = _headings(table, formats)
    sheet.set_row(top, heading_height(table.columns))
    for number, head in enumerate(heads):
        sheet.write_string(top, number, head["header"], head["header_format"])
    cells = CellWriter(sheet, formats, in_cell)
    puts = [
        cells.put(column if table.rows else Column(column.key, "", column.width)) for column in table.columns
    ]
    for row_number, row in enumerate(rows, top + 1):
        fold = {"level": 1, "hidden": True} if row_number > last - table.folded else {}
        sheet.set_row(row_number, row_height(table.columns, row), None, fold)
        for number, (put, value) in enumerate(zip(puts, row, strict=True)):
            put(row_number, number, value)
    _frame(sheet, table, heads, top, last)
    for number, column in enumerate(table.columns):
        if table.rows:
            _colour(sheet, table, column, number, formats, top + 1, last)
            _limit(sheet, column, number, lists, top + 1, last)
    if table.chart and len(table.rows) > 1:  # one point is no line
        draw(book, sheet, table.columns, table.chart, (top, last))


def _lead(sheet: Any, table: Table, formats: Formats) -> int:
    row = 0
    for alert in table.alerts:
        for number in range(len(table.columns)):
            sheet.write_blank(row, number, None, formats.colours(GRAVE))
        sheet.write_string(row, 0, cell_text(alert), formats.colours(GRAVE, bold=True))
        row += 1
    for place, line in enumerate(table.lead):
        look = formats.of(bold=True, font_size=14, font_color=HEADING[0]) if place == 0 else formats.of()
        sheet.set_row(row, 22 if place == 0 else 17)
        sheet.write_string(row, 0, cell_text(line), look)
        row += 1
    return row


def _headings(table: Table, formats: Formats) -> list[dict[str, Any]]:
    """What XlsxWriter is told of each column's heading."""
    heads = []
    for column in table.columns:
        colours = EDITABLE_HEADING if column.editable else HEADING
        side = "right" if column.kind is CellKind.NUMBER else "left"
        look = formats.colours(colours, bold=True, text_wrap=True, valign="vcenter", align=side, indent=1)
        heads.append({"header": cell_text(column.heading), "header_format": look})
    return heads


def _frame(sheet: Any, table: Table, heads: list[dict[str, Any]], top: int, last: int) -> None:
    name = "tbl" + "".join(part.capitalize() for part in table.key.replace("-", "_").split("_"))
    options = {"name": name, "columns": heads, "style": None, "autofilter": True}
    row_by_row = sheet.constant_memory
    sheet.constant_memory = False  # else no table is made; its headings stand in the sheet already
    sheet.add_table(top, 0, last, len(table.columns) - 1, options)
    sheet.constant_memory = row_by_row
    sheet.freeze_panes(top + 1, table.freeze_columns)
    sheet.repeat_rows(top)
    if table.print_across > 1 and table.freeze_columns:
        sheet.repeat_columns(0, table.freeze_columns - 1)
    until = len(table.columns) - 1
    if table.print_until:
        until = next(n for n, column in enumerate(table.columns) if column.key == table.print_until)
    if table.print_until or len(table.rows) > MOST_PRINTED:
        sheet.print_area(0, 0, min(last, top + MOST_PRINTED), until)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    if table.protected:
        sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True})


def _colour(
    sheet: Any, table: Table, column: Column, number: int, formats: Formats, first: int, last: int
) -> None:
    if column.kind is CellKind.SEVERITY:
        for word, pair in zip(column.choices, SEVERITY_COLOURS, strict=True):
            value = '"' + word.replace('"', '""') + '"'
            form = formats.book.add_format({"bg_color": pair[0], "font_color": pair[1], "bold": True})
            rule = {"type": "cell", "criteria": "==", "value": value, "format": form}
            sheet.conditional_format(first, number, last, number, rule)
    elif column.kind is CellKind.DUE:
        choice = next((i for i, c in enumerate(table.columns) if c.kind is CellKind.CHOICE), None)
        due = f"${xl_col_to_name(number)}{first + 1}"
        undecided = f',${xl_col_to_name(choice)}{first + 1}=""' if choice is not None else ""
        form = formats.book.add_format({"bg_color": PAST[0], "font_color": PAST[1], "bold": True})
        criteria = f"=AND(ISNUMBER({due}),{due}<TODAY(){undecided})"
        sheet.conditional_format(
            first, number, last, number, {"type": "formula", "criteria": criteria, "format": form}
        )


def _limit(
    sheet: Any, column: Column, number: int, lists: dict[tuple[str, ...], str], first: int, last: int
) -> None:
    rule: dict[str, Any] | None = None
    if column.kind is CellKind.CHOICE and column.choices:
        rule = {"validate": "list", "source": f"={lists[column.choices]}"}
    elif column.limit is InputLimit.UP_TO_TODAY:
        rule = {"validate": "date", "criteria": "<=", "value": "=TODAY()"}
    elif column.limit is InputLimit.WITHIN_A_YEAR:
        rule = {
            "validate": "date",
            "criteria": "between",
            "minimum": "=TODAY()",
            "maximum": "=EDATE(TODAY(),12)",
        }
    elif column.limit is InputLimit.SHORT_TEXT:
        rule = {"validate": "length", "criteria": "<=", "value": 200, "error_type": "warning"}
    if rule is None:
        return
    if column.note:
        rule |= {
            "input_title": column.heading[:32],
            "input_message": column.note[:255],
            "error_message": column.note[:255],
        }
    sheet.data_validation(first, number, last, number, rule)
