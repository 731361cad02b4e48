"""The life of a finding over the months: said once, kept while open, closed only by evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from auditor.domain.finding import Finding, FindingState, TrackedFinding, finding_of
from auditor.domain.rule import CheckResult, Undetermined


def track(
    history: Mapping[str, TrackedFinding], results: Iterable[CheckResult], today: date
) -> tuple[TrackedFinding, ...]:
    """Where every finding of the examined people stands now.

    `history` holds the latest known state of each finding by fingerprint, `results` all outcomes of
    this run. A finding is resolved only by an outcome that was determined; what could not be seen
    leaves it UNVERIFIED. Findings of people or rules without a result in this run are left out.
    """
    by_rule = {(result.employee_id, result.rule_id): result for result in results}
    current = {f.fingerprint: f for f in map(finding_of, by_rule.values()) if f is not None}
    seen = [_seen(finding, history.get(key), today) for key, finding in current.items()]
    unseen = [
        _not_seen(before, by_rule[before.finding.employee_id, before.finding.rule_id], today)
        for key, before in history.items()
        if key not in current
        and before.state is not FindingState.RESOLVED
        and (before.finding.employee_id, before.finding.rule_id) in by_rule
    ]
    return tuple(sorted((*seen, *unseen), key=_order))


def months_between(first: date, last: date) -> int:
    """Full calendar months from `first` to `last`."""
    return max(0, (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day))


def _seen(finding: Finding, before: TrackedFinding | None, today: date) -> TrackedFinding:
    if before is None:
        return TrackedFinding(finding, FindingState.NEW, today, today)
    age = months_between(before.first_seen, today)
    if before.state is FindingState.RESOLVED:
        note = f"was closed after {before.last_seen}"
        return TrackedFinding(finding, FindingState.REOPENED, before.first_seen, today, age, note)
    return TrackedFinding(finding, FindingState.OPEN, before.first_seen, today, age)


def _not_seen(before: TrackedFinding, result: CheckResult, today: date) -> TrackedFinding:
    age = months_between(before.first_seen, today)
    if isinstance(result.outcome, Undetermined):
        return replace(before, state=FindingState.UNVERIFIED, months_open=age, note=result.outcome.reason)
    return replace(before, state=FindingState.RESOLVED, months_open=age, note=f"closed on {today}")


def _order(tracked: TrackedFinding) -> tuple[int, str, str]:
    return tracked.finding.severity.rank, tracked.finding.employee_id, tracked.finding.rule_id
