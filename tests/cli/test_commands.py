"""The commands as a user calls them, on saved pages; wrong calls end with one line and the right status."""

import json
import resource
import shutil
import signal
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.calling import call
from tests.whole import findings, start

CAPTURES = Path(__file__).resolve().parents[2].parent / "shared" / "captures"
needs_captures = pytest.mark.skipif(not CAPTURES.exists(), reason="../shared/captures is not here")

POLICY = """\
version: 1
entities:
  - name: Noordlicht Energie
    names: [Noordlicht Energie, NL Energie Groep]
    pages: [https://www.linkedin.com/company/noordlicht-energie, company/nl-energie-groep, "18364207"]
    headline: "{job title} at {company}"
    privacy:
      purpose: correct presentation
      balancing_note_date: 2026-01-15
      contact: privacy@noordlicht.example
      notice_date: 2026-02-01
sources: {ladder: [saved_pages], evidence_days: {saved_pages: 3660}}
"""
HEAD = "Employee number;Full name;Status;Start date;End date;Job title;LinkedIn\n"
ROWS = """\
1;Tobias Quirelo Lindhag;active;2020-09-01;;Grid Planning Team Lead;linkedin.com/in/tobias-quirelo-lindhag
2;Jelmar Vandoornik;active;2022-06-01;;Co-Owner;https://nl.linkedin.com/in/jelmarvandoornik/en
3;Abilio Serrano;left;2015-01-01;2026-08-31;Planner;https://www.linkedin.com/in/mestreabilio
4;Ivo Zandebrink;left;2015-11-01;2026-08-31;Adviser;https://www.linkedin.com/in/ivozandebrink
5;Mirko Seldenrath;left;2015-11-01;2026-08-31;Adviser;https://www.linkedin.com/in/mirkoseldenrath
6;Nobody Saved;active;2020-01-01;;Planner;https://www.linkedin.com/in/nobody-saved-this
7;Without Address;active;2020-01-01;;Planner;
"""


@pytest.fixture
def firm(tmp_path):
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "policy.yaml").write_text(POLICY, "utf-8")
    (tmp_path / "people.csv").write_text(HEAD + ROWS, "utf-8")
    (tmp_path / "saved").mkdir()
    return tmp_path


def arguments(firm, command, *more):
    return (
        command, "--roster", str(firm / "people.csv"), "--policy", str(firm / "config" / "policy.yaml"),
        "--captures", str(firm / "saved"), "--output", str(firm / "reports"), "--today", "2026-11-22", *more,
    )  # fmt: skip


def told(content):
    return {
        (person["employee_id"], result["rule"]): f"{result['outcome']} {result['code']}"
        for person in content["employees"]
        for result in person["results"]
    }


@needs_captures
def test_saved_pages_are_judged_without_a_browser(firm):
    for path in CAPTURES.glob("*/*.html"):
        shutil.copy(path, firm / "saved" / f"{path.parent.name}-{path.name}")
    done = call(*arguments(firm, "check", "--format", "json"))
    assert done.returncode == 1, done.stderr
    content = json.loads(done.stdout)
    seen = told(content)
    assert seen["1", "CMP001"] == "passed OK_LINKED"
    assert seen["1", "HDL001"].split()[0] != "passed", "the title in the headline is another one"
    assert seen["2", "CMP001"] == "passed OK_LINKED_MULTI"
    assert seen["3", "LVR001"] == "failed LEAVER_CURRENT_LINKED"
    assert seen["4", "LVR001"] == "failed LEAVER_CURRENT_LINKED_MULTI"
    assert seen["5", "LVR001"] == "undetermined NOT_FOUND"
    assert seen["6", "CMP001"].startswith("undetermined")
    assert seen["7", "CMP001"] == "undetermined UNV_NO_URL"
    masked = next(person for person in content["employees"] if person["employee_id"] == "3")
    leaver = next(result for result in masked["results"] if result["rule"] == "LVR001")
    assert (masked["page_kind"], leaver["confidence"]) == ("profile_masked", "probable")
    assert not (firm / "state" / "auditor.sqlite3").exists(), "check leaves the store alone"


def test_nothing_collected_is_not_clean(firm):
    done = call(*arguments(firm, "run"))
    assert done.returncode == 3
    assert "cannot be trusted" in done.stderr
    assert {outcome.split()[0] for outcome in told(findings(firm / "reports")).values()} == {
        "undetermined",
        "not_applicable",
    }


HOSTILE = {
    "empty.html": b"",
    "binary.html": bytes(range(256)) * 4000,
    "huge.html": b"<html><body>" + b"<p>x" * 2_000_000,
    "cut.html": b'<html><head><meta name="pageKey" content="public_profile_v3_desktop"><link rel="canonical" '
    b'href="https://nl.linkedin.com/in/tobias-quirelo-lindhag"></head><body><section class="top-card">',
}


def test_bad_pages_cost_nobody_a_verdict(firm):
    for name, body in HOSTILE.items():
        (firm / "saved" / name).write_bytes(body)
    done = call(*arguments(firm, "run", "--format", "json"))
    assert done.returncode == 3
    assert {outcome.split()[0] for outcome in told(json.loads(done.stdout)).values()} == {
        "undetermined",
        "not_applicable",
    }
    book = next((firm / "reports").glob("*/linkedin-audit_*.xlsx"))
    info = [cell.value for row in load_workbook(book)["Run info"].iter_rows() for cell in row if cell.value]
    said = any("'empty.html': the file is empty" in str(value) for value in info)
    assert said, "what was wrong in the folder is said"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--source", "nope"), "no source 'nope'"),
        (("--source", "public_page"), "public_page is off"),
        (("--select", "99"), "Not in the roster: 99"),
        (("--today", "22-11-2026"), "is not a date"),
        (("--captures", "nowhere"), "does not exist"),
        (("--resume",), "no unfinished run"),
    ],
)
def test_wrong_calls_end_with_usage(firm, more, words):
    done = call(*arguments(firm, "run", *more))
    assert done.returncode == 2, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout


@pytest.mark.parametrize(
    ("roster", "words"),
    [
        ("", "No people found"),
        (HEAD, "No people found"),
        ("foo;bar\n1;2\n", "No column for"),
    ],
)
def test_an_unusable_roster_ends_with_usage(firm, roster, words):
    (firm / "people.csv").write_text(roster, "utf-8")
    done = call(*arguments(firm, "run"))
    assert (done.returncode, words in done.stderr) == (2, True), done.stderr


def test_all_policy_mistakes_are_printed(firm):
    policy = firm / "config" / "policy.yaml"
    policy.write_text(POLICY.replace("headline:", "headlin:").replace("notice_date: 2026-02-01", ""), "utf-8")
    done = call(*arguments(firm, "run"))
    assert done.returncode == 2
    assert f"{policy}:6:5: entities[0].headlin: is not a known setting; did you mean headline?" in done.stderr
    assert "entities[0].privacy.notice_date: is missing" in done.stderr


def test_a_folder_that_cannot_be_written_ends_before_anything_is_opened(firm):
    (firm / "reports").write_text("a file", "utf-8")
    done = call(*arguments(firm, "run"))
    assert done.returncode == 4
    assert "Nothing can be written" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are a Unix matter")
def test_a_full_disk_leaves_the_store_intact(firm):
    first = call(*arguments(firm, "run"))
    assert first.returncode == 3
    size = (firm / "state" / "auditor.sqlite3").stat().st_size

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    process = start(*arguments(firm, "run", "--fresh"), before=limit)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 4, err
    assert "store" in err
    assert "Traceback" not in err
    again = call(*arguments(firm, "run", "--fresh"))
    assert again.returncode == 3, again.stderr


def test_hostile_text_stays_text_everywhere(firm):
    hostile = "=cmd|' /C calc'!A0;\"=1+1\";@SUM(1);+1;-1;\x07"
    rows = (
        f"8;{hostile[:20].replace(';', ' ')};active;2020-01-01;;@SUM(A1);https://www.linkedin.com/in/x-y-z\n"
    )
    (firm / "people.csv").write_text(HEAD + ROWS + rows, "utf-8")
    call(*arguments(firm, "run"))
    for path in (firm / "reports").rglob("*.xlsx"):
        for sheet in load_workbook(path).worksheets:
            assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.browser
@pytest.mark.skipif(sys.platform == "win32", reason="sends a Unix signal")
def test_ctrl_c_ends_between_two_people_and_resume_goes_on(tmp_path):
    from auditor.demo.world import build_world
    from tests.whole import browsers_of

    with build_world(tmp_path / "world") as world:
        words = (
            "run", "--roster", str(world.roster), "--policy", str(world.policy), "--output",
            str(tmp_path / "reports"), "--today", str(world.today), "-v", "--limit", "6",
        )  # fmt: skip
        process = start(*words)
        for line in process.stderr:
            if '"examined"' in line:
                process.send_signal(signal.SIGINT)
                break
        _, err = process.communicate(timeout=60)
        assert process.returncode == 130, err
        assert "Continue with --resume" in err
        assert browsers_of(process.pid) == []
        served = world.site.profile_requests()
        assert 0 < len(served) < 6
        done = call(*words, "--resume")
        assert done.returncode in (0, 1), done.stderr
        assert max(world.site.profile_requests().values()) == 1
