"""What every container is opened to: sheets of rows of texts, read once, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from auditor.model.roster import RosterNotice
from auditor.roster.words import visible

NO_LINKS: Mapping[int, str] = {}


@dataclass(slots=True)
class Row:
    """One source row. `number` counts from 1 as Excel or an editor shows it.

    `links` are the targets behind cells, `unvalued` the columns of formulas without a stored value,
    `loose_quote` tells that an unpaired quotation mark stood in the row.
    """

    number: int
    cells: list[str]
    links: Mapping[int, str] = field(default_factory=lambda: NO_LINKS)
    hidden: bool = False
    unvalued: tuple[int, ...] = ()
    loose_quote: bool = False

    def cell(self, index: int) -> str:
        """The text of a column, empty where the row is shorter."""
        return self.cells[index] if index < len(self.cells) else ""

    def is_blank(self) -> bool:
        """True where no cell holds anything to see."""
        return (
            not any(cell and not cell.isspace() and visible(cell) for cell in self.cells) and not self.links
        )


@dataclass(slots=True)
class Grid:
    """One sheet. `ruled`: each row must have as many cells as the header (a text file).

    `filled_down` gathers the columns that merged cells filled, while the rows are read.
    """

    name: str
    rows: Iterator[Row]
    hidden: bool = False
    ruled: bool = False
    epoch_1904: bool = False
    filled_down: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class OpenedRoster:
    """A container, opened. `samples_wanted`: the encoding was guessed, show names with accents."""

    grids: Sequence[Grid]
    notices: tuple[RosterNotice, ...] = ()
    file_date: date | None = None
    samples_wanted: bool = False


@dataclass(frozen=True, slots=True)
class MergedArea:
    """The rows of a merged area, counted from 1 and inclusive, and its first column, counted from 0."""

    top: int
    left: int
    bottom: int


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
