"""The summary of a run for the terminal, and its exit status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from auditor.app.apply_decisions import planned
from auditor.app.evidence_ladder import people_with_files
from auditor.app.examine import RunContext, examine, needs_visit
from auditor.app.registry import sources
from auditor.app.run_plan import RunPlan
from auditor.cli.console import more_about
from auditor.cli.options import NEVER
from auditor.errors import ExitStatus, worst
from auditor.findings.assessment import NotAssessed, not_assessed, unsettled_reasons, was_read
from auditor.findings.counting import STANDING, require_people_sum
from auditor.language.roster_messages import told_once
from auditor.language.words import words_of
from auditor.model.employee import Employee, RosterState
from auditor.model.examination import Examination
from auditor.model.finding import FindingState
from auditor.model.health import HealthVerdict
from auditor.model.report import AuditReport
from auditor.model.roster import RowRecord
from auditor.model.rule import Severity
from auditor.reports.not_assessed import line_of, reason_of, rejected_lines, sheets_of
from auditor.reports.people import shown, useless_files

#: intake codes that are also shown on the terminal
LOUD = frozenset(
    {
        "F06",
        "F07",
        "F08",
        "F09",
        "F12",
        "F13",
        "F14",
        "P15",
        "E03",
        "D02",
        "G05A",
        "G05B",
        "G06A",
        "G06B",
        "G07",
        "G09",
        "R01",
        "R02",
        "W01",
    }
)
#: how many useless files the terminal names
MOST_FILES = 10
#: by employee id, the sources that hold a file of the person
Files = Mapping[str, tuple[str, ...]]
#: somebody of a planned run, and the examination where the run would not check them
PlannedPerson = tuple[Employee, Examination | None]


def summary_lines(report: AuditReport) -> list[str]:
    """Whether the run can be trusted, then the counts."""
    counts = report.run.counts
    lines = []
    if report.health.verdict is HealthVerdict.DEGRADED:
        reasons = "; ".join(map(words_of("en").render, report.health.reasons))
        lines.append(f"This run cannot be trusted: {reasons}.")
        lines.append(more_about("RUN_NOT_SOUND"))
    loud = (notice for notice in report.notices if notice.code in LOUD)
    lines.extend(f"Notice {notice.code}: {notice.message}" for notice in told_once(loud))
    require_people_sum(counts)
    if report.run.left:
        left = report.run.left
        lines.append(f"Partial report. People not reached yet: {left}. The next call continues with them.")
    lines.append(
        f"Run {report.run.id}: {counts.get('people', 0)} people, {counts.get('read', 0)} read; "
        f"{counts.get('assessed', 0)} assessed, {counts.get('could_not_verify', 0)} with something that "
        f"could not be verified, {counts.get('not_assessed', 0)} not assessed."
    )
    lines += _not_assessed_lines(not_assessed(report.examinations), report.rows)
    lines += _file_lines(report)
    by_state = Counter(str(finding.state) for finding in report.findings)
    standing = [finding for finding in report.findings if finding.state in STANDING]
    by_severity = Counter(str(finding.finding.severity) for finding in standing)
    severities = ", ".join(f"{by_severity[s]} {s}" for s in Severity if by_severity[s]) or "none"
    states = ", ".join(f"{by_state[s]} {s}" for s in FindingState if by_state[s]) or "none"
    lines.append(f"Findings by severity: {severities}; by state: {states}.")
    return lines


def _not_assessed_lines(groups: Sequence[NotAssessed], rows: Sequence[RowRecord]) -> list[str]:
    """The groups that HR must settle, with their rows, and rejected rows; the others as counts in a line."""
    english = words_of("en")
    sheets = sheets_of(rows)
    lines = [line_of(group, english, sheets) for group in groups if group.unsettled]
    lines += rejected_lines(rows, english)
    rest = [f"{len(one.people)} {reason_of(one, english).lower()}" for one in groups if not one.unsettled]
    return [*lines, "Not assessed, as intended: " + "; ".join(rest)] if rest else lines


def _file_lines(report: AuditReport) -> list[str]:
    """The saved files that could not be used, whose they are, and what to do."""
    english = words_of("en")
    found = [
        f"Employee {examination.employee.employee_id}: {line}"
        for examination in report.examinations
        if not was_read(examination)
        for line in useless_files(examination, english)
    ]
    more = len(found) - MOST_FILES
    return (
        [*found[:MOST_FILES], f"{more} more such files: see the sheet Could not verify."]
        if more > 0
        else found
    )


def exit_status(report: AuditReport, fail_on: str) -> ExitStatus:
    """NOT_SOUND outranks FINDINGS, and FINDINGS outranks CLEAN."""
    unsound = report.health.verdict is HealthVerdict.DEGRADED
    found = fail_on != NEVER and any(
        finding.state in STANDING and finding.finding.severity.rank <= Severity(fail_on).rank
        for finding in report.findings
    )
    return worst(
        ExitStatus.NOT_SOUND if unsound else ExitStatus.CLEAN,
        ExitStatus.FINDINGS if found else ExitStatus.CLEAN,
    )


def planned_people(plan: RunPlan) -> list[PlannedPerson]:
    """Everybody of a run that is only planned, with what it would say of those whom it would not check."""
    return [(employee, _unopened(employee, plan)) for employee in planned(plan)]


def planned_files(plan: RunPlan, people: Sequence[PlannedPerson]) -> Files:
    """By employee id: the sources that hold a file of somebody whom the run would check."""
    everybody = [employee for employee, _ in people]
    return people_with_files(plan, everybody, [one for one, unopened in people if unopened is None])


def plan_lines(plan: RunPlan, people: Iterable[PlannedPerson], files: Files) -> list[str]:
    """Who would be checked and how, for --dry-run: one tab-separated line per person.

    The first line names entities that the policy does not describe.
    """
    english = words_of("en")
    head = "employee\tname\tstate\tentity\twould be checked\tsources\tfile found in\tnot assessed because"
    lines = [*unknown_entities(plan), head]
    for employee, unopened in people:
        groups = not_assessed([unopened] if unopened else [])
        because = reason_of(groups[0], english) if groups else ""
        wanted = needs_visit(employee, plan.policy.rules)
        visit = unopened is None
        ladder = plan.ladders.get(employee.entity, plan.ladders[""]) if visit else ()
        why = "yes" if visit and employee.profile_url else "no address" if visit else "no"
        why = "not informed yet" if wanted and not visit and not groups else why
        why = "no, unknown entity" if wanted and plan.policy.company_of(employee.entity) is None else why
        cells = (
            employee.employee_id,
            "" if _is_left_out(employee, unopened) else shown(employee.full_name, 60),
            employee.roster_state,
            employee.entity,
            why,
            ", ".join(ladder),
            (", ".join(files.get(employee.employee_id, ())) or "none") if visit else "",
            because,
        )
        lines.append("\t".join(cells))
    return lines


def _is_left_out(employee: Employee, unopened: Examination | None) -> bool:
    """Whether the person is only counted and never named, by an objection for example."""
    judged = unopened.employee if unopened else employee
    return RosterState.EXCLUDED in (employee.roster_state, judged.roster_state)


def unknown_entities(plan: RunPlan) -> list[str]:
    """One line that names the roster's entities that the policy does not describe, or no line."""
    told = [dict(one.facts) for one in plan.people.notices if one.code in ("F13", "F14")]
    named = [
        f"'{one['entity']}' (people: {one['n']}"
        + (f"; did you mean '{one['meant']}'?)" if "meant" in one else ")")
        for one in told
    ]
    people = "These people would not be assessed."
    return [f"Entities that the policy does not describe: {', '.join(named)}. {people}"] if named else []


def planned_groups(
    plan: RunPlan, people: Sequence[PlannedPerson], files: Files
) -> tuple[list[str], list[str]]:
    """Why the planned run would not be sound; and who would not be assessed."""
    groups = not_assessed(unopened for _, unopened in people if unopened)
    share = plan.policy.health.largest_not_assessed_share
    rows = plan.reading.rows
    reasons = unsettled_reasons(groups, len(people), share, rows)
    english = words_of("en")
    trouble = [f"This run would not be sound: {english.render(reason)}." for reason in reasons]
    count = sum(len(group.people) for group in groups)
    people_words = "1 person" if len(people) == 1 else f"{len(people)} people"
    total = f"{people_words}: {len(people) - count} would be checked, {count} would not be assessed."
    return trouble, [total, *_not_assessed_lines(groups, rows), *_file_count(plan, people, files)]


def _file_count(plan: RunPlan, people: Sequence[PlannedPerson], files: Files) -> list[str]:
    """For how many of those to be checked a file lies ready; nothing where no source reads files."""
    if all(sources()[name].touches_network for ladder in plan.ladders.values() for name in ladder):
        return []
    wanted = sum(unopened is None for _, unopened in people)
    return [f"A saved page or other file was found for {len(files)} of the {wanted} who would be checked."]


def _unopened(employee: Employee, plan: RunPlan) -> Examination | None:
    """The examination of a person whom the run would not check; None if it would check them."""
    rules = plan.policy.rules
    refused = plan.eligibility.refuses(employee, rules)
    if refused:
        return refused
    company = plan.policy.company_of(employee.entity)
    if company and needs_visit(employee, rules):
        return None
    return examine(employee, company, (), RunContext({}, rules, plan.today))
