"""The departures of a run as cases: which begin, which go on, what is known of each and of its steps.

Whoever asks "what closes a case?" finds the answer in `case.sides_settled` and `case.next_record`; here the
run's facts are brought together for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from auditor.model.case import (
    CaseRecord,
    Side,
    StepAnswer,
    StepState,
    case_id,
    case_of,
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
    next_record,
    sides_settled,
)
from auditor.offboarding.due_steps import DueStep, due_steps
from auditor.offboarding.steps import (
    AFTER_A_LETTER,
    PROFILE_STEPS,
    PROGRAM,
)
from auditor.position.decision_table import CLEAN

#: states of a leaver finding that begin a case or keep its profile side open
_FLAGGING = frozenset({FindingState.NEW, FindingState.OPEN, FindingState.REOPENED})
_CONTRACTORS = (RosterState.CONTRACTOR_ENDED, RosterState.CONTRACTOR_ACTIVE)


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
    number = case_id(employee.employee_id, employee.last_day)
    wanted = due_steps(
        employee,
        findings,
        record,
        opened=(record.reopened_on or record.opened_on) if record else facts.today,
        country=company.country if company else "",
        letters=sorted(facts.letters_sent.get(employee.employee_id, ())),
        answers=facts.answers,
    )
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
    return Case(number, examination, findings, wanted, sight, record, present)


def _case_step(due: DueStep) -> CaseStep:
    """A step as the closing of a case is judged: what the program does itself is left out there."""
    return CaseStep(
        due.id,
        Side(due.step.side),
        due.answer.state,
        closing=due.step.owner != PROGRAM and due.missed is None,
        answered_on=due.answer.day,
        of_profile=due.step.id in PROFILE_STEPS,
    )


def _clean_on(facts: CaseFacts, examination: Examination) -> date | None:
    for result in examination.results:
        outcome = result.outcome
        if result.rule_id in facts.leaver_rules and isinstance(outcome, Passed) and outcome.code in CLEAN:
            moment = local(result.captured_at, facts.time_zone)
            return moment.date() if moment else facts.today
    return None
