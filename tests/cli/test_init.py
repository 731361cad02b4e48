"""A new installation says what only people can decide, and checks nobody before they did."""

import pytest

from tests.calling import call

OPEN = ("purpose", "ground", "balancing_note_date", "contact", "notice_date")
FILLED = {
    "purpose": "Correct presentation",
    "ground": "legitimate interest",
    "balancing_note_date": "2026-01-15",
    "contact": "privacy@example-works.example",
    "notice_date": "2026-02-01",
}


@pytest.fixture
def firm(tmp_path, monkeypatch):
    done = call("init", str(tmp_path))
    assert "fill in" in done.stderr
    (tmp_path / "saved").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fill_in(firm, *names):
    path = firm / "config" / "policy.yaml"
    lines = path.read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        name = line.strip().partition(":")[0]
        if name in names:
            lines[number] = f"      {name}: {FILLED[name]}"
    path.write_text("\n".join(lines), "utf-8")


def run(*words):
    return call("run", "--roster", "config/roster-sample.csv", "--today", "2026-11-22", *words)


@pytest.mark.parametrize("left", [OPEN, ("notice_date",), ("contact",)])
def test_nobody_is_checked_before_it_is_filled_in(firm, left):
    fill_in(firm, *(name for name in OPEN if name not in left))
    done = run()
    assert done.returncode == 2
    said = [line for line in done.stderr.splitlines() if "policy.yaml:" in line]
    named = [name for line in said for name in OPEN if f".{name}: must not be empty; fill in" in line]
    assert named == list(left)
    assert not (firm / "state").exists()


def test_a_dry_run_goes_on_and_says_so(firm):
    done = run("--dry-run")
    assert done.returncode == 0
    assert "Before anybody is checked, fill in:" in done.stderr
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert [row[2:5] for row in rows if row[0] == "1001"] == [["active", "Example Works", "not informed yet"]]
    assert "\tyes" not in done.stdout


def test_what_checks_nobody_goes_on(firm):
    for words in (
        ("banner", "list"),
        ("privacy", "object", "1001"),
        ("privacy", "objections"),
        ("inspect", "roster", "config/roster-sample.csv", "--policy", "config/policy.yaml"),
    ):
        done = call(*words)
        assert (done.returncode, "fill in" in done.stderr) == (0, True), done.stderr


def test_filled_in_it_runs(firm):
    fill_in(firm, *OPEN)
    assert "fill in" not in run("--dry-run").stderr
    assert run().returncode == 3, "no page is saved yet, so nothing could be read"


def test_a_permission_is_filled_in_too(firm):
    fill_in(firm, *OPEN)
    path = firm / "config" / "policy.yaml"
    text = path.read_text("utf-8").replace("# permission:", "permission:")
    for name in ("decided_by", "basis", "decided_on", "ends_on"):
        text = text.replace(f"#   {name}:", f"  {name}:")
    path.write_text(text, "utf-8")
    done = run()
    assert done.returncode == 2
    assert "permission.ends_on: must not be empty; fill in its last day" in done.stderr
