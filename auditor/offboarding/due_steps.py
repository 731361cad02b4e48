"""The steps of a departure with their days: which concern the person, when each is due, and which the program
knows to be done. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from auditor.language.locality import working_day
from auditor.model.case import CaseRecord, StepAnswer, StepState, case_id, step_id
from auditor.model.employee import Employee, RosterState
from auditor.model.finding import TrackedFinding
from auditor.offboarding.steps import (
    AFTER_A_FINDING,
    AFTER_A_LETTER,
    CATCH_UP,
    CHECK_STEP,
    FIRST_CHECK,
    LETTER_STEPS,
    PROGRAM,
    SEEN_STEP,
    Step,
    days_later,
    steps,
)

_CONTRACTORS = (RosterState.CONTRACTOR_ENDED, RosterState.CONTRACTOR_ACTIVE)


class KnownBy(Enum):
    """How the program itself knows that a step is done; the reports have the words."""

    LETTER_RECORDED = "letter_recorded"
    REMINDER_RECORDED = "reminder_recorded"
    SEEN_CLEAN = "seen_clean"
    LOOKED = "looked"


_LETTERS = (KnownBy.LETTER_RECORDED, KnownBy.REMINDER_RECORDED)


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step of a case with its day and what was answered so far; `known_by` where the program itself
    gives the answer. `missed`: the day by which it should have been done, where the moment for it had passed
    before the case began. No `due`: it is not its turn."""

    id: str
    step: Step
    due: date | None
    answer: StepAnswer
    known_by: KnownBy | None = None
    missed: date | None = None


def due_steps(
    employee: Employee,
    findings: tuple[TrackedFinding, ...],
    record: CaseRecord | None,
    *,
    opened: date,
    country: str,
    letters: Sequence[date],
    answers: Mapping[str, StepAnswer],
) -> tuple[DueStep, ...]:
    """The steps that concern a person, in the order of the plan. `opened`: since when the case has been open;
    `letters`: the days on which letters went out; `answers` by step id."""
    number = case_id(employee.employee_id, employee.last_day)
    seen = min((tracked.counts_from for tracked in findings), default=None)
    own = _own_knowledge(number, letters, answers, record) | _first_check(employee, findings, record)
    wanted = []
    for step in steps():
        place = step_id(number, step.id)
        answer, known_by = answers.get(place), None
        if step.id in own and (answer is None or answer.state is StepState.OPEN):
            known_by, day = own[step.id]
            answer = StepAnswer(StepState.DONE, done_on=day)
        if answer is None and not _concerns(step, employee, bool(findings)):
            continue
        answer = answer or StepAnswer(StepState.OPEN)
        due, missed = None, None
        if employee.last_day:
            due = step.due(employee.last_day, country, days_later(step, employee.last_day, seen, letters))
        if due and answer.state is StepState.OPEN:
            due, missed = _day_now(step, due, opened, country)
        if step.id in AFTER_A_LETTER and not letters and answer.state is StepState.OPEN:
            due = None
        wanted.append(DueStep(place, step, due, answer, known_by, missed))
    return tuple(wanted)


def _day_now(step: Step, planned: date, opened: date, country: str) -> tuple[date | None, date | None]:
    """The day of an open step, and the day that was missed: what was due before the case began is caught up
    on soon, unless it belongs to the time before the last day."""
    if planned >= opened or step.owner == PROGRAM:
        return planned, None
    if step.offset < 0:
        return None, planned
    return working_day(opened + timedelta(days=CATCH_UP), country), None


def _own_knowledge(
    case: str, letters: Sequence[date], noted: Mapping[str, StepAnswer], record: CaseRecord | None
) -> dict[str, tuple[KnownBy, date]]:
    """The steps that the program knows to be done, by their number: recorded letters, and what it saw."""
    told = {step: noted[key].day for step in LETTER_STEPS if (key := step_id(case, step)) in noted}
    found = {
        step: (known_by, day)
        for step, known_by, day in zip(LETTER_STEPS, _LETTERS, letters, strict=False)
        if day not in [other for key, other in told.items() if key != step]
    }
    if record and record.clean_on:
        found[SEEN_STEP] = (KnownBy.SEEN_CLEAN, record.clean_on)
    return found


def _first_check(
    employee: Employee, findings: tuple[TrackedFinding, ...], record: CaseRecord | None
) -> dict[str, tuple[KnownBy, date]]:
    """The program's own first look after the waiting time, once a run has seen something or nothing."""
    if employee.last_day is None:
        return {}
    due = employee.last_day + timedelta(days=FIRST_CHECK)
    looks = [day for tracked in findings for day in (tracked.first_seen, tracked.last_seen)]
    looks += [record.clean_on] if record and record.clean_on else []
    day = min((one for one in looks if one >= due), default=None)
    return {CHECK_STEP: (KnownBy.LOOKED, day)} if day else {}


def _concerns(step: Step, employee: Employee, found: bool) -> bool:
    if step.when == "contractor" and employee.roster_state not in _CONTRACTORS:
        return False
    return found or step.id not in AFTER_A_FINDING
