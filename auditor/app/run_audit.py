"""A whole audit: examines everybody who is left, then judges and reports the run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import structlog

import auditor
from auditor.app import examine as pipeline
from auditor.app.apply_decisions import decided_for, heeded
from auditor.app.evidence_ladder import (
    forget_refusals,
    note_refusal,
    notes_of,
    open_ladder,
    rest_refused_sources,
)
from auditor.app.examine import EvidenceStep, RunContext
from auditor.app.offboard import case_counts, keep_cases
from auditor.app.paths import log_of, reports_folder, state_folder
from auditor.app.pseudonyms import Pseudonyms
from auditor.app.publish import assemble
from auditor.app.registry import readers
from auditor.app.retention import purge_before_run
from auditor.app.run_plan import RunPlan
from auditor.findings.assessment import Group
from auditor.findings.counting import count_entities, count_run, require_people_sum
from auditor.findings.drift import (
    Drift,
    drifted_fields,
    hold_back,
    mass_failing,
    measure,
    without_mass_failures,
)
from auditor.findings.duty_to_inform import nobody_told
from auditor.findings.health import judge_health
from auditor.findings.tracking import track
from auditor.model.dates import is_last_day, months_after, wants_report
from auditor.model.employee import Employee
from auditor.model.examination import Examination
from auditor.model.finding import FindingState, TrackedFinding
from auditor.model.health import HealthVerdict
from auditor.model.policy import Policy
from auditor.model.report import AuditReport, RunFacts
from auditor.model.rule import Undetermined
from auditor.store.database import alone
from auditor.store.rate_limits import CoolDowns
from auditor.store.runs import RosterKept, RunStore, StoredRun

log = structlog.get_logger()


Progress = Callable[[int, int], None]


#: writes the reports of a run into its folder
Publish = Callable[[AuditReport, Path], None]


@dataclass(frozen=True, slots=True)
class RunEnd:
    """How a call ended. `report` is None if it was interrupted, or if it found nothing new and the period
    is not over. `left` people wait for another call; `paused`: only because of the daily limit."""

    run_id: str
    report: AuditReport | None
    folder: Path
    resumed: bool
    interrupted: bool
    left: int
    paused: bool = False


def run_audit(
    plan: RunPlan,
    store: RunStore,
    stopping: Callable[[], bool],
    progress: Progress | None = None,
    publish: Publish | None = None,
) -> RunEnd:
    """Examine everybody who is not yet examined, and report what is known so far.

    A run is complete only once `publish` has written its reports. If a call dies while writing them, the
    next call continues the run and requests no page again.
    """
    with alone(store.engine) as held:
        audit_log = log_of(plan.policy, store.engine)
        if plan.request.keep:
            purge_before_run(plan.policy, store, plan.request.output, plan.today)
        run = _begin(plan, store)
        resumed = plan.unfinished is not None
        audit_log.append("run_started", run=run.facts.id, people=len(run.roster.employees), resumed=resumed)
        folder = reports_folder(plan.request.output, run.facts.id)
        context = RunContext(readers(), plan.policy.rules, plan.today)
        done = len(store.finished_people(run.facts.id))
        _examine_everybody(plan, store, run, context, stopping, progress, held)
        now_done = len(store.finished_people(run.facts.id))
        waiting = len(run.roster.employees) - now_done
        for name in sorted(context.turned_away):
            audit_log.append("run_refused", run=run.facts.id, source=name)
        if stopping():
            audit_log.append("run_interrupted", run=run.facts.id, left=waiting)
            return RunEnd(run.facts.id, None, folder, resumed, interrupted=True, left=waiting)
        refused = bool(context.refused)
        paused = waiting > 0 and not refused and not is_last_day(plan.today)
        if paused:
            audit_log.append("run_paused", run=run.facts.id, left=waiting)
        if not wants_report(waiting, plan.today, learnt=now_done > done, refused=refused):
            return RunEnd(run.facts.id, None, folder, resumed, interrupted=False, left=waiting, paused=True)
        report = _finish(plan, store, run, context, waiting, paused=paused)
        if not paused:
            audit_log.append("run_ended", **_ending(report, waiting))
        if publish:
            publish(report, folder)
        if waiting == 0:
            store.close(run.facts.id)
        return RunEnd(run.facts.id, report, folder, resumed, interrupted=False, left=waiting, paused=paused)


def _examine_everybody(
    plan: RunPlan,
    store: RunStore,
    run: StoredRun,
    context: RunContext,
    stopping: Callable[[], bool],
    progress: Progress | None,
    held: Callable[[], None],
) -> None:
    kept = heeded(run.roster.employees, plan, store)
    done = store.finished_people(run.facts.id)
    left = [(place, employee) for place, employee in enumerate(kept) if employee.employee_id not in done]
    pseudonyms = Pseudonyms(state_folder(plan.policy.path))
    cool_downs = CoolDowns(store.engine)
    context.on_refusal = partial(note_refusal, plan, cool_downs)
    with ExitStack() as stack:
        open_to = [employee for _, employee in left if plan.eligibility.allows(employee)]
        steps = open_ladder(plan, store, open_to, stopping, stack)
        context.notes.extend(notes_of(steps))
        rest_refused_sources(plan, steps, context, cool_downs)
        for place, employee in left:
            if stopping():
                break
            examination = plan.eligibility.refuses(employee, context.rules) or _examine(
                employee, plan, steps, context
            )
            final = pipeline.is_final(examination)
            if stopping() and not final:
                break
            held()
            store.save(run.facts.id, place, examination, final=final)
            log.info("examined", person=pseudonyms.of(employee.employee_id), status=str(examination.status))
            if progress:
                progress(place + 1, len(kept))
        if left and not stopping():
            forget_refusals(steps, context, cool_downs)


def _ending(report: AuditReport, waiting: int) -> dict[str, object]:
    verdict = str(report.health.verdict)
    counts = {"counts": dict(report.run.counts), "cases": case_counts(report)}
    return {"run": report.run.id, "verdict": verdict, "left": waiting, **counts}


def _examine(
    employee: Employee, plan: RunPlan, steps: dict[str, EvidenceStep], context: RunContext
) -> Examination:
    names = plan.ladders.get(employee.entity, plan.ladders[""])
    ladder = [steps[name] for name in names if name in steps]
    return pipeline.examine(employee, plan.policy.company_of(employee.entity), ladder, context)


def _finish(
    plan: RunPlan, store: RunStore, run: StoredRun, context: RunContext, left: int, *, paused: bool
) -> AuditReport:
    history = store.history(run.number)
    examinations = store.examinations(run.facts.id)
    drifts = drifts_of(store, run, examinations, plan.policy)
    examinations = without_drifted(store, run, examinations, drifts, history, plan.policy, keep=not paused)
    results = [result for examination in examinations for result in examination.results]
    findings = track(history, results, run.facts.today, decided_for(plan, run, store))
    from_roster = roster_rules(plan.policy)
    new_people = {
        found.finding.employee_id
        for found in findings
        if found.state is FindingState.NEW and found.finding.rule_id not in from_roster
    }
    health = judge_health(
        examinations,
        len(new_people & known_before(store, run)),
        plan.policy.health,
        crashed_rules=_crashed(examinations),
        drifts=drifts,
        goes_on=paused,
    )
    health = nobody_told(health, examinations)
    if health.newly_failing_share > plan.policy.health.largest_newly_failing_share:
        examinations = without_mass_failing(
            store, run, examinations, findings, history, plan.policy, keep=not paused
        )
        results = [result for examination in examinations for result in examination.results]
        findings = track(history, results, run.facts.today, decided_for(plan, run, store))
    facts = replace(
        run.facts,
        finished_at=datetime.now(UTC),
        counts=count_run(examinations, findings, run.facts.today),
        entity_counts=count_entities(examinations, findings, run.facts.today),
        source=_used(examinations),
        source_notes=tuple(context.notes),
        left=left,
    )
    _require_sums(facts, len(run.roster.employees))
    store.finish(facts, health, findings, complete=False)
    report = assemble(store, store.run(facts.id), plan.policy)
    if paused:  # what a part of the people cannot bear out is held back in this report, and not for good
        report = replace(report, examinations=tuple(examinations))
    return keep_cases(report, store)


def _require_sums(facts: RunFacts, people: int) -> None:
    """Everybody of the roster is in one group, in all and per entity. Raises AuditorError."""
    require_people_sum(facts.counts, people)
    for counts in facts.entity_counts.values():
        require_people_sum(counts)
    for group in Group:
        shares = {name: counts[group] for name, counts in facts.entity_counts.items()}
        require_people_sum({**facts.counts, group: sum(shares.values())}, people)


def _crashed(examinations: Sequence[Examination]) -> tuple[str, ...]:
    results = (result for examination in examinations for result in examination.results)
    crashed = {
        result.rule_id
        for result in results
        if isinstance(result.outcome, Undetermined) and result.outcome.code == pipeline.RULE_CRASHED
    }
    return tuple(sorted(crashed))


def _used(examinations: Sequence[Examination]) -> str:
    names = {trial.source for examination in examinations for trial in examination.trials}
    return ", ".join(sorted(names)) or "none"


def _begin(plan: RunPlan, store: RunStore) -> StoredRun:
    """The run to work on: the unfinished one with today's roster, or a new one."""
    reading = plan.reading
    kept = RosterKept(plan.people.employees, reading.rows, plan.people.notices)
    facts = RunFacts(
        id=plan.unfinished.facts.id if plan.unfinished else _free_id(plan, store),
        started_at=plan.unfinished.facts.started_at if plan.unfinished else datetime.now(UTC),
        finished_at=None,
        today=plan.today,
        policy_sha256=plan.policy.sha256,
        roster_sha256=reading.sha256,
        roster_name=reading.file_name,
        roster_date=reading.reference_date or reading.file_date,
        source="",
        program_version=auditor.__version__,
        row_counts=reading.counts(),
        partial=bool(plan.request.select) or plan.request.limit is not None,
        retention_until=months_after(plan.today, plan.policy.retention.reports_months),
    )
    if plan.unfinished:
        return store.go_on(facts, kept)
    return store.begin(facts, kept, plan.input_sha256)


def _free_id(plan: RunPlan, store: RunStore) -> str:
    taken = set(store.run_ids())
    number = 1
    while True:
        run_id = f"{plan.today}-{number:02d}"
        if run_id not in taken and not (plan.request.output / run_id).exists():
            return run_id
        number += 1


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
    """The examinations without new conclusions from drifted fields; with `keep`, changes are stored."""
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
    rules -= roster_rules(policy)
    return _revised(store, run, examinations, without_mass_failures(examinations, rules, history), keep)


def roster_rules(policy: Policy) -> frozenset[str]:
    """The rules that read nothing of a page: what they newly say no changed page can explain."""
    return frozenset(rule.id for rule in policy.rules if not rule.rule.reads_page)


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
