"""A whole audit: roster and policy in, examinations into the store, a report out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog
from filelock import FileLock, Timeout

import auditor
from auditor import pipeline
from auditor.domain.counting import count_entities, count_run
from auditor.domain.employee import Employee
from auditor.domain.examination import Examination
from auditor.domain.finding import FindingState
from auditor.domain.health import judge_health
from auditor.domain.policy import Policy
from auditor.domain.report import AuditReport, RunFacts
from auditor.domain.roster import Population, RosterReading, rows_add_up
from auditor.domain.rule import Undetermined
from auditor.domain.tracking import track
from auditor.errors import StoreError, UsageError
from auditor.judging.roster_state import population
from auditor.pipeline import Bench, Rung
from auditor.ports import SourceContext
from auditor.rosters import read_roster
from auditor.store.database import open_database, sqlite_address
from auditor.store.runs import RosterKept, RunStore, StoredRun
from auditor.wiring.families import readers, sources
from auditor.wiring.places import base_folder, reports_folder
from auditor.wiring.pseudonyms import Pseudonyms
from auditor.wiring.reporting import assemble

log = structlog.get_logger()
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What the user asks of a run. `source` overrides the policy's ladder; `resume`: True goes on
    with an unfinished run, False starts a new one, None goes on where there is one."""

    roster: Path
    policy: Path
    output: Path
    source: str = ""
    captures: Path | None = None
    today: date | None = None
    select: tuple[str, ...] = ()
    limit: int | None = None
    resume: bool | None = None
    accept_shrink: bool = False
    keep: bool = True


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known before anything is opened."""

    request: RunRequest
    policy: Policy
    reading: RosterReading
    people: Population
    ladders: dict[str, tuple[str, ...]]
    input_sha256: str
    today: date


@dataclass(frozen=True, slots=True)
class RunEnd:
    """How a run ended. `report` is None when it was interrupted before its end."""

    run_id: str
    report: AuditReport | None
    folder: Path
    resumed: bool
    interrupted: bool
    left: int


def open_store(policy: Policy, *, keep: bool = True) -> RunStore:
    """The policy's store; with `keep` False one that lives as long as the program."""
    return RunStore(open_database(store_address(policy) if keep else "sqlite://"))


def store_address(policy: Policy) -> str:
    """Where the store is: the policy's address, else a file in `state/`."""
    return policy.store_address or sqlite_address(base_folder(policy.path) / "state" / "auditor.sqlite3")


def prepare(request: RunRequest, policy: Policy, store: RunStore) -> Ground:
    """Read the roster and work out who is to be examined and from which sources.

    Raises RosterError, UsageError, SourceUnavailable.
    """
    reading = read_roster(request.roster, policy.roster, policy.allowed_hosts)
    if not rows_add_up(reading):
        raise StoreError(f"The row count of {request.roster} does not add up; nothing was published.")
    today = request.today or datetime.now(ZoneInfo(policy.roster.time_zone)).date()
    before = _latest(store)
    unfinished = store.unfinished(_inputs(request, policy, reading, today))
    earlier = before.roster.employees if before and not unfinished else ()
    people = population(reading, today, policy.roster, earlier, accept_shrink=request.accept_shrink)
    people = replace(people, employees=_chosen(people.employees, request))
    return Ground(
        request,
        policy,
        reading,
        people,
        _ladders(request, policy),
        _inputs(request, policy, reading, today),
        today,
    )


def run_audit(
    ground: Ground, store: RunStore, stopping: Callable[[], bool], progress: Progress | None = None
) -> RunEnd:
    """Examine everybody who is not yet examined, then judge and report the run."""
    with _alone(ground):
        run, resumed = _begin(ground, store)
        folder = reports_folder(ground.request.output, run.facts.id)
        kept = run.roster.employees
        done = store.finished_people(run.facts.id)
        rules = ground.policy.rules
        bench = Bench(readers(), rules, run.facts.today)
        left = [(i, e) for i, e in enumerate(kept) if e.employee_id not in done]
        pseudonyms = Pseudonyms(base_folder(ground.policy.path) / "state")
        with ExitStack() as stack:
            rungs = _open_rungs(ground, store, [e for _, e in left], stopping, stack)
            for place, employee in left:
                if stopping():
                    break
                examination = _examine(employee, ground, rungs, bench)
                if stopping() and not pipeline.is_final(examination):
                    break
                store.save(run.facts.id, place, examination, final=pipeline.is_final(examination))
                log.info(
                    "examined", person=pseudonyms.of(employee.employee_id), status=str(examination.status)
                )
                if progress:
                    progress(place + 1, len(kept))
        waiting = len(kept) - len(store.finished_people(run.facts.id))
        if stopping():
            return RunEnd(run.facts.id, None, folder, resumed, interrupted=True, left=waiting)
        report = _finish(ground, store, run, complete=waiting == 0)
        return RunEnd(run.facts.id, report, folder, resumed, interrupted=False, left=waiting)


def _examine(employee: Employee, ground: Ground, rungs: dict[str, Rung], bench: Bench) -> Examination:
    ladder = [
        rungs[name] for name in ground.ladders.get(employee.entity, ground.ladders[""]) if name in rungs
    ]
    return pipeline.examine(employee, ground.policy.company_of(employee.entity), ladder, bench)


def _finish(ground: Ground, store: RunStore, run: StoredRun, *, complete: bool) -> AuditReport:
    examinations = store.examinations(run.facts.id)
    results = [result for examination in examinations for result in examination.results]
    history = store.history(run.number)
    findings = track(history, results, run.facts.today)
    new_people = {f.finding.employee_id for f in findings if f.state is FindingState.NEW}
    newly_failing = len(new_people) if history else 0
    earlier = store.earlier(run.number)
    health = judge_health(
        examinations,
        newly_failing,
        ground.policy.health,
        crashed_rules=_crashed(examinations),
        earlier_coverage=earlier[-1].health.field_coverage if earlier and earlier[-1].health else None,
    )
    facts = replace(
        run.facts,
        finished_at=datetime.now(UTC),
        counts=count_run(examinations, findings),
        entity_counts=count_entities(examinations, findings),
        source=_used(examinations),
    )
    store.finish(facts, health, findings, complete=complete)
    return assemble(store, store.run(facts.id), ground.policy)


def _crashed(examinations: Sequence[Examination]) -> tuple[str, ...]:
    return tuple(
        sorted(
            {
                result.rule_id
                for examination in examinations
                for result in examination.results
                if isinstance(result.outcome, Undetermined) and result.outcome.code == pipeline.RULE_CRASHED
            }
        )
    )


def _used(examinations: Sequence[Examination]) -> str:
    names = {trial.source for examination in examinations for trial in examination.trials}
    return ", ".join(sorted(names)) or "none"


def _latest(store: RunStore) -> StoredRun | None:
    try:
        return store.run()
    except LookupError:
        return None


def _begin(ground: Ground, store: RunStore) -> tuple[StoredRun, bool]:
    unfinished = store.unfinished(ground.input_sha256)
    if unfinished and ground.request.resume is not False:
        return unfinished, True
    if ground.request.resume:
        raise UsageError(
            "There is no unfinished run of this roster, policy and day to go on with.", "Leave out --resume."
        )
    reading = ground.reading
    facts = RunFacts(
        id=_free_id(ground, store),
        started_at=datetime.now(UTC),
        finished_at=None,
        today=ground.today,
        policy_sha256=ground.policy.sha256,
        roster_sha256=reading.sha256,
        roster_name=reading.file_name,
        roster_date=reading.reference_date or reading.file_date,
        source="",
        program_version=auditor.__version__,
        row_counts=reading.counts(),
    )
    kept = RosterKept(ground.people.employees, reading.rows, ground.people.notices)
    return store.begin(facts, kept, ground.input_sha256), False


def _free_id(ground: Ground, store: RunStore) -> str:
    taken = set(store.run_ids())
    number = 1
    while True:
        run_id = f"{ground.today}-{number:02d}"
        if run_id not in taken and not (ground.request.output / run_id).exists():
            return run_id
        number += 1


def _inputs(request: RunRequest, policy: Policy, reading: RosterReading, today: date) -> str:
    parts = (
        policy.sha256,
        reading.sha256,
        today.isoformat(),
        request.source,
        str(request.captures.resolve()) if request.captures else "",
        ",".join(request.select),
        str(request.limit),
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _chosen(employees: tuple[Employee, ...], request: RunRequest) -> tuple[Employee, ...]:
    if request.select:
        known = {employee.employee_id for employee in employees}
        unknown = [one for one in request.select if one not in known]
        if unknown:
            raise UsageError(f"Not in the roster: {', '.join(unknown)}.", "--select takes employee numbers.")
        employees = tuple(e for e in employees if e.employee_id in request.select)
    return employees[: request.limit] if request.limit is not None else employees


def _ladders(request: RunRequest, policy: Policy) -> dict[str, tuple[str, ...]]:
    """Source names by entity; the empty name is everybody else's ladder."""
    if request.source:
        if request.source not in sources():
            raise UsageError(f"There is no source {request.source!r}.", f"Known: {', '.join(sources())}.")
        return {"": (request.source,)}
    own = {name: company.ladder for name, company in policy.companies.items() if company.ladder}
    return {"": policy.ladder, **own}


def _open_rungs(
    ground: Ground, store: RunStore, left: Sequence[Employee], stopping: Callable[[], bool], stack: ExitStack
) -> dict[str, Rung]:
    """Open every source that somebody's ladder names; none when nobody is left to look at."""
    wanted = [e for e in left if pipeline.needs_visit(e, ground.policy.rules)]
    if not wanted:
        return {}
    rungs = {}
    day = datetime.now(UTC).date()
    for name in dict.fromkeys(name for ladder in ground.ladders.values() for name in ladder):
        source = sources()[name]
        context = SourceContext(
            policy=ground.policy,
            employees=ground.people.employees,
            folder=ground.request.captures,
            stopping=stopping,
            today=day,
            visited_today=store.visited_on(day, name) if source.touches_network else 0,
        )
        opened = stack.enter_context(source.open(ground.policy.source_settings[name], context))
        days = ground.policy.evidence_days.get(name, source.evidence_days)
        rungs[name] = Rung(name, opened, days, source.touches_network)
    return rungs


@contextmanager
def _alone(ground: Ground) -> Iterator[None]:
    """Never two runs at once on one store; the lock is the system's and ends with the process."""
    if not ground.request.keep:
        yield
        return
    folder = base_folder(ground.policy.path) / "state"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = FileLock(folder / "run.lock")
    try:
        with lock.acquire(timeout=0):
            yield
    except Timeout:
        raise StoreError("Another run is going on with this store.", "Wait until it has ended.") from None
