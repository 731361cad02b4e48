"""Finds the steps of a departure on the sheets of a returned file, and reads what was filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from auditor.feedback.cells import UnreadableDate, day_of
from auditor.feedback.rows import Row, data_rows, find_heading
from auditor.feedback.vocabulary import Vocabulary, plain
from auditor.model.case import StepState
from auditor.model.returned import Doubt, ReturnedStep

_ANSWERS = ("done", "evidence", "done_on", "done_by")
_KEYS = (*_ANSWERS, "step_id")
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


def read_steps(
    sheet: Any, words: Vocabulary, english: frozenset[str], sent: Sent, own: frozenset[str]
) -> StepsRead:
    """The filled-in steps of a sheet; nothing where it is no checklist. `own` are words by which cells are
    recognised that the program filled in, in a file that has lost its keys."""
    heading = find_heading(sheet, words, ("done_on", english), _is_checklist, _KEYS)
    if heading is None:
        return StepsRead()
    missing = next((key for key in ("step_id", "done") if key not in heading.columns), "")
    if missing:
        name = {"step_id": "Step id", "done": "Done"}[missing]
        return StepsRead(note=f"sheet {sheet.title!r} has no column {name}, so it was not read", ours=True)
    rows: list[ReturnedStep] = []
    seen = nameless = 0
    for number, row in data_rows(sheet, heading):
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


def _is_checklist(columns: Mapping[str, tuple[int, ...]]) -> bool:
    """The step id and something to fill in; or the whole of what is to be filled in, its ids gone."""
    if "step_id" in columns:
        return bool({*_ANSWERS} & columns.keys())
    return {"done", "done_on", "done_by"} <= columns.keys()


def _step(row: Row, words: Vocabulary, sent: Sent, place: str) -> ReturnedStep:
    typed = row.one("done")
    number = step_number(row.texts("step_id")[0])
    state = _state(typed, words)
    doubt = Doubt.TWO_COLUMNS if row.two_columns(_KEYS) else None
    done_on: date | None = None
    try:
        done_on = day_of(row.first("done_on"), day_first=not row.heading.english)
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
    return _compare(step, sent)


def _compare(step: ReturnedStep, sent: Sent) -> ReturnedStep:
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
