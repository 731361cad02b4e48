"""An answer given at the desk: checked and kept as one from a workbook, and taken back again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from auditor.app.answer import Answer, give_answer, take_back
from auditor.app.latest_report import LatestReport
from auditor.errors import UsageError
from auditor.model.decision import DecisionReason, DecisionWord
from auditor.model.finding import FindingState
from auditor.store.decisions import DecisionStore
from tests.feedback.firm import MONTHS, RIGHT, WRONG, Firm

TODAY = MONTHS[0] + timedelta(days=5)
UNTIL = date(2026, 12, 24)


@pytest.fixture
def firm(tmp_path):
    made = Firm(tmp_path)
    made.audit(MONTHS[0], {"0101": WRONG, "0102": WRONG, "0103": RIGHT, "0104": RIGHT})
    made.latest = LatestReport(made.policy.path)
    return made


def about(firm, number="0101", word="fixed", **more):
    return Answer(DecisionWord(word), number, firm.finding(number).finding.fingerprint, **more)


def give(firm, answer, by="Els"):
    return give_answer(answer, firm.latest(), firm.policy, firm.store, TODAY, by, "desk")


def kept(firm):
    return [(str(one.word), one.decided_by, one.applied) for one in DecisionStore(firm.store.engine).all()]


def test_an_answer_holds_for_the_next_run(firm):
    given = give(firm, about(firm, word="waived", until=UNTIL, remark="agreed"))
    assert (given.applied, given.place, given.decided_by, given.read_on) == (True, "desk", "Els", TODAY)
    firm.audit(MONTHS[1], {"0101": WRONG, "0102": WRONG})
    assert firm.state("0101") is FindingState.WAIVED
    assert firm.state("0102") is FindingState.OPEN


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"until": UNTIL}, DecisionReason.WAIVER_NO_REASON),
        ({"remark": "agreed"}, DecisionReason.WAIVER_NO_DATE),
        ({"until": date(2028, 1, 1), "remark": "agreed"}, DecisionReason.WAIVER_TOO_LONG),
    ],
)
def test_a_waiver_without_reason_or_end_is_listed_and_not_applied(firm, more, reason):
    given = give(firm, about(firm, word="waived", **more))
    assert (given.applied, given.reason) == (False, reason)
    firm.audit(MONTHS[1], {"0101": WRONG})
    assert firm.state("0101") is FindingState.OPEN


def test_the_answer_that_holds_is_not_kept_twice(firm):
    give(firm, about(firm))
    give(firm, about(firm))
    assert kept(firm) == [("fixed", "Els", True)]


def test_two_people_who_answer_differently_contradict_each_other_until_it_is_taken_back(firm):
    give(firm, about(firm, word="fixed"))
    second = give(firm, about(firm, word="asked"), by="Joris")
    assert second.reason is DecisionReason.TWO_ANSWERS
    assert kept(firm) == [("fixed", "Els", False), ("asked", "Joris", False)]
    found = firm.latest().answer_to(second.subject)
    assert found.contradicts
    assert found.holds is None
    take_back(about(firm), firm.latest(), firm.policy, firm.store, TODAY, "Els", "desk")
    give(firm, about(firm, word="asked"))
    assert kept(firm)[-1] == ("asked", "Els", True)
    assert not firm.latest().answer_to(second.subject).contradicts


def test_an_answer_in_a_workbook_and_another_at_the_desk_are_one_register(firm):
    give(firm, about(firm, word="fixed"))
    typed = firm.decide("0101", TODAY, decision="Asked")
    assert typed.reason is DecisionReason.TWO_ANSWERS
    copy = firm.decide("0102", TODAY, "second.xlsx", decision="Fixed")
    assert copy.applied
    give(firm, about(firm, "0102", "fixed"))
    assert len([one for one in kept(firm) if one[0] == "fixed"]) == 2, "said once at each finding"


def test_what_was_taken_back_no_longer_holds_and_a_copy_does_not_bring_it_back(firm):
    book = firm.workbook()
    waived = {"decision": "Waived until", "until": UNTIL, "remark": "agreed"}
    first = firm.filled_in(book, lambda sheet: sheet.answer("0101", **waived), firm.folder / "a.xlsx")
    assert firm.take(first, TODAY).decisions[0].applied
    take_back(about(firm), firm.latest(), firm.policy, firm.store, TODAY, "Els", "desk")
    again = firm.filled_in(
        book, lambda sheet: (sheet.answer("0101", **waived), sheet.answer("0102", decision="Asked")),
        firm.folder / "b.xlsx",
    )  # fmt: skip
    assert [str(one.word) for one in firm.take(again, TODAY).decisions] == ["asked"]
    firm.audit(MONTHS[1], {"0101": WRONG, "0102": WRONG})
    assert firm.state("0101") is FindingState.OPEN


def test_a_waiver_of_an_earlier_month_can_be_taken_back(firm):
    give(firm, about(firm, word="waived", until=UNTIL, remark="agreed"))
    firm.audit(MONTHS[1], {"0101": WRONG})
    assert firm.state("0101") is FindingState.WAIVED
    day = MONTHS[1] + timedelta(days=2)
    take_back(about(firm), firm.latest(), firm.policy, firm.store, day, "Els", "desk")
    firm.audit(MONTHS[2], {"0101": WRONG})
    assert firm.state("0101") is FindingState.REOPENED


def test_an_objection_takes_effect_at_once_and_cannot_be_taken_back(firm):
    given = give(firm, about(firm, word="objected"))
    assert given.applied
    answer = replace(about(firm), finding=given.fingerprint)
    with pytest.raises(UsageError, match="cannot be taken back"):
        take_back(answer, firm.latest(), firm.policy, firm.store, TODAY, "Els", "desk")
    stored = DecisionStore(firm.store.engine).all()[-1]
    assert (stored.employee_id, stored.remark) == ("", ""), "who objected is in the register only"


def test_nothing_is_kept_about_what_the_report_does_not_have(firm):
    with pytest.raises(UsageError):
        give(firm, Answer(DecisionWord.FIXED, "0101", "000000000000"))
    with pytest.raises(UsageError):
        give(firm, Answer(DecisionWord.NO_PROFILE, "9999"))
    with pytest.raises(UsageError, match="nothing to take back"):
        take_back(about(firm), firm.latest(), firm.policy, firm.store, TODAY, "Els", "desk")
    assert kept(firm) == []
