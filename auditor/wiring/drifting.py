"""A changed page layout: compares a run with the store's earlier ones, and holds back what rests on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.domain.coverage import measure
from auditor.domain.drift import Drift, drifted_fields, hold_back
from auditor.domain.examination import Examination
from auditor.domain.finding import TrackedFinding
from auditor.domain.health import HealthVerdict
from auditor.domain.mass_failure import mass_failing, without_mass_failures
from auditor.domain.policy import Policy
from auditor.store.runs import RunStore, StoredRun


def drifts_of(
    store: RunStore, run: StoredRun, examinations: Sequence[Examination], policy: Policy
) -> tuple[Drift, ...]:
    """The fields that this run reads on far fewer pages than the sound runs before it."""
    earlier = [
        before.health.coverage
        for before in store.earlier(run.number)
        if before.health and before.health.verdict is HealthVerdict.SOUND
    ]
    return drifted_fields(measure(examinations), earlier, policy.health.largest_coverage_fall)


def without_drifted(
    store: RunStore,
    run: StoredRun,
    examinations: Sequence[Examination],
    drifts: Sequence[Drift],
    history: Mapping[str, TrackedFinding],
    policy: Policy,
    *,
    keep: bool,
) -> list[Examination]:
    """The examinations with nothing newly said from drifted fields; `keep`: what changes is stored."""
    rests_on = {rule.id: rule.rule.fields for rule in policy.rules}
    return _revised(store, run, examinations, hold_back(examinations, drifts, rests_on, history), keep)


def without_mass_failing(
    store: RunStore,
    run: StoredRun,
    examinations: Sequence[Examination],
    findings: Sequence[TrackedFinding],
    history: Mapping[str, TrackedFinding],
    policy: Policy,
    *,
    keep: bool,
) -> list[Examination]:
    """The examinations with nothing newly said by rules that most people suddenly fail; `keep`: what changes
    is stored. A policy that changed since the last run explains such a mass, so then nothing is held back."""
    before = store.earlier(run.number, 1)
    if not before or before[-1].facts.policy_sha256 != run.facts.policy_sha256:
        return list(examinations)
    known = known_before(store, run)
    rules = mass_failing(
        [one for one in examinations if one.employee.employee_id in known],
        [one for one in findings if one.finding.employee_id in known],
        policy.health.largest_newly_failing_share,
    )
    return _revised(store, run, examinations, without_mass_failures(examinations, rules, history), keep)


def known_before(store: RunStore, run: StoredRun) -> set[str]:
    """The people whom the run before this one examined: only they can fail newly."""
    before = store.earlier(run.number, 1)
    return store.finished_people(before[-1].facts.id) if before else set()


def _revised(
    store: RunStore,
    run: StoredRun,
    examinations: Sequence[Examination],
    changed: list[Examination],
    keep: bool,
) -> list[Examination]:
    if changed and keep:
        store.revise(run.facts.id, changed)
    by_person = {examination.employee.employee_id: examination for examination in changed}
    return [by_person.get(one.employee.employee_id, one) for one in examinations]
