"""What the pages of one desk share: the policy, the latest report, the folder that is watched, a run."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import structlog

from auditor.app.collect import EXPORTS, PAGES, Collector, People, people_of_plan
from auditor.app.latest_report import LatestReport, Reported
from auditor.app.paths import base_folder, log_of
from auditor.app.perform_run import RunEvents, perform_run
from auditor.app.run_audit import RunEnd
from auditor.app.run_plan import RunRequest, prepare, today_of
from auditor.errors import AuditorError
from auditor.findings.decisions import settle
from auditor.model.employee import Employee
from auditor.model.policy import Policy
from auditor.store.decisions import DecisionStore
from auditor.store.runs import RunStore

log = structlog.get_logger()
#: seconds between two looks into the watched folder
LOOK_EVERY = 0.5


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


class Desk:
    """One desk. Its pages run in several threads."""

    def __init__(self, settings: DeskSettings) -> None:
        self.settings = settings
        self.by = settings.by
        self.latest = LatestReport(settings.policy)
        self.progress = Progress()
        self._lock = threading.Lock()
        self._collector: tuple[tuple[object, ...], Collector] | None = None
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
            self.settings.roster, self.settings.policy, self.settings.output, captures=self._captures()
        )

    @property
    def inbox(self) -> Path:
        """The folder in which pages are saved."""
        return self.settings.inbox or base_folder(self.settings.policy) / "inbox"

    def places(self) -> dict[str, Path]:
        """Where evidence lies, by source: as a run finds it."""
        policy = self.policy
        captures = self._captures()
        found = {}
        for name in (PAGES, EXPORTS):
            own = getattr(policy.source_settings[name], "folder", "")
            if captures is not None:
                found[name] = captures / name
            elif own:
                found[name] = policy.path.parent / own
        return found

    def _captures(self) -> Path | None:
        """One folder for all evidence, where the policy names none."""
        if self.settings.captures is not None:
            return self.settings.captures
        policy = self.policy
        named = (getattr(policy.source_settings[name], "folder", "") for name in (PAGES, EXPORTS))
        return None if any(named) else base_folder(policy.path) / "evidence"

    def collector(self) -> Collector:
        """The collector for today's people; made anew when the roster, the policy, a run or HR's answers
        changed. Raises AuditorError."""
        reported = self.latest()
        roster = self.settings.roster
        stamp = roster.stat().st_mtime_ns if roster and roster.exists() else 0
        marks = (
            stamp,
            self.policy.sha256,
            self.today,
            reported.run.facts.id if reported else "",
            len(reported.decisions) if reported else 0,
        )
        with self._lock:
            if self._collector is None or self._collector[0] != marks:
                places = self.places()
                for folder in (self.inbox, *places.values()):
                    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                before = self._collector[1].arrivals() if self._collector else []
                made = Collector(self.policy, self._people(reported), reported, self.inbox, places, before)
                made.note_kept()
                self._collector = (marks, made)
            return self._collector[1]

    def _people(self, reported: Reported | None) -> People:
        request = self.request()
        if request is None:
            raise AuditorError(
                "The desk was started without a roster.", "Start it with: auditor desk --roster FILE"
            )
        plan = prepare(replace(request, keep=False), self.policy, self.store)
        return people_of_plan(plan, settle(DecisionStore(self.store.engine).all()))

    def expected(self) -> Employee | None:
        """The person whose page is being saved."""
        with self._lock:
            collector = self._collector[1] if self._collector else None
        return collector.person(self.at) if collector and self.at else None

    def watch(self) -> None:
        """Look into the folder again and again until the desk ends; to be called in a thread of its own."""
        while not self.ended.wait(LOOK_EVERY):
            with self._lock:
                collector = self._collector[1] if self._collector else None
            if collector is not None:
                collector.look(self.expected())

    def start_run(self) -> bool:
        """Start a run, or go on with the month's unfinished one; False where one is going on here."""
        request = self.request()
        with self._lock:
            if self.progress.running or request is None:
                return False
            self.progress = Progress(running=True)
        threading.Thread(target=self._run, args=(request, self.progress), daemon=True).start()
        return True

    def pause_run(self) -> None:
        """Stop after the person whose turn it is; everybody so far is kept."""
        self.progress.stopping = True

    def _run(self, request: RunRequest, progress: Progress) -> None:
        def told(done: int, total: int) -> None:
            if progress.begun_with is None:
                progress.begun_with, progress.begun_at = done, time.monotonic()
            progress.done, progress.total = done, total

        try:
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
