"""Examines people whose evidence lies in files on several cores, or on a cluster; results in the order asked.

Every worker has a copy of the sources' index and shares nothing else. Whoever kills a worker is tried once
more alone and then counts as somebody whose evidence could not be read: nobody else is lost or comes twice.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from multiprocessing.context import BaseContext
from typing import Any, TypeAlias

from auditor.app.evidence import Evidence, EvidenceStep
from auditor.app.examine import RunContext, examine
from auditor.app.registry import readers, rules
from auditor.app.unchanged import Unchanged, unchanged
from auditor.errors import UsageError, hint_of_extra
from auditor.model.capture import Capture
from auditor.model.company import Company
from auditor.model.employee import Employee
from auditor.model.examination import Basis, Examination
from auditor.model.judgement import BannerJudgement
from auditor.model.policy import Policy
from auditor.model.rule import BoundRule, Severity
from auditor.ports import OpenSource

#: below so many people a second process costs more than it brings
WORTH_IT = 80


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a person from earlier: the judgements of the pictures, and what the last examination
    rests on."""

    judgements: Mapping[str, BannerJudgement] = field(default_factory=dict)
    basis: Basis | None = None


#: what a worker says of a person
Answer: TypeAlias = Examination | Unchanged
_NOTHING = Known()
_Chosen: TypeAlias = tuple[tuple[str, Any, Severity | None], ...]
#: people on their way to each worker, so that none waits for work
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker needs to examine anybody: sources that only read files, and the policy's part of it.

    `rules` are id, settings and severity: a rule itself stays where it is declared.
    """

    companies: Mapping[str, Company]
    default_entity: str
    ladders: Mapping[str, tuple[str, ...]]
    steps: Mapping[str, EvidenceStep]
    rules: _Chosen
    today: date
    judge_version: str = ""
    version: str = ""

    @classmethod
    def of(
        cls,
        policy: Policy,
        ladders: Mapping[str, tuple[str, ...]],
        steps: Mapping[str, EvidenceStep],
        today: date,
        judge_version: str = "",
        version: str = "",
    ) -> Work:
        """The work of a run."""
        bound = tuple((one.id, one.settings, one.severity) for one in policy.rules)
        local = {name: step for name, step in steps.items() if not step.can_refuse}
        about = (policy.companies, policy.default_entity, ladders, local, bound, today)
        return cls(*about, judge_version, version)

    def ladder_of(self, employee: Employee) -> tuple[str, ...]:
        """The names of the sources of a person, in their order."""
        return self.ladders.get(employee.entity, self.ladders[""])

    def answer(self, employee: Employee, known: Known) -> Answer:
        """One person through the ladder, unless nothing has changed since the last examination."""
        ladder = [self.steps[name] for name in self.ladder_of(employee) if name in self.steps]
        company = self.companies.get(employee.entity or self.default_entity)
        evidence = Evidence(employee, ladder)
        same = unchanged(evidence, company, self.version, self.today, known.basis)
        if same is not None:
            return same
        context = RunContext(readers(), _bound(self.rules), self.today, self.judge_version, self.version)
        return examine(employee, company, ladder, context, known.judgements, evidence)


#: what a policy says of its rules, and the rules bound so: made once in each process
_latest: list[tuple[_Chosen, tuple[BoundRule, ...]]] = []


def _bound(chosen: _Chosen) -> tuple[BoundRule, ...]:
    if not _latest or _latest[0][0] is not chosen:
        known = {rule.id: rule for rule in rules()}
        bound = tuple(BoundRule(known[name], settings, severity) for name, settings, severity in chosen)
        _latest[:] = [(chosen, bound)]
    return _latest[0][1]


class Lost(Exception):
    """A worker died twice over one person."""


@dataclass(frozen=True, slots=True)
class _Failing:
    """A source that fails, for somebody whose evidence killed a worker."""

    def fetch(self, employee: Employee) -> Capture:
        """Always raises."""
        raise Lost


def _know_nothing(_employee_id: str) -> Known:
    return _NOTHING


@contextmanager
def workers_for(
    work: Work,
    wanted: int,
    people: int,
    cluster: str = "",
    known_of: Callable[[str], Known] = _know_nothing,
) -> Iterator[Examiner | None]:
    """Workers for so many people: on the cluster of this address, or in `wanted` processes (0 = one a core);
    None where that is not worth it. `known_of` tells what is known of a person. Raises UsageError for
    a cluster that cannot be reached."""
    if cluster:
        with _cluster(cluster) as executor:
            yield Examiner(work, _OnCluster(executor, work), _cluster_size(executor), known_of)
        return
    count = min(wanted or cores(), max(1, people // WORTH_IT))
    if count < 2:
        yield None
        return
    pool = _Pool(work)
    try:
        yield Examiner(work, pool, count, known_of)
    finally:
        pool.close()


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on every system
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


#: somebody who was asked for; None: was not to be looked at
_Asked: TypeAlias = "tuple[Employee, Future[Answer] | None]"


@dataclass(slots=True)
class Examiner:
    """Examines people in order, several at a time."""

    work: Work
    pool: _Pool | _OnCluster
    count: int
    known_of: Callable[[str], Known] = _know_nothing

    def each(
        self, people: Iterable[Employee], allowed: Callable[[Employee], bool]
    ) -> Iterator[Answer | None]:
        """What is said of each person, in the order of `people`, of whom only a few are asked ahead; None
        for somebody who is not `allowed` to be looked at when it is their turn to be asked."""
        waiting: deque[_Asked] = deque()
        for employee in people:
            future = None
            if allowed(employee):
                future = self.pool.submit(employee, self.known_of(employee.employee_id), self.count)
            waiting.append((employee, future))
            if len(waiting) >= self.count * _AHEAD:
                yield self._next(waiting)
        while waiting:
            yield self._next(waiting)

    def _next(self, waiting: deque[_Asked]) -> Answer | None:
        employee, future = waiting.popleft()
        if future is None:
            return None
        try:
            return future.result()
        except (BrokenProcessPool, CancelledError):
            return self._after_a_death(employee, waiting)
        except Exception as trouble:
            if self.pool.means_death(trouble):
                return self._failed(employee)
            raise

    def _after_a_death(self, employee: Employee, waiting: deque[_Asked]) -> Answer:
        """Everybody who was on the way is asked again, one after the other in one process, so that it shows
        whose evidence kills; then all workers go on."""
        self.pool.renew()
        examination = self._alone(employee)
        for place, (one, future) in enumerate(waiting):
            if future is not None and not _has_answered(future):
                answered: Future[Answer] = Future()
                answered.set_result(self._alone(one))
                waiting[place] = (one, answered)
        self.pool.renew()
        return examination

    def _alone(self, employee: Employee) -> Answer:
        try:
            return self.pool.submit(employee, _NOTHING, 1).result()
        except BrokenProcessPool:
            self.pool.renew()
            return self._failed(employee)

    def _failed(self, employee: Employee) -> Answer:
        failing: OpenSource = _Failing()
        steps = {n: EvidenceStep(n, failing, one.evidence_days, False) for n, one in self.work.steps.items()}
        return replace(self.work, steps=steps).answer(employee, _NOTHING)


def _has_answered(future: Future[Answer]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


@dataclass(slots=True)
class _Pool:
    """Processes of this machine, started when they are first needed."""

    work: Work
    _executor: ProcessPoolExecutor | None = field(default=None, init=False)

    def submit(self, employee: Employee, known: Known, count: int) -> Future[Answer]:
        """Ask for somebody's examination. A pool that broke is noticed when the answer is fetched."""
        if self._executor is None:
            self._executor = ProcessPoolExecutor(
                count,
                mp_context=_processes(),
                initializer=_take_work,
                initargs=(pickle.dumps(self.work),),
            )
        try:
            return self._executor.submit(_examine_here, employee, known)
        except BrokenProcessPool as trouble:
            broken: Future[Answer] = Future()
            broken.set_exception(trouble)
            return broken

    def renew(self) -> None:
        """Give up the processes there are; others are started when they are needed."""
        self.close()

    def close(self) -> None:
        """End the processes; what nobody waits for any more is not begun."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def means_death(self, trouble: Exception) -> bool:
        """A process that dies breaks the pool."""
        return False


def _processes() -> BaseContext:
    """How processes are started. Not by `fork`, since the desk and the browser have threads; where the system
    has such, a server that has read the program once starts them quickest."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload([__name__])
    return found


_here: list[Work] = []


def _take_work(pickled: bytes) -> None:
    _here[:] = [pickle.loads(pickled)]


def _examine_here(employee: Employee, known: Known) -> Answer:
    return _here[0].answer(employee, known)


@dataclass(slots=True)
class _OnCluster:
    """Workers of a Dask cluster, which asks again by itself when one of them dies."""

    executor: Any
    work: Work
    _scattered: Any = field(default=None, init=False)

    def submit(self, employee: Employee, known: Known, count: int) -> Future[Answer]:
        """Ask for somebody's examination; the work itself goes to each worker once."""
        if self._scattered is None:
            self._scattered = self.executor._client.scatter(self.work, broadcast=True)
        asked: Future[Answer] = self.executor.submit(_examine_with, self._scattered, employee, known)
        return asked

    def renew(self) -> None:
        """The cluster renews itself."""

    def means_death(self, trouble: Exception) -> bool:
        """Whether several workers died over one person."""
        return type(trouble).__name__ == "KilledWorker"


def _examine_with(work: Work, employee: Employee, known: Known) -> Answer:
    return work.answer(employee, known)


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError:
        raise UsageError(
            "run.cluster needs packages that are not installed.",
            hint_of_extra("cluster"),
            code="PACKAGES_MISSING",
        ) from None
    try:
        client: AbstractContextManager[Any] = Client(  # type: ignore[no-untyped-call]
            address, timeout="10s", set_as_default=False
        )
    except OSError as trouble:
        raise UsageError(
            f"The cluster {address} cannot be reached: {trouble}.", code="CLUSTER_UNREACHABLE"
        ) from None
    with client as opened:
        yield opened.get_executor(pure=False)


def _cluster_size(executor: Any) -> int:
    return max(1, int(sum(executor._client.ncores().values())))
