"""The ways in which an audit is struck. Each is drawn by seed; what it did is noted outside the call."""

from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.engine.default import DefaultDialect

from auditor.app import perform_run
from auditor.model.capture import CaptureStatus
from tests.faults.bench import Bench, Weather, call_audit, capture, end_of, in_child, source_of, walled
from tests.faults.clock import Clock, move_to

CLEAN, FINDINGS, NOT_SOUND, INTERNAL, INTERRUPTED = 0, 1, 3, 4, 130
FINISHED = {FINDINGS}


@dataclass(frozen=True, slots=True)
class Notes:
    """What a strike did, in a file beside the ledger: the people it hit (`hit`), or that it fell."""

    path: Path

    def write(self, what: str) -> None:
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(handle, (what + "\n").encode())
        os.close(handle)

    def read(self) -> list[str]:
        return self.path.read_text("utf-8").splitlines() if self.path.exists() else []


@dataclass(slots=True)
class Strike:
    """One fault. `weather` and `prepare` act in the call, `meanwhile` from outside it; `statuses` are the
    exit statuses that it may lead to; `falls` says whether an ended call was really struck."""

    kind: str
    statuses: set[int]
    weather: Weather = field(default_factory=Weather)
    prepare: Callable[[], None] | None = None
    meanwhile: Callable[[int], None] | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """What a strike may aim at: the bench, its draw, how many pages are left, how long a call takes (s)
    and how often it turns to the store."""

    bench: Bench
    draw: random.Random
    pages: int
    seconds: float
    store_calls: int
    notes: Notes

    def page(self) -> int:
        return self.draw.randrange(max(1, self.pages))

    def hit(self, employee) -> None:
        self.notes.write(f"hit {employee.employee_id}")

    def fell(self) -> None:
        self.notes.write("fell")


def kill_at_any_moment(field: Field) -> Strike:
    delay = field.draw.uniform(0, field.seconds)
    return Strike(
        "kill", {-9, FINDINGS}, meanwhile=lambda process: _signal_later(process, delay, signal.SIGKILL)
    )


def kill_at_a_page(field: Field) -> Strike:
    return Strike("kill", {-9}, Weather({field.page(): lambda *_: os.kill(os.getpid(), signal.SIGKILL)}))


def kill_in_the_store(field: Field) -> Strike:
    """Before, after or in the middle of the n-th time that the program turns to the store."""
    number, where = field.draw.randrange(field.store_calls), field.draw.choice(("before", "inside", "after"))
    moment = field.draw.uniform(0.00002, 0.001)
    only_commits = field.draw.random() < 0.5
    return Strike(
        "kill in the store",
        {-9, -14, FINDINGS, CLEAN},
        prepare=lambda: die_in_the_store(
            number // 3 if only_commits else number, where, moment, only_commits
        ),
    )


def die_in_the_store(number: int, where: str, moment: float, only_commits: bool) -> None:
    seen = iter(range(10**9))

    def struck(real):
        def call(*arguments, **more):
            due = next(seen) == number
            if due and where == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            if due and where == "inside":
                signal.signal(signal.SIGALRM, signal.SIG_DFL)
                signal.setitimer(signal.ITIMER_REAL, moment)
            result = real(*arguments, **more)
            if due:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return call

    for name in ("do_commit",) if only_commits else ("do_commit", "do_execute", "do_executemany"):
        setattr(DefaultDialect, name, struck(getattr(DefaultDialect, name)))


def interrupt(field: Field) -> Strike:
    number = field.draw.choice((signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
    times = field.draw.choice((1, 1, 2))

    def happens(*_) -> None:
        for _ in range(times):
            os.kill(os.getpid(), number)

    return Strike("interrupt", {INTERRUPTED}, Weather({field.page(): happens}))


def interrupt_at_any_moment(field: Field) -> Strike:
    number = field.draw.choice((signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
    delay = field.draw.uniform(0, field.seconds)
    return Strike(
        "interrupt",
        {INTERRUPTED, -number, FINDINGS},
        meanwhile=lambda process: _signal_later(process, delay, number),
    )


def refusal(field: Field) -> Strike:
    """From one page on the site refuses everything, until the next call."""
    first, count = field.page(), iter(range(10**9))
    answer = field.draw.choice(
        (
            lambda employee: capture(employee, CaptureStatus.RATE_LIMITED, http_status=429, retry_after=0.0),
            lambda employee: capture(employee, CaptureStatus.RATE_LIMITED, http_status=999),
            lambda employee: capture(employee, CaptureStatus.CHALLENGE, http_status=200),
            walled,
        )
    )

    def happens(employee, _honest):
        if next(count) < first:
            return None
        field.fell()
        return answer(employee)

    return Strike("refusal", {NOT_SOUND}, Weather(always=happens))


def trouble_with_one_page(field: Field) -> Strike:
    status, code = field.draw.choice(
        (
            (CaptureStatus.NETWORK_ERROR, None),
            (CaptureStatus.NETWORK_ERROR, 500),
            (CaptureStatus.TIMEOUT, None),
        )
    )

    def happens(employee, _honest):
        field.hit(employee)
        return capture(employee, status, http_status=code, trouble="a test's own trouble")

    return Strike(
        "hang" if status is CaptureStatus.TIMEOUT else "500" if code else "dropped", FINISHED,
        Weather({field.page(): happens}),
    )  # fmt: skip


def the_source_breaks(field: Field) -> Strike:
    trouble = field.draw.choice((RuntimeError("gone"), OSError(24, "Too many open files"), MemoryError()))

    def happens(employee, _honest):
        field.hit(employee)
        raise trouble

    return Strike("source broke", {NOT_SOUND}, Weather({field.page(): happens}))


def the_page_is_a_trap(field: Field) -> Strike:
    """Evidence that is too old, empty, or half a page."""

    def old(honest):
        return replace(honest, captured_at=datetime.now(UTC) - timedelta(days=400))

    def cut(honest):
        main, *more = honest.artifacts
        return replace(honest, artifacts=(replace(main, body=main.body[: field.draw.randrange(900)]), *more))

    spoil = field.draw.choice((old, cut))

    def happens(employee, honest):
        field.hit(employee)
        return spoil(honest)

    return Strike(
        "old evidence" if spoil is old else "half a page", FINISHED, Weather({field.page(): happens})
    )


def disk_full(field: Field) -> Strike:
    size = field.bench.store.stat().st_size + field.draw.randrange(-20_000, 60_000)

    def prepare() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (max(4096, size), resource.RLIM_INFINITY))

    return Strike("disk full", {INTERNAL, FINDINGS}, prepare=prepare)


def store_locked(field: Field) -> Strike:
    """Another program holds the store: shortly (it is waited for) or for good."""
    long, how = field.draw.random() < 0.5, field.draw.choice(("IMMEDIATE", "EXCLUSIVE"))

    def happens(*_) -> None:
        field.fell()
        holder = sqlite3.connect(field.bench.store, isolation_level=None, check_same_thread=False)
        holder.execute(f"BEGIN {how}")
        if not long:
            threading.Timer(0.1, holder.rollback).start()
        _KEPT.append(holder)

    statuses = {INTERNAL} if long else {FINDINGS}
    return Strike("store locked", statuses, Weather({field.page(): happens}))


_KEPT: list[sqlite3.Connection] = []


def second_run(field: Field) -> Strike:
    """Somebody starts the same audit while it is going on."""
    bench = field.bench

    def happens(*_) -> None:
        arguments = bench.world.arguments(bench.folder, "2026-11-22")
        source = source_of(bench.world.pages, bench.ledger, bench.calls, Weather())
        said = bench.folder / "said-second"
        status = end_of(in_child(lambda: call_audit(bench.world, arguments, source, None), said))
        field.notes.write("fell" if status == INTERNAL else f"wrong: a second run ended with {status}")

    return Strike("second run", FINISHED, Weather({field.page(): happens}))


def clock_jump(field: Field) -> Strike:
    draw, clock = field.draw, Clock()
    days = draw.choice((-20, -1, 1, 20, 0))
    night = datetime(2026, 10, 25, 0, 59, 59, tzinfo=UTC)  # summer time ends one second later
    zone = draw.choice(("Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Brussels"))

    def happens(*_) -> None:
        field.fell()
        move_to(zone)
        if days:
            clock.offset = timedelta(days=days, seconds=draw.uniform(-5000, 5000))
        else:
            clock.offset = night - datetime.now(UTC)

    return Strike("clock jump", FINISHED, Weather({field.page(): happens}), prepare=clock.install)


def a_rule_breaks(field: Field) -> Strike:
    """One rule raises for one person."""
    trouble = field.draw.choice((MemoryError(), ZeroDivisionError(), RecursionError()))
    rule_id = field.draw.choice(("BNR001", "HDL001", "CMP001", "LVR001", "PRF001"))
    number, count = field.page() // 2, iter(range(10**9))

    def prepare() -> None:
        def broken(check):
            def call(subject, settings):
                if next(count) == number:
                    field.hit(subject.employee)
                    raise trouble
                return check(subject, settings)

            return call

        def spoilt(bound):
            return replace(bound, rule=replace(bound.rule, check=broken(bound.rule.check)))

        policy_of = perform_run.policy_of

        def spoilt_policy(path):
            policy = policy_of(path)
            rules = tuple(spoilt(bound) if bound.id == rule_id else bound for bound in policy.rules)
            return replace(policy, rules=rules)

        perform_run.policy_of = spoilt_policy

    kind = "out of memory" if isinstance(trouble, MemoryError) else "rule broke"
    return Strike(kind, {NOT_SOUND, FINDINGS}, prepare=prepare)


def _signal_later(process: int, delay: float, number: int) -> None:
    time.sleep(delay)
    os.kill(process, number)


#: how often each is drawn
DRAWN: dict[Callable[[Field], Strike], int] = {
    kill_at_any_moment: 5,
    kill_at_a_page: 3,
    kill_in_the_store: 6,
    interrupt: 2,
    interrupt_at_any_moment: 2,
    refusal: 4,
    trouble_with_one_page: 3,
    the_source_breaks: 2,
    the_page_is_a_trap: 1,
    disk_full: 3,
    store_locked: 2,
    second_run: 1,
    clock_jump: 3,
    a_rule_breaks: 2,
}


def draw_way(draw: random.Random) -> Callable[[Field], Strike]:
    (chosen,) = draw.choices(list(DRAWN), weights=list(DRAWN.values()))
    return chosen
