"""Days of looks and letters that HR entered on the leavers' sheet, to events in the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from auditor.app.stored_runs import latest_run
from auditor.feedback.answers import KnownReport, is_another
from auditor.model.case import CaseEvent, CaseEventKind
from auditor.model.decision import Decision, DecisionReason
from auditor.model.employee import Employee
from auditor.model.returned import ReturnedDay
from auditor.offboarding.letter_stage import EventTrouble, event_trouble
from auditor.offboarding.letters_sent import letters_noted
from auditor.offboarding.step_notes import answers_of
from auditor.store.cases import CaseEventStore, StepNoteStore
from auditor.store.runs import RunStore

_REASONS: Mapping[EventTrouble, DecisionReason] = {
    EventTrouble.NOT_LEFT: DecisionReason.NOT_LEFT,
    EventTrouble.IN_FUTURE: DecisionReason.DATE_IN_FUTURE,
    EventTrouble.BEFORE_LAST_DAY: DecisionReason.BEFORE_LAST_DAY,
    EventTrouble.THIRD_LETTER: DecisionReason.THIRD_LETTER,
    EventTrouble.NO_FRESH_LOOK: DecisionReason.NO_FRESH_LOOK,
}


@dataclass(frozen=True, slots=True)
class DaysTaken:
    """What became of the days in one file: new events, and answers that were only listed."""

    events: tuple[CaseEvent, ...] = ()
    rejected: tuple[Decision, ...] = ()


def take_days(
    days: Sequence[ReturnedDay],
    reports: Sequence[KnownReport],
    headings: Mapping[CaseEventKind, str],
    store: RunStore,
    today: date,
) -> DaysTaken:
    """Keep new looks and letters; what repeats what is known says nothing.

    `reports` are those that the file may come from, `headings` what the columns are called. Raises
    StoreError.
    """
    if not days or not reports:
        return DaysTaken()
    people = {one.employee_id: one for one in latest_run(store).roster.employees}
    origins = {finding: report for report in reports for finding in report.findings}
    kept = CaseEventStore(store.engine)
    answers = answers_of(StepNoteStore(store.engine).all())
    events: list[CaseEvent] = []
    rejected: dict[tuple[str, str], Decision] = {}
    for one in days:
        report = origins.get(one.finding)
        employee = people.get(report.findings[one.finding]) if report else None
        known = [event for event in kept.all() if employee and _is_own(event, employee)]
        noted = letters_noted(employee, answers) if employee else []
        reason = _reason(one, employee, known, noted, today)
        if employee and report:
            sorted_apart = is_another(employee.employee_id, one.number, one.name, report.people, report.names)
            reason = DecisionReason.MIXED_ROW if sorted_apart else reason
        if reason:
            typed = f"{headings[one.kind]}: {one.typed}"
            rejected[one.finding, typed] = Decision(
                fingerprint=one.finding,
                employee_id=employee.employee_id if employee else "",
                word=None,
                report_id=reports[0].run_id,
                read_on=today,
                decided_on=one.day,
                typed=typed[:255],
                place=one.place,
                applied=False,
                reason=reason,
            )
        elif employee and one.day:
            event = CaseEvent(employee.employee_id, employee.last_day, one.kind, one.day)
            known_letter = one.kind is CaseEventKind.SENT and one.day in noted
            if event not in known and not known_letter and kept.add(event):
                events.append(event)
    return DaysTaken(tuple(events), tuple(rejected.values()))


def _is_own(event: CaseEvent, employee: Employee) -> bool:
    return (event.employee_id, event.last_day) == (employee.employee_id, employee.last_day)


def _reason(
    one: ReturnedDay,
    employee: Employee | None,
    known: Sequence[CaseEvent],
    noted: Sequence[date | None],
    today: date,
) -> DecisionReason | None:
    if employee is None:
        return DecisionReason.UNKNOWN_FINDING
    if one.day is None:
        return DecisionReason.DATE_UNREADABLE
    if one.kind is CaseEventKind.SENT and one.day in noted:
        return None
    event = CaseEvent(employee.employee_id, employee.last_day, one.kind, one.day)
    trouble = event_trouble(employee, event, known, noted, today)
    return _REASONS[trouble] if trouble else None
