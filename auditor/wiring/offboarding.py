"""What people recorded about departures, put into a report; and how they record it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from auditor.domain.case import (
    CaseEvent,
    CaseEventKind,
    StepAnswer,
    StepState,
    case_id,
    letters_known,
    step_id,
)
from auditor.domain.employee import GONE, Employee
from auditor.domain.policy import Policy
from auditor.domain.report import AuditReport
from auditor.domain.step_note import answers_of
from auditor.errors import UsageError
from auditor.reporters._case_state import case_state
from auditor.reporters._cases import cases
from auditor.reporters._letter_stage import FRESH_DAYS, LETTERS, LetterStage, letter_stage
from auditor.reporters._offboarding import LETTER_STEPS
from auditor.reporters._scope import whole
from auditor.reporters._words import words_of
from auditor.store.cases import StepNoteStore
from auditor.store.offboarding import CaseEventStore
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
    folder: str
    leaving: bool
    state: str


def with_departures(report: AuditReport, store: RunStore, policy: Policy, on: date | None) -> AuditReport:
    """The report with the entities, the recorded looks and letters; drafts are made as of `on`."""
    events = CaseEventStore(store.engine).all()
    people = (*(e.employee for e in report.examinations), *report.departed.values())
    last_days = {one.employee_id: one.last_day for one in people}
    own = [event for event in events if last_days.get(event.employee_id) == event.last_day]
    looks = {event.employee_id: event.on_day for event in own if event.kind is CaseEventKind.LOOKED}
    recorded: dict[str, list[date]] = {}
    for event in own:
        if event.kind is CaseEventKind.SENT:
            recorded.setdefault(event.employee_id, []).append(event.on_day)
    known = {
        one.employee_id: letters_known(
            recorded.get(one.employee_id, ()), noted_letters(one, report.case_answers)
        )
        for one in people
    }
    return replace(
        report,
        companies=policy.companies,
        default_entity=policy.default_entity,
        retention_months=policy.retention.leavers_months,
        packs=policy.packs,
        letter_form=policy.letter_form,
        looks=looks,
        letters_sent={person: days for person, days in known.items() if days},
        drafted_on=max(on, report.run.today) if on else None,
    )


def noted_letters(employee: Employee, answers: Mapping[str, StepAnswer]) -> list[date | None]:
    """The days that the checklist gives for the letter and the reminder."""
    if not answers:
        return []
    case = case_id(employee.employee_id, employee.last_day)
    found = (answers.get(step_id(case, step)) for step in LETTER_STEPS)
    return [one.done_on if one and one.state is StepState.DONE else None for one in found]


def record(store: RunStore, person: str, kind: CaseEventKind, on: date, today: date) -> tuple[Employee, bool]:
    """Record a look or a sent letter for a leaver of the latest run; False where it was recorded already.

    Raises UsageError where the person is no leaver there, the day lies ahead or before the last day,
    a third letter would go out, or a letter without a fresh look.
    """
    employee = _leaver(store, person)
    if on > today:
        raise UsageError(f"{on} lies ahead.", "Record what has happened.")
    if employee.last_day and on <= employee.last_day:
        raise UsageError(f"{on} is not after the last day of {person}, {employee.last_day}.")
    events = CaseEventStore(store.engine)
    before = [e for e in events.all() if (e.employee_id, e.last_day) == (person, employee.last_day)]
    event = CaseEvent(person, employee.last_day, kind, on)
    if kind is CaseEventKind.SENT and event not in before:
        answers = answers_of(StepNoteStore(store.engine).all())
        _may_be_sent(before, noted_letters(employee, answers), on)
    return employee, events.add(event)


def people_with_letters(store: RunStore) -> set[str]:
    """The employee numbers of those to whom a letter went out, as recorded or told of on a checklist."""
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
        found.append(Departure(one.employee_id, one.last_day, codes, stage, case.folder, case.leaving, state))
    return found


def drop_stale(folder: Path, written: Sequence[Path]) -> None:
    """Remove what an earlier writing of the same run left and this one no longer says.

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
    latest = store.latest()
    if latest is None:
        raise UsageError("No run has ended yet.", "Run the audit first: auditor run")
    found = next((e for e in latest.roster.employees if e.employee_id == person), None)
    if found is None:
        raise UsageError(
            f"{person} is not in the roster of the latest run.", "PERSON is an employee number; see the list."
        )
    if found.roster_state not in GONE:
        raise UsageError(f"{person} has not left ({found.roster_state}).", "Letters go to leavers only.")
    return found


def _may_be_sent(before: list[CaseEvent], noted: list[date | None], on: date) -> None:
    sent = letters_known((e.on_day for e in before if e.kind is CaseEventKind.SENT), noted)
    looks = [event.on_day for event in before if event.kind is CaseEventKind.LOOKED]
    if len(sent) >= LETTERS and on not in sent:
        raise UsageError("Two letters were sent already; there is no third.")
    if not any(timedelta(0) <= on - look <= timedelta(days=FRESH_DAYS) for look in looks):
        raise UsageError(
            f"No look within the {FRESH_DAYS} days before {on} is recorded.",
            "A letter rests on a fresh look: auditor offboarding looked PERSON --on DATE",
        )
