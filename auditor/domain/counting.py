"""The figures of a run: what the summary, the trend and findings.json all count the same way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from statistics import median

from auditor.domain.capture import CaptureStatus
from auditor.domain.employee import NEVER_OPENED
from auditor.domain.examination import Examination
from auditor.domain.finding import FindingState, TrackedFinding
from auditor.domain.rule import NotApplicable, Severity, Undetermined

#: states in which a finding asks for something to be done
STANDING = frozenset({FindingState.NEW, FindingState.OPEN, FindingState.REOPENED, FindingState.UNVERIFIED})


def in_scope(examination: Examination) -> bool:
    """Whether the person's profile was to be looked at."""
    return examination.employee.roster_state not in NEVER_OPENED


def was_read(examination: Examination) -> bool:
    """Whether some evidence of the person could be read."""
    return any(trial.status is CaptureStatus.OK for trial in examination.trials)


def could_not_verify(examination: Examination) -> bool:
    """Whether something about the person stays open: no readable evidence, or a rule undecided."""
    if not in_scope(examination):
        return False
    outcomes = [result.outcome for result in examination.results]
    if outcomes and not examination.trials and all(isinstance(one, NotApplicable) for one in outcomes):
        return False  # nobody wanted to look: no rule concerns the person now
    return any(isinstance(one, Undetermined) for one in outcomes) or not was_read(examination)


def count_run(
    examinations: Iterable[Examination], findings: Iterable[TrackedFinding], today: date | None = None
) -> dict[str, int]:
    """People by what became of them and findings by state and severity.

    `people` = in scope + `not_checked`; `high` ... `info` count the standing findings. `days_to_close` is the
    median of what closed `today`, in whole days since it was first seen; left out where nothing did.
    """
    people = list(examinations)
    scope = [examination for examination in people if in_scope(examination)]
    tracked = list(findings)
    states = Counter(finding.state for finding in tracked)
    severities = Counter(f.finding.severity for f in tracked if f.state in STANDING)
    counts = {
        "people": len(people),
        "in_scope": len(scope),
        "not_checked": len(people) - len(scope),
        "read": sum(map(was_read, scope)),
        "could_not_verify": sum(map(could_not_verify, scope)),
        "standing": sum(severities.values()),
    }
    counts.update((str(state), states[state]) for state in FindingState)
    counts.update((str(severity), severities[severity]) for severity in Severity)
    closed = [(today - f.first_seen).days for f in tracked if today and f.state is FindingState.RESOLVED]
    if closed:
        counts["days_to_close"] = max(round(median(closed)), 0)
    return counts


def count_entities(
    examinations: Iterable[Examination], findings: Iterable[TrackedFinding], today: date | None = None
) -> dict[str, dict[str, int]]:
    """`count_run` for each entity by itself."""
    people: dict[str, list[Examination]] = {}
    entity_of: dict[str, str] = {}
    for examination in examinations:
        people.setdefault(examination.employee.entity, []).append(examination)
        entity_of[examination.employee.employee_id] = examination.employee.entity
    found: dict[str, list[TrackedFinding]] = {}
    for tracked in findings:
        found.setdefault(entity_of.get(tracked.finding.employee_id, ""), []).append(tracked)
    return {
        entity: count_run(group, found.get(entity, ()), today) for entity, group in sorted(people.items())
    }
