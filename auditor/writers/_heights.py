"""How high a row must be for its wrapped text; a careful guess, since LibreOffice fits no row by itself.

A column of so many digits holds about a fifth more signs of running text, in Calibri as in the fonts
that stand in for it (the column grows with the font).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from auditor.domain.report import CellKind, Column, Picture

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
