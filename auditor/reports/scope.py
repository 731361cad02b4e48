"""What one workbook is about: the whole company or one entity, with everything looked up once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from auditor.findings.counting import STANDING, count_entities, count_run, require_people_sum
from auditor.language.words import Words, words_of
from auditor.model.decision import Decision, DecisionReason
from auditor.model.employee import GONE, RosterState
from auditor.model.examination import Examination
from auditor.model.finding import TrackedFinding
from auditor.model.report import AuditReport
from auditor.model.rule import CheckResult
from auditor.offboarding.next_step import NextStep, due_day, next_step
from auditor.reports.codes import RuleBook


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of a report that one workbook shows. `entity` None: everything."""

    report: AuditReport
    words: Words
    entity: str | None
    examinations: tuple[Examination, ...]
    findings: tuple[TrackedFinding, ...]
    people: Mapping[str, Examination]
    book: RuleBook
    #: the findings of each person who has any, by employee id
    own: Mapping[str, Sequence[TrackedFinding]]
    #: what `step` has answered of these people, by employee id
    steps: dict[str, NextStep] = field(default_factory=dict)
    #: what HR answered since the last run and was only listed, by what it is about (`Decision.subject`); not
    #: what a later answer has put right
    rejected: Mapping[tuple[str, str], Sequence[Decision]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day of the audit."""
        return self.report.run.today

    def person(self, tracked: TrackedFinding) -> Examination | None:
        """The examination of a finding's person; None where the person is no longer in the roster."""
        return self.people.get(tracked.finding.employee_id)

    def result(self, tracked: TrackedFinding) -> CheckResult | None:
        """The result of this run for a finding's rule and person."""
        person = self.person(tracked)
        found = (one for one in person.results if one.rule_id == tracked.finding.rule_id) if person else ()
        return next(iter(found), None)

    def step(self, employee_id: str) -> NextStep | None:
        """The one next step for a person; None where the person does not stand in this scope."""
        if employee_id in self.steps:
            return self.steps[employee_id]
        person = self.people.get(employee_id)
        if person is None:
            return None
        own = self.own.get(employee_id, ())
        found = next_step(self.report, person, own, self.book.words_of_finding)
        if own:
            self.steps[employee_id] = found
        return found

    def due(self, tracked: TrackedFinding) -> date | None:
        """The day by which the next step about a finding's person should be done; None = no hurry."""
        step = self.step(tracked.finding.employee_id)
        return step.due if step else due_day(tracked, self.book.words_of_finding(tracked))

    def counts(self) -> dict[str, int]:
        """The figures of this scope."""
        counts = count_run(self.examinations, self.findings, self.today)
        require_people_sum(counts, len(self.examinations))
        return counts


def whole(report: AuditReport) -> Scope:
    """The scope of everything."""
    return _scope(report, None, report.examinations, report.findings)


def of_entity(report: AuditReport, entity: str) -> Scope:
    """The scope of one entity: no row of another."""
    people = tuple(e for e in report.examinations if e.employee.entity == entity)
    ids = {examination.employee.employee_id for examination in people}
    return _scope(report, entity, people, tuple(f for f in report.findings if f.finding.employee_id in ids))


def entities(report: AuditReport) -> list[str]:
    """The entities of the people, by name; empty names count as no entity."""
    return sorted({e.employee.entity for e in report.examinations if e.employee.entity}, key=str.casefold)


def entity_counts(report: AuditReport) -> dict[str, dict[str, int]]:
    """The figures of each entity by itself, by its name."""
    counted = count_entities(report.examinations, report.findings, report.run.today)
    for counts in counted.values():
        require_people_sum(counts)
    return {name: counted[name] for name in entities(report)}


def contacts_of(scope: Scope) -> Mapping[str, str]:
    """Whom to ask, by entity: this scope's own where it has one, else all."""
    contacts = scope.report.contacts
    own = contacts.get(scope.entity or "", "")
    return {scope.entity: own} if scope.entity and own else contacts


def standing(scope: Scope, *, leavers: bool | None = None) -> list[TrackedFinding]:
    """The findings that ask for something, most urgent first: of leavers, of others, or (None) all."""
    chosen = [f for f in scope.findings if f.state in STANDING]
    if leavers is not None:
        chosen = [f for f in chosen if is_leaver(scope.person(f)) is leavers]
    return sorted(chosen, key=lambda tracked: urgency(scope, tracked))


def urgency(scope: Scope, tracked: TrackedFinding) -> tuple[int, date, str, str]:
    """Sort key: severity, due day, name, id."""
    person = scope.person(tracked)
    name = person.employee.full_name.casefold() if person else ""
    return (
        tracked.finding.severity.rank,
        scope.due(tracked) or date.max,
        name,
        tracked.finding.fingerprint,
    )


def is_leaver(person: Examination | None) -> bool:
    """Whether a person belongs on the leavers' sheet, which only HR sees."""
    return person is not None and person.employee.roster_state in GONE | {RosterState.LEAVING_SOON}


def _scope(
    report: AuditReport,
    entity: str | None,
    examinations: tuple[Examination, ...],
    findings: tuple[TrackedFinding, ...],
) -> Scope:
    people = {examination.employee.employee_id: examination for examination in examinations}
    own: dict[str, list[TrackedFinding]] = {}
    for found in findings:
        own.setdefault(found.finding.employee_id, []).append(found)
    return Scope(
        report,
        words_of(report.language),
        entity,
        examinations,
        findings,
        people,
        RuleBook(report.rules),
        own,
        rejected=_rejected(report.decisions),
    )


def _rejected(decisions: Iterable[Decision]) -> Mapping[tuple[str, str], Sequence[Decision]]:
    found: dict[tuple[str, str], list[Decision]] = {}
    for one in decisions:
        if one.applied:
            found.pop(one.subject, None)
        elif one.reason is not DecisionReason.TAKEN_BACK:
            listed = found.setdefault(one.subject, [])
            said = (one.typed, one.answer, one.reason)
            if all(said != (other.typed, other.answer, other.reason) for other in listed):
                listed.append(one)  # a copy of a file says it once more
    return found
