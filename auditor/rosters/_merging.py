"""Fills merged cells down, inside the merged area only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.rosters._grid import Row


@dataclass(frozen=True, slots=True)
class MergedArea:
    """A merged area: rows count from 1, columns from 0, all four inclusive."""

    top: int
    left: int
    bottom: int
    right: int


def fill_down(rows: Iterator[Row], areas: Sequence[MergedArea], filled: set[int]) -> Iterator[Row]:
    """The rows with the text of each area's first cell in its first column; notes the columns in `filled`."""
    waiting = sorted((area for area in areas if area.bottom > area.top), key=lambda area: area.top)
    running: dict[int, tuple[MergedArea, str]] = {}
    position = 0
    for row in rows:
        while position < len(waiting) and waiting[position].top <= row.number:
            area = waiting[position]
            if area.top == row.number:
                running[area.left] = area, row.cell(area.left)
            position += 1
        for column, (area, text) in list(running.items()):
            if area.bottom < row.number:
                del running[column]
            elif area.top < row.number and text and not row.cell(column) and not row.is_blank():
                row.cells.extend([""] * (column + 1 - len(row.cells)))
                row.cells[column] = text
                filled.add(column)
        yield row
