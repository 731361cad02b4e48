"""Rows of a returned sheet as they are read: by the meaning of their headings, wherever the columns stand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from auditor.feedback.cells import trimmed
from auditor.feedback.vocabulary import Vocabulary, plain

#: a heading stands within so many rows from the top
HEADING_ROWS = 40


@dataclass(frozen=True, slots=True)
class Heading:
    """The row of headings: the columns of each key. `english`: in English, where 3/4 is no sure day."""

    number: int
    columns: Mapping[str, tuple[int, ...]]
    english: bool

    @property
    def last(self) -> int:
        """The last column that matters, counted from 1."""
        return max(place for places in self.columns.values() for place in places) + 1


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, by the keys of their columns."""

    cells: Sequence[Any]
    heading: Heading

    def values(self, key: str) -> list[Any]:
        """The different values of the columns of a key, empty ones left out."""
        places = self.heading.columns.get(key, ())
        found = [self.cells[place] for place in places if place < len(self.cells)]
        return list({trimmed(value): value for value in found if trimmed(value)}.values())

    def texts(self, key: str) -> list[str]:
        """The same as texts without padding."""
        return [trimmed(value) for value in self.values(key)]

    def first(self, key: str) -> Any:
        """The first value of a key; None where there is none."""
        found = self.values(key)
        return found[0] if found else None

    def one(self, key: str) -> str:
        """The text of a key; empty where there is none or more than one."""
        found = self.texts(key)
        return found[0] if len(found) == 1 else ""

    def two_columns(self, keys: Collection[str]) -> bool:
        """Whether two columns of one meaning, of these, say different things."""
        return any(len(self.values(key)) > 1 for key in keys)


def find_heading(
    sheet: Any,
    words: Vocabulary,
    told_by: tuple[str, frozenset[str]],
    is_heading: Callable[[Mapping[str, tuple[int, ...]]], bool],
    keys: Collection[str] = (),
) -> Heading | None:
    """The first row that `is_heading`, by the columns of `keys` (empty = all).

    `told_by`: the key, and its English headings, by which a sheet in English is known.
    """
    telling, english = told_by
    for number, cells in enumerate(sheet.iter_rows(max_row=HEADING_ROWS, values_only=True), start=1):
        columns: dict[str, tuple[int, ...]] = {}
        in_english = False
        for place, value in enumerate(cells):
            key = words.column(value) if isinstance(value, str) else ""
            if key and (not keys or key in keys):
                columns[key] = (*columns.get(key, ()), place)
                in_english |= key == telling and plain(str(value)) in english
        if is_heading(columns):
            return Heading(number, columns, in_english)
    return None


def data_rows(sheet: Any, heading: Heading) -> Iterator[tuple[int, Row]]:
    """The rows below the headings, with their numbers."""
    first = heading.number + 1
    rows = sheet.iter_rows(min_row=first, max_col=heading.last, values_only=True)
    return ((number, Row(cells, heading)) for number, cells in enumerate(rows, start=first))
