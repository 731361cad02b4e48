"""A whole staff on its own consent: a run that is killed again and again asks nobody twice, loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

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
        pytest.param(300, 3, marks=pytest.mark.timeout(900)),
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
    _connect(door, consenting)
    twentieth, at_linkedin = consenting[:: 20 * 3 // 5], consenting[1 :: 33 * 3 // 5]
    ended = [place for place in at_linkedin if place not in set(twentieth)]
    for place in twentieth[::2]:
        assert door.consents.withdraw(number_of(place), door.today)
    for place in ended:
        door.site.end_consent(number_of(place))
    expected = len(consenting) - len(twentieth) - len(ended)
    later = [number_of(place) for place in reversed(twentieth[1::2])]
    withdrawn = {number_of(place) for place in twentieth[::2]}
    ready = time.monotonic()
    for kill in range(1, kills + 1):
        kept = _kept(door)
        before = dict(door.site.fetches)
        _run_until(door, expected * kill // (kills + 1))
        assert {one: door.site.fetches[one] for one in kept} == {one: before[one] for one in kept}
        if later and door.site.fetches[later[0]] == 0:  # some take it back while the run stands still
            withdrawn.add(later[0])
            door.consents.withdraw(later.pop(0), door.today)
    asked_twice = sum(times - 1 for times in door.site.fetches.values())
    assert asked_twice <= kills, "only whoever was being asked for when the run was killed"
    done = _start(door)
    output, _ = done.communicate(timeout=5000)
    assert done.returncode in (0, 1, 3), output
    finished = time.monotonic()
    _check(door, people, consenting, withdrawn, {number_of(place) for place in ended})
    assert BEYOND not in output
    print(
        f"\n{people} people, {len(consenting)} consented, {len(withdrawn)} withdrew, {len(ended)} ended at "
        f"LinkedIn, {kills} kills: {sum(door.site.fetches.values())} fetches, {door.site.requests} requests, "
        f"{asked_twice} asked again; {ready - began:.0f} s to consent, {finished - ready:.0f} s to audit"
    )


def _check(door: Door, people: int, consenting: list[int], withdrawn: set[str], ended: set[str]) -> None:
    numbers = {number_of(place) for place in consenting}
    standing = numbers - withdrawn - ended
    store = RunStore(door.engine)
    run = store.latest()
    found = {one.employee.employee_id: one for one in store.examinations(run.facts.id)}
    assert len(found) == people, "nobody is lost"
    for number, examination in found.items():
        decided = {one.rule_id for one in examination.results if not isinstance(one.outcome, Undetermined)}
        assert ("HDL001" in decided) == (number in standing), number
    assert set(door.site.fetches) == standing, "no consent that was withdrawn or ended is used"
    lines = door.consents.all()
    assert {one for one, line in lines.items() if line.state is ConsentState.WITHDRAWN} == withdrawn
    assert {one for one, line in lines.items() if line.state is ConsentState.EXPIRED} == ended
    assert _kept(door) == standing
    with door.engine.connect() as connection:
        left = set(connection.execute(sa.select(tables.consent_tokens.c.employee_id)).scalars())
    assert left == standing
    assert places_of(BEYOND, door.folder) == []


def _connect(door: Door, places: list[int]) -> None:
    """What the member's page does for each, on one connection; some pages need something changed."""
    now = datetime.now(UTC)
    for place in places[::50]:
        door.site.change(member_of(place, "Keeps bees"))
    with connected(door.policy.source_settings["member_consent"]) as data:
        for place in places:
            token = data.exchange(door.site.visit(data.consent_page("state"), number_of(place))["code"])
            assert isinstance(token, Token)
            door.consents.connect(number_of(place), token, door.today, now)


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
