"""Where a case stands, in a few words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from auditor.language.words import Words, mark
from auditor.model.case import CaseRecord, Side, StepAnswer, StepState, case_id, case_of, step_id
from auditor.model.employee import Employee, RosterState
from auditor.model.examination import Examination
from auditor.model.finding import FindingState, TrackedFinding
from auditor.model.rule import Criterion, Failed, Passed
from auditor.offboarding.case import CaseSight, CaseStep, is_outdated, sides_settled
from auditor.reports.codes import RuleBook
from auditor.reports.file_names import checklist_name
from auditor.reports.offboarding.steps import (
    AFTER_A_FINDING,
    CHECK_STEP,
    DOERS,
    FIRST_CHECK,
    LETTER_STEPS,
    PROFILE_STEPS,
    SEEN_STEP,
    Step,
    days_later,
    steps,
)
from auditor.reports.people import local
from auditor.reports.scope import Scope

_BOTH = mark("Open: both sides")


_OPEN = {
    Side.COMPANY: mark("Open: company's side"),
    Side.LEAVER: mark("Open: leaver's side"),
}


_TO_CLOSE = mark("Both sides are done; the next run closes it")


def case_state(case: Case, words: Words) -> str:
    """Which side is open, or the day on which it was closed."""
    if case.closed_on:
        return words.say("Closed on {day}", day=words.day(case.closed_on))
    left = [side for side in Side if side not in case.sides]
    if not left:
        return words.say(_TO_CLOSE)
    return words.say(_BOTH if len(left) > 1 else _OPEN[left[0]])


def states_of(scope: Scope) -> dict[str, str]:
    """By employee id: the state of the case, and on the next line the name of its checklist."""
    return {
        case.employee.employee_id: f"{case_state(case, scope.words)}\n{checklist_name(case.employee)}"
        for case in cases(scope)
        if case.present
    }


_FLAGGING = frozenset({FindingState.NEW, FindingState.OPEN, FindingState.REOPENED})


_CONTRACTORS = (RosterState.CONTRACTOR_ENDED, RosterState.CONTRACTOR_ACTIVE)


#: verdicts of the leaver rule that close the leaver's side, by the decision table
CLEAN = frozenset({"LEAVER_CLEAN", "LEAVER_CLEAN_PART", "CONTR_CLEAN"})


SEEN_CLEAN = mark("Seen without the company on {day}")


LOOKED = mark("Looked at on {day}")


LETTERS = (mark("Recorded: the letter was sent"), mark("Recorded: the reminder was sent"))


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step of a case with its day and what was answered so far."""

    id: str
    step: Step
    due: date | None
    answer: StepAnswer


@dataclass(frozen=True, slots=True)
class Case:
    """One departure. `folder` is its place below the report's folder; `record` is what is remembered of it
    (None: it has just begun); `present` False: the person does not stand in this run's roster any more."""

    id: str
    examination: Examination
    findings: tuple[TrackedFinding, ...]
    steps: tuple[DueStep, ...]
    folder: str
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
        told = zip(self.steps, self.as_steps(), strict=True)
        return tuple(due.step.id for due, step in told if is_outdated(step, sighted_on))

    def as_steps(self) -> tuple[CaseStep, ...]:
        """The steps as the closing of a case is judged: what the program does itself is left out."""
        return _as_steps(self.steps)

    def to_hand_out(self) -> tuple[DueStep, ...]:
        """The steps that somebody still has to take: not answered, on a side that is not done."""
        done = self.sides
        return tuple(
            due
            for due in self.steps
            if due.answer.state is StepState.OPEN
            and due.step.owner != "Program"
            and Side(due.step.side) not in done
        )


def cases(scope: Scope) -> list[Case]:
    """The departures to report on, by employee id: begun by a flagged leaver or an announced end, going on
    until both sides are done, and once more in the run that closed them."""
    return [case for case in every_case(scope) if _is_shown(case, scope.report.run.id)]


def every_case(scope: Scope) -> list[Case]:
    """The same with those that were closed before and that this run might open again."""
    flagged: dict[str, list[TrackedFinding]] = {}
    for tracked in scope.report.findings:
        if scope.book.about(tracked.finding.rule_id) is Criterion.LEAVER and tracked.state in _FLAGGING:
            flagged.setdefault(tracked.finding.employee_id, []).append(tracked)
    put_back = {case_of(one) for one, answer in scope.report.case_answers.items() if _is_open(answer)}
    answered = {case_of(one) for one in scope.report.case_answers}
    remembered = {record.employee_id for record in scope.report.cases.values()}
    found = []
    for examination, present in _people(scope):
        employee = examination.employee
        findings = tuple(flagged.get(employee.employee_id, ())) if present else ()
        begins = bool(findings) or (present and employee.roster_state is RosterState.LEAVING_SOON)
        if not begins and not answered and employee.employee_id not in remembered:
            continue
        number = case_id(employee.employee_id, employee.last_day)
        record = scope.report.cases.get(number)
        if record is None:
            goes_on = number in answered  # its checklist was written before cases were remembered
        else:
            goes_on = not record.closed_on or record.closed_in == scope.report.run.id or number in put_back
        if begins or goes_on:
            case = _case(scope, examination, findings, record, present=present)
            found.append(_put_back(case) if number in put_back else case)
    return sorted(found, key=lambda case: case.employee.employee_id)


def _people(scope: Scope) -> Iterator[tuple[Examination, bool]]:
    for examination in scope.people.values():
        yield examination, True
    for employee in scope.report.departed.values():
        if scope.entity is None or employee.entity == scope.entity:
            yield Examination(employee, (), ()), False


def _is_shown(case: Case, run_id: str) -> bool:
    return case.record is None or case.record.closed_on is None or case.record.closed_in == run_id


def _is_open(answer: StepAnswer) -> bool:
    return answer.state is StepState.OPEN


def _put_back(case: Case) -> Case:
    return replace(case, sight=replace(case.sight, put_back=True))


def _case(
    scope: Scope,
    examination: Examination,
    findings: tuple[TrackedFinding, ...],
    record: CaseRecord | None,
    *,
    present: bool,
) -> Case:
    report, employee = scope.report, examination.employee
    company = report.company_of(employee)
    country = company.country if company else ""
    number = case_id(employee.employee_id, employee.last_day)
    seen = min((tracked.first_seen for tracked in findings), default=None)
    letters = sorted(report.letters_sent.get(employee.employee_id, ()))
    own = _own_answers(number, letters, report.case_answers, record, scope.words)
    own |= _first_check(employee, findings, record, scope.words)
    answers = _answers(number, report.case_answers, own)
    wanted = tuple(
        _due(number, step, employee.last_day, days, country, answers)
        for step in steps()
        if _concerns(step, employee, bool(findings)) or step_id(number, step.id) in answers
        for days in (days_later(step, employee.last_day, seen, letters) if employee.last_day else 0,)
    )
    folder = f"leavers/{checklist_name(employee).removeprefix('checklist_').removesuffix('.xlsx')}"
    sight = CaseSight(
        _as_steps(wanted),
        flagged=bool(findings),
        leaving=employee.last_day is not None and employee.last_day >= scope.today,
        left_out=present and employee.roster_state is RosterState.EXCLUDED,
        clean_on=_clean_on(scope, examination),
        sighted=_sighted(examination, scope.book),
        sighted_on=_sighted_on(scope, employee),
    )
    return Case(number, examination, findings, wanted, folder, sight, record, present)


def _answers(
    case: str, noted: Mapping[str, StepAnswer], own: Mapping[str, StepAnswer]
) -> dict[str, StepAnswer]:
    """What was noted, and what the program itself knows where nobody noted that a step is done."""
    found = {}
    for step in steps():
        number = step_id(case, step.id)
        answer = noted.get(number)
        if step.id in own and (answer is None or _is_open(answer)):
            answer = own[step.id]
        if answer is not None:
            found[number] = answer
    return found


def _own_answers(
    case: str,
    letters: list[date],
    noted: Mapping[str, StepAnswer],
    record: CaseRecord | None,
    words: Words,
) -> dict[str, StepAnswer]:
    """The steps that the program knows to be done, by their number: recorded letters, and what it saw."""
    told = {step: noted[key].done_on for step in LETTER_STEPS if (key := step_id(case, step)) in noted}
    found = {
        step: StepAnswer(StepState.DONE, words.say(text), day)
        for step, text, day in zip(LETTER_STEPS, LETTERS, letters, strict=False)
        if day not in [other for key, other in told.items() if key != step]
    }
    if record and record.clean_on:
        seen = words.say(SEEN_CLEAN, day=words.day(record.clean_on))
        found[SEEN_STEP] = StepAnswer(StepState.DONE, seen, record.clean_on, words.say(DOERS["Program"]))
    return found


def _first_check(
    employee: Employee, findings: tuple[TrackedFinding, ...], record: CaseRecord | None, words: Words
) -> dict[str, StepAnswer]:
    """The program's own first look after the waiting time, once a run has seen something or nothing."""
    if employee.last_day is None:
        return {}
    due = employee.last_day + timedelta(days=FIRST_CHECK)
    looks = [day for tracked in findings for day in (tracked.first_seen, tracked.last_seen)]
    looks += [record.clean_on] if record and record.clean_on else []
    day = min((one for one in looks if one >= due), default=None)
    if day is None:
        return {}
    looked = words.say(LOOKED, day=words.day(day))
    return {CHECK_STEP: StepAnswer(StepState.DONE, looked, day, words.say(DOERS["Program"]))}


def _due(
    case: str,
    step: Step,
    last_day: date | None,
    later: int,
    country: str,
    answers: Mapping[str, StepAnswer],
) -> DueStep:
    number = step_id(case, step.id)
    day = step.due(last_day, country, later) if last_day else None
    return DueStep(number, step, day, answers.get(number, StepAnswer(StepState.OPEN)))


def _concerns(step: Step, employee: Employee, found: bool) -> bool:
    if step.when == "contractor" and employee.roster_state not in _CONTRACTORS:
        return False
    return found or step.id not in AFTER_A_FINDING


def _as_steps(steps: tuple[DueStep, ...]) -> tuple[CaseStep, ...]:
    return tuple(
        CaseStep(
            due.id,
            Side(due.step.side),
            due.answer.state,
            closing=due.step.owner != "Program",
            answered_on=due.answer.done_on or due.answer.noted_on,
            of_profile=due.step.id in PROFILE_STEPS,
        )
        for due in steps
    )


def _clean_on(scope: Scope, examination: Examination) -> date | None:
    for result in examination.results:
        outcome = result.outcome
        if (
            scope.book.about(result.rule_id) is Criterion.LEAVER
            and isinstance(outcome, Passed)
            and outcome.code in CLEAN
        ):
            moment = local(result.captured_at, scope.report.time_zone)
            return moment.date() if moment else scope.today
    return None


def _sighted_on(scope: Scope, employee: Employee) -> date | None:
    """When a run last saw the person shown as working here since they left."""
    day = scope.report.sightings.get(employee.employee_id)
    before = day is not None and employee.last_day is not None and day <= employee.last_day
    return None if before else day


def _sighted(examination: Examination, book: RuleBook) -> bool:
    return any(
        book.about(result.rule_id) is Criterion.LEAVER and isinstance(result.outcome, Failed)
        for result in examination.results
    )
