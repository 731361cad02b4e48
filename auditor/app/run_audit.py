"""A whole audit: examines everybody who is left, then judges and reports the run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import structlog

import auditor
from auditor.app import examine as pipeline
from auditor.app.apply_decisions import people_to_examine
from auditor.app.conclude import Ending, conclude
from auditor.app.evidence import Evidence, EvidenceStep
from auditor.app.evidence_ladder import (
    forget_refusals,
    note_refusal,
    notes_of,
    open_ladder,
    rest_refused_sources,
)
from auditor.app.examine import RunContext
from auditor.app.judge_version import judge_version
from auditor.app.parallel import Answer, Known, Work, workers_for
from auditor.app.paths import log_of, reports_folder, state_folder
from auditor.app.pseudonyms import Pseudonyms
from auditor.app.publish import report_of
from auditor.app.registry import leaver_rules, readers
from auditor.app.retention import purge_before_run
from auditor.app.run_plan import RunPlan
from auditor.app.seal_report import seal_report
from auditor.app.store_people import PeopleStored
from auditor.app.unchanged import examining_version, unchanged
from auditor.app.written_files import files_written
from auditor.model.dates import is_last_day, months_after, wants_report
from auditor.model.employee import Employee
from auditor.model.examination import Examination
from auditor.model.history import History
from auditor.model.report import AuditReport, RunFacts
from auditor.model.run_result import RosterKept
from auditor.store.database import alone
from auditor.store.earlier import EarlierExaminations
from auditor.store.history import is_current, load_history
from auditor.store.judgements import EarlierJudgements
from auditor.store.rate_limits import CoolDowns
from auditor.store.runs import Examined, RunStore, StoredRun

log = structlog.get_logger()
Progress = Callable[[int, int], None]
#: writes the reports of a run into its folder
Publish = Callable[[AuditReport, Path], None]


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier runs know of the people of this one: the examinations of the last run of everybody, and
    the judgements of people's pictures."""

    examinations: EarlierExaminations
    judgements: EarlierJudgements

    @classmethod
    def of(cls, store: RunStore, history: History, people: Sequence[str]) -> Earlier:
        """That of a run with this history, for people who are asked for in this order."""
        whole = (one.facts.id for one in reversed(history.runs) if not one.facts.partial)
        examinations = EarlierExaminations(store.engine, next(whole, ""), people)
        return cls(examinations, EarlierJudgements(store.engine, people))

    def known(self, employee_id: str) -> Known:
        """What a worker is told of a person. Raises StoreError."""
        return Known(self.judgements.of(employee_id), self.examinations.basis_of(employee_id))

    def told(self, employee: Employee, answer: Answer) -> Examination:
        """The examination that an answer stands for. Raises StoreError."""
        if isinstance(answer, Examination):
            return answer
        basis = self.examinations.basis_of(employee.employee_id)
        assert basis is not None
        return answer.renewed(employee, self.examinations.of(employee.employee_id), basis)


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
            purge_before_run(plan.policy, store, plan.request.output, plan.today, plan.request.captures)
        run = _begin(plan, store)
        resumed = plan.unfinished is not None
        audit_log.append("run_started", run=run.facts.id, people=len(run.roster.employees), resumed=resumed)
        folder = reports_folder(plan.request.output, run.facts.id)
        context = RunContext(
            readers(),
            plan.policy.rules,
            plan.today,
            judges := judge_version(),
            examining_version(plan.policy.rules, judges),
        )
        done = store.count_finished(run.facts.id)
        history = load_history(store, run, leaver_rules())
        _examine_everybody(plan, store, run, history, context, stopping, progress, held)
        now_done = store.count_finished(run.facts.id)
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
        if not is_current(store.engine, history):  # people sent something back while the run went on
            history = load_history(store, run, leaver_rules())
        result = conclude(
            run.facts,
            run.roster,
            plan.roster_keys,
            store.examinations(run.facts.id, run.roster.employees),
            history,
            plan.policy,
            Ending(datetime.now(UTC), waiting, paused, tuple(context.notes)),
        )
        store.finish(result)
        report = report_of(result, history, plan.policy)
        if not paused:
            audit_log.append(
                "run_ended",
                run=run.facts.id,
                verdict=str(result.health.verdict),
                left=waiting,
                counts=dict(result.run.counts),
                cases=result.case_counts,
            )
        if publish:
            publish(report, folder)
            _seal(plan, store, report, folder)
        if waiting == 0:
            store.close(run.facts.id)
        return RunEnd(run.facts.id, report, folder, resumed, interrupted=False, left=waiting, paused=paused)


def _seal(plan: RunPlan, store: RunStore, report: AuditReport, folder: Path) -> None:
    """Vouch for what was published; a call that keeps nothing has no log to vouch in."""
    if plan.request.keep and files_written(folder):
        seal_report(report, folder, plan.policy, store.engine)


def _examine_everybody(
    plan: RunPlan,
    store: RunStore,
    run: StoredRun,
    history: History,
    context: RunContext,
    stopping: Callable[[], bool],
    progress: Progress | None,
    held: Callable[[], None],
) -> None:
    kept = people_to_examine(plan, run.roster.employees, history)
    done = store.finished_people(run.facts.id)
    left = [place for place, employee in enumerate(kept) if employee.employee_id not in done]
    del done
    rules = context.rules
    pseudonyms = Pseudonyms(state_folder(plan.policy.path))
    cool_downs = CoolDowns(store.engine)
    context.on_refusal = partial(note_refusal, plan, cool_downs)
    with ExitStack() as stack:
        open_to = (kept[place] for place in left if plan.eligibility.refuses(kept[place], ()) is None)
        steps = open_ladder(plan, store, kept, open_to, stopping, stack)
        context.notes.extend(notes_of(steps))
        rest_refused_sources(plan, steps, context, cool_downs)
        work = Work.of(plan.policy, plan.ladders, steps, plan.today, context.judge_version, context.version)
        earlier = Earlier.of(store, history, [kept[place].employee_id for place in left])
        looked_at = [kept[place] for place in left if pipeline.needs_visit(kept[place], rules)]
        visited = _of_slow_sources(work, steps, looked_at)
        local = [one for one in looked_at if one.employee_id not in visited]
        wanted = plan.policy.workers if plan.request.workers is None else plan.request.workers
        workers = stack.enter_context(
            workers_for(work, wanted, len(local), plan.policy.cluster, earlier.known)
        )
        answers: Iterator[Answer | None] = iter(())
        if workers is not None:
            answers = workers.each(local, lambda one: plan.eligibility.refuses(one, rules) is None)

        def told(one: Examined) -> None:
            person = pseudonyms.of(one.examination.employee.employee_id)
            log.info("examined", person=person, status=str(one.examination.status))
            if progress:
                progress(one.place + 1, len(kept))

        stored = PeopleStored(store, run.facts.id, plan.today, plan.eligibility, rules, held, told)
        for place in left:
            if stopping():
                break
            employee = kept[place]
            of_files = pipeline.needs_visit(employee, rules) and employee.employee_id not in visited
            seen = next(answers) if workers and of_files else None
            # nobody is looked at who has objected meanwhile; what was seen is asked about when it is kept
            refused = None if seen else plan.eligibility.refuses(employee, rules)
            examination = refused or earlier.told(
                employee, seen or _examine(employee, plan, steps, context, earlier)
            )
            if stopping() and not pipeline.is_final(examination):
                break
            stored.take(place, examination)
        stored.finish()
        if left and not stopping():
            forget_refusals(steps, context, cool_downs)


def _of_slow_sources(
    work: Work, steps: Mapping[str, EvidenceStep], people: Iterable[Employee]
) -> frozenset[str]:
    """The people who have a source that is asked one visit at a time; of everybody else only files are read,
    so that it does not matter who reads them."""
    slow = {name for name, step in steps.items() if step.can_refuse}
    return frozenset(one.employee_id for one in people if not slow.isdisjoint(work.ladder_of(one)))


def _examine(
    employee: Employee,
    plan: RunPlan,
    steps: dict[str, EvidenceStep],
    context: RunContext,
    earlier: Earlier,
) -> Answer:
    names = plan.ladders.get(employee.entity, plan.ladders[""])
    ladder = [steps[name] for name in names if name in steps]
    company = plan.policy.company_of(employee.entity)
    evidence = Evidence(employee, ladder)
    basis = earlier.examinations.basis_of(employee.employee_id)
    same = unchanged(evidence, company, context.version, plan.today, basis)
    if same is not None:
        return same
    known = earlier.judgements.of(employee.employee_id)
    return pipeline.examine(employee, company, ladder, context, known, evidence)


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
