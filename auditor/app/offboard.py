"""What people record about departures, the list of them, and what lies in their folders."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from auditor.app.stored_runs import latest_run
from auditor.errors import UsageError
from auditor.model.case import CaseEvent, CaseEventKind, StepState
from auditor.model.employee import Employee, number_meant
from auditor.model.message import say
from auditor.model.report import AuditReport
from auditor.offboarding.letter_stage import (
    FRESH_DAYS,
    EventTrouble,
    LetterStage,
    event_trouble,
    letter_stage,
)
from auditor.offboarding.letters_sent import letters_noted
from auditor.offboarding.step_notes import answers_of
from auditor.offboarding.steps import LETTER_STEPS
from auditor.reports.offboarding.cases import case_state, cases
from auditor.reports.scope import whole
from auditor.reports.step_words import person_step
from auditor.store.cases import CaseEventStore, StepNoteStore
from auditor.store.runs import RunStore

_PAGES = frozenset({"letter-not-ready.html", "before-sending.html"})
_TASKS = re.compile(r"offboarding\.ics|all-departures\.ics|(jira|asana)(-\d+)?\.csv")


@dataclass(frozen=True, slots=True)
class Departure:
    """One case of the latest run, for the list; `stage` is None where nothing is found now. `state` tells
    which side is open; `next_step` is what the reports say in What to do."""

    employee_id: str
    last_day: date | None
    codes: tuple[str, ...]
    stage: LetterStage | None
    leaving: bool
    state: str
    next_step: str


def record(store: RunStore, person: str, kind: CaseEventKind, on: date, today: date) -> tuple[Employee, bool]:
    """Record a look or a sent letter for a leaver of the latest run; False where it was recorded already.

    Raises UsageError where the person is no leaver there, the day lies ahead or before the last day,
    a third letter would go out, or a letter without a fresh look.
    """
    employee = _person(store, person)
    events = CaseEventStore(store.engine)
    mine = (employee.employee_id, employee.last_day)
    before = [one for one in events.all() if (one.employee_id, one.last_day) == mine]
    event = CaseEvent(*mine, kind, on)
    noted = letters_noted(employee, answers_of(StepNoteStore(store.engine).all()))
    trouble = event_trouble(employee, event, before, noted, today)
    if trouble:
        raise _refusal(trouble, employee, on)
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
    """Every case of a report with the stage of its correspondence, in English."""
    found = []
    scope = whole(replace(report, language="en"))
    for case in cases(scope):
        tracked = min(case.findings, key=lambda one: one.finding.severity.rank, default=None)
        stage = letter_stage(report, case.employee, tracked) if tracked else None
        codes = tuple(one.finding.code for one in case.findings)
        one = case.employee
        state, step = case_state(case, scope.words), person_step(scope, one.employee_id)
        found.append(Departure(one.employee_id, one.last_day, codes, stage, case.leaving, state, step))
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
    beside: dict[Path, list[str]] = defaultdict(list)
    for path in written:
        beside[path.parent].append(path.name)
    for path in (*folder.glob("leavers/*.ics"), *folder.glob("leavers/*/*.*")):
        again = any(name.startswith(path.stem) for name in beside[path.parent])
        if _TASKS.fullmatch(path.name) and not again:
            path.unlink()


def _person(store: RunStore, person: str) -> Employee:
    people = {one.employee_id: one for one in latest_run(store).roster.employees}
    found = people.get(number_meant(person, people) or "")
    if found is None:
        raise UsageError(
            f"{person} is not in the roster of the latest run.",
            "PERSON is an employee number; see: auditor offboarding list",
            code="PERSON_NOT_IN_RUN",
        )
    return found


def _refusal(trouble: EventTrouble, employee: Employee, on: date) -> UsageError:
    person = employee.employee_id
    texts = {
        EventTrouble.NOT_LEFT: (
            say("{id} has not left ({state}).", id=person, state=employee.roster_state),
            say("Letters go to leavers only."),
        ),
        EventTrouble.IN_FUTURE: (
            say("{day} is in the future.", day=on),
            say("Record only what has happened."),
        ),
        EventTrouble.BEFORE_LAST_DAY: (
            say(
                "{day} is not after the last day of {id}, {last}.", day=on, id=person, last=employee.last_day
            ),
            "",
        ),
        EventTrouble.THIRD_LETTER: (say("Two letters have already been sent; there is no third."), ""),
        EventTrouble.NO_FRESH_LOOK: (
            say("No look within the {n} days before {day} is recorded.", n=FRESH_DAYS, day=on),
            say("Look at the profile first, then: auditor offboarding looked PERSON --on DATE"),
        ),
    }
    return UsageError(*texts[trouble], code="NOT_RECORDED")
