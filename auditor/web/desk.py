"""What the pages of one desk share: the policy, the latest report, the folder that is watched, a run."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import structlog

from auditor.app.collect import Collector
from auditor.app.eligibility import register_of
from auditor.app.evidence_places import collected_places
from auditor.app.latest_report import LatestReport, Reported
from auditor.app.paths import base_folder, log_of
from auditor.app.perform_run import RunEvents, perform_run
from auditor.app.run_audit import RunEnd
from auditor.app.run_plan import RunPlan, RunRequest, prepare, today_of
from auditor.app.wanted_people import People, people_of_plan
from auditor.errors import AuditorError
from auditor.findings.decisions import settle
from auditor.model.decision import Decision
from auditor.model.employee import Employee
from auditor.model.policy import Policy
from auditor.store.decisions import DecisionStore
from auditor.store.runs import RunStore

log = structlog.get_logger()
#: seconds between two looks into the watched folder
LOOK_EVERY = 0.5
#: seconds that a page waits for a large report before it says that it is being read
PATIENCE = 4


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """What the desk is started with. `by` is who answers, where the page says nothing else."""

    policy: Path
    output: Path
    by: str
    roster: Path | None = None
    inbox: Path | None = None
    captures: Path | None = None


@dataclass(slots=True)
class Progress:
    """How far a run is. `text` is what went wrong or what there is to say; times in monotonic seconds."""

    done: int = 0
    total: int = 0
    begun_at: float = field(default_factory=time.monotonic)
    begun_with: int | None = None
    running: bool = False
    stopping: bool = False
    text: str = ""
    end: RunEnd | None = None

    @property
    def seconds_left(self) -> float | None:
        """How long it will take at the pace so far; None while that is not known."""
        done = self.done - (self.begun_with or 0)
        if not self.running or done < 3:
            return None
        return (time.monotonic() - self.begun_at) / done * (self.total - self.done)


@dataclass(slots=True)
class _Collected:
    """The collector with what it was made of: everything that asks for a new one, and HR's decisions."""

    marks: tuple[object, ...]
    plan: RunPlan
    people: People
    decisions: tuple[Decision, ...]
    collector: Collector


class Desk:
    """One desk. Its pages run in several threads."""

    def __init__(self, settings: DeskSettings) -> None:
        self.settings = settings
        self.by = settings.by
        self.latest = LatestReport(settings.policy, PATIENCE)
        self.progress = Progress()
        self._lock = threading.Lock()
        self._collected: _Collected | None = None
        self._running: threading.Thread | None = None
        self.ended = threading.Event()
        #: the person whose page is being saved, by employee id
        self.at = ""

    @property
    def policy(self) -> Policy:
        """The policy as it stands now. Raises ConfigError."""
        return self.latest.policy

    @property
    def store(self) -> RunStore:
        """The policy's store. Raises StoreError."""
        return self.latest.store

    @property
    def today(self) -> date:
        """Today where the company is."""
        return today_of(self.policy, None)

    def note_refusal(self, why: str, times: int) -> None:
        """A refused request leaves a line in the audit log, which names nobody; `times` 0 = this once."""
        facts = {"why": why, **({"times": times} if times else {})}
        try:
            log_of(self.policy, self.store.engine).append("desk_refused", **facts)
        except Exception:  # whatever is wrong with the store, the desk goes on refusing
            log.warning("desk_refused", **facts)

    def request(self) -> RunRequest | None:
        """The run that the desk starts; None where it was given no roster."""
        if self.settings.roster is None:
            return None
        return RunRequest(
            self.settings.roster, self.settings.policy, self.settings.output, captures=self.settings.captures
        )

    @property
    def inbox(self) -> Path:
        """The folder in which pages are saved."""
        return self.settings.inbox or base_folder(self.settings.policy) / "inbox"

    def places(self) -> dict[str, Path]:
        """Where evidence lies, by source: as a run finds it."""
        return collected_places(self.policy, self.settings.captures)

    def _make_places(self) -> dict[str, Path]:
        """The same, once the folders are there: a run asks for them also where nothing was collected."""
        places = self.places()
        for folder in (self.inbox, *places.values()):
            with suppress(OSError):  # the collector, or the run, says what is wrong with its folder
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return places

    def collector(self) -> Collector:
        """The collector for today's people; made anew when the roster, the policy, a run or an objection
        changed, and told what HR answered meanwhile. Raises AuditorError."""
        reported = self.latest()
        roster = self.settings.roster
        marks = (
            roster.stat().st_mtime_ns if roster and roster.exists() else 0,
            self.policy.sha256,
            self.today,
            reported.run.facts.id if reported else "",
            frozenset(register_of(self.policy, self.store.engine).known()),
        )
        decisions = reported.decisions if reported else ()
        with self._lock:
            known = self._collected
            if known is None or known.marks != marks:
                known = self._collected = self._collect(reported, marks)
            elif known.decisions is not decisions:
                known.people = people_of_plan(known.plan, decisions, known.people)
                known.decisions = decisions
                known.collector.people_are(known.people)
            return known.collector

    def plan(self) -> RunPlan:
        """The run that would be started now. Raises AuditorError."""
        self.collector()
        with self._lock:
            assert self._collected is not None
            return self._collected.plan

    def _collect(self, reported: Reported | None, marks: tuple[object, ...]) -> _Collected:
        request = self.request()
        if request is None:
            raise AuditorError(
                "The desk was started without a roster.",
                "Start it with: auditor desk --roster FILE",
                code="DESK_WITHOUT_ROSTER",
            )
        places = self._make_places()
        decisions = reported.decisions if reported else settle(DecisionStore(self.store.engine).all())
        plan = prepare(replace(request, keep=False), self.policy, self.store)
        people = people_of_plan(plan, decisions)
        before = self._collected.collector.arrivals() if self._collected else []
        made = Collector(self.policy, people, reported, self.inbox, places, before)
        threading.Thread(target=made.note_kept, daemon=True).start()
        return _Collected(marks, plan, people, reported.decisions if reported else (), made)

    def expected(self) -> Employee | None:
        """The person whose page is being saved."""
        with self._lock:
            known = self._collected
        return known.collector.person(self.at) if known and self.at else None

    def read_ahead(self) -> None:
        """Begin to read the latest report before anybody asks for it."""
        with suppress(AuditorError):
            self.latest()

    def watch(self) -> None:
        """Look into the folder again and again until the desk ends; to be called in a thread of its own."""
        while not self.ended.wait(LOOK_EVERY):
            known = self._collected
            try:
                if known is not None:
                    known.collector.look(self.expected())
            except Exception as fault:  # watching goes on whatever one look met
                log.error("desk_look_failed", kind=type(fault).__name__)

    def start_run(self) -> bool:
        """Start a run, or go on with the month's unfinished one; False where one is going on here."""
        request = self.request()
        with self._lock:
            if self.progress.running or request is None:
                return False
            self.progress = Progress(running=True)
        self._running = threading.Thread(target=self._run, args=(request, self.progress), daemon=True)
        self._running.start()
        return True

    def pause_run(self) -> None:
        """Stop after the person whose turn it is; everybody so far is kept."""
        self.progress.stopping = True

    def end(self) -> None:
        """End the desk: a run stops after the person whose turn it is, or when its reports are written."""
        self.ended.set()
        self.pause_run()
        if self._running is not None:
            self._running.join()

    def _run(self, request: RunRequest, progress: Progress) -> None:
        def told(done: int, total: int) -> None:
            if progress.begun_with is None:
                progress.begun_with, progress.begun_at = done, time.monotonic()
            progress.done, progress.total = done, total

        try:
            self._make_places()
            progress.end = perform_run(request, _stopping(progress), RunEvents(progress=told))
        except AuditorError as trouble:
            progress.text = " ".join(filter(None, (trouble.message, trouble.hint)))
        except Exception as trouble:
            log.exception("desk_run_failed", kind=type(trouble).__name__)
            progress.text = f"{type(trouble).__name__}: {str(trouble)[:200]}"
        finally:
            progress.running = False


@contextmanager
def _stopping(progress: Progress) -> Iterator[Callable[[], bool]]:
    yield lambda: progress.stopping
