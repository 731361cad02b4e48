"""Finds the tables HR fills in, by the meaning of their headings, and reads what was filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from auditor.feedback.cells import UnreadableDate, day_of, text_of
from auditor.feedback.rows import Heading, Row, data_rows, find_heading
from auditor.feedback.vocabulary import Vocabulary, plain
from auditor.model.case import CaseEventKind
from auditor.model.returned import CHECKED_COLUMNS, Doubt, ReturnedDay, ReturnedRow

_ANSWERS = ("decision", "decision_date", "waived_until", "remark", "new_address")
_DAYS = {"looked_on": CaseEventKind.LOOKED, "sent_on": CaseEventKind.SENT}
_LONGEST_REMARK = 1_000


@dataclass(frozen=True, slots=True)
class SheetRead:
    """What one sheet gave; `note` says what is wrong with the sheet as a whole; `ours`: it is a sheet that
    HR fills in. `letters` are the findings beside which it says that a letter was sent, `days` the days of
    looks and letters."""

    rows: tuple[ReturnedRow, ...] = ()
    seen: int = 0
    note: str = ""
    ours: bool = True
    letters: tuple[str, ...] = ()
    days: tuple[ReturnedDay, ...] = ()


def read_sheet(sheet: Any, words: Vocabulary, our_headings: frozenset[str]) -> SheetRead:
    """The filled-in rows of a sheet; nothing where it is not one of ours."""
    heading = find_heading(sheet, words, ("decision", our_headings), _is_heading)
    if heading is None:
        return SheetRead(ours=False)
    missing = _missing(heading)
    if missing:
        return SheetRead(note=f"sheet {sheet.title!r} has no column {missing}, so it was not read")
    rows: list[ReturnedRow] = []
    letters: list[str] = []
    days: list[ReturnedDay] = []
    seen = 0
    for number, row in data_rows(sheet, heading):
        subject = _subject(row)
        if not subject or plain(subject) in words.columns:
            continue
        seen += 1
        if any(row.texts(key) for key in _ANSWERS):
            rows.append(_read_row(row, words, f"{sheet.title}!{number}"))
        if not _of_people(heading) and words.letters.get(plain(row.one("letter"))) == "sent":
            letters.append(subject)
        if not _of_people(heading):
            days.extend(_days(row, subject, f"{sheet.title}!{number}"))
    return SheetRead(tuple(rows), seen, letters=tuple(letters), days=tuple(days))


def _days(row: Row, finding: str, place: str) -> Iterator[ReturnedDay]:
    """The days of a look and of a letter beside a finding, the look first: a letter rests on it."""
    for key, kind in _DAYS.items():
        typed = " / ".join(row.texts(key))
        if not typed:
            continue
        day: date | None = None
        if not row.two_columns((key,)):
            with suppress(UnreadableDate):
                day = day_of(row.first(key), day_first=not row.heading.english)
        number, name = (_raw(row, key) for key in ("employee_no", "name"))
        yield ReturnedDay(place, finding, kind, typed[:255], day, number, name)


def _is_heading(columns: Mapping[str, tuple[int, ...]]) -> bool:
    """A row of headings of a table that HR fills in; our other sheets have no column to fill in."""
    subject = {"finding", "employee_no"} & columns.keys()
    return bool(subject and {*_ANSWERS, "row_check"} & columns.keys())


def _missing(heading: Heading) -> str:
    if "decision" not in heading.columns:
        return "Decision"
    return "" if {"finding", "new_address"} & heading.columns.keys() else "Finding"


def _of_people(heading: Heading) -> bool:
    """Whether the rows are about people, not about findings."""
    return "finding" not in heading.columns


def _subject_key(row: Row) -> str:
    """The column that says what the row is about."""
    return "employee_no" if _of_people(row.heading) else "finding"


def _subject(row: Row) -> str:
    """What the row is about: a finding's id or a person's number."""
    found = row.texts(_subject_key(row))
    text = found[0] if found else ""
    if _of_people(row.heading):
        return text
    return text.lower().zfill(12) if text.isdecimal() else text.lower()


def _raw(row: Row, key: str) -> str:
    """The text as it stands in the cell, lines included."""
    found = row.values(key)
    return text_of(found[0]) if len(found) == 1 else ""


def _read_row(row: Row, words: Vocabulary, place: str) -> ReturnedRow:
    of_people = _of_people(row.heading)
    typed = row.one("decision")
    codes = words.unverified if of_people else words.decisions
    address = row.one("new_address") if of_people else ""
    code = codes.get(plain(typed), "") if typed else "new_address" if address else ""
    doubt = _doubt(row, typed or address)
    if address and code != "new_address":
        doubt = Doubt.TWO_COLUMNS
    decided_on, until = None, None
    try:
        decided_on = day_of(row.first("decision_date"), day_first=not row.heading.english)
        until = day_of(row.first("waived_until"), day_first=not row.heading.english)
    except UnreadableDate:
        doubt = doubt or (Doubt.DATE_UNREADABLE if code else None)
    return ReturnedRow(
        place=place,
        finding="" if of_people else _subject(row),
        employee_id=row.one("employee_no"),
        typed=(typed or " / ".join(row.texts("decision")))[:255],
        code=code,
        decided_on=decided_on,
        until=until,
        remark=row.one("remark")[:_LONGEST_REMARK],
        address=address[:2_000],
        cells={key: _raw(row, key) for key in CHECKED_COLUMNS if key != "finding"},
        row_check=row.one("row_check"),
        doubt=doubt,
    )


def _doubt(row: Row, answer: str) -> Doubt | None:
    if row.two_columns((*_ANSWERS, _subject_key(row))):
        return Doubt.TWO_COLUMNS
    return None if answer else Doubt.NO_WORD
