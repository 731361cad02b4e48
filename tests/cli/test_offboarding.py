"""A leaver's case over several days: looked at, drafted, sent, reminded, decided."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from auditor.cli.main import run_program
from auditor.model.report import RunFacts
from auditor.model.run_result import RosterKept, RunResult
from auditor.store.database import open_database, sqlite_address
from auditor.store.runs import Examined, RunStore
from tests.reports.departing import leaver
from tests.reports.invented import SOUND, examined, person, tracked

POLICY = """\
version: 1
entities:
  - name: Noordlicht NV
    names: [Noordlicht]
    language: nl
    country: BE
    pages: [https://www.linkedin.com/company/noordlicht]
    headline: "{job title} at {company}"
    letters: {hr_name: Karel Bedacht, howto_url: "https://noordlicht.example/linkedin"}
    privacy:
      purpose: correct presentation
      balancing_note_date: 2026-01-15
      contact: privacy@noordlicht.example
      notice_date: 2026-02-01
reports: {letter_form: informal}
"""
RUN = "2026-11-22-01"


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "policy.yaml").write_text(POLICY, "utf-8")
    (tmp_path / "state").mkdir()
    store = RunStore(open_database(sqlite_address(tmp_path / "state" / "auditor.sqlite3")))
    people = (leaver("77"), examined(person("55", name="Bram Fictief")))
    today = date(2026, 11, 22)
    moment = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    facts = RunFacts(
        RUN, moment, moment, today, "ab" * 32, "cd" * 32, "people.csv", today, "saved_pages", "0"
    )
    roster = RosterKept(tuple(one.employee for one in people), (), ())
    store.begin(facts, roster, "inputs")
    for place, one in enumerate(people):
        store.save(RUN, [Examined(place, one, True)])
    store.finish(RunResult(facts, SOUND, roster, people, (tracked(people[0], "LVR001"),)), complete=True)
    return tmp_path


def call(firm: Path, *arguments: str) -> int:
    return run_program([*arguments, "--policy", str(firm / "config" / "policy.yaml")])


def pack(firm: Path, day: str) -> set[str]:
    assert call(firm, "report", "--today", day, "--output", str(firm / "reports"), "-q") == 0
    folder = firm / "reports" / RUN / "leavers" / "77_2026-10-23"
    return {path.name for path in folder.iterdir() if path.suffix in (".docx", ".html")}


def test_a_case_from_the_first_look_to_the_decision(firm: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pack(firm, "2026-11-22") == {"letter-not-ready.html"}
    assert call(firm, "offboarding", "sent", "77", "--on", "2026-11-22") == 2, "no look yet"
    assert call(firm, "offboarding", "looked", "77", "--on", "2026-11-22") == 0
    assert pack(firm, "2026-11-23") == {"letter.docx", "before-sending.html"}
    assert pack(firm, "2026-12-05") == {"letter.docx", "letter-not-ready.html"}, "the look has grown old"
    for _ in range(2):
        assert call(firm, "offboarding", "sent", "77", "--on", "2026-11-22") == 0
    capsys.readouterr()
    assert call(firm, "offboarding", "list", "--today", "2026-11-30") == 0
    line = capsys.readouterr().out.strip()
    assert "letters: 2026-11-22" in line, "the same letter counts once"
    assert line.endswith(
        "next: The letter went out on 22 November 2026. Nothing more is sent before 22 December 2026."
    )
    assert "Fictief" not in line


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("looked", "55"), "has not left"),
        (("looked", "nobody"), "not in the roster"),
        (("looked", "77", "--on", "2999-01-01"), "is in the future"),
        (("looked", "77", "--on", "2026-10-23"), "not after the last day"),
        (("sent", "77", "--on", "2026-11-21"), "No look"),
        (("looked", "77", "--on", "yesterday"), "is not a date"),
    ],
)
def test_what_cannot_be_is_not_recorded(
    firm: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    assert call(firm, "offboarding", *arguments) == 2
    assert words in capsys.readouterr().err
    capsys.readouterr()
    call(firm, "offboarding", "list", "--today", "2026-11-22")
    told = capsys.readouterr().out
    assert "looked on: never  letters: none" in told
    assert "next: Look at the profile as a visitor and enter the day in Looked on; then send" in told


def test_there_is_no_third_letter(firm: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = RunStore(open_database(sqlite_address(firm / "state" / "auditor.sqlite3")))
    assert store.latest() is not None
    for day in ("2026-10-25", "2026-11-20", "2026-11-22"):
        assert call(firm, "offboarding", "looked", "77", "--on", day) == 0
    results = [call(firm, "offboarding", "sent", "77", "--on", day) for day in ("2026-10-26", "2026-11-20")]
    assert results == [0, 0]
    assert call(firm, "offboarding", "sent", "77", "--on", "2026-11-22") == 2
    assert "no third" in capsys.readouterr().err


def test_without_a_run_there_is_nobody_to_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "policy.yaml").write_text(POLICY, "utf-8")
    assert call(tmp_path, "offboarding", "looked", "77") == 2
    assert call(tmp_path, "offboarding", "list") == 2
    assert "No run has ended yet" in capsys.readouterr().err


def test_the_reports_have_no_pack_where_the_policy_says_so(firm: Path) -> None:
    path = firm / "config" / "policy.yaml"
    path.write_text(POLICY.replace("letter_form: informal", "packs: false"), "utf-8")
    assert call(firm, "report", "--output", str(firm / "reports"), "-q") == 0
    assert not (firm / "reports" / RUN / "leavers").exists()
    assert (firm / "reports" / RUN / "checklist_77_2026-10-23.xlsx").exists()


def test_mistakes_in_the_letters_section_are_named_with_their_place(
    firm: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = firm / "config" / "policy.yaml"
    wrong = POLICY.replace("https://noordlicht.example/linkedin", "javascript:x").replace("hr_name", "hr_nam")
    path.write_text(wrong.replace("informal", "chummy"), "utf-8")
    assert call(firm, "offboarding", "list") == 2
    told = capsys.readouterr().err
    assert "policy.yaml:9:" in told
    for key in ("hr_nam", "howto_url", "letter_form"):
        assert key in told
