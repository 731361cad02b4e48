"""Draws a table's line chart below it, as Excel's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from auditor.model.document import Chart, Column

#: the rows of usual height that a chart covers, with the space around it
ROWS_COVERED = 18
_MARKERS = ("circle", "square", "diamond", "triangle", "x", "star")
_LINE_COLOURS = ("#A61B1B", "#8A5A00", "#0F5F7F", "#6A1B9A", "#2E7D32", "#455A64")
#: of shares, where red would say that something is wrong
_SHARE_COLOURS = ("#0B5CAD", "#1D6B3A", "#8A4B00")


def draw(book: Any, sheet: Any, columns: Sequence[Column], chart: Chart, rows: tuple[int, int]) -> None:
    """Draw the chart of a table whose headings and last values stand in these `rows` of the sheet."""
    top, last = rows
    keys = [column.key for column in columns]
    across = keys.index(chart.across)
    drawing = book.add_chart({"type": "line"})
    colours = _SHARE_COLOURS if chart.shares else _LINE_COLOURS
    for place, key in enumerate(chart.lines):
        number = keys.index(key)
        colour = colours[place % len(colours)]
        drawing.add_series(
            {
                "name": [sheet.name, top, number],
                "categories": [sheet.name, top + 1, across, last, across],
                "values": [sheet.name, top + 1, number, last, number],
                "line": {"color": colour, "width": 2},
                "marker": {
                    "type": _MARKERS[place % len(_MARKERS)],
                    "size": 7,
                    "fill": {"color": colour},
                    "border": {"color": colour},
                },
            }
        )
    drawing.set_title({"name": chart.title, "name_font": {"size": 12}})
    drawing.set_legend({"position": "bottom"})
    scale = {"max": 1, "num_format": "0%"} if chart.shares else {"num_format": "0"}
    drawing.set_y_axis(
        {"min": 0, **scale, "major_gridlines": {"visible": True, "line": {"color": "#D0D7DE"}}}
    )
    drawing.set_size({"width": 820, "height": 340})
    sheet.insert_chart(last + 2, 0, drawing, {"description": chart.words, "x_offset": 4, "y_offset": 8})
