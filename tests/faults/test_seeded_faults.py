"""Faults drawn by seed, 20 of them, and 200 in the long tests, in every way at least once: nothing stored is
lost, nothing stored is asked for twice, and the audit ends with the findings of an undisturbed one."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from tests.faults.bench import Bench, World
from tests.faults.looking import accused, differences, look, published
from tests.faults.strikes import DRAWN, Field, Notes, Strike, draw_way
from tests.faults.toll import TOLLS, Toll

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks its audits and looks under /proc")

SEED = 20261122
WORKERS = 2
MOST_IN_A_ROW = 4
CALLS_TO_THE_END = 6


@pytest.fixture(scope="module")
def folder():
    """In memory where that is possible: the disk's own slowness is not what is tested."""
    memory = Path("/dev/shm")
    place = Path(tempfile.mkdtemp(prefix="auditor-faults-", dir=memory if memory.is_dir() else None))
    yield place
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(scope="module")
def world(folder):
    return World(folder / "world")


@pytest.fixture(scope="module")
def undisturbed(world, folder):
    """The bench after a sound audit, its findings.json and how long it took."""
    bench = Bench(world, folder / "undisturbed")
    started = time.monotonic()
    ended = bench.call()
    assert ended.status == 1, ended.said
    return bench, bench.findings(), time.monotonic() - started


def test_the_undisturbed_audit_tells_the_truth(world, undisturbed):
    bench, content, _ = undisturbed
    assert bench.is_complete()
    wrong = []
    for person in content["employees"]:
        truth = world.truth[person["employee_id"]]
        seen = {result["rule"]: (result["outcome"], result["code"]) for result in person["results"]}
        for rule, expected in truth.outcomes.items():
            outcome, code = seen[rule]
            if outcome != expected.outcome or (expected.code and code != expected.code):
                wrong.append((truth.case, rule, expected, seen[rule]))
    assert not wrong
    states = {result["state"] for person in content["employees"] for result in person["results"]}
    assert {"new", "open", None} <= states


@pytest.mark.parametrize(
    "faults", [20, pytest.param(200, marks=[pytest.mark.long, pytest.mark.timeout(900)])]
)
def test_faults_cost_nothing(world, undisturbed, folder, faults):
    toll = Toll("faults")
    TOLLS.append(toll)
    troubles: list[str] = []
    with ProcessPoolExecutor(
        WORKERS, multiprocessing.get_context("fork"), _know, (world, undisturbed, folder, faults)
    ) as pool:
        for part, told in pool.map(_audits_of, range(WORKERS)):
            toll.add(part)
            troubles.extend(told)
    assert "\n".join(toll.costs()) == ""
    assert "\n".join(troubles) == ""
    assert toll.kinds.total() >= faults


_known: list = []


def _know(*what) -> None:
    _known[:] = what


def _audits_of(worker: int) -> tuple[Toll, list[str]]:
    """The share of one worker: audit after audit until enough faults fell, first those of its ways."""
    world, undisturbed, folder, faults = _known
    toll, troubles, owed = Toll(""), [], list(DRAWN)[worker::WORKERS]
    for case in range(worker, faults * 2, WORKERS):
        if toll.kinds.total() >= faults / WORKERS or len(troubles) + len(toll.costs()) >= 10:
            break
        troubles.extend(_one_audit(world, undisturbed, folder / f"case-{case}", case, toll, owed))
        shutil.rmtree(folder / f"case-{case}")
    return toll, troubles + [f"{way.__name__} never fell" for way in owed]


def _one_audit(world: World, undisturbed, folder: Path, case: int, toll: Toll, owed: list) -> list[str]:
    """An audit struck several times in a row and then left in peace; what was wrong in words. The ways that
    are `owed` come before drawn ones, each until it fell."""
    _, sound, seconds = undisturbed
    draw = random.Random(f"{SEED}/{case}")
    bench, notes, stored = Bench(world, folder), Notes(folder / "notes"), {}
    troubles = []
    for turn in range(draw.randint(1, MOST_IN_A_ROW)):
        field = Field(bench, draw, _pages_left(undisturbed, stored), seconds, 90, notes)
        way = owed[0] if owed else draw_way(draw)
        strike, fell = way(field), toll.kinds.total()
        name = f"case {case}.{turn + 1} ({strike.kind})"
        status, said, stored = _struck(bench, strike, toll, stored, name)
        if owed and toll.kinds.total() > fell:
            owed.remove(way)
        if status not in strike.statuses | {1} or "Traceback" in said:
            troubles.append(f"{name} ended with {status}: {said[-1500:]}")
        troubles.extend(f"{name}: {note}" for note in notes.read() if note.startswith("wrong"))
        content = published(bench)
        if content and not accused(content) <= accused(sound):
            toll.wrong.append(f"{name}: {accused(content) - accused(sound)}")
        if bench.is_complete() and content:
            break
    return troubles + _to_the_end(bench, sound, notes, toll, stored, f"case {case}")


def _struck(bench: Bench, strike: Strike, toll: Toll, stored: dict[str, str], name: str):
    notes = Notes(bench.folder / "notes")
    noted = len(notes.read())
    process = bench.begin(strike.weather, strike.prepare)
    if strike.meanwhile:
        strike.meanwhile(process)
    ended = bench.end(process)
    if ended.status not in (0, 1) or len(notes.read()) > noted:
        toll.kinds[strike.kind] += 1
    return ended.status, ended.said, look(bench, toll, process, stored, name)


def _pages_left(undisturbed, stored: dict[str, str]) -> int:
    bench, _, _ = undisturbed
    return sum(
        1 for _, slug in bench.ledger.asked() if slug not in {bench.world.slugs[one] for one in stored}
    )


def _to_the_end(bench, sound, notes, toll, stored, name) -> list[str]:
    for _ in range(CALLS_TO_THE_END):
        if bench.is_complete() and published(bench):
            break
        process = bench.begin()
        ended = bench.end(process)
        stored = look(bench, toll, process, stored, f"{name}, in peace")
        if ended.status not in (1, 3):
            return [f"{name}: in peace it ended with {ended.status}: {ended.said[-1500:]}"]
    else:
        return [f"{name} does not come to an end"]
    hit = {note.split(" ", 1)[1] for note in notes.read() if note.startswith("hit ")}
    toll.wrong.extend(f"{name}: {one}" for one in differences(bench.findings(), sound, hit))
    return []
