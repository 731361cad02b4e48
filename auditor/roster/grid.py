"""What every container is opened to: sheets of rows of texts, read once, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from auditor.model.roster import RosterNotice

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
        return not any(cell and not cell.isspace() for cell in self.cells) and not self.links


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
