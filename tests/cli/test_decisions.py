"""`auditor decisions` and `auditor run --decisions` as a user calls them."""

import json
import sys

import pytest

from tests.returned.firm import MONTHS, WRONG, Firm
from tests.whole import findings, run

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
    done = run(
        "decisions", "read", str(file), *policy, "--today", str(MONTHS[0]), "--by", "Els", "--format", "json"
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["decision"], said["until"], said["applied"], said["decided_by"]) == (
        "waived", str(UNTIL), True, "Els",
    )  # fmt: skip
    assert "decisions applied: 1" in done.stderr
    again = run("decisions", "read", str(file), *policy)
    assert (again.returncode, again.stdout) == (0, "")
    assert "read before" in again.stderr
    listed = run("decisions", "list", *policy, "--format", "json")
    assert json.loads(listed.stdout) == said
    assert "0101" in run("decisions", "list", *policy).stdout


def test_a_file_that_cannot_be_read_ends_with_usage_and_one_line(back):
    firm, file = back
    done = run(
        "decisions", "read", str(file), str(file.parent / "none.xlsx"), "--policy", str(firm.policy.path)
    )
    assert done.returncode == 2
    assert "none.xlsx was not read: there is no such file." in done.stderr
    assert "Traceback" not in done.stderr
    assert "back.xlsx" in done.stdout


def test_a_run_reads_decisions_before_it_judges(back):
    firm, file = back
    done = run(
        "run", "--roster", str(firm.folder / "people.csv"), "--policy", str(firm.policy.path), "--captures",
        str(firm.folder / "saved"), "--output", str(firm.folder / "out"), "--today", str(MONTHS[1]),
        "--fresh", "--decisions", str(file),
    )  # fmt: skip
    assert done.returncode in (1, 3), done.stderr
    states = {
        person["employee_id"]: result["state"]
        for person in findings(firm.folder / "out")["employees"]
        for result in person["results"]
        if result["rule"] == "HDL001"
    }
    assert (states["0101"], states["0102"]) == ("waived", "open")
