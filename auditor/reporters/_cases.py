"""The departures of a run as cases: one per person and last day, the same in every run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from auditor.domain.case import CaseStep, Side, StepAnswer, StepState, case_id, step_id
from auditor.domain.employee import Employee, RosterState
from auditor.domain.examination import Examination
from auditor.domain.finding import FindingState, TrackedFinding
from auditor.domain.report import AuditReport
from auditor.reporters._findings import checklist_name
from auditor.reporters._offboarding import AFTER_A_FINDING, Step, days_later, steps
from auditor.reporters._scope import Scope

_FLAGGING = frozenset({FindingState.NEW, FindingState.OPEN, FindingState.REOPENED})
_CONTRACTORS = (RosterState.CONTRACTOR_ENDED, RosterState.CONTRACTOR_ACTIVE)


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step of a case with its day and what was answered so far."""

    id: str
    step: Step
    due: date | None
    answer: StepAnswer


@dataclass(frozen=True, slots=True)
class Case:
    """One departure. `folder` is its place below the report's folder."""

    id: str
    examination: Examination
    findings: tuple[TrackedFinding, ...]
    steps: tuple[DueStep, ...]
    folder: str

    @property
    def employee(self) -> Employee:
        """Whose departure it is."""
        return self.examination.employee

    def as_steps(self) -> tuple[CaseStep, ...]:
        """The steps as the closing of a case is judged: what the program does itself is left out."""
        return tuple(
            CaseStep(due.id, Side(due.step.side), due.answer.state, due.step.owner != "Program")
            for due in self.steps
        )


def cases(scope: Scope) -> list[Case]:
    """A case for everybody who is flagged as a leaver or leaves soon, by employee id."""
    flagged: dict[str, list[TrackedFinding]] = {}
    for tracked in scope.report.findings:
        if tracked.finding.rule_id.startswith("LVR") and tracked.state in _FLAGGING:
            flagged.setdefault(tracked.finding.employee_id, []).append(tracked)
    return [
        _case(scope.report, examination, tuple(flagged.get(employee_id, ())))
        for employee_id, examination in sorted(scope.people.items())
        if employee_id in flagged or examination.employee.roster_state is RosterState.LEAVING_SOON
    ]


def _case(report: AuditReport, examination: Examination, findings: tuple[TrackedFinding, ...]) -> Case:
    employee = examination.employee
    company = report.company_of(employee)
    country = company.country if company else ""
    number = case_id(employee.employee_id, employee.last_day)
    seen = min((tracked.first_seen for tracked in findings), default=None)
    letters = sorted(report.letters_sent.get(employee.employee_id, ()))
    wanted = (
        _due(number, step, employee.last_day, days, country, report.case_answers)
        for step in steps()
        if _concerns(step, employee, bool(findings))
        for days in (days_later(step, employee.last_day, seen, letters) if employee.last_day else 0,)
    )
    folder = f"leavers/{checklist_name(employee).removeprefix('checklist_').removesuffix('.xlsx')}"
    return Case(number, examination, findings, tuple(wanted), folder)


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
