"""Whose page is wanted first, and who is looked at again."""

from datetime import date

import pytest

from auditor.app.collect import Collector
from auditor.app.latest_report import LatestReport
from auditor.app.wanted_people import People
from auditor.model.employee import RosterState
from tests.app.collecting import employee
from tests.feedback.firm import MONTHS, RIGHT, Firm
from tests.feedback.leaving import STILL, LeavingFirm


@pytest.fixture
def firm(tmp_path):
    return Firm(tmp_path)


def test_leavers_come_first_then_those_without_a_page(make, firm):
    firm.audit(MONTHS[0], {"0101": RIGHT, "0102": None, "0103": None}, seen_on=date(2020, 1, 5))
    reported = LatestReport(firm.policy.path)()
    leaver = employee("0103", RosterState.LEAVER_OVERDUE)
    found = make([employee("0101"), employee("0102"), leaver], reported=reported).wanted()
    assert [(one.employee.employee_id, one.leaver) for one in found] == [("0103", True), ("0102", False)]


def test_a_leaver_who_was_flagged_is_looked_at_again(tmp_path):
    firm = LeavingFirm(tmp_path)
    firm.month(0, n0201=STILL)
    reported = LatestReport(firm.policy.path)()
    people = {one.employee_id: one for one in reported.run.roster.employees if one.employee_id[:2] == "02"}
    found = Collector(firm.policy, People(people), reported, tmp_path, {}).wanted()
    assert [one.employee.employee_id for one in found] == ["0201"], "0202 was seen clean"
