"""How high a row must be for its wrapped text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from auditor.domain.report import CellKind, Column, Picture

LINE_POINTS = 13.5
SMALLEST_POINTS = 17.0
PICTURE_POINTS = 37.0
MOST_LINES = 14


def lines_needed(text: str, width: int) -> int:
    """Lines a text takes in a column of so many characters; a careful guess, words break early."""
    room = max(width * 6 // 5, 1)
    return sum(1 + (len(part) - 1) // room if part else 1 for part in text.split("\n"))


def row_height(columns: Sequence[Column], row: Sequence[Any]) -> float:
    """Points for a row: enough for its longest wrapped cell, within reason, and for its pictures."""
    lines, least = 1, SMALLEST_POINTS
    for column, value in zip(columns, row, strict=True):
        if column.kind is CellKind.WRAPPED and value and len(value) > column.width:
            lines = max(lines, lines_needed(value, column.width))
        elif column.kind is CellKind.WRAPPED and value and "\n" in value:
            lines = max(lines, value.count("\n") + 1)
        elif isinstance(value, Picture):
            least = PICTURE_POINTS
    return max(least, min(lines, MOST_LINES) * LINE_POINTS + 4)
