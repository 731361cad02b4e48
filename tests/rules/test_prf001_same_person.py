"""Whose page it is: what HR confirmed, and which unread pages a person must look at."""

from dataclasses import replace

import pytest

from auditor.model.capture import CaptureStatus
from auditor.model.rule import Passed, Undetermined
from auditor.rules.prf001_same_person import RULE, Settings
from tests.rules.subjects import PERSON, subject


def check(case):
    return RULE.check(subject(case), Settings())


@pytest.mark.parametrize(
    ("status", "review"),
    [("wrong_person", True), ("who_is_this", True), ("not_found", False), ("timeout", False)],
)
def test_only_a_doubt_about_the_person_asks_a_person_to_look(status, review):
    outcome = check({"status": status})
    assert isinstance(outcome, Undetermined)
    assert (outcome.review, CaptureStatus(status)) == (review, subject({"status": status}).capture.status)


def test_a_name_that_hr_confirmed_is_said_to_be_confirmed():
    # another name than the roster's gets as far as the rule only where HR has answered for it
    outcome = check({"page": {"name": "Zora Feldkamp"}})
    assert outcome == Passed("OK_CONFIRMED", reason="HR said that the page is this person's")


def test_without_the_parts_of_a_name_the_whole_name_of_the_roster_counts():
    made = subject({"page": {"name": PERSON["name"]}})
    outcome = RULE.check(replace(made, employee=replace(made.employee, name=None)), Settings())
    assert (outcome.code, outcome.reason) == ("OK_NAME", "the name on the page fits the roster")
