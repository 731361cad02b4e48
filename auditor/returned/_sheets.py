"""Finds the tables HR fills in, by the meaning of their headings, and reads what was filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from auditor.domain.returned import Doubt, ReturnedRow
from auditor.domain.row_check import CHECKED_COLUMNS
from auditor.returned._cells import UnreadableDate, day_of, text_of, trimmed
from auditor.returned._vocabulary import Vocabulary, plain

#: a heading stands within so many rows from the top
HEADING_ROWS = 40
_ANSWERS = ("decision", "decision_date", "waived_until", "remark", "new_address")
_LONGEST_REMARK = 1_000


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

    @property
    def of_people(self) -> bool:
        """Whether the rows are about people, not about findings."""
        return "finding" not in self.columns


@dataclass(frozen=True, slots=True)
class SheetRead:
    """What one sheet gave; `note` says what is wrong with the sheet as a whole; `ours`: it is a sheet that
    HR fills in. `letters` are the findings beside which it says that a letter was sent."""

    rows: tuple[ReturnedRow, ...] = ()
    seen: int = 0
    note: str = ""
    ours: bool = True
    letters: tuple[str, ...] = ()


def read_sheet(sheet: Any, words: Vocabulary, our_headings: frozenset[str]) -> SheetRead:
    """The filled-in rows of a sheet; nothing where it is not one of ours."""
    heading = _find_heading(sheet, words, our_headings)
    if heading is None:
        return SheetRead(ours=False)
    missing = _missing(heading)
    if missing:
        return SheetRead(note=f"sheet {sheet.title!r} has no column {missing}, so it was not read")
    rows: list[ReturnedRow] = []
    letters: list[str] = []
    seen = 0
    for number, cells in _data_rows(sheet, heading):
        row = _Row(cells, heading)
        if not row.subject or plain(row.subject) in words.columns:
            continue
        seen += 1
        if any(row.texts(key) for key in _ANSWERS):
            rows.append(_returned(row, words, f"{sheet.title}!{number}"))
        if not heading.of_people and words.letters.get(plain(row.one("letter"))) == "sent":
            letters.append(row.subject)
    return SheetRead(tuple(rows), seen, letters=tuple(letters))


def _find_heading(sheet: Any, words: Vocabulary, english: frozenset[str]) -> Heading | None:
    for number, cells in enumerate(sheet.iter_rows(max_row=HEADING_ROWS, values_only=True), start=1):
        columns: dict[str, tuple[int, ...]] = {}
        in_english = False
        for place, value in enumerate(cells):
            key = words.column(value) if isinstance(value, str) else ""
            if key:
                columns[key] = (*columns.get(key, ()), place)
                in_english |= key == "decision" and plain(str(value)) in english
        if _is_heading(columns):
            return Heading(number, columns, in_english)
    return None


def _is_heading(columns: Mapping[str, tuple[int, ...]]) -> bool:
    """A row of headings of a table that HR fills in; our other sheets have no column to fill in."""
    subject = {"finding", "employee_no"} & columns.keys()
    return bool(subject and {*_ANSWERS, "row_check"} & columns.keys())


def _missing(heading: Heading) -> str:
    if "decision" not in heading.columns:
        return "Decision"
    return "" if {"finding", "new_address"} & heading.columns.keys() else "Finding"


def _data_rows(sheet: Any, heading: Heading) -> Iterator[tuple[int, Sequence[Any]]]:
    first = heading.number + 1
    rows = sheet.iter_rows(min_row=first, max_col=heading.last, values_only=True)
    return enumerate(rows, start=first)


@dataclass(frozen=True, slots=True)
class _Row:
    cells: Sequence[Any]
    heading: Heading

    @property
    def subject(self) -> str:
        """What the row is about: a finding's id or a person's number."""
        found = self.texts(self.subject_key)
        text = found[0] if found else ""
        if self.heading.of_people:
            return text
        return text.lower().zfill(12) if text.isdecimal() else text.lower()

    @property
    def subject_key(self) -> str:
        """The column that says what the row is about."""
        return "employee_no" if self.heading.of_people else "finding"

    def values(self, key: str) -> list[Any]:
        """The different values of the columns of a key, empty ones left out."""
        places = self.heading.columns.get(key, ())
        found = [self.cells[place] for place in places if place < len(self.cells)]
        return list({trimmed(value): value for value in found if trimmed(value)}.values())

    def texts(self, key: str) -> list[str]:
        """The same as texts without padding."""
        return [trimmed(value) for value in self.values(key)]

    def one(self, key: str) -> str:
        """The text of a key; empty where there is none or more than one."""
        found = self.texts(key)
        return found[0] if len(found) == 1 else ""

    def raw(self, key: str) -> str:
        """The text as it stands in the cell, lines included."""
        found = self.values(key)
        return text_of(found[0]) if len(found) == 1 else ""

    def two_columns(self) -> bool:
        """Whether two columns of one meaning say different things."""
        return any(len(self.values(key)) > 1 for key in (*_ANSWERS, self.subject_key))


def _returned(row: _Row, words: Vocabulary, place: str) -> ReturnedRow:
    of_people = row.heading.of_people
    typed = row.one("decision")
    codes = words.unverified if of_people else words.decisions
    address = row.one("new_address") if of_people else ""
    code = codes.get(plain(typed), "") if typed else "new_address" if address else ""
    doubt = _doubt(row, typed or address)
    if address and code != "new_address":
        doubt = Doubt.TWO_COLUMNS
    decided_on, until = None, None
    try:
        decided_on = day_of(_first(row, "decision_date"), day_first=not row.heading.english)
        until = day_of(_first(row, "waived_until"), day_first=not row.heading.english)
    except UnreadableDate:
        doubt = doubt or (Doubt.DATE_UNREADABLE if code else None)
    return ReturnedRow(
        place=place,
        finding="" if of_people else row.subject,
        employee_id=row.one("employee_no"),
        typed=(typed or " / ".join(row.texts("decision")))[:255],
        code=code,
        decided_on=decided_on,
        until=until,
        remark=row.one("remark")[:_LONGEST_REMARK],
        address=address[:2_000],
        cells={key: row.raw(key) for key in CHECKED_COLUMNS if key != "finding"},
        row_check=row.one("row_check"),
        doubt=doubt,
    )


def _doubt(row: _Row, answer: str) -> Doubt | None:
    if row.two_columns():
        return Doubt.TWO_COLUMNS
    return None if answer else Doubt.NO_WORD


def _first(row: _Row, key: str) -> Any:
    found = row.values(key)
    return found[0] if found else None
