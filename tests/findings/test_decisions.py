"""Settling, repeating and heeding decisions: pure functions of what was said and the day."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest

from auditor.findings.decisions import decided, excluded_by_decisions, heed, latest, newly_said, settle
from auditor.model.decision import Decision, DecisionReason, DecisionWord
from auditor.model.employee import Employee, RosterState

DAY = date(2026, 11, 22)
OLD, NEW = "https://www.linkedin.com/in/invented-old/", "https://www.linkedin.com/in/invented-new/"


def said(word, finding="f1", report="2026-11-01-01", **more):
    return Decision(finding, "7", DecisionWord(word), report, DAY, **more)


WAIVED = said("waived", until=date(2027, 2, 1), remark="agreed")
FAULTY = replace(said("waived"), applied=False, reason=DecisionReason.WAIVER_NO_DATE)
FIXED, ASKED = said("fixed"), said("asked")
UNKNOWN = replace(said("fixed"), word=None, typed="done", applied=False, reason=DecisionReason.UNKNOWN_WORD)


@pytest.mark.parametrize(
    ("listed", "applied"),
    [
        ([FIXED, ASKED], 0),
        ([WAIVED, replace(WAIVED, until=date(2027, 3, 1))], 0),
        ([FIXED, FAULTY], 0),
        ([WAIVED, FAULTY], 1),
        ([WAIVED, FAULTY, FIXED], 0),
        ([WAIVED, FAULTY, replace(WAIVED, until=date(2027, 3, 1))], 0),
        ([FIXED, UNKNOWN], 1),
        ([FIXED, replace(FIXED, file_name="copy.xlsx")], 2),
        ([FIXED, replace(ASKED, fingerprint="f2")], 2),
        ([FIXED, replace(ASKED, report_id="2026-12-01-01")], 2),
        ([FIXED, ASKED, FIXED], 0),
    ],
)
def test_two_different_answers_to_one_question_apply_none(listed, applied):
    for order in permutations(listed):
        settled = settle(order)
        assert sum(one.applied for one in settled) == applied
        assert settle(settled) == settled, "settling again changes nothing"
        assert [one.subject for one in settled] == [one.subject for one in order]


def test_an_address_that_was_given_for_two_people_holds_for_neither():
    first = said("new_address", "", address=NEW)
    other = replace(
        first,
        employee_id="8",
        address=NEW.upper().replace("HTTPS://WWW.LINKEDIN.COM/IN", "https://nl.linkedin.com/in"),
    )
    settled = settle([first, other])
    assert [(one.applied, one.reason) for one in settled] == [(False, DecisionReason.ADDRESS_TAKEN)] * 2
    assert settle(settled) == settled, "settling again changes nothing"
    later = replace(other, address=OLD, report_id="2026-12-01-01")
    assert [one.applied for one in settle([first, other, later])] == [True, True, True]
    assert [one.applied for one in settle([first, replace(first, file_name="copy.xlsx")])] == [True, True]


def test_a_later_report_s_answer_replaces_an_earlier_one():
    later = replace(ASKED, report_id="2026-12-01-01")
    assert latest([WAIVED, later]) == {("f1", ""): later}


BACK = said("taken_back")


@pytest.mark.parametrize(
    ("listed", "applied"),
    [
        ([WAIVED, BACK], [False, True]),
        ([FIXED, ASKED, BACK], [False, False, True]),
        ([FIXED, ASKED, BACK, ASKED], [False, False, True, True]),
        ([WAIVED, BACK, WAIVED], [False, True, True]),
        ([WAIVED, replace(BACK, report_id="2026-12-01-01")], [False, True]),
        ([WAIVED, replace(BACK, fingerprint="f2")], [True, True]),
        ([said("wrong_person"), BACK], [True, True]),
        ([BACK, FIXED, ASKED], [True, False, False]),
    ],
)
def test_an_answer_that_was_taken_back_holds_no_longer(listed, applied):
    settled = settle(listed)
    assert [one.applied for one in settled] == applied
    assert settle(settled) == settled, "settling again changes nothing"


def test_after_taking_back_nothing_is_decided_and_a_copy_of_the_answer_does_not_bring_it_back():
    settled = settle([WAIVED, BACK])
    assert decided(settled, DAY).waiver("f1", DAY) is None
    assert newly_said([replace(WAIVED, file_name="copy.xlsx")], settled) == ()
    assert newly_said([FIXED], settled) == (FIXED,)


def test_an_answer_known_from_a_copy_is_said_once():
    copy = replace(FIXED, file_name="copy.xlsx", read_on=DAY + timedelta(days=1))
    assert newly_said([copy], [FIXED]) == ()
    assert newly_said([FIXED, copy], []) == (FIXED,)
    assert newly_said([copy], settle([FIXED, ASKED])) == (), "known, though it contradicts another"
    assert newly_said([ASKED], [FIXED]) == (ASKED,)
    assert newly_said([WAIVED], [FAULTY]) == (WAIVED,), "a corrected answer is a new one"


def test_no_profile_holds_for_twelve_months_and_an_objection_is_the_registers_matter():
    one = said("no_profile", decided_on=date(2026, 11, 20))
    assert set(excluded_by_decisions([one], date(2027, 11, 19))) == {"7"}
    assert excluded_by_decisions([one], date(2027, 11, 20)) == {}
    assert excluded_by_decisions([replace(one, applied=False)], DAY) == {}
    assert excluded_by_decisions([said("objected")], DAY) == {}


def test_each_month_s_asked_counts_once():
    twice = [ASKED, replace(ASKED, file_name="copy.xlsx"), replace(ASKED, report_id="2026-12-01-01")]
    assert decided(twice, DAY).asked == {"f1": 2}


def employee(url=OLD, number="7", state=RosterState.ACTIVE):
    return Employee(number, "Anneke Voorbeeld", state, url)


@pytest.mark.parametrize(
    ("decisions", "url", "expected"),
    [
        ([said("wrong_person", address=OLD)], OLD, None),
        ([said("wrong_person", address=OLD)], "https://nl.linkedin.com/in/Invented-Old", None),
        ([said("wrong_person", address=OLD)], NEW, NEW),
        ([replace(said("wrong_person", address=OLD), applied=False)], OLD, OLD),
        ([said("new_address", "", address=NEW, replaces=OLD)], OLD, NEW),
        ([said("new_address", "", address=NEW)], None, NEW),
        ([said("new_address", "", address=NEW, replaces=OLD)], None, None),
        ([said("new_address", "", address=NEW), said("wrong_person", address=NEW)], None, None),
        ([said("fixed")], OLD, OLD),
    ],
)
def test_addresses_follow_hr_until_the_roster_changes(decisions, url, expected):
    (one,) = heed([employee(url)], decisions, DAY)
    assert one.profile_url == expected
    assert heed([one], decisions, DAY) == (one,), "heeding twice changes nothing"


def test_a_new_address_that_somebody_else_of_the_roster_has_is_not_used():
    people = [employee(OLD), employee(NEW, "8")]
    given = [said("new_address", "", address=NEW, replaces=OLD)]
    assert [one.profile_url for one in heed(people, given, DAY)] == [OLD, NEW]


def test_people_who_are_never_opened_stay_as_they_are():
    one = employee(state=RosterState.LONG_LEAVE)
    assert heed([one], [said("no_profile"), said("wrong_person", address=OLD)], DAY) == (one,)
