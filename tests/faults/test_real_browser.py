"""The same with the real browser and the replica site: whatever part is killed, or however the site behaves,
the audit ends with the findings of an undisturbed one."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from auditor.demo.loopback import Reply
from auditor.demo.world import World, build_world
from auditor.store.database import open_database, sqlite_address
from auditor.store.runs import RunStore
from tests.faults.looking import NOT_SEEN, accused
from tests.faults.toll import TOLLS, Toll
from tests.whole import browsers_of, findings, start

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(sys.platform != "linux", reason="finds the browser's processes under /proc"),
]
#: as long as a page may take here before it counts as hanging
VISIT_SECONDS = 6
MOST_CALLS = 60
TROUBLED = {"timeout", "network_error", "unreadable"}


@dataclass(slots=True)
class Audit:
    """An audit of the invented company that is called until it is complete, and struck meanwhile."""

    world: World
    reports: Path
    people: list[str]
    draw: random.Random
    toll: Toll
    stored: dict[str, str] = field(default_factory=dict)
    process: object = None
    said: str = ""
    seen: dict[int, str] = field(default_factory=dict)

    def start(self) -> None:
        self.process = start(
            "run", "--roster", str(self.world.roster), "--policy", str(self.world.policy), "--output",
            str(self.reports), "--today", str(self.world.today), "--no-progress", "-v", "--select",
            ",".join(self.people),
        )  # fmt: skip

    def examined(self, count: int) -> bool:
        """Wait for so many more people; False when the call ended before."""
        while count:
            line = self.process.stderr.readline()
            if not line:
                return False
            self.said += line
            count -= '"event": "examined"' in line
        return True

    def end(self) -> int:
        """Wait for the call to end, and look at what it left behind."""
        self.said += self.process.communicate(timeout=240)[1]
        patience = time.monotonic() + 10
        while (left := self._left_behind()) and time.monotonic() < patience:
            time.sleep(0.1)
        self.toll.orphans.extend(f"process {one}" for one in left)
        self._look()
        return self.process.returncode

    def _left_behind(self) -> list[int]:
        """Processes that were seen below this call and still run, or still use its browser's folder."""
        running = []
        for one, words in self.seen.items():
            try:
                living = (Path("/proc") / str(one) / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if living and living == words:
                running.append(one)
        return [*running, *browsers_of(self.process.pid)]

    def _look(self) -> None:
        store = self.store()
        ids = store.run_ids()
        run = ids[0] if ids else ""
        done = store.finished_people(run)
        now = {
            e.employee.employee_id: repr(e) for e in store.examinations(run) if e.employee.employee_id in done
        }
        store.engine.dispose()
        self.toll.lost.extend(one for one, before in self.stored.items() if now.get(one) != before)
        self.stored = now

    def store(self) -> RunStore:
        return RunStore(open_database(sqlite_address(self.world.folder / "state" / "auditor.sqlite3")))

    def asked_of_stored(self) -> dict[str, int]:
        slugs = {t.employee_id: p.slug for p, t in zip(self.world.people, self.world.truth, strict=True)}
        asked = self.world.site.profile_requests()
        return {slugs[one]: asked[slugs[one]] for one in self.stored}

    def is_complete(self) -> bool:
        store = self.store()
        run = store.run() if store.latest() else None
        store.engine.dispose()
        return run is not None and run.state == "complete"


def descendants(process: int) -> dict[int, str]:
    """Living processes below a process and their command lines. (A renderer writes over its environment.)"""
    parents, words = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            line = (folder / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if fields[0] != "Z":
            parents[int(folder.name)], words[int(folder.name)] = int(fields[1]), line
    found, wave = {}, {process}
    while wave:
        wave = {one for one, parent in parents.items() if parent in wave}
        found.update({one: words[one] for one in wave})
    return found


def parts_of(process: int) -> dict[str, list[int]]:
    """The browser's processes of a call by what they are."""
    parts: dict[str, list[int]] = {"browser": [], "renderer": [], "driver": []}
    for one, words in descendants(process).items():
        if "--type=renderer" in words:
            parts["renderer"].append(one)
        elif "run-driver" in words:
            parts["driver"].append(one)
        elif "--remote-debugging" in words and "--type=" not in words:
            parts["browser"].append(one)
    return parts


def kill_python(audit: Audit) -> bool:
    audit.process.send_signal(signal.SIGKILL)
    return True


def kill_part(name: str):
    def strike(audit: Audit) -> bool:
        patience = time.monotonic() + 5
        while not (found := parts_of(audit.process.pid)[name]) and time.monotonic() < patience:
            time.sleep(0.02)
        for one in found:
            try:
                os.kill(one, signal.SIGKILL)
            except ProcessLookupError:
                found = []
        return bool(found) and audit.process.poll() is None

    return strike


def interrupt(audit: Audit) -> bool:
    audit.process.send_signal(signal.SIGTERM)
    return True


def the_next_page(reply):
    """The site answers the next page that is asked for in its own way, once (a retry is answered too)."""

    def strike(audit: Audit) -> bool:
        site = audit.world.site
        honest, struck = site._scenario, []

        def answer(visit):
            if not struck or visit.address == struck[0]:
                struck[:] = [visit.address]
                return reply(visit)
            site._scenario = honest
            return honest(visit)

        site._scenario = answer
        patience = time.monotonic() + 10
        while not struck and audit.process.poll() is None and time.monotonic() < patience:
            time.sleep(0.02)
        if not struck:
            site._scenario = honest
        return bool(struck)

    return strike


def drop(visit):
    raise ConnectionResetError


STRIKES = {
    "kill -9": kill_python,
    "browser killed": kill_part("browser"),
    "renderer killed": kill_part("renderer"),
    "driver killed": kill_part("driver"),
    "interrupted": interrupt,
    "dropped": the_next_page(drop),
    "500": the_next_page(lambda visit: Reply(b"oops", 500)),
    "hang": the_next_page(lambda visit: Reply(b"late", delay=VISIT_SECONDS + 2)),
    "999": the_next_page(lambda visit: Reply(b"no", 999)),
    "429": the_next_page(lambda visit: Reply(b"slow down", 429, headers=(("Retry-After", "0"),))),
}


def struck_audit(
    world: World, reports: Path, people: list[str], names: list[str], draw: random.Random, toll: Toll
) -> dict:
    """An audit struck by each of these in turn, a few people apart; its findings in the end."""
    audit = Audit(world, reports, people, draw, toll)
    left, honest = list(names), world.site._scenario
    for _ in range(MOST_CALLS):
        before = audit.asked_of_stored()
        audit.start()
        while left and audit.examined(draw.randint(1, 2)):
            time.sleep(draw.random() * 0.6)
            name = left.pop()
            if STRIKES[name](audit):
                toll.kinds[name] += 1
            if name in ("kill -9", "interrupted", "999", "429"):
                break
        status = audit.end()
        world.site._scenario = honest  # a refusal is lifted for the next call
        asked = world.site.profile_requests()
        toll.asked_twice.extend(slug for slug, count in before.items() if asked[slug] != count)
        assert status in (0, 1, 3, 130, -9, -15), f"{status}: {audit.said[-2000:]}"
        if audit.is_complete():
            return findings(reports)
    raise AssertionError("the audit does not come to an end")


def hurry(world: World) -> None:
    text = world.policy.read_text("utf-8").replace("visit_seconds: 20", f"visit_seconds: {VISIT_SECONDS}")
    world.policy.write_text(text, "utf-8")


def costs(content: dict, world: World, toll: Toll) -> str:
    """What the audit says against the truth: whoever's page could not come may be undetermined."""
    truths = {truth.employee_id: truth for truth in world.truth}
    for person in content["employees"]:
        troubled = person["capture_status"] in TROUBLED
        seen = {result["rule"]: (result["outcome"], result["code"]) for result in person["results"]}
        for rule, true in truths[person["employee_id"]].outcomes.items():
            outcome, code = seen[rule]
            right = outcome == true.outcome and (not true.code or code == true.code)
            if not right and not (troubled and outcome in NOT_SEEN):
                toll.wrong.append(f"{person['employee_id']} {rule} is {outcome} {code}, not {true}")
    return "\n".join(toll.costs())


def chosen(world: World, count: int) -> list[str]:
    """Employee numbers of people of many kinds, spread over the roster."""
    asked = [person.number for person in world.people if person.is_asked_for]
    return asked[:: max(1, len(asked) // count)][:count]


def test_the_browser_may_die_in_any_of_its_parts(tmp_path):
    toll = Toll("browser faults")
    TOLLS.append(toll)
    names = ["browser killed", "renderer killed", "driver killed"]
    with build_world(tmp_path / "world") as world:
        hurry(world)
        content = struck_audit(world, tmp_path / "reports", chosen(world, 7), names, random.Random(3), toll)
    assert costs(content, world, toll) == ""
    assert toll.kinds.total() == len(names)
    assert accused(content)


@pytest.mark.long
@pytest.mark.timeout(1500)
def test_forty_faults_with_the_real_browser(tmp_path):
    toll = Toll("faults with the real browser")
    TOLLS.append(toll)
    draw = random.Random(20261122)
    audits = 0
    while toll.kinds.total() < 40:
        audits += 1
        assert audits < 6, "most faults did not fall"
        names = [name for name in STRIKES for _ in range(3)]
        draw.shuffle(names)
        with build_world(tmp_path / f"world-{audits}") as world:
            hurry(world)
            content = struck_audit(
                world, tmp_path / f"reports-{audits}", chosen(world, 64), names, draw, toll
            )
        assert costs(content, world, toll) == ""
