"""The whole audit of the invented company against its known truth, with a real browser."""

import json
import random
import signal
import sys
import time
from dataclasses import replace

import pytest

from auditor.demo.site import walled
from auditor.demo.world import build_world
from tests.calling import call
from tests.whole import browsers_of, findings, run, start, timeless

pytestmark = pytest.mark.browser


def audit(world, output, *more, by=call):
    """Inside this process, unless it is to be one of its own (`by=run`)."""
    return by(
        "run", "--roster", str(world.roster), "--policy", str(world.policy), "--output", str(output),
        "--today", str(world.today), "--no-progress", *more,
    )  # fmt: skip


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The invented company, audited once: the world, what was printed, and findings.json."""
    folder = tmp_path_factory.mktemp("sound")
    with build_world(folder / "world") as world:
        done = audit(world, folder / "reports", "--format", "json", by=run)
        asked = world.site.profile_requests()
    return world, done, json.loads(done.stdout), asked


def slugs_of(world):
    return {truth.employee_id: person.slug for person, truth in zip(world.people, world.truth, strict=True)}


def by_person(content):
    return {person["employee_id"]: person for person in content["employees"]}


def without_excluded(content):
    return [person for person in content["employees"] if person["roster_state"] != "excluded"]


def some(world, count):
    """Employee numbers of so many people whose pages are opened, spread over the roster."""
    asked = [person.number for person in world.people if person.is_asked_for]
    return asked[:: len(asked) // count][:count]


def outcomes(person):
    return {result["rule"]: (result["outcome"], result["code"]) for result in person["results"]}


def test_the_sound_world_ends_sound(undisturbed):
    _, done, content, _ = undisturbed
    assert done.returncode == 1, done.stderr
    assert content["run"]["health"] == {"verdict": "sound", "reasons": []}


def test_everybody_gets_what_is_true(undisturbed):
    world, _, content, _ = undisturbed
    people = by_person(content)
    assert set(people) == {truth.employee_id for truth in world.truth}
    wrong = []
    for truth in world.truth:
        seen = outcomes(people[truth.employee_id])
        state = people[truth.employee_id]["roster_state"]
        if state != truth.roster_state:
            wrong.append((truth.case, "state", truth.roster_state, state))
        for rule, expected in truth.outcomes.items():
            # nothing at all is kept of people who are excluded
            outcome, code = ("not_applicable", "") if state == "excluded" else seen[rule]
            if outcome != expected.outcome or (expected.code and code != expected.code):
                wrong.append((truth.case, rule, expected, (outcome, code)))
    assert not wrong


def test_each_page_is_asked_for_once_and_others_never(undisturbed):
    world, _, content, asked = undisturbed
    assert max(asked.values()) == 1
    opened = {e["employee_id"] for e in content["employees"] if e["capture_status"] not in (None, "no_url")}
    assert set(asked) == {slug for one, slug in slugs_of(world).items() if one in opened}


def test_the_reports_stand_in_a_private_folder(undisturbed):
    world, _, content, _ = undisturbed
    folder = world.folder.parent / "reports" / content["run"]["id"]
    names = {path.name for path in folder.rglob("*") if path.is_file()}
    assert "findings.json" in names
    assert len([name for name in names if name.startswith("linkedin-audit_") and name.endswith(".xlsx")]) >= 1
    flagged = {
        e["employee_id"]
        for e in content["employees"]
        for r in e["results"]
        if r["rule"] == "LVR001" and r["outcome"] == "failed"
    }
    checklists = [name for name in names if name.startswith("checklist_")]
    assert all(any(f"_{one}_" in name for name in checklists) for one in flagged)
    if sys.platform != "win32":
        assert {path.stat().st_mode & 0o077 for path in [folder, *folder.rglob("*")]} == {0}


def test_a_second_run_says_what_is_still_open(undisturbed, tmp_path):
    world, _, first, _ = undisturbed
    people = some(world, 4)
    with build_world(world.folder) as again:
        done = audit(again, tmp_path, "--fresh", "--select", ",".join(people))
    second = by_person(findings(tmp_path))
    assert done.returncode == 1
    states = {result["state"] for one in people for result in second[one]["results"]}
    assert states == {"open", None}
    assert {one: outcomes(second[one]) for one in people} == {
        one: outcomes(by_person(first)[one]) for one in people
    }


def run_without_excluded(content):
    groups = [one for one in content["run"]["not_assessed"] if one["reason"] != "excluded"]
    return {**content["run"], "not_assessed": groups}


def test_the_report_can_be_written_again(undisturbed, tmp_path):
    world, _, content, _ = undisturbed
    done = call("report", content["run"]["id"], "--policy", str(world.policy), "--output", str(tmp_path))
    assert done.returncode == 0, done.stderr
    # the run that followed has purged whoever left too long ago
    assert run_without_excluded(findings(tmp_path)) == run_without_excluded(content)
    assert without_excluded(findings(tmp_path)) == without_excluded(content)


def test_a_wall_stops_the_run_and_nobody_is_accused(undisturbed, tmp_path):
    _, _, sound, _ = undisturbed
    with build_world(tmp_path / "world", scenario="walled") as world:
        people = some(world, 8)
        world.site._scenario = lambda visit: walled(replace(visit, total=len(people)))
        chosen = ("--select", ",".join(people))
        done = audit(world, tmp_path / "reports", *chosen)
        content = findings(tmp_path / "reports")
        asked = world.site.profile_requests()
        served = world.site.profiles_served
        assert done.returncode == 3, done.stderr
        assert content["run"]["health"]["verdict"] == "degraded"
        statuses = [person["capture_status"] for person in content["employees"]]
        assert len(served) == 4
        assert statuses.count("auth_wall") == 1
        assert "not_attempted" in statuses
        for person in content["employees"]:
            if person["capture_status"] in ("auth_wall", "not_attempted"):
                assert {result["outcome"] for result in person["results"]} <= {
                    "undetermined",
                    "not_applicable",
                }
        assert len(asked) == len(served) + 1, "the run went on after the wall"
        world.site.lift_wall()
        resumed = audit(world, tmp_path / "reports", "--resume", *chosen)
        assert resumed.returncode == 1, resumed.stderr
        in_the_end = by_person(findings(tmp_path / "reports"))
        assert {one: outcomes(in_the_end[one]) for one in people} == {
            one: outcomes(by_person(sound)[one]) for one in people
        }
        assert all(world.site.profile_requests()[slug] == 1 for slug in served)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for left-over processes under /proc")
@pytest.mark.parametrize(
    ("kills", "count"), [(2, 6), pytest.param(10, None, marks=[pytest.mark.long, pytest.mark.timeout(900)])]
)
def test_killed_at_some_moments_it_ends_with_the_same_findings(undisturbed, tmp_path, kills, count):
    random_moment = random.Random(20261122)
    with build_world(tmp_path / "world") as world:
        arguments = (
            "run", "--roster", str(world.roster), "--policy", str(world.policy), "--output",
            str(tmp_path / "reports"), "--today", str(world.today), "--no-progress", "-v",
        )  # fmt: skip
        people = some(world, count) if count else []
        arguments += ("--select", ",".join(people)) if people else ()
        settled: dict[str, int] = {}
        for _ in range(kills):
            process = start(*arguments)
            stored = 0
            goal = random_moment.randint(0, 6 if count is None else 3)
            while process.poll() is None:
                line = process.stderr.readline()
                stored += '"event": "examined"' in line or '"event":"examined"' in line
                if stored >= goal:
                    break
            time.sleep(random_moment.random() * 0.3)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            gone_by = time.monotonic() + 10
            while browsers_of(process.pid) and time.monotonic() < gone_by:
                time.sleep(0.1)
            assert browsers_of(process.pid) == []
            again = {slug: count for slug, count in world.site.profile_requests().items() if slug in settled}
            assert again == settled, "a page that was stored was asked for again"
            settled = {slug: world.site.profile_requests()[slug] for slug in stored_slugs(world)}
        done = call(*arguments, "--resume")
        assert done.returncode == 1, done.stderr
    expected = timeless(undisturbed[2])
    seen = timeless(findings(tmp_path / "reports"))
    if people:
        before, after = by_person(expected), by_person(seen)
        assert [{**after[one], "next_step": None} for one in people] == [
            {**before[one], "next_step": None} for one in people
        ]
        return
    expected["run"].pop("policy_sha256"), seen["run"].pop("policy_sha256")
    expected["run"].pop("roster_sha256"), seen["run"].pop("roster_sha256")
    assert seen == expected


def stored_slugs(world):
    from auditor.store.database import open_database, sqlite_address
    from auditor.store.runs import RunStore

    path = world.folder / "state" / "auditor.sqlite3"
    if not path.exists():
        return set()
    store = RunStore(open_database(sqlite_address(path)))
    done = store.finished_people(store.run_ids()[0]) if store.run_ids() else set()
    asked = world.site.profile_requests()
    return {slug for one, slug in slugs_of(world).items() if one in done and asked[slug]}
