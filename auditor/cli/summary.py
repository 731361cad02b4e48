"""A run in a few lines for the terminal, and the exit status that follows from it."""

from __future__ import annotations

from collections import Counter

from auditor.cli.options import NEVER
from auditor.domain.finding import FindingState, TrackedFinding
from auditor.domain.health import HealthVerdict
from auditor.domain.report import AuditReport
from auditor.domain.rule import Severity
from auditor.errors import ExitStatus, worst
from auditor.judging.roster_messages import told_once
from auditor.pipeline import needs_visit
from auditor.wiring.decided import planned
from auditor.wiring.ground import Ground

#: intake codes that the terminal says too
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
    }
)
_CLOSED = (FindingState.RESOLVED, FindingState.WAIVED)


def summary_lines(report: AuditReport) -> list[str]:
    """The trust in the run first, then counts."""
    counts = report.run.counts
    lines = []
    if report.health.verdict is HealthVerdict.DEGRADED:
        lines.append("This run cannot be trusted: " + "; ".join(report.health.reasons) + ".")
    loud = (notice for notice in report.notices if notice.code in LOUD)
    lines.extend(f"Notice: {notice.message}" for notice in told_once(loud))
    lines.append(
        f"Run {report.run.id}: {counts.get('people', 0)} people, {counts.get('read', 0)} read, "
        f"{counts.get('could_not_verify', 0)} with something that could not be verified."
    )
    by_state = Counter(str(finding.state) for finding in report.findings)
    standing = [finding for finding in report.findings if stands(finding)]
    by_severity = Counter(str(finding.finding.severity) for finding in standing)
    severities = ", ".join(f"{by_severity[s]} {s}" for s in Severity if by_severity[s]) or "none"
    states = ", ".join(f"{by_state[s]} {s}" for s in FindingState if by_state[s]) or "none"
    lines.append(f"Findings by severity: {severities}; by state: {states}.")
    return lines


def stands(tracked: TrackedFinding) -> bool:
    """Whether the finding is neither resolved nor waived."""
    return tracked.state not in _CLOSED


def exit_status(report: AuditReport, fail_on: str) -> ExitStatus:
    """NOT_SOUND before FINDINGS before CLEAN."""
    unsound = report.health.verdict is HealthVerdict.DEGRADED
    found = fail_on != NEVER and any(
        stands(finding) and finding.finding.severity.rank <= Severity(fail_on).rank
        for finding in report.findings
    )
    return worst(
        ExitStatus.NOT_SOUND if unsound else ExitStatus.CLEAN,
        ExitStatus.FINDINGS if found else ExitStatus.CLEAN,
    )


def plan_lines(ground: Ground) -> list[str]:
    """Who would be looked at and how: the answer of --dry-run, one tab-separated line a person.

    Entities that the policy does not describe stand on the first line.
    """
    lines = [*unknown_entities(ground), "employee\tstate\tentity\twould be looked at\tsources"]
    for employee in planned(ground):
        wanted = needs_visit(employee, ground.policy.rules)
        visit = wanted and ground.gate.lets_in(employee)
        ladder = ground.ladders.get(employee.entity, ground.ladders[""]) if visit else ()
        why = "yes" if visit and employee.profile_url else "no address" if visit else "no"
        why = "not told yet" if wanted and not visit else why
        why = "no, unknown entity" if wanted and ground.policy.company_of(employee.entity) is None else why
        lines.append(
            "\t".join((employee.employee_id, employee.roster_state, employee.entity, why, ", ".join(ladder)))
        )
    return lines


def unknown_entities(ground: Ground) -> list[str]:
    """One line with the roster's entities that the policy does not describe; empty where there are none."""
    told = [dict(one.facts) for one in ground.people.notices if one.code in ("F13", "F14")]
    named = [
        f"'{one['entity']}' ({one['n']} people"
        + (f"; did you mean '{one['meant']}'?)" if "meant" in one else ")")
        for one in told
    ]
    people = "These people would not be assessed."
    return [f"Entities that the policy does not describe: {', '.join(named)}. {people}"] if named else []
