"""Looks at what a call of the audit left behind: processes, the store, what was asked, what is said."""

from __future__ import annotations

import json
import time
from types import SimpleNamespace

from auditor.app.paths import log_of
from auditor.store.database import open_database, sqlite_address
from auditor.store.inspection import look_through
from tests.faults.bench import Bench, left_behind
from tests.faults.toll import Toll

NOT_SEEN = {"undetermined", "not_applicable"}


def look(bench: Bench, toll: Toll, process: int, before: dict[str, str], case: str) -> dict[str, str]:
    """After a call: what is stored now. Whatever is not as it should be goes to the toll."""
    if _stays(process):
        toll.orphans.append(f"{case}: processes {left_behind(process)} stayed behind")
    toll.damaged.extend(f"{case}: {fault}" for fault in _faults(bench))
    now = bench.stored()
    toll.lost.extend(f"{case}: {one} is gone or changed" for one in before if now.get(one) != before[one])
    settled = {bench.world.slugs[one] for one in before}
    asked = {slug for call, slug in bench.ledger.asked() if call == bench.calls}
    toll.asked_twice.extend(f"{case}: {slug}" for slug in sorted(asked & settled))
    return now


def _stays(process: int) -> bool:
    patience = time.monotonic() + 5
    while left_behind(process):
        if time.monotonic() > patience:
            return True
        time.sleep(0.05)
    return False


def _faults(bench: Bench) -> list[str]:
    engine = open_database(sqlite_address(bench.store))
    try:
        broken = log_of(
            SimpleNamespace(path=bench.folder / "config" / "policy.yaml", store_address=""), engine
        ).verify()
        faults = list(look_through(engine).faults)
        return [*faults, f"line {broken.number} of the audit log {broken.reason}"] if broken else faults
    except Exception as trouble:
        return [f"the store does not open: {trouble}"]
    finally:
        engine.dispose()


def accused(content: dict) -> set[tuple[str, str, str]]:
    """(person, rule, code) of everything that is held against somebody."""
    return {
        (person["employee_id"], result["rule"], result["code"])
        for person in content["employees"]
        for result in person["results"]
        if result["outcome"] == "failed"
    }


def published(bench: Bench) -> dict | None:
    """This month's findings.json where one was written."""
    paths = list((bench.folder / "reports").glob("2026-11-22-*/findings.json"))
    return json.loads(paths[0].read_text("utf-8")) if paths else None


def differences(content: dict, sound: dict, hit: set[str]) -> list[str]:
    """Where the end is not that of the undisturbed audit. People who were hit may be undetermined."""
    expected = {person["employee_id"]: person for person in sound["employees"]}
    seen = {person["employee_id"]: person for person in content["employees"]}
    if content["run"]["health"] != sound["run"]["health"]:  # what comes next follows from it, for everybody
        expected, seen = (
            {one: {**of, "next_step": None} for one, of in people.items()} for people in (expected, seen)
        )
    wrong = [f"people {set(seen) ^ set(expected)}"] if set(seen) != set(expected) else []
    for one, person in seen.items():
        if person == expected.get(one):
            continue
        if one not in hit:
            wrong.append(f"{one} is {person} instead of {expected.get(one)}")
            continue
        known = {result["rule"]: result for result in expected[one]["results"]}
        wrong.extend(
            f"{one} (hit) is {result}"
            for result in person["results"]
            if result != known[result["rule"]] and result["outcome"] not in NOT_SEEN
        )
    if not hit and content["run"] != sound["run"]:
        wrong.append(f"the run is {content['run']} instead of {sound['run']}")
    return wrong
