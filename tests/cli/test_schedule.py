"""The schedule and store commands as a user calls them."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from auditor.app import schedule as scheduling
from tests.calling import call as run
from tests.cli.test_commands import POLICY, ROWS
from tests.notices.servers import webhook

HEAD = "Employee number;Full name;Status;Start date;End date;Job title;LinkedIn\n"


@pytest.fixture
def firm(tmp_path):
    folder = tmp_path / "HR 100% 'sure'"
    (folder / "config").mkdir(parents=True)
    (folder / "config" / "policy.yaml").write_text(POLICY, "utf-8")
    (folder / "people.csv").write_text(HEAD + ROWS, "utf-8")
    (folder / "saved").mkdir()
    return folder


def schedule(firm, command, *more):
    return run("schedule", command, "--policy", str(firm / "config" / "policy.yaml"), *more)


def where(firm):
    return (
        "--roster",
        str(firm / "people.csv"),
        "--captures",
        str(firm / "saved"),
        "--output",
        str(firm / "out"),
    )


@pytest.mark.parametrize("kind", ["systemd", "cron", "launchd", "windows"])
def test_dry_run_shows_this_installation_and_changes_nothing(firm, kind):
    before = sorted(firm.rglob("*"))
    done = schedule(
        firm, "install", "--kind", kind, "--dry-run", "--monthly-on", "3", "--at", "07:15", *where(firm)
    )
    assert done.returncode == 0, done.stderr
    script = scheduling.program()[1]
    assert script in done.stdout.replace("%%", "%").replace("\\%", "%")
    assert "--monthly-on" in done.stdout
    assert sorted(firm.rglob("*")) == before


def test_what_a_scheduler_is_given_can_really_be_called(firm, monkeypatch):
    monkeypatch.chdir(firm)
    at = datetime.strptime("06:00", "%H:%M").replace(tzinfo=UTC).time()
    made = scheduling.ScheduledRun(
        firm / "people.csv", firm / "config" / "policy.yaml", firm / "out", firm / "saved", "", 1, at
    )
    planned = scheduling.call_of(made)
    assert planned.folder == firm
    done = subprocess.run(
        [*planned.words, "--help"], cwd="/", capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "--monthly-on" in done.stdout


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--at", "25:00"), "not a time of day"),
        (("--monthly-on", "31"), "range"),
        (("--roster", "nowhere.csv"), "no roster"),
    ],
)
def test_wrong_calls_end_with_usage(firm, more, words):
    done = schedule(firm, "install", "--dry-run", "--kind", "cron", *where(firm), *more)
    assert (done.returncode, words in done.stderr) == (2, True), done.stderr


def test_the_audit_runs_once_a_month(firm):
    assert schedule(firm, "due").returncode == 0
    first = schedule(firm, "run", *where(firm))
    assert first.returncode == 3, "nothing could be read: " + first.stderr
    assert len(list((firm / "out").glob("*/findings.json"))) == 1
    assert schedule(firm, "due").returncode == 1
    second = schedule(firm, "run", *where(firm))
    assert (second.returncode, "not due" in second.stderr) == (0, True)
    assert len(list((firm / "out").glob("*/findings.json"))) == 1


def test_a_run_of_a_few_people_is_not_the_months_audit(firm):
    policy = ("--policy", str(firm / "config" / "policy.yaml"))
    assert run("run", *policy, *where(firm), "--limit", "1").returncode in (0, 1, 3)
    assert schedule(firm, "due").returncode == 0


def test_a_scheduled_audit_that_cannot_run_is_told(firm):
    with webhook() as server:
        (firm / "config" / "policy.yaml").write_text(f"{POLICY}notices: {{urls: [env:HR]}}\n", "utf-8")
        secrets = firm / "config" / "schedule.env"
        secrets.write_text(f"# who is told\nHR={server.address}\n", "utf-8")
        secrets.chmod(0o600)
        (firm / "people.csv").write_text("", "utf-8")
        done = schedule(firm, "run", *where(firm))
        assert done.returncode == 2, done.stderr
        assert "Exit status: 2" in server.received[0]["message"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such rights")
def test_secrets_that_others_may_read_are_not_used(firm):
    secrets = firm / "config" / "schedule.env"
    secrets.write_text("HR=json://127.0.0.1/\n", "utf-8")
    secrets.chmod(0o644)
    done = schedule(firm, "run", *where(firm))
    assert (done.returncode, "chmod 600" in done.stderr) == (2, True)


def test_the_store_is_checked_copied_and_put_back(firm):
    policy = ("--policy", str(firm / "config" / "policy.yaml"))
    assert run("store", "check", *policy).returncode == 4, "there is none yet"
    assert not (firm / "state").exists()
    run("run", *policy, *where(firm))
    checked = run("store", "check", *policy)
    assert (checked.returncode, "The store is intact." in checked.stdout) == (0, True), checked.stdout
    copy = firm / "copy"
    assert run("store", "backup", str(copy), *policy).returncode == 0
    refused = run("store", "restore", str(copy), *policy)
    assert (refused.returncode, "not empty" in refused.stderr) == (4, True)
    store = firm / "state" / "auditor.sqlite3"
    body = bytearray(store.read_bytes())
    body[4096:12288] = b"\xff" * 8192
    store.write_bytes(body)
    damaged = run("store", "check", *policy)
    assert damaged.returncode == 4
    assert "Traceback" not in damaged.stderr
    restored = run("store", "restore", str(copy), "--force", *policy)
    assert restored.returncode == 0, restored.stderr
    assert run("store", "check", *policy).returncode == 0
    assert run("report", *policy, "--output", str(firm / "again")).returncode == 0
