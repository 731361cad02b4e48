"""What went out and who looked: the letters and looks of departures, as recorded or told of on a checklist.
Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from auditor.model.case import CaseEvent, CaseEventKind, StepAnswer, StepState, case_id, step_id
from auditor.model.employee import Employee
from auditor.offboarding.case import letters_known
from auditor.offboarding.steps import LETTER_STEPS


def last_looks(people: Iterable[Employee], events: Iterable[CaseEvent]) -> dict[str, date]:
    """By employee id: the day on which somebody last looked at the profile. Only the present departure
    counts."""
    return {event.employee_id: event.on_day for event in _own(people, events, CaseEventKind.LOOKED)}


def letters_sent(
    people: Iterable[Employee], events: Iterable[CaseEvent], answers: Mapping[str, StepAnswer]
) -> dict[str, tuple[date, ...]]:
    """By employee id: the days on which letters went out, as recorded or told of on a checklist. Only the
    present departure counts."""
    listed = tuple(people)
    recorded: dict[str, list[date]] = {}
    for event in _own(listed, events, CaseEventKind.SENT):
        recorded.setdefault(event.employee_id, []).append(event.on_day)
    return {
        one.employee_id: days
        for one in listed
        if (days := letters_known(recorded.get(one.employee_id, ()), letters_noted(one, answers)))
    }


def _own(people: Iterable[Employee], events: Iterable[CaseEvent], kind: CaseEventKind) -> Iterator[CaseEvent]:
    """The events of one kind that are about these people's present departures."""
    of_kind = [one for one in events if one.kind is kind]
    asked = {one.employee_id for one in of_kind}
    last_days = {one.employee_id: one.last_day for one in people if one.employee_id in asked}
    return (one for one in of_kind if last_days.get(one.employee_id) == one.last_day)


def letters_noted(employee: Employee, answers: Mapping[str, StepAnswer]) -> list[date | None]:
    """The days that the checklist gives for the letter and the reminder; where it gives none, the days on
    which somebody noted that they had gone out."""
    if not answers:
        return []
    case = case_id(employee.employee_id, employee.last_day)
    found = (answers.get(step_id(case, step)) for step in LETTER_STEPS)
    days = [one.day if one and one.state is StepState.DONE else None for one in found]
    last_day = employee.last_day
    return [None if day and last_day and day <= last_day else day for day in days]
