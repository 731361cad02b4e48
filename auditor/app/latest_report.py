"""The report of the latest run, kept in memory for pages that are looked at again and again."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from auditor.app.publish import stored_report
from auditor.app.registry import policy_of
from auditor.app.run_plan import open_store, today_of
from auditor.errors import AuditorError, StoreError
from auditor.feedback.answers import KnownReport
from auditor.findings.counting import STANDING
from auditor.findings.decisions import heed, latest, settle, withdrawn_addresses
from auditor.model.address import profile_slug
from auditor.model.decision import Decision, DecisionReason, DecisionWord
from auditor.model.employee import RosterState
from auditor.model.examination import asked_name
from auditor.model.finding import TrackedFinding
from auditor.model.message import say
from auditor.model.policy import Policy
from auditor.model.rule import Confidence
from auditor.offboarding.cases import Case
from auditor.offboarding.letters_sent import last_looks, letters_sent
from auditor.offboarding.step_notes import answers_of
from auditor.reports import shown
from auditor.reports.offboarding.cases import cases
from auditor.reports.scope import Scope, urgency, whole
from auditor.store.cases import CaseEventStore, StepNoteStore
from auditor.store.database import sqlite_path
from auditor.store.decisions import DecisionStore
from auditor.store.history import newest_numbers
from auditor.store.runs import RunStore, StoredRun

#: what was asked: a finding's fingerprint, or a person's number
Subject = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered about a finding or a person: the answer that holds, and all of this report."""

    holds: Decision | None = None
    said: tuple[Decision, ...] = ()

    @property
    def contradicts(self) -> bool:
        """Whether two people gave different answers, so that neither holds."""
        return any(one.reason is DecisionReason.TWO_ANSWERS for one in self.said)

    @property
    def rejected(self) -> Decision | None:
        """The newest answer, where it could not be applied."""
        newest = self.said[-1] if self.said else None
        return newest if newest and not newest.applied else None


@dataclass(frozen=True, slots=True)
class Reported:
    """The latest run that ended and what people have answered since. Pictures are left out.

    `findings` stand in the order of urgency, those that ask for something first; `known` is the report as
    answers are checked against it; `answered` goes by subject.
    """

    run: StoredRun
    scope: Scope
    findings: tuple[TrackedFinding, ...]
    known: KnownReport
    cases: tuple[Case, ...]
    answered: Mapping[Subject, Answered] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    by_fingerprint: Mapping[str, TrackedFinding] = field(default_factory=dict)

    def finding(self, fingerprint: str) -> TrackedFinding | None:
        """The finding of a fingerprint."""
        return self.by_fingerprint.get(fingerprint)

    def answer_to(self, subject: Subject) -> Answered:
        """What was answered about a finding `(fingerprint, "")` or a person `("", number)`."""
        return self.answered.get(subject, Answered())

    def questions(self) -> list[TrackedFinding]:
        """The findings that a person must look at."""
        return [
            one
            for one in self.findings
            if one.state in STANDING and one.finding.confidence is Confidence.REVIEW
        ]


class StillReading(AuditorError):
    """The report of the latest run is still being read."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """A store with the address and the file that it was opened by; no file where it is on a server."""

    address: str
    store: RunStore
    file: tuple[int, int] | None


def _file_of(store: RunStore) -> tuple[int, int] | None:
    """Which file a store's address leads to now; None where there is none."""
    path = sqlite_path(store.engine.url)
    try:
        facts = path.stat() if path else None
    except OSError:
        return None
    return (facts.st_dev, facts.st_ino) if facts else None


class LatestReport:
    """The latest report of a policy's store; read anew only where something has changed.

    Several threads may ask at once: the report is read once, and all wait for it.
    """

    def __init__(self, policy: Path, patience: float | None = None) -> None:
        self._path = policy
        #: seconds that somebody waits for a report that is read for the first time; None = until it is there
        self.patience = patience
        self._reader = ThreadPoolExecutor(1)
        self._coming: tuple[tuple[Any, ...], Future[Reported | None]] | None = None
        self._lock = threading.Lock()
        self._policy: tuple[int, Policy] | None = None
        self._opening = threading.Lock()
        self._store: _Opened | None = None
        self._marks: tuple[Any, ...] = ()
        self._reported: Reported | None = None

    @property
    def policy(self) -> Policy:
        """The policy as its file stands now, decisions that are still open included. Raises ConfigError."""
        try:
            changed = self._path.stat().st_mtime_ns
        except OSError:
            changed = 0
        if self._policy is None or self._policy[0] != changed or not changed:
            self._policy = changed, policy_of(self._path, unfinished=True)
        return self._policy[1]

    @property
    def store(self) -> RunStore:
        """The policy's store, opened anew where another file has taken its place. Raises StoreError, also
        where the file is gone: an empty one instead would look like a first month."""
        policy = self.policy
        with self._opening:
            if self._store is not None and self._store.address == policy.store_address:
                file = _file_of(self._store.store)
                if file == self._store.file:
                    return self._store.store
                if file is None:
                    raise StoreError(
                        f"The store is no longer there: {self._store.store.engine.url.database}.",
                        "Put the file back; until then nothing can be shown or answered.",
                        code="STORE_GONE",
                    )
                self._store.store.engine.dispose()
            opened = open_store(policy)
            self._store = _Opened(policy.store_address, opened, _file_of(opened))
            return opened

    def __call__(self) -> Reported | None:
        """The latest report; None where no run has ended. Raises StoreError, ConfigError, and StillReading
        where reading it takes longer than `patience`."""
        with self._lock:
            policy, store = self.policy, self.store
            run = store.latest_ending()
            if run is None:
                self._reported = None
                return None
            answers = newest_numbers(store.engine)
            marks = (store, run, policy.sha256, today_of(policy, None))
            if self._reported is not None and marks == self._marks[:-1]:
                if answers != self._marks[-1]:
                    departures = answers[1:] != self._marks[-1][1:]
                    self._reported = _with_answers(self._reported, store, departures=departures)
                    self._marks = (*marks, answers)
                return self._reported
            if self._coming is None or self._coming[0] != marks:
                self._coming = marks, self._reader.submit(_reported, store, policy)
            coming = self._coming[1]
        try:
            found = coming.result(self.patience)
        except TimeoutError:
            raise StillReading(
                say("The report of the latest run is being read; with many people that takes a while."),
                say("Open this page again in a moment."),
                code="STILL_READING",
            ) from None
        finally:
            with self._lock:
                if coming.done() and self._coming is not None and self._coming[1] is coming:
                    self._coming = None
        with self._lock:
            self._reported, self._marks = found, (*marks, answers)
            return found


def _reported(store: RunStore, policy: Policy) -> Reported | None:
    run = store.latest()
    if run is None or run.health is None:
        return None
    report = stored_report(store, run, policy, on=today_of(policy, None), pictures=False)
    scope = whole(report)
    order = sorted(scope.findings, key=lambda one: (one.state not in STANDING, urgency(scope, one)))
    known = _known(run, scope, policy)
    found = {one.finding.fingerprint: one for one in order}
    made = Reported(run, scope, tuple(order), known, (), by_fingerprint=found)
    return _with_answers(made, store, departures=True)


def _with_departures(before: Reported, store: RunStore) -> Reported:
    """The same report with what was noted and recorded about departures until now."""
    answers = answers_of(StepNoteStore(store.engine).all())
    report = before.scope.report
    people = (*(one.employee for one in report.examinations), *report.departed.values())
    events = CaseEventStore(store.engine).all()
    report = replace(
        report,
        case_answers=answers,
        looks=last_looks(people, events),
        letters_sent=letters_sent(people, events, answers),
    )
    scope = replace(before.scope, report=report, steps={})
    return replace(before, scope=scope, cases=tuple(cases(scope)))


def _with_answers(before: Reported, store: RunStore, *, departures: bool) -> Reported:
    """The same report with what people have answered until now, and with what was recorded about
    departures where anything was."""
    if departures:
        before = _with_departures(before, store)
    decisions = settle(DecisionStore(store.engine).all())
    today = before.run.facts.today
    employees = before.run.roster.employees
    looked_at = heed(employees, (one for one in decisions if one.read_on <= today), today)
    known = replace(
        before.known,
        withdrawn=withdrawn_addresses(decisions),
        addresses={one.employee_id: one.profile_url for one in looked_at if one.profile_url},
    )
    said: dict[Subject, list[Decision]] = {}
    for one in decisions:
        if one.report_id == before.run.facts.id:
            said.setdefault(one.subject, []).append(one)
    holding = {
        subject: one for subject, one in latest(decisions).items() if one.word is not DecisionWord.TAKEN_BACK
    }
    answered = {
        subject: Answered(holding.get(subject), tuple(said.get(subject, ()))) for subject in {*said, *holding}
    }
    return replace(
        before,
        known=known,
        answered=answered,
        decisions=decisions,
    )


def _known(run: StoredRun, scope: Scope, policy: Policy) -> KnownReport:
    people = run.roster.employees
    present = [one for one in people if one.roster_state is not RosterState.VANISHED]
    names = {one.employee.employee_id: asked_name(one) for one in scope.examinations}
    return KnownReport(
        run_id=run.facts.id,
        policy_sha256=run.facts.policy_sha256,
        findings={one.finding.fingerprint: one.finding.employee_id for one in scope.findings},
        people={one.employee_id: one.employee_id for one in people},
        names={one.employee_id: shown(one.full_name) for one in people},
        addresses={},
        roster_addresses={one.employee_id: one.profile_url for one in people if one.profile_url},
        in_roster=frozenset(one.employee_id for one in present),
        taken={profile_slug(one.profile_url) or "": one.employee_id for one in present if one.profile_url},
        hosts=policy.allowed_hosts,
        asked_names={key: name for key, name in names.items() if name},
    )
