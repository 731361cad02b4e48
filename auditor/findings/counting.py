"""The figures of a run: what the summary, the trend and findings.json all count the same way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from statistics import median

from auditor.errors import AuditorError
from auditor.findings.assessment import Group, group_of, was_read
from auditor.model.employee import NEVER_OPENED
from auditor.model.examination import Examination
from auditor.model.finding import FindingState, TrackedFinding
from auditor.model.rule import Severity

__all__ = [
    "STANDING",
    "could_not_verify",
    "count_entities",
    "count_run",
    "in_scope",
    "require_people_sum",
    "was_read",
]
#: states in which a finding asks for something to be done
STANDING = frozenset({FindingState.NEW, FindingState.OPEN, FindingState.REOPENED, FindingState.UNVERIFIED})


def in_scope(examination: Examination) -> bool:
    """Whether the person's profile was to be looked at."""
    return examination.employee.roster_state not in NEVER_OPENED


def could_not_verify(examination: Examination) -> bool:
    """Whether something about the person stays open: no readable evidence, or a rule undecided."""
    return group_of(examination) is Group.COULD_NOT_VERIFY


def count_run(
    examinations: Iterable[Examination], findings: Iterable[TrackedFinding], today: date | None = None
) -> dict[str, int]:
    """People by what became of them and findings by state and severity.

    `people` = `assessed` + `could_not_verify` + `not_assessed`, and = `in_scope` + `not_checked`; `high` ...
    `info` count the standing findings. `days_to_close` is the median of what closed `today`, in whole days
    since it was first seen; left out where nothing did.
    """
    people = list(examinations)
    scope = [examination for examination in people if in_scope(examination)]
    tracked = list(findings)
    states = Counter(finding.state for finding in tracked)
    severities = Counter(f.finding.severity for f in tracked if f.state in STANDING)
    groups = Counter(map(group_of, people))
    counts = {
        "people": len(people),
        "in_scope": len(scope),
        "not_checked": len(people) - len(scope),
        "read": sum(map(was_read, scope)),
        **{str(group): groups[group] for group in Group},
        "standing": sum(severities.values()),
    }
    counts.update((str(state), states[state]) for state in FindingState)
    counts.update((str(severity), severities[severity]) for severity in Severity)
    closed = [(today - f.first_seen).days for f in tracked if today and f.state is FindingState.RESOLVED]
    if closed:
        counts["days_to_close"] = max(round(median(closed)), 0)
    return counts


def require_people_sum(counts: Mapping[str, int], people: int | None = None) -> None:
    """Everybody is in exactly one group. Raises AuditorError (exit status 4, code S02) where not.

    `people`: how many there must be, where that is known apart from the counts. Counts of versions
    that knew no groups are left alone.
    """
    if "not_assessed" not in counts:
        return
    in_groups = sum(counts[group] for group in Group)
    expected = counts["people"] if people is None else people
    if not in_groups == counts["people"] == expected:
        parts = " + ".join(f"{counts[group]} {group.replace('_', ' ')}" for group in Group)
        raise AuditorError(
            f"S02: The people do not add up: {expected} people, {parts}. Nothing was published.", code="S02"
        )


def count_entities(
    examinations: Iterable[Examination], findings: Iterable[TrackedFinding], today: date | None = None
) -> dict[str, dict[str, int]]:
    """`count_run` for each entity by itself."""
    listed = list(findings)
    entity_of = dict.fromkeys((one.finding.employee_id for one in listed), "")
    people: dict[str, list[Examination]] = {}
    for examination in examinations:
        people.setdefault(examination.employee.entity, []).append(examination)
        if examination.employee.employee_id in entity_of:
            entity_of[examination.employee.employee_id] = examination.employee.entity
    found: dict[str, list[TrackedFinding]] = {}
    for tracked in listed:
        found.setdefault(entity_of.get(tracked.finding.employee_id, ""), []).append(tracked)
    return {
        entity: count_run(group, found.get(entity, ()), today) for entity, group in sorted(people.items())
    }
