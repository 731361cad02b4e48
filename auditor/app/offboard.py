"""What people record about departures, the list of them, and what lies in their folders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from auditor.app.stored_runs import latest_run
from auditor.errors import UsageError
from auditor.language.words import words_of
from auditor.model.case import CaseEvent, CaseEventKind, StepState
from auditor.model.employee import GONE, Employee
from auditor.model.report import AuditReport
from auditor.offboarding.case import letters_known
from auditor.offboarding.cases import letters_noted
from auditor.offboarding.letter_stage import (
    FRESH_DAYS,
    LetterStage,
    is_one_too_many,
    letter_stage,
    rests_on_fresh_look,
)
from auditor.offboarding.step_notes import answers_of
from auditor.offboarding.steps import LETTER_STEPS
from auditor.reports.offboarding.cases import case_state, cases
from auditor.reports.scope import whole
from auditor.store.cases import CaseEventStore, StepNoteStore
from auditor.store.runs import RunStore

_PAGES = frozenset({"letter-not-ready.html", "before-sending.html"})
_TASKS = re.compile(r"offboarding\.ics|all-departures\.ics|(jira|asana)(-\d+)?\.csv")


@dataclass(frozen=True, slots=True)
class Departure:
    """One case of the latest run, for the list; `stage` is None where nothing is found now. `state` tells
    which side is open."""

    employee_id: str
    last_day: date | None
    codes: tuple[str, ...]
    stage: LetterStage | None
    leaving: bool
    state: str


def record(store: RunStore, person: str, kind: CaseEventKind, on: date, today: date) -> tuple[Employee, bool]:
    """Record a look or a sent letter for a leaver of the latest run; False where it was recorded already.

    Raises UsageError where the person is no leaver there, the day lies ahead or before the last day,
    a third letter would go out, or a letter without a fresh look.
    """
    employee = _leaver(store, person)
    if on > today:
        raise UsageError(f"{on} is in the future.", "Record only what has happened.")
    if employee.last_day and on <= employee.last_day:
        raise UsageError(f"{on} is not after the last day of {person}, {employee.last_day}.")
    events = CaseEventStore(store.engine)
    before = [e for e in events.all() if (e.employee_id, e.last_day) == (person, employee.last_day)]
    event = CaseEvent(person, employee.last_day, kind, on)
    if kind is CaseEventKind.SENT and event not in before:
        answers = answers_of(StepNoteStore(store.engine).all())
        _may_be_sent(before, letters_noted(employee, answers), on)
    return employee, events.add(event)


def people_with_letters(store: RunStore) -> set[str]:
    """The employee numbers of those to whom a letter was sent, as recorded or entered on a checklist."""
    recorded = {e.employee_id for e in CaseEventStore(store.engine).all() if e.kind is CaseEventKind.SENT}
    noted = {
        one.employee_id
        for one in StepNoteStore(store.engine).all()
        if one.applied and one.answer.state is StepState.DONE and one.step_id.endswith(LETTER_STEPS)
    }
    return recorded | noted


def departures(report: AuditReport) -> list[Departure]:
    """Every case of a report with the stage of its correspondence."""
    found = []
    words = words_of("en")
    for case in cases(whole(report)):
        tracked = min(case.findings, key=lambda one: one.finding.severity.rank, default=None)
        stage = letter_stage(report, case.employee, tracked) if tracked else None
        codes = tuple(one.finding.code for one in case.findings)
        one = case.employee
        state = case_state(case, words)
        found.append(Departure(one.employee_id, one.last_day, codes, stage, case.leaving, state))
    return found


def drop_stale(folder: Path, written: Sequence[Path]) -> None:
    """Remove documents that an earlier report of the same run wrote and this one does not contain.

    Pages about a letter that meanwhile is (or is no longer) ready, and lists of tasks of which none is left.
    Drafts of letters stay: one may be the copy of what was sent.
    """
    kept = set(written)
    for path in folder.glob("leavers/*/*.html"):
        if path.name in _PAGES and path not in kept:
            path.unlink()
    for path in (*folder.glob("leavers/*.ics"), *folder.glob("leavers/*/*.*")):
        again = any(one.parent == path.parent and one.name.startswith(path.stem) for one in kept)
        if _TASKS.fullmatch(path.name) and not again:
            path.unlink()


def _leaver(store: RunStore, person: str) -> Employee:
    found = next((e for e in latest_run(store).roster.employees if e.employee_id == person), None)
    if found is None:
        raise UsageError(
            f"{person} is not in the roster of the latest run.",
            "PERSON is an employee number; see: auditor offboarding list",
        )
    if found.roster_state not in GONE:
        raise UsageError(f"{person} has not left ({found.roster_state}).", "Letters go to leavers only.")
    return found


def _may_be_sent(before: list[CaseEvent], noted: list[date | None], on: date) -> None:
    sent = letters_known((e.on_day for e in before if e.kind is CaseEventKind.SENT), noted)
    looks = [event.on_day for event in before if event.kind is CaseEventKind.LOOKED]
    if is_one_too_many(sent, on):
        raise UsageError("Two letters have already been sent; there is no third.")
    if not rests_on_fresh_look(looks, on):
        raise UsageError(
            f"No look within the {FRESH_DAYS} days before {on} is recorded.",
            "Look at the profile first, then: auditor offboarding looked PERSON --on DATE",
        )
