"""The departures of a run as cases: which begin, which go on, what is known of each and of its steps.

Whoever asks "what closes a case?" finds the answer in `case.sides_settled` and `case.next_record`; here the
run's facts are brought together for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from auditor.language.locality import working_day
from auditor.model.case import (
    CaseEvent,
    CaseEventKind,
    CaseRecord,
    Side,
    StepAnswer,
    StepState,
    case_id,
    case_of,
    step_id,
)
from auditor.model.company import Company
from auditor.model.dates import local
from auditor.model.employee import Employee, RosterState
from auditor.model.examination import Examination
from auditor.model.finding import FindingState, TrackedFinding
from auditor.model.rule import Failed, Passed
from auditor.offboarding.case import (
    CaseSight,
    CaseStep,
    is_outdated,
    letters_known,
    next_record,
    sides_settled,
)
from auditor.offboarding.steps import (
    AFTER_A_FINDING,
    AFTER_A_LETTER,
    CATCH_UP,
    CHECK_STEP,
    FIRST_CHECK,
    LETTER_STEPS,
    PROFILE_STEPS,
    PROGRAM,
    SEEN_STEP,
    Step,
    days_later,
    steps,
)

#: states of a leaver finding that begin a case or keep its profile side open
_FLAGGING = frozenset({FindingState.NEW, FindingState.OPEN, FindingState.REOPENED})
_CONTRACTORS = (RosterState.CONTRACTOR_ENDED, RosterState.CONTRACTOR_ACTIVE)
#: verdicts of the leaver rule that close the leaver's side, by the decision table
CLEAN = frozenset({"LEAVER_CLEAN", "LEAVER_CLEAN_PART", "CONTR_CLEAN"})


class KnownBy(Enum):
    """How the program itself knows that a step is done; the reports have the words."""

    LETTER_RECORDED = "letter_recorded"
    REMINDER_RECORDED = "reminder_recorded"
    SEEN_CLEAN = "seen_clean"
    LOOKED = "looked"


_LETTERS = (KnownBy.LETTER_RECORDED, KnownBy.REMINDER_RECORDED)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What a run knows about departures.

    `people` are those of its roster, `departed` those of cases that go on who do not stand there any more;
    `records` by case id, `answers` by step id; `letters_sent` and `sightings` by employee id: the days on
    which letters went out, and the last day on which a run saw the person shown as working here.
    """

    run_id: str
    today: date
    people: tuple[Examination, ...]
    findings: tuple[TrackedFinding, ...]
    #: the ids of the rules about people who have left
    leaver_rules: frozenset[str]
    departed: tuple[Employee, ...] = ()
    records: Mapping[str, CaseRecord] = field(default_factory=dict)
    answers: Mapping[str, StepAnswer] = field(default_factory=dict)
    letters_sent: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    sightings: Mapping[str, date] = field(default_factory=dict)
    companies: Mapping[str, Company] = field(default_factory=dict)
    default_entity: str = ""
    time_zone: str = "UTC"


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


@dataclass(frozen=True, slots=True)
class Case:
    """One departure. `record` is what is remembered of it (None: it has just begun); `present` False: the
    person does not stand in this run's roster any more."""

    id: str
    examination: Examination
    findings: tuple[TrackedFinding, ...]
    steps: tuple[DueStep, ...]
    sight: CaseSight
    record: CaseRecord | None = None
    present: bool = True

    @property
    def employee(self) -> Employee:
        """Whose departure it is."""
        return self.examination.employee

    @property
    def leaving(self) -> bool:
        """Whether the last day is still to come."""
        return self.sight.leaving

    @property
    def closed_on(self) -> date | None:
        """The day on which it was closed; None while it goes on."""
        return self.record.closed_on if self.record else None

    @property
    def clean_on(self) -> date | None:
        """The day on which the program itself saw the profile put right."""
        return self.record.clean_on if self.record else None

    @property
    def sides(self) -> frozenset[Side]:
        """The sides that are done."""
        return frozenset(Side) if self.closed_on else sides_settled(self.sight, self.clean_on)

    @property
    def outdated(self) -> tuple[str, ...]:
        """The numbers of the steps that were ticked before the profile was last seen otherwise."""
        if self.closed_on or self.clean_on:
            return ()
        sighted_on = self.sight.sighted_on
        told = zip(self.steps, self.sight.steps, strict=True)
        return tuple(due.step.id for due, step in told if is_outdated(step, sighted_on))

    def to_hand_out(self) -> tuple[DueStep, ...]:
        """The steps that somebody still has to take: not answered, on a side that is not done."""
        done = self.sides
        return tuple(
            due
            for due in self.steps
            if due.answer.state is StepState.OPEN
            and due.step.owner != PROGRAM
            and due.missed is None
            and (due.due is not None or due.step.id not in AFTER_A_LETTER or self.employee.last_day is None)
            and Side(due.step.side) not in done
        )


def cases(facts: CaseFacts) -> list[Case]:
    """The departures to report on, by employee id: begun by a flagged leaver or an announced end, going on
    until both sides are done, and once more in the run that closed them."""
    return [
        case
        for case in every_case(facts)
        if case.record is None or case.record.closed_on is None or case.record.closed_in == facts.run_id
    ]


def every_case(facts: CaseFacts) -> list[Case]:
    """The same with those that were closed before and that this run might open again."""
    flagged: dict[str, list[TrackedFinding]] = {}
    for tracked in facts.findings:
        if tracked.finding.rule_id in facts.leaver_rules and tracked.state in _FLAGGING:
            flagged.setdefault(tracked.finding.employee_id, []).append(tracked)
    put_back = {case_of(one) for one, answer in facts.answers.items() if answer.state is StepState.OPEN}
    answered = {case_of(one) for one in facts.answers}
    remembered = {record.employee_id for record in facts.records.values()}
    found = []
    for examination, present in _people(facts):
        employee = examination.employee
        findings = tuple(flagged.get(employee.employee_id, ())) if present else ()
        begins = bool(findings) or (present and employee.roster_state is RosterState.LEAVING_SOON)
        if not begins and not answered and employee.employee_id not in remembered:
            continue
        number = case_id(employee.employee_id, employee.last_day)
        record = facts.records.get(number)
        if record is None:
            goes_on = number in answered  # its checklist was written before cases were remembered
        else:
            goes_on = not record.closed_on or record.closed_in == facts.run_id or number in put_back
        if begins or goes_on:
            found.append(
                _case(facts, examination, findings, record, present=present, put_back=number in put_back)
            )
    return sorted(found, key=lambda case: case.employee.employee_id)


def changed_records(facts: CaseFacts, *, sound: bool, whole: bool) -> dict[str, CaseRecord]:
    """The cases that a run began, closed or opened again, by id. `sound`: the run can be trusted; `whole`: it
    looked at everybody. Once more for the same run changes nothing."""
    changed = {}
    for case in every_case(facts):
        fresh = CaseRecord(case.employee.employee_id, case.employee.last_day, facts.today)
        record = next_record(case.record, fresh, case.sight, facts.run_id, sound=sound, whole=whole)
        if record != case.record:
            changed[record.id] = record
    return changed


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
    known = {
        one.employee_id: letters_known(recorded.get(one.employee_id, ()), letters_noted(one, answers))
        for one in listed
    }
    return {person: days for person, days in known.items() if days}


def _own(people: Iterable[Employee], events: Iterable[CaseEvent], kind: CaseEventKind) -> Iterator[CaseEvent]:
    """The events of one kind that are about these people's present departures."""
    last_days = {one.employee_id: one.last_day for one in people}
    return (e for e in events if e.kind is kind and last_days.get(e.employee_id) == e.last_day)


def letters_noted(employee: Employee, answers: Mapping[str, StepAnswer]) -> list[date | None]:
    """The days that the checklist gives for the letter and the reminder."""
    if not answers:
        return []
    case = case_id(employee.employee_id, employee.last_day)
    found = (answers.get(step_id(case, step)) for step in LETTER_STEPS)
    return [one.done_on if one and one.state is StepState.DONE else None for one in found]


def _people(facts: CaseFacts) -> Iterator[tuple[Examination, bool]]:
    for examination in facts.people:
        yield examination, True
    for employee in facts.departed:
        yield Examination(employee, (), ()), False


def _case(
    facts: CaseFacts,
    examination: Examination,
    findings: tuple[TrackedFinding, ...],
    record: CaseRecord | None,
    *,
    present: bool,
    put_back: bool,
) -> Case:
    employee = examination.employee
    company = facts.companies.get(employee.entity or facts.default_entity)
    country = company.country if company else ""
    number = case_id(employee.employee_id, employee.last_day)
    seen = min((tracked.counts_from for tracked in findings), default=None)
    opened = (record.reopened_on or record.opened_on) if record else facts.today
    letters = sorted(facts.letters_sent.get(employee.employee_id, ()))
    own = _own_knowledge(number, letters, facts.answers, record)
    own |= _first_check(employee, findings, record)
    wanted = []
    for step in steps():
        place = step_id(number, step.id)
        answer, known_by = facts.answers.get(place), None
        if step.id in own and (answer is None or answer.state is StepState.OPEN):
            known_by, day = own[step.id]
            answer = StepAnswer(StepState.DONE, done_on=day)
        if answer is None and not _concerns(step, employee, bool(findings)):
            continue
        answer = answer or StepAnswer(StepState.OPEN)
        due, missed = None, None
        if employee.last_day:
            later = days_later(step, employee.last_day, seen, letters)
            due = step.due(employee.last_day, country, later)
        if due and answer.state is StepState.OPEN:
            due, missed = _day_now(step, due, opened, country)
        if step.id in AFTER_A_LETTER and not letters and answer.state is StepState.OPEN:
            due = None
        wanted.append(DueStep(place, step, due, answer, known_by, missed))
    sighted_on = facts.sightings.get(employee.employee_id)
    before_leaving = sighted_on and employee.last_day and sighted_on <= employee.last_day
    sight = CaseSight(
        tuple(map(_case_step, wanted)),
        flagged=bool(findings),
        leaving=employee.last_day is not None and employee.last_day >= facts.today,
        left_out=present and employee.roster_state is RosterState.EXCLUDED,
        clean_on=_clean_on(facts, examination),
        put_back=put_back,
        sighted=any(
            result.rule_id in facts.leaver_rules and isinstance(result.outcome, Failed)
            for result in examination.results
        ),
        sighted_on=None if before_leaving else sighted_on,
    )
    return Case(number, examination, findings, tuple(wanted), sight, record, present)


def _day_now(step: Step, planned: date, opened: date, country: str) -> tuple[date | None, date | None]:
    """The day of an open step, and the day that was missed: what was due before the case began is caught up
    on soon, unless it belongs to the time before the last day."""
    if planned >= opened or step.owner == PROGRAM:
        return planned, None
    if step.offset < 0:
        return None, planned
    return working_day(opened + timedelta(days=CATCH_UP), country), None


def _own_knowledge(
    case: str, letters: list[date], noted: Mapping[str, StepAnswer], record: CaseRecord | None
) -> dict[str, tuple[KnownBy, date]]:
    """The steps that the program knows to be done, by their number: recorded letters, and what it saw."""
    told = {step: noted[key].done_on for step in LETTER_STEPS if (key := step_id(case, step)) in noted}
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


def _case_step(due: DueStep) -> CaseStep:
    """A step as the closing of a case is judged: what the program does itself is left out there."""
    return CaseStep(
        due.id,
        Side(due.step.side),
        due.answer.state,
        closing=due.step.owner != PROGRAM and due.missed is None,
        answered_on=due.answer.done_on or due.answer.noted_on,
        of_profile=due.step.id in PROFILE_STEPS,
    )


def _clean_on(facts: CaseFacts, examination: Examination) -> date | None:
    for result in examination.results:
        outcome = result.outcome
        if result.rule_id in facts.leaver_rules and isinstance(outcome, Passed) and outcome.code in CLEAN:
            moment = local(result.captured_at, facts.time_zone)
            return moment.date() if moment else facts.today
    return None
