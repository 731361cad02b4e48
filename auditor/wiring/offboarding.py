"""What people recorded about departures, put into a report; and how they record it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from auditor.domain.case import CaseEvent, CaseEventKind
from auditor.domain.employee import GONE, Employee
from auditor.domain.policy import Policy
from auditor.domain.report import AuditReport
from auditor.errors import UsageError
from auditor.reporters._cases import cases
from auditor.reporters._letter_stage import FRESH_DAYS, LETTERS, LetterStage, letter_stage
from auditor.reporters._scope import whole
from auditor.store.offboarding import CaseEventStore
from auditor.store.runs import RunStore

_PAGES = frozenset({"letter-not-ready.html", "before-sending.html"})
_KIT = frozenset({"fix-kit", "banner"})


@dataclass(frozen=True, slots=True)
class Departure:
    """One case of the latest run, for the list; `stage` is None for somebody who leaves soon."""

    employee_id: str
    last_day: date | None
    codes: tuple[str, ...]
    stage: LetterStage | None
    folder: str


def with_departures(report: AuditReport, store: RunStore, policy: Policy, on: date | None) -> AuditReport:
    """The report with the entities, the recorded looks and letters; drafts are made as of `on`."""
    events = CaseEventStore(store.engine).all()
    last_days = {e.employee.employee_id: e.employee.last_day for e in report.examinations}
    own = [event for event in events if last_days.get(event.employee_id) == event.last_day]
    looks = {event.employee_id: event.on_day for event in own if event.kind is CaseEventKind.LOOKED}
    sent: dict[str, tuple[date, ...]] = {}
    for event in own:
        if event.kind is CaseEventKind.SENT:
            sent[event.employee_id] = (*sent.get(event.employee_id, ()), event.on_day)
    return replace(
        report,
        companies=policy.companies,
        default_entity=policy.default_entity,
        retention_months=policy.retention.leavers_months,
        packs=policy.packs,
        letter_form=policy.letter_form,
        looks=looks,
        letters_sent=sent,
        drafted_on=max(on, report.run.today) if on else None,
    )


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
        _may_be_sent(before, on)
    return employee, events.add(event)


def departures(report: AuditReport) -> list[Departure]:
    """Every case of a report with the stage of its correspondence."""
    found = []
    for case in cases(whole(report)):
        tracked = min(case.findings, key=lambda one: one.finding.severity.rank, default=None)
        stage = letter_stage(report, case.employee, tracked) if tracked else None
        codes = tuple(one.finding.code for one in case.findings)
        found.append(Departure(case.employee.employee_id, case.employee.last_day, codes, stage, case.folder))
    return found


def drop_stale(folder: Path, written: Sequence[Path]) -> None:
    """Remove what an earlier writing of the same run left and this one no longer says.

    Pages about a letter that meanwhile is (or is no longer) ready, and kits of people who no longer
    get one. Drafts of letters stay: one may be the copy of what was sent.
    """
    kept = set(written)
    for path in folder.glob("leavers/*/*.html"):
        if path.name in _PAGES and path not in kept:
            path.unlink()
    for kit in folder.glob("fix-kits/*"):
        files = list(kit.iterdir()) if kit.is_dir() else []
        if files and not kept & set(files) and all(file.stem in _KIT for file in files):
            for file in files:
                file.unlink()
            kit.rmdir()


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


def _may_be_sent(before: list[CaseEvent], on: date) -> None:
    sent = [event.on_day for event in before if event.kind is CaseEventKind.SENT]
    looks = [event.on_day for event in before if event.kind is CaseEventKind.LOOKED]
    if len(sent) >= LETTERS:
        raise UsageError("Two letters were sent already; there is no third.")
    if not any(timedelta(0) <= on - look <= timedelta(days=FRESH_DAYS) for look in looks):
        raise UsageError(
            f"No look within the {FRESH_DAYS} days before {on} is recorded.",
            "A letter rests on a fresh look: auditor offboarding looked PERSON --on DATE",
        )
