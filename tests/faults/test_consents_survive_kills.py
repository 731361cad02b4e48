"""A whole staff on its own consent: a run that is killed again and again asks nobody twice, loses nothing."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from auditor.app.doors import could_decide
from auditor.app.registry import sources
from auditor.demo.consent_site import BEYOND, SECRET
from auditor.model.consent import ConsentState, Token
from auditor.model.rule import Undetermined
from auditor.sources.member_consent import connected
from auditor.store import tables
from auditor.store.runs import RunStore
from tests.app.consenting import Door, member_of, number_of
from tests.privacy.everything import places_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("people", "kills"),
    [
        pytest.param(100, 2, marks=pytest.mark.timeout(900)),
        pytest.param(20_000, 20, marks=[pytest.mark.long, pytest.mark.timeout(14_400)]),
    ],
)
def test_a_killed_run_asks_nobody_twice_and_uses_no_consent_that_ended(tmp_path, monkeypatch, people, kills):
    monkeypatch.setenv("INVENTED_APP_SECRET", SECRET)
    began = time.monotonic()
    door = Door(tmp_path / "firm", people)
    try:
        _walk(door, people, kills, began)
    finally:
        door.close()


def _walk(door: Door, people: int, kills: int, began: float) -> None:
    door.write_policy("reports: {packs: false}\n")
    consenting = [place for place in range(people) if place % 5 < 3]
    numbers = [number_of(place) for place in consenting]
    taken_back = numbers[::12]  # 5 % of all people
    rest = [one for one in numbers if one not in set(taken_back)]
    ended = rest[: people * 3 // 100]  # 3 %: half of them at LinkedIn, half by the calendar
    long_ago = set(ended[1::2])
    _connect(door, consenting, long_ago)
    for number in ended[::2]:
        door.site.end_consent(number)
    withdrawn: dict[str, int] = {}  # how often each was fetched until then
    for number in taken_back[::2]:
        _take_back(door, number, withdrawn)
    later = list(reversed(taken_back[1::2]))  # these take it back while the run stands still
    expected = len(rest) - len(ended)
    ready = time.monotonic()
    for kill in range(1, kills + 1):
        kept = _kept(door)
        before = dict(door.site.fetches)
        _run_until(door, expected * kill // (kills + 1))
        assert {one: door.site.fetches[one] for one in kept} == {one: before[one] for one in kept}
        for number in later[:: kills - kill + 1]:
            _take_back(door, number, withdrawn)
        later = [number for number in later if number not in withdrawn]
    assert set(withdrawn) == set(taken_back)
    asked_twice = sum(times - 1 for times in door.site.fetches.values())
    assert asked_twice <= kills, "only whoever was being asked for when the run was killed"
    fetched_before = dict(door.site.fetches)
    final = _start(door)
    output, _ = final.communicate(timeout=5000)
    assert final.returncode in (0, 1, 3), output
    finished = time.monotonic()
    twice = [one for one, times in fetched_before.items() if door.site.fetches[one] > times]
    assert len(twice) <= 1
    assert withdrawn == {one: door.site.fetches[one] for one in withdrawn}, "nor one that was taken back"
    _check(door, people, set(numbers), set(withdrawn), set(ended))
    assert long_ago.isdisjoint(door.site.fetches), "no consent is used beyond its last day"
    assert BEYOND not in output
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = time.process_time()
    print(
        f"\n{people} people, {len(consenting)} consented, {len(withdrawn)} withdrew, {len(ended)} expired, "
        f"{kills} kills: {sum(door.site.fetches.values())} fetches, {door.site.requests} requests, "
        f"{asked_twice + len(twice)} asked again; {ready - began:.0f} s to consent, "
        f"{finished - ready:.0f} s to audit; CPU {spent.ru_utime + spent.ru_stime:.0f} s of the runs, "
        f"{own:.0f} s of the replica and the test"
    )


def _take_back(door: Door, number: str, withdrawn: dict[str, int]) -> None:
    assert door.consents.withdraw(number, door.today)
    withdrawn[number] = door.site.fetches[number]


def _check(door: Door, people: int, numbers: set[str], withdrawn: set[str], ended: set[str]) -> None:
    standing = numbers - withdrawn - ended
    store = RunStore(door.engine)
    run = store.latest()
    found = {one.employee.employee_id: one for one in store.examinations(run.facts.id)}
    assert len(found) == people, "nobody is lost"
    shown = {one.id for one in door.policy.rules if could_decide(sources()["member_consent"], one)}
    for number, examination in found.items():
        decided = {one.rule_id for one in examination.results if not isinstance(one.outcome, Undetermined)}
        if number in standing:
            assert shown <= decided, "every rule that the door can show is decided"
        elif not door.site.fetches[number]:
            assert {"HDL001", "PRF001"}.isdisjoint(decided), number
    # some took it back after they were fetched; nothing of that is kept
    assert standing <= {one for one, times in door.site.fetches.items() if times} <= standing | withdrawn
    lines = door.consents.all()
    assert {one for one, line in lines.items() if line.state is ConsentState.WITHDRAWN} == withdrawn
    assert {one for one, line in lines.items() if line.state is ConsentState.EXPIRED} == ended
    assert _kept(door) == standing
    with door.engine.connect() as connection:
        left = set(connection.execute(sa.select(tables.consent_tokens.c.employee_id)).scalars())
    assert left == standing
    assert places_of(BEYOND, door.folder) == []


def _connect(door: Door, places: list[int], long_ago: set[str]) -> None:
    """What the member's page does for each, on one connection; some pages need something changed, and some
    consents were given so `long_ago` that they have ended."""
    now = datetime.now(UTC)
    for place in places[::50]:
        door.site.change(member_of(place, "Keeps bees"))
    with connected(door.policy.source_settings["member_consent"]) as data:
        for place in places:
            token = data.exchange(door.site.visit(data.consent_page("state"), number_of(place))["code"])
            assert isinstance(token, Token)
            given = now - timedelta(days=366) if number_of(place) in long_ago else now
            door.consents.connect(number_of(place), token, given.date(), given)


def _kept(door: Door) -> set[str]:
    with door.engine.connect() as connection:
        return set(connection.execute(sa.select(tables.consent_snapshots.c.employee_id)).scalars())


def _start(door: Door) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "auditor", "run", "--no-progress"]
    where = ("--roster", "people.csv", "--policy", "config/policy.yaml", "--output", "reports")
    return subprocess.Popen(
        [*command, *where, "--today", door.today.isoformat()],
        cwd=door.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _run_until(door: Door, fetches: int) -> None:
    """Start the run and kill it as soon as so many people were asked for."""
    run = _start(door)
    until = datetime.now(UTC) + timedelta(minutes=15)
    while len(door.site.fetches) < fetches:
        assert run.poll() is None, run.communicate()[0]
        assert datetime.now(UTC) < until
        time.sleep(0.01)
    run.send_signal(signal.SIGKILL)
    run.wait()
    run.communicate()
