"""`auditor run` tells people how it ended; a notice that fails changes nothing about the run."""

import pytest

from tests.calling import call
from tests.cli.test_commands import HEAD, POLICY, ROWS
from tests.notices.servers import webhook


@pytest.fixture
def firm(tmp_path):
    (tmp_path / "config").mkdir()
    (tmp_path / "people.csv").write_text(HEAD + ROWS, "utf-8")
    (tmp_path / "saved").mkdir()
    return tmp_path


def run(firm, address, command="run", *more):
    policy = firm / "config" / "policy.yaml"
    policy.write_text(f"{POLICY}language: nl\nnotices: {{urls: ['{address}']}}\n", "utf-8")
    where = ("--captures", str(firm / "saved"), "--output", str(firm / "out"), "--today", "2026-11-22")
    return call(command, "--roster", str(firm / "people.csv"), "--policy", str(policy), *where, *more)


def test_people_are_told_and_nobody_is_named(firm):
    with webhook() as server:
        done = run(firm, server.address)
        [post] = server.received
    assert done.returncode == 3
    assert post["title"].startswith("LinkedIn-profielaudit 2026-11")
    assert post["message"].startswith("Deze controle is niet betrouwbaar")
    names = [row.split(";")[1] for row in ROWS.splitlines()]
    assert not [word for name in names for word in name.split() if word in post["message"]]


def test_a_notice_that_fails_changes_nothing_and_goes_out_with_the_next_run(firm):
    with webhook() as server:
        server.status = 500
        done = run(firm, server.address)
        assert done.returncode == 3
        assert "tried again at the next run" in done.stderr
        assert len(list((firm / "out").glob("*/findings.json"))) == 1
        server.status = 200
        assert run(firm, server.address, "run", "--fresh").returncode == 3
        runs = [post["message"].splitlines()[4] for post in server.received]
    assert runs == [f"Controle: 2026-11-22-{n}" for n in ("01", "01", "02")]


def test_a_trial_tells_nobody(firm):
    with webhook() as server:
        run(firm, server.address, "check")
        run(firm, server.address, "run", "--dry-run")
        assert server.received == []
