"""Finds the steps of a departure on the sheets of a returned file, and reads what was filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from auditor.domain.case import StepState
from auditor.domain.returned import Doubt
from auditor.domain.returned_checklist import ReturnedStep
from auditor.returned._cells import UnreadableDate, day_of, trimmed
from auditor.returned._sheets import HEADING_ROWS
from auditor.returned._vocabulary import Vocabulary, plain

_ANSWERS = ("done", "evidence", "done_on", "done_by")
_STEP_ID = re.compile(r"[0-9a-f]{12}-O\d{2}", re.IGNORECASE)
LONGEST_EVIDENCE = 500
_LONGEST_NAME = 100

#: what a file's keys say was written in it, by step id: state, evidence, day, name
Sent = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class StepsRead:
    """What one sheet gave. `ours` False: it is no checklist. `note` says what was not read."""

    rows: tuple[ReturnedStep, ...] = ()
    seen: int = 0
    note: str = ""
    ours: bool = False


@dataclass(frozen=True, slots=True)
class _Heading:
    number: int
    columns: Mapping[str, tuple[int, ...]]
    english: bool

    @property
    def last(self) -> int:
        return max(place for places in self.columns.values() for place in places) + 1


def read_steps(
    sheet: Any, words: Vocabulary, english: frozenset[str], sent: Sent, own: frozenset[str]
) -> StepsRead:
    """The filled-in steps of a sheet; nothing where it is no checklist. `own` are words by which cells are
    recognised that the program filled in, in a file that has lost its keys."""
    heading = _find_heading(sheet, words, english)
    if heading is None:
        return StepsRead()
    missing = next((key for key in ("step_id", "done") if key not in heading.columns), "")
    if missing:
        name = {"step_id": "Step id", "done": "Done"}[missing]
        return StepsRead(note=f"sheet {sheet.title!r} has no column {name}, so it was not read", ours=True)
    rows: list[ReturnedStep] = []
    seen = nameless = 0
    for number, row in _rows(sheet, heading):
        ids = row.texts("step_id")
        filled = any(row.texts(key) for key in _ANSWERS)
        if ids and words.columns.get(plain(ids[0])):  # the headings once more, further down
            continue
        seen += bool(ids)
        nameless += filled and not ids
        if filled and ids:
            step = _step(row, words, sent, f"{sheet.title}!{number}")
            ours = {plain(step.done_by), plain(step.evidence)} & own
            rows.append(replace(step, as_sent=True) if ours else step)
    note = f"{nameless} filled-in rows of sheet {sheet.title!r} have no step id" if nameless else ""
    return StepsRead(tuple(rows), seen, note, ours=True)


def _find_heading(sheet: Any, words: Vocabulary, english: frozenset[str]) -> _Heading | None:
    for number, cells in enumerate(sheet.iter_rows(max_row=HEADING_ROWS, values_only=True), start=1):
        columns: dict[str, tuple[int, ...]] = {}
        in_english = False
        for place, value in enumerate(cells):
            key = words.column(value) if isinstance(value, str) else ""
            if key in (*_ANSWERS, "step_id"):
                columns[key] = (*columns.get(key, ()), place)
                in_english |= key == "done_on" and plain(str(value)) in english
        if _is_checklist(columns.keys()):
            return _Heading(number, columns, in_english)
    return None


def _is_checklist(keys: Set[str]) -> bool:
    """The step id and something to fill in; or the whole of what is to be filled in, its ids gone."""
    if "step_id" in keys:
        return bool({*_ANSWERS} & keys)
    return {"done", "done_on", "done_by"} <= keys


def _rows(sheet: Any, heading: _Heading) -> Iterator[tuple[int, _Row]]:
    first = heading.number + 1
    rows = sheet.iter_rows(min_row=first, max_col=heading.last, values_only=True)
    return ((number, _Row(cells, heading)) for number, cells in enumerate(rows, start=first))


@dataclass(frozen=True, slots=True)
class _Row:
    cells: Sequence[Any]
    heading: _Heading

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

    def two_columns(self) -> bool:
        """Whether two columns of one meaning say different things."""
        return any(len(self.values(key)) > 1 for key in (*_ANSWERS, "step_id"))


def _step(row: _Row, words: Vocabulary, sent: Sent, place: str) -> ReturnedStep:
    typed = row.one("done")
    number = step_number(row.texts("step_id")[0])
    state = _state(typed, words)
    doubt = Doubt.TWO_COLUMNS if row.two_columns() else None
    done_on: date | None = None
    try:
        found = row.values("done_on")
        done_on = day_of(found[0], day_first=not row.heading.english) if found else None
    except UnreadableDate:
        doubt = doubt or Doubt.DATE_UNREADABLE
    step = ReturnedStep(
        place=place,
        step_id=number,
        typed=(typed or " / ".join(row.texts("done")))[:255],
        state=state,
        evidence=row.one("evidence")[:LONGEST_EVIDENCE],
        done_on=done_on,
        done_by=row.one("done_by")[:_LONGEST_NAME],
        doubt=doubt,
    )
    return _compared(step, sent)


def _compared(step: ReturnedStep, sent: Sent) -> ReturnedStep:
    """The row, marked where it says no more than the program had written in it."""
    written = sent.get(step.step_id)
    if written is None or step.state is None or step.doubt:
        return step
    day = step.done_on.isoformat() if step.done_on else ""
    same = (str(step.state), step.evidence, day, step.done_by) == written
    return replace(step, as_sent=True) if same else step


def step_number(text: str) -> str:
    """A step's id as the program writes it, where it has the form of one; else the text, cut short."""
    compact = "".join(text.split())
    if not _STEP_ID.fullmatch(compact):
        return text[:64]
    case, _, step = compact.rpartition("-")
    return f"{case.lower()}-{step.upper()}"


def _state(typed: str, words: Vocabulary) -> StepState | None:
    if not typed:
        return StepState.OPEN
    code = words.answers.get(plain(typed), "")
    return StepState(code) if code else None
