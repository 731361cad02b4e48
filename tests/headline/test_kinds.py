"""Case tables of headlines by kind, labelled before the mend; `held` rows were never tuned on."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from auditor.headline.cases import judge_cases, judge_former_cases
from auditor.headline.expectation import Answer, HeadlineExpectation, Strictness, TitleCheck
from auditor.headline.mention import read_mention
from auditor.headline.name_notices import name_notices
from auditor.headline.verdict import judge_headline
from auditor.model.company import Company, CompanyName
from auditor.model.observed import Present
from tests.calling import call
from tests.headline.test_cases import rows_of
from tests.sources.invented import vendor_record, written
from tests.whole import findings

CASES = Path(__file__).parent / "cases"
TODAY = date(2026, 11, 22)
FORMER = (
    "past",
    "other_ties",
    "ordinary_words",
    "former_second_look",
    "former_third_look",
    "former_fourth_look",
    "ended",
)
JUDGED = ("spellings", "spellings_second_look", "second_posts", "reasons", "in_service")


@pytest.mark.parametrize("name", FORMER)
def test_no_leaver_is_said_to_claim_what_the_headline_does_not_claim(name):
    rows = rows_of(CASES / f"{name}.tsv")
    results = judge_former_cases(rows, TODAY)
    wrong = [(row["headline"], one.given) for row, one in zip(rows, results, strict=True) if not one.agrees]
    assert [one for one in wrong if one[1] == "present"] == []
    silent = [one for one in results if one.expected == "present" and not one.agrees]
    assert len(silent) * 20 <= sum(one.expected == "present" for one in results)
    if not name.endswith("_look"):  # there, `past` may be `unknown`: both accuse nobody
        assert len(wrong) * 5 <= len(rows)


def test_what_stands_beside_a_claim_does_not_spoil_it():
    results = judge_cases(rows_of(CASES / "employees.tsv"), TODAY)
    wrong = [(one.id, one.expected, one.verdict) for one in results if not one.agrees]
    assert [one for one in wrong if one[2] != "review"] == []
    assert len(wrong) * 20 <= len(results)


@pytest.mark.parametrize("name", JUDGED)
def test_no_wrong_pass_no_wrong_fail_and_the_reason_helps(name):
    rows = rows_of(CASES / f"{name}.tsv")
    results = judge_cases(rows, TODAY)
    wrong = [(row["headline"], one.verdict) for row, one in zip(rows, results, strict=True) if not one.agrees]
    assert wrong == []
    asked = [
        (row["id"], row["reason_code"]) for row in rows if row["expected"] == "fail" and row["reason_code"]
    ]
    given = {one.id: one.reason_code for one in results}
    assert [one for one in asked if given[one[0]] != one[1]] == []


@pytest.mark.parametrize("name", ["past", "other_ties"])
@pytest.mark.parametrize("loose", [{"strictness": Strictness.MENTION}, {"title_check": TitleCheck.OFF}])
def test_what_is_no_claim_never_passes_however_loose_the_policy(name, loose):
    passed = []
    for row in rows_of(CASES / f"{name}.tsv"):
        names = tuple(CompanyName(one) for one in row["company_names"].split(";"))
        expected = HeadlineExpectation("{job title} at {company}", names, "Surveyor", today=TODAY)
        verdict = judge_headline(Present(row["headline"]), replace(expected, **loose))
        if row["expected"] != "present" and verdict.answer is Answer.PASS:
            passed.append(row["headline"])
    assert passed == []


@pytest.mark.parametrize(
    ("headline", "today", "mention"),
    [
        ("Analyst at Plover (2019 - 2028)", date(2026, 11, 22), "present"),
        ("Analyst at Plover (2019 - 2028)", date(2029, 1, 5), "past"),
        ("Analyst at Plover until 2026", date(2026, 11, 22), "unknown"),
        ("Analyst at Plover until March 2026", date(2026, 11, 22), "past"),
        ("Analyst at Plover until 2024", None, "unknown"),
    ],
)
def test_a_year_is_past_only_as_seen_from_the_day_of_the_audit(headline, today, mention):
    company = Company("Plover", (CompanyName("Plover"),), ())
    assert read_mention(Present(headline), company, today=today).mention == mention


def test_the_roster_tells_a_job_that_no_list_holds():
    company = Company("Plover", (CompanyName("Plover"),), ())
    assert read_mention(Present("Wizard at Plover"), company).mention == "unknown"
    assert read_mention(Present("Wizard at Plover"), company, "Wizard", TODAY).mention == "present"


def test_names_that_are_words_are_asked_about_until_the_policy_says():
    names = (CompanyName("Tafel"), CompanyName("Vlinderbouw"), CompanyName("Anker", needs_connector=False))
    (notice,) = name_notices([Company("Tafel BV", names, ())])
    assert notice.code == "W01"
    assert dict(notice.facts) == {"entity": "Tafel BV", "name": "Tafel"}
    assert "needs_connector" in notice.message


def test_a_table_of_leavers_is_read_from_the_command_line(tmp_path):
    table = tmp_path / "mine.tsv"
    table.write_text(
        "id\tcompany_names\theadline\texpected\n"
        "1\tPlover;Plover Group\tUntil 2024 Data Analyst at Plover\tpast\n"
        "2\tPlover\tFan of Plover\tpresent\n",
        encoding="utf-8",
    )
    words = ("inspect", "headline", "--former", "--today", "2026-11-22", "--cases")
    done = call(*words, str(table))
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"id": "1", "expected": "past", "given": "past", "reason_code": "PAST_ONLY"},
        {"id": "2", "expected": "present", "given": "unknown", "reason_code": "RELATION_UNCLEAR"},
    ]
    assert done.returncode == 1
    table.write_text(table.read_text(encoding="utf-8").replace("\tpresent", "\tunknown"), encoding="utf-8")
    assert call(*words, str(table)).returncode == 0


POLICY = """\
version: 1
entities:
{entities}
sources:
  ladder: [vendor_file]
  vendor_file: {{file: people.json}}
reports: {{packs: false, extent: summary}}
"""
ENTITY = """\
  - name: {name}
    names: [{name}]
    pages: [https://www.linkedin.com/company/{slug}-invented]
    headline: "{{job title}} at {{company}}"
    privacy:
      purpose: correct presentation
      balancing_note_date: 2026-01-15
      contact: privacy@{slug}.example
      notice_date: 2026-02-01
"""


def test_a_whole_run_accuses_no_leaver_of_a_past_or_somebody_elses_job(tmp_path):
    """Every row of the kinds A and B as a leaver's headline: only those labelled present are findings."""
    cases = [row for name in ("past", "other_ties") for row in rows_of(CASES / f"{name}.tsv")]
    entities = list(dict.fromkeys(row["company_names"].split(";")[0] for row in cases))
    policy = POLICY.format(entities="".join(ENTITY.format(name=one, slug=one.lower()) for one in entities))
    roster = ["Employee number;Full name;Status;Start date;End date;Job title;Entity;LinkedIn"]
    records = []
    for row in cases:
        ours, slug = row["company_names"].split(";")[0], f"oda-{row['id'].lower()}-invented"
        roster.append(
            f"{row['id']};Oda Vintermark;left;2015-01-01;2026-06-30;Surveyor;{ours};"
            f"https://www.linkedin.com/in/{slug}"
        )
        ended = {"title": "Surveyor", "company": ours, "url": None, "start_date": "2015", "end_date": "2024"}
        records.append(
            vendor_record(
                slug, position=row["headline"], current_company=None, experience=[ended],
                timestamp="2026-11-10T04:05:06.000Z",
            )
        )  # fmt: skip
    written(tmp_path / "policy.yaml", policy)
    written(tmp_path / "evidence" / "people.json", records)
    written(tmp_path / "people.csv", "\n".join(roster) + "\n")
    done = call(
        "run", "--roster", str(tmp_path / "people.csv"), "--today", "2026-11-22",
        "--policy", str(tmp_path / "policy.yaml"), "--captures", str(tmp_path / "evidence"),
        "--output", str(tmp_path / "reports"),
    )  # fmt: skip
    content = findings(tmp_path / "reports")
    assert len(content["employees"]) == len(cases), done.stderr
    accused = {
        person["employee_id"]
        for person in content["employees"]
        if any(result["outcome"] == "failed" for result in person["results"])
    }
    assert accused == {row["id"] for row in cases if row["expected"] == "present"}
