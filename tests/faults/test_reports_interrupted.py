"""A call that dies after the last person, while it judges the run or writes the reports."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from auditor.app import publish as reporting
from auditor.store.runs import RunStore
from tests.faults.bench import Bench, World

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks its audits")


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return World(tmp_path_factory.mktemp("reports") / "world")


def die(*_arguments, **_more):
    os.kill(os.getpid(), signal.SIGKILL)


def no_room(*_arguments, **_more):
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("owner", "name", "happens", "status"),
    [
        (RunStore, "finish", die, -9),
        (RunStore, "close", die, -9),
        (reporting, "make_private", die, -9),
        (reporting, "make_private", no_room, 4),
    ],
)
def test_the_next_call_writes_them_and_asks_for_no_page(world, tmp_path, owner, name, happens, status):
    bench = Bench(world, tmp_path / "bench")
    ended = bench.call(prepare=lambda: setattr(owner, name, happens))
    assert ended.status == status, ended.said
    stored, asked = bench.stored(), bench.ledger.asked()
    assert len(stored) == len(world.people)
    assert bench.call().status == 1
    assert bench.ledger.asked() == asked
    assert bench.stored() == stored
    assert bench.is_complete()
    assert bench.findings()
