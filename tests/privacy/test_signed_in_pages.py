# ruff: noqa: E501 - a table of people is wide
"""Pages saved while signed in: right verdicts, the decision on the first page, nobody else's data kept."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from auditor.proof.pages.signed_in import STRANGER, Job, Member, ember, mercado, sdui
from tests.calling import call
from tests.whole import findings

POLICY = """\
version: 1
entities:
  - name: Tessel
    names: [Tessel Stroom]
    pages: [https://www.linkedin.com/company/tessel-stroom, "18364207"]
    headline: "{job title} at {company}"
    privacy: &told
      purpose: correct presentation
      balancing_note_date: 2020-01-15
      contact: privacy@tessel.example
      notice_date: 2020-02-01
  - name: Lindhof
    names: [Lindhof]
    pages: [https://www.linkedin.com/company/lindhof]
    headline: "{job title} at {company}"
    privacy: *told
sources:
  ladder: [saved_pages]
  evidence_days: {saved_pages: 3660}
  saved_pages:
    SETTING
"""
ACCEPT = """signed_in: accept
    decided_by: Ilse Brandhorst, privacy officer
    decided_on: 2026-01-05
    reason: people save their page signed in, nearly always"""
OURS = Job("Planner", "Tessel Stroom", "18364207", "Mar 2021", None, "Full-time")
PAST = replace(OURS, ended="Feb 2024")
ELSEWHERE = Job("Keeper", "Bakkerij Om de Hoek", "5512", "Mar 2024", None)
NAMESAKE = replace(OURS, number="999001")
AWAY = Member(jobs=((ELSEWHERE,), (PAST,)), company="Bakkerij Om de Hoek", headline="Keeper of bread")
HERE = Member(jobs=((OURS,),), headline="Planner at Tessel Stroom")
#: person: state in the roster, page, the rule's outcome and code
PEOPLE = {
    "Anne Alder": ("active", HERE, mercado, "passed", "OK_LINKED"),
    "Bert Berk": ("active", replace(HERE, jobs=((ELSEWHERE,), (OURS,)), company="Bakkerij Om de Hoek"), ember, "passed", ""),
    "Cato Ceder": ("active", replace(AWAY, listed=False), sdui, "undetermined", "UNV_HIDDEN"),
    "Dirk Den": ("active", replace(AWAY, jobs=((ELSEWHERE,),), cut=True), mercado, "undetermined", "UNV_HIDDEN"),
    "Elin Esdoorn": ("active", replace(HERE, jobs=((NAMESAKE,),)), sdui, "failed", ""),
    "Finn Fijnspar": ("left", HERE, sdui, "failed", ""),
    "Gerd Grove": ("left", AWAY, mercado, "passed", ""),
    "Hilde Hulst": ("left", replace(AWAY, cut=True), mercado, "undetermined", "LEAVER_NOT_SEEN"),
    "Ivo Iep": ("active", HERE, sdui, "undetermined", "NOT_ATTEMPTED"),
}  # fmt: skip


def slug(name: str) -> str:
    return name.lower().replace(" ", "-") + "-7c41"


def firm(folder: Path, setting: str) -> Path:
    saved = folder / "saved"
    saved.mkdir(parents=True)
    (folder / "policy.yaml").write_text(POLICY.replace("SETTING", setting), "utf-8")
    rows = ["Employee number;Full name;Status;Start date;End date;Job title;LinkedIn;Entity"]
    for number, (name, (state, member, build, _, _)) in enumerate(PEOPLE.items()):
        # of the last person the page shows a member's id in place of the slug: the name alone ties nothing
        shown = "ACoAAUt3jk8vuWLAuy9lOOH7mL5EaWqTbuZYJPf" if name == "Ivo Iep" else slug(name)
        page = build(replace(member, name=name, slug=shown))
        (saved / f"{number}.html").write_text(page, "utf-8")
        last = datetime.now(UTC).date() - timedelta(days=90) if state == "left" else ""
        entity = "Lindhof" if number == 8 else "Tessel"
        rows.append(
            f"{number + 100};{name};{state};2020-01-01;{last};Planner;https://www.linkedin.com/in/{slug(name)};{entity}"
        )
    (folder / "people.csv").write_text("\n".join(rows) + "\n", "utf-8")
    told = call("run", "--roster", str(folder / "people.csv"), "--policy", str(folder / "policy.yaml"),
               "--captures", str(saved), "--output", str(folder / "reports"), "--accept-shrink")  # fmt: skip
    assert told.returncode in (0, 1, 3), told.stderr
    return folder


@pytest.fixture(scope="module")
def accepted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return firm(tmp_path_factory.mktemp("firm") / "accepted", ACCEPT)


def outcomes(folder: Path) -> dict[str, tuple[str, str]]:
    found = {}
    for one in findings(folder / "reports")["employees"]:
        name = list(PEOPLE)[int(one["employee_id"]) - 100]
        rule = "LVR001" if PEOPLE[name][0] == "left" else "CMP001"
        (result,) = (result for result in one["results"] if result["rule"] == rule)
        found[name] = (result["outcome"], result["code"])
    return found


def test_every_verdict_rests_on_what_the_page_shows(accepted: Path):
    given = outcomes(accepted)
    wrong = {
        name: given[name]
        for name, (_, _, _, outcome, code) in PEOPLE.items()
        if given[name][0] != outcome or code not in ("", given[name][1])
    }
    assert wrong == {}


def test_the_decision_and_the_missing_number_stand_on_the_first_page(accepted: Path):
    (workbook,) = (accepted / "reports").glob("*/linkedin-audit_all_*.xlsx")
    first = " ".join(
        str(cell) for row in load_workbook(workbook).worksheets[0].values for cell in row if cell
    )
    assert "decided by Ilse Brandhorst, privacy officer on" in first
    assert "people save their page signed in, nearly always" in first
    assert "Lindhof: the number of the company page is not in the policy" in first
    assert "Tessel: the number of the company page" not in first


def test_nothing_of_the_viewer_or_of_third_persons_is_kept(accepted: Path):
    kept = [one for one in accepted.rglob("*") if one.is_file() and one.parent.name != "saved"]
    assert kept
    for path in kept:
        bodies = [path.read_bytes()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                bodies += [archive.read(name) for name in archive.namelist()]
        assert not any(STRANGER.lower().encode() in body.lower() for body in bodies), path


def test_without_the_setting_nobody_is_judged_by_such_a_page(tmp_path: Path):
    given = outcomes(firm(tmp_path / "refused", 'folder: ""'))
    assert {outcome for outcome, _ in given.values()} == {"undetermined"}
