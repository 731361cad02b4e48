"""Departures from run to run: opened, kept until both sides are done, closed, reopened."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from auditor.app.registry import leaver_rules
from auditor.errors import UsageError
from auditor.language.words import words_of
from auditor.model.case import CaseEvent, CaseEventKind, CaseRecord, StepAnswer, StepState, case_id, step_id
from auditor.model.employee import GONE, Employee
from auditor.model.health import HealthVerdict
from auditor.model.policy import Policy
from auditor.model.report import AuditReport
from auditor.offboarding.case import letters_known, next_record
from auditor.offboarding.step_notes import answers_of
from auditor.reports.offboarding.cases import case_state, cases, every_case
from auditor.reports.offboarding.letter_stage import FRESH_DAYS, LETTERS, LetterStage, letter_stage
from auditor.reports.offboarding.steps import LETTER_STEPS
from auditor.reports.scope import whole
from auditor.store.cases import CaseEventStore, CaseStore, StepNoteStore, last_known, last_sightings
from auditor.store.runs import RunStore, StoredRun


def with_cases(report: AuditReport, run: StoredRun, store: RunStore) -> AuditReport:
    """The report with the cases as they stood at this run, their people, and what was noted until now."""
    records = _as_of(CaseStore(store.engine).all(), run, store)
    notes = StepNoteStore(store.engine).all()
    people = {one.employee_id for one in records.values()} | {one.employee_id for one in notes}
    recent = {run.facts.id, *(one.facts.id for one in store.earlier(run.number, 1))}
    return replace(
        report,
        cases=records,
        departed=_departed(records, run, store),
        case_answers=answers_of(notes),
        sightings=last_sightings(store.engine, people, run.number, leaver_rules()),
        step_doubts=tuple(one for one in notes if not one.applied and one.after_run in recent),
    )


def keep_cases(report: AuditReport, store: RunStore) -> AuditReport:
    """After a run: the cases that it began, closed or opened again are stored, and its report shows them so.

    Once more for the same run changes nothing.
    """
    run = report.run
    sound = report.health.verdict is HealthVerdict.SOUND
    whole_run = not (run.left or run.partial)
    changed: dict[str, CaseRecord] = {}
    for case in every_case(whole(report)):
        fresh = CaseRecord(case.employee.employee_id, case.employee.last_day, run.today)
        record = next_record(case.record, fresh, case.sight, run.id, sound=sound, whole=whole_run)
        if record != case.record:
            changed[record.id] = record
    CaseStore(store.engine).keep(changed.values())
    return replace(report, cases={**report.cases, **changed})


def case_counts(report: AuditReport) -> dict[str, int]:
    """How many cases are open after a run, and how many it closed."""
    return {
        "open": sum(one.closed_on is None for one in report.cases.values()),
        "closed": sum(one.closed_in == report.run.id for one in report.cases.values()),
    }


def _as_of(records: Mapping[str, CaseRecord], run: StoredRun, store: RunStore) -> dict[str, CaseRecord]:
    """What was known at a run: what later runs closed or saw is left out, what they began too."""
    ids = store.run_ids()
    newer = set(ids[: ids.index(run.facts.id)])
    if not newer:
        return dict(records)
    today = run.facts.today
    found = {}
    for key, record in records.items():
        if record.opened_on > today:
            continue
        if record.closed_in in newer:
            record = replace(record, closed_on=None, closed_in="")
        if record.clean_on and record.clean_on > today:
            record = replace(record, clean_on=None)
        found[key] = record
    return found


def _departed(records: Mapping[str, CaseRecord], run: StoredRun, store: RunStore) -> dict[str, Employee]:
    """People with open cases who are no longer in the run's roster.

    Who stands there with another last day has another case. A run about a chosen few tells nothing.
    """
    if run.facts.partial:
        return {}
    present = {employee.employee_id for employee in run.roster.employees}
    wanted = {
        key
        for key, one in records.items()
        if one.employee_id not in present and (not one.closed_on or one.closed_in == run.facts.id)
    }
    return last_known(store.engine, wanted, run.number)


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
        raise UsageError(f"{on} is in the future.", "Record only what has happened.")
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
        found.append(Departure(one.employee_id, one.last_day, codes, stage, case.folder, case.leaving, state))
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
    latest = store.latest()
    if latest is None:
        raise UsageError("No run has ended yet.", "Run the audit first: auditor run")
    found = next((e for e in latest.roster.employees if e.employee_id == person), None)
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
    if len(sent) >= LETTERS and on not in sent:
        raise UsageError("Two letters have already been sent; there is no third.")
    if not any(timedelta(0) <= on - look <= timedelta(days=FRESH_DAYS) for look in looks):
        raise UsageError(
            f"No look within the {FRESH_DAYS} days before {on} is recorded.",
            "Look at the profile first, then: auditor offboarding looked PERSON --on DATE",
        )
