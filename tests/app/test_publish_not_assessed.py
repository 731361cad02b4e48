"""People of whom the roster leaves open who they are: seen everywhere, and nothing is concluded."""

from __future__ import annotations

import json

import pytest
from openpyxl import load_workbook

from auditor.app.publish import findings_schema
from auditor.findings.assessment import Group
from auditor.model.finding import FindingState
from auditor.model.notice import NoticeKind
from auditor.model.roster import RowFate
from auditor.notices.message import run_message
from auditor.reports.documents import findings_json
from auditor.reports.documents.audit_workbook import exception_workbooks
from auditor.reports.documents.month_page import month_page
from tests.calling import call as auditor
from tests.feedback.firm import MONTHS
from tests.feedback.leaving import STAFF, STILL, LeavingFirm, TornFirm

WORD = "Zzz 4711"


class WordFirm(LeavingFirm):
    """The leavers bear a status word that nobody knows."""

    word = ""

    def more_rows(self):
        return [row.replace(";;2020-01-01", f";{self.word};2020-01-01") for row in super().more_rows()]


@pytest.fixture
def firm(tmp_path):
    return WordFirm(tmp_path / "firm")


def audit(firm, word="", month=0):
    firm.word = word
    return firm.audit(MONTHS[month], {**STAFF, "0201": STILL, "0202": STILL})


def test_two_leavers_with_an_unknown_word_are_seen_everywhere(firm):
    report = audit(firm, WORD)
    counts = report.run.counts
    assert [counts[name] for name in ("people", *Group)] == [7, 4, 0, 3]
    assert tuple(map(str, report.health.reasons)) == (
        "2 of 7 people were not assessed, for reasons that must be settled first",
    )
    (book,) = exception_workbooks(report)
    sheets = {part.key: part for part in book.tables}
    said = [block.text for block in sheets["summary"].blocks if hasattr(block, "text")]
    assert said[2].startswith("This run cannot be trusted: 2 of 7 people")
    assert "2 people not assessed. The status in the roster is not known" in said[3]
    assert said[3].endswith("(rows 6, 7)")
    rows = {row[0]: row for row in sheets["not_assessed"].rows}
    assert set(rows) == {"0201", "0202"}, "who left too long ago is counted, not named"
    assert rows["0201"][1] == "Erik Vertrokken"
    assert "roster.status_words" in rows["0201"][-1]
    assert "2 people were not assessed and may be leavers" in sheets["leavers"].empty
    (page,) = month_page(report)
    assert "2 people not assessed" in page.text
    notice = run_message(report, NoticeKind.NEEDS_YOU).body
    assert "Not assessed: 3" in notice
    assert "- status not known: 2" in notice
    content = findings_json.findings_content(report)
    assert content["run"]["not_assessed"][0]["people"] == 2
    assert {one["employee_id"] for one in content["employees"] if one["group"] == "not_assessed"} == {
        "0199",
        "0201",
        "0202",
    }


def test_a_word_that_nobody_knows_closes_no_finding(firm):
    audit(firm)
    assert firm.state("0201") is None
    assert firm.finding("0201", "LVR001").state is FindingState.NEW
    audit(firm, WORD, month=1)
    assert firm.finding("0201", "LVR001").state is FindingState.UNVERIFIED
    assert firm.record("0201").closed_on is None
    audit(firm, month=2)
    assert firm.finding("0201", "LVR001").state is FindingState.OPEN


def test_the_terminal_and_the_dry_run_say_the_same(firm):
    audit(firm, WORD)
    files = ("--roster", str(firm.folder / "people.csv"), "--policy", str(firm.policy.path))
    more = (
        "--captures",
        str(firm.folder / "saved"),
        "--output",
        str(firm.folder / "r"),
        "--today",
        str(MONTHS[0]),
    )
    planned = auditor("run", *files, *more, "--dry-run")
    assert planned.returncode == 3
    assert planned.stderr.startswith("This run would not be sound: 2 of 7 people were not assessed")
    assert "7 people: 4 would be checked, 3 would not be assessed." in planned.stderr
    assert "A saved page or other file was found for 4 of the 4 who would be checked." in planned.stderr
    cells = [line.split("\t") for line in planned.stdout.splitlines()]
    assert {row[0] for row in cells if "not known" in row[-1]} == {"0201", "0202"}
    done = auditor("run", *files, *more, "--format", "json", "--no-progress", "--fresh")
    assert done.returncode == 3
    assert done.stderr.startswith("This run cannot be trusted: 2 of 7 people were not assessed")
    assert "4 assessed, 0 with something that could not be verified, 3 not assessed." in done.stderr
    assert "2 people not assessed. The status in the roster is not known" in done.stderr
    import jsonschema

    jsonschema.validate(json.loads(done.stdout), findings_schema())


def test_an_entity_that_the_policy_does_not_describe_is_not_assessed(firm):
    path = firm.policy.path
    head = "Employee number;Full name;Status;Start date;End date;Job title;LinkedIn;Entity\n"
    people = [
        f"{n};Ondara Quivel{n};active;2020-01-01;;Planner;https://www.linkedin.com/in/o-{n};"
        f"{'Noordlicht Energie' if n > 1 else 'Zuidzon Papier'}\n"
        for n in range(1, 5)
    ]
    (firm.folder / "people.csv").write_text(head + "".join(people), "utf-8")
    planned = auditor(
        "run", "--roster", str(firm.folder / "people.csv"), "--policy", str(path), "--captures",
        str(firm.folder / "saved"), "--today", str(MONTHS[0]), "--dry-run",
    )  # fmt: skip
    assert planned.returncode == 3
    assert "The policy does not describe the entity: Zuidzon Papier" in planned.stderr
    assert "1\tOndara Quivel1\tactive\tZuidzon Papier\tno, unknown entity\t" in planned.stdout


def test_the_workbook_names_them_in_each_language(tmp_path):
    for language, title in (("nl", "Niet beoordeeld"), ("fr", "Non évalué"), ("de", "Nicht beurteilt")):
        firm = WordFirm(tmp_path / language, language=language)
        audit(firm, WORD)
        sheet = load_workbook(firm.workbook())[title]
        assert {"0201", "0202"} <= {row[0].value for row in sheet.iter_rows()}


@pytest.fixture
def torn(tmp_path):
    return TornFirm(tmp_path / "torn")


def test_rows_that_were_rejected_are_counted_everywhere(torn):
    report = torn.audit(MONTHS[0], {**STAFF, "0201": STILL, "0202": STILL})
    rejected = [row.row for row in report.rows if row.fate is RowFate.REJECTED]
    assert len(rejected) == 2
    assert report.run.counts["not_assessed"] == 1, "nobody of the rejected rows is a person of the run"
    said = "2 of 9 rows of the roster were rejected; whoever stands in them was not assessed"
    assert tuple(map(str, report.health.reasons)) == (said,)
    line = f"2 rows of the roster were rejected; whoever stands in them was not assessed (rows {rejected[0]}-"
    (book,) = exception_workbooks(report)
    sheets = {part.key: part for part in book.tables}
    texts = [block.text for block in sheets["summary"].blocks if hasattr(block, "text")]
    assert texts[2] == f"This run cannot be trusted: {said}"
    assert texts[3].startswith(line)
    figures = next(block for block in sheets["summary"].blocks if getattr(block, "headed", True) is False)
    assert [row[:2] for row in figures.rows if "Rejected" in row[0]] == [("Rejected rows of the roster", 2)]
    assert sheets["not_assessed"].lead[0].startswith(line)
    assert {row[2] for row in sheets["roster_check"].rows if row[0] in rejected} == {"Rejected"}
    (page,) = month_page(report)
    assert line in page.text
    assert (
        "rejected rows of the roster, in which people may stand: 2"
        in run_message(report, NoticeKind.NEEDS_YOU).body
    )
    assert findings_json.findings_content(report)["run"]["counts"]["rejected_rows"] == 2


def test_the_terminal_says_which_rows_were_rejected_before_and_after(torn):
    torn.audit(MONTHS[0], STAFF)
    files = ("--roster", str(torn.folder / "people.csv"), "--policy", str(torn.policy.path))
    more = ("--captures", str(torn.folder / "saved"), "--output", str(torn.folder / "r"))
    line = "2 rows of the roster were rejected; whoever stands in them was not assessed (rows "
    planned = auditor("run", *files, *more, "--today", str(MONTHS[0]), "--dry-run")
    assert planned.returncode == 3
    assert planned.stderr.startswith("This run would not be sound: 2 of 9 rows of the roster were rejected")
    assert line in planned.stderr
    done = auditor("run", *files, *more, "--today", str(MONTHS[0]), "--no-progress", "--fresh")
    assert done.returncode == 3
    assert line in done.stderr
    looked = auditor("doctor", *files, "--output", str(torn.folder / "r"))
    assert f"note    roster: {line}" in looked.stdout
