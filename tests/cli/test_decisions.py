"""`auditor decisions` and `auditor run --decisions` as a user calls them."""

import json
import sys

import pytest
from openpyxl import Workbook, load_workbook

from tests.calling import call
from tests.feedback.firm import MONTHS, WRONG, Firm
from tests.feedback.leaving import COMPANY, GONE, STAFF, STILL, LeavingFirm
from tests.whole import findings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="paths as on Unix")
UNTIL = MONTHS[3]


@pytest.fixture
def back(tmp_path):
    firm = Firm(tmp_path / "firm")
    firm.audit(MONTHS[0], {"0101": WRONG, "0102": WRONG})
    return firm, firm.returned(
        lambda sheet: sheet.answer("0101", decision="Waived until", until=UNTIL, remark="agreed")
    )


def test_read_and_list(back):
    firm, file = back
    policy = ("--policy", str(firm.policy.path))
    done = call(
        "decisions", "read", str(file), *policy, "--today", str(MONTHS[0]), "--by", "Els", "--format", "json"
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["decision"], said["until"], said["applied"], said["decided_by"]) == (
        "waived", str(UNTIL), True, "Els",
    )  # fmt: skip
    assert "decisions applied: 1" in done.stderr
    again = call("decisions", "read", str(file), *policy)
    assert (again.returncode, again.stdout) == (0, "")
    assert "read before" in again.stderr
    listed = call("decisions", "list", *policy, "--format", "json")
    assert json.loads(listed.stdout) == said
    assert "0101" in call("decisions", "list", *policy).stdout


def test_a_file_that_cannot_be_read_ends_with_usage_and_one_line(back):
    firm, file = back
    done = call(
        "decisions", "read", str(file), str(file.parent / "none.xlsx"), "--policy", str(firm.policy.path)
    )
    assert done.returncode == 2
    assert "none.xlsx was not read: there is no such file." in done.stderr
    assert "Traceback" not in done.stderr
    assert "back.xlsx" in done.stdout


def test_a_run_reads_decisions_before_it_judges(back):
    firm, file = back
    done = call(
        "run", "--roster", str(firm.folder / "people.csv"), "--policy", str(firm.policy.path), "--captures",
        str(firm.folder / "saved"), "--output", str(firm.folder / "out"), "--today", str(MONTHS[1]),
        "--fresh", "--decisions", str(file),
    )  # fmt: skip
    assert done.returncode in (1, 3), done.stderr
    states = headline_states(firm.folder / "out")
    assert (states["0101"], states["0102"]) == ("waived", "open")


def test_what_is_filled_in_where_the_reports_lie_is_read_and_never_written_over(back):
    firm, _ = back
    output = firm.folder / "out"
    given = (
        "run", "--roster", str(firm.folder / "people.csv"), "--policy", str(firm.policy.path), "--captures",
        str(firm.folder / "saved"), "--output", str(output),
    )  # fmt: skip
    again = ("report", "--policy", str(firm.policy.path), "--output", str(output), "--today", str(MONTHS[0]))
    assert call(*given, "--today", str(MONTHS[0]), "--fresh").returncode in (1, 3)
    (workbook,) = output.glob("*/linkedin-audit_all_*.xlsx")
    assert call(*again).returncode == 0
    assert list(output.glob("*/linkedin-audit_all_*.xlsx")) == [workbook]
    waive = {"decision": "Waived until", "until": UNTIL, "remark": "agreed"}
    firm.filled_in(workbook, lambda sheet: sheet.answer("0101", **waive), workbook)
    filled = workbook.read_bytes()
    assert call(*again).returncode == 0
    assert workbook.read_bytes() == filled
    assert workbook.with_name(f"{workbook.stem}_2.xlsx").is_file()
    done = call(*given, "--today", str(MONTHS[1]), "--fresh")
    assert f"{workbook.name}: " in done.stderr
    assert "decisions applied: 1" in done.stderr
    assert headline_states(output)["0101"] == "waived"
    assert workbook.read_bytes() == filled
    assert workbook.name not in call(*given, "--today", str(MONTHS[1]), "--fresh").stderr


def headline_states(output):
    return {
        person["employee_id"]: result["state"]
        for person in findings(output)["employees"]
        for result in person["results"]
        if result["rule"] == "HDL001"
    }


def test_a_checklist_is_read_shown_and_taken_up_by_the_next_run(tmp_path):
    firm = LeavingFirm(tmp_path / "firm")
    firm.month(0, n0201=STILL)
    file = firm.filled("0201", lambda sheet: sheet.tick(*COMPANY))
    policy = ("--policy", str(firm.policy.path))
    done = call("decisions", "read", str(file), *policy, "--today", str(MONTHS[0]), "--by", "Marga")
    assert done.returncode == 0, done.stderr
    head, first, *_ = done.stdout.splitlines()
    assert head.startswith("file\tplace\tstep\temployee\tanswer")
    assert first.split("\t")[3:5] + first.split("\t")[7:] == ["0201", "done", "yes", "", "Marga"]
    assert "answers applied: 14, only listed: 0" in done.stderr
    again = call("decisions", "read", str(file), *policy)
    assert "read before" in again.stderr
    listed = [
        json.loads(line)
        for line in call("decisions", "list", *policy, "--format", "json").stdout.splitlines()
    ]
    assert len(listed) == 14
    assert {(one["employee_id"], one["answer"], one["applied"]) for one in listed} == {("0201", "done", True)}
    told = call("offboarding", "list", *policy, "--today", str(MONTHS[0])).stdout
    assert "Open: person" in told


def test_a_run_reads_checklists_and_workbooks_before_it_judges(tmp_path):
    firm = LeavingFirm(tmp_path / "firm")
    firm.audit(MONTHS[0], {**STAFF, "0101": WRONG, "0201": STILL, "0202": GONE})
    files = [
        firm.returned(
            lambda sheet: sheet.answer("0101", decision="Waived until", until=UNTIL, remark="agreed")
        ),
        firm.filled("0201", lambda sheet: sheet.tick(*COMPANY), "checklist.xlsx"),
    ]
    done = call(
        "run", "--roster", str(firm.folder / "people.csv"), "--policy", str(firm.policy.path), "--captures",
        str(firm.folder / "saved"), "--output", str(firm.folder / "out"), "--today", str(MONTHS[1]),
        "--fresh", *(part for file in files for part in ("--decisions", str(file))),
    )  # fmt: skip
    assert done.returncode in (1, 3), done.stderr
    book = load_workbook(next((firm.folder / "out").rglob("checklist_0201_*.xlsx")))
    assert "The company: done · The person: open" in [cell.value for cell in book["Checklist"]["A"]]


def test_a_file_that_is_neither_ends_with_usage_and_one_line(back):
    firm, _ = back
    book = Workbook()
    book.active.append(["Name", "Done"])
    book.save(firm.folder / "list.xlsx")
    done = call("decisions", "read", str(firm.folder / "list.xlsx"), "--policy", str(firm.policy.path))
    assert done.returncode == 2
    assert (
        "list.xlsx was not read: it is neither an exception workbook nor a leaver's checklist" in done.stderr
    )
