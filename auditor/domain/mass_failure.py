"""So many people newly fail one rule at once that a changed page is likelier than a changed staff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from auditor.domain.drift import LAYOUT_DRIFT
from auditor.domain.examination import Examination
from auditor.domain.finding import FindingState, TrackedFinding, finding_of
from auditor.domain.health import SMALLEST_SAMPLE
from auditor.domain.rule import CheckResult, Failed, Passed, Undetermined

REASON = "so many people newly fail this rule at once that the page may have changed; not judged"


def mass_failing(
    examinations: Iterable[Examination], findings: Iterable[TrackedFinding], largest_share: float
) -> frozenset[str]:
    """The rules that more than `largest_share` of at least ten judged people newly fail."""
    judged: Counter[str] = Counter()
    for examination in examinations:
        judged.update(one.rule_id for one in examination.results if isinstance(one.outcome, Passed | Failed))
    begun = (FindingState.NEW, FindingState.REOPENED)
    newly = Counter(found.finding.rule_id for found in findings if found.state in begun)
    return frozenset(
        rule
        for rule, count in judged.items()
        if count >= SMALLEST_SAMPLE and newly[rule] / count > largest_share
    )


def without_mass_failures(
    examinations: Iterable[Examination], rules: frozenset[str], history: Mapping[str, TrackedFinding]
) -> list[Examination]:
    """The examinations that change because nothing is newly said by the mass-failing rules."""
    changed = []
    for examination in examinations:
        results = tuple(
            _held(one) if one.rule_id in rules and _begins(one, history) else one
            for one in examination.results
        )
        if results != examination.results:
            changed.append(replace(examination, results=results))
    return changed


def _begins(result: CheckResult, history: Mapping[str, TrackedFinding]) -> bool:
    finding = finding_of(result)
    before = history.get(finding.fingerprint) if finding else None
    return finding is not None and (before is None or before.state is FindingState.RESOLVED)


def _held(result: CheckResult) -> CheckResult:
    expected = result.outcome.expected if isinstance(result.outcome, Failed | Undetermined) else ""
    return replace(result, outcome=Undetermined(LAYOUT_DRIFT, REASON, expected=expected))
