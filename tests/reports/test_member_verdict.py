"""A verdict in the person's words: what differs first, what a person of HR must see, what was not visible."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from auditor.app.registry import rule_texts
from auditor.language.words import words_of
from auditor.model.company import Company, CompanyName
from auditor.model.employee import Employee, RosterState
from auditor.model.examination import Examination
from auditor.model.rule import (
    CheckResult,
    Confidence,
    Failed,
    NotApplicable,
    Passed,
    Severity,
    Undetermined,
)
from auditor.reports.codes import RuleBook
from auditor.reports.member_verdict import Light, member_verdict

TODAY = date(2026, 11, 28)
COMPANY = Company("Noordlicht", (CompanyName("Noordlicht Energie"),), (), "company/noordlicht-energie")
PERSON = Employee("N-1", "Tjeerd Verzinsel", RosterState.ACTIVE)
MISSING = Failed("NO_COMPANY", "m", "Planner at Noordlicht Energie", "[...]")


def verdict(form: str = "formal", language: str = "en", **outcomes):
    results = tuple(CheckResult(rule_id, outcome, Severity.LOW) for rule_id, outcome in outcomes.items())
    made = Examination(PERSON, (), results)
    return member_verdict(made, COMPANY, RuleBook(rule_texts()), words_of(language), form, TODAY)


def test_what_differs_comes_first_and_what_does_not_concern_the_person_is_left_out():
    found = verdict(
        PRF001=Passed("SAME"),
        BNR001=Undetermined("X", "not seen"),
        CMP001=Passed("OK"),
        HDL001=MISSING,
        LVR001=NotApplicable("ACTIVE", "in service"),
    )
    assert [line.light for line in found.lines] == [Light.DIFFERS, Light.RIGHT, Light.UNSEEN]
    assert found.headline == "Planner at Noordlicht Energie"
    assert found.lines[0].seen == "", "nothing is quoted of a headline that was not kept"


def test_what_is_unsure_is_never_told_as_a_fault():
    unsure = replace(MISSING, confidence=Confidence.REVIEW)
    found = verdict(HDL001=unsure, CMP001=Undetermined("X", "look", review=True))
    assert {line.light for line in found.lines} == {Light.ASK}
    assert (found.headline, found.all_right) == ("", False)


def test_all_right_needs_something_seen():
    assert verdict(HDL001=Passed("OK")).all_right
    assert not verdict(HDL001=Passed("OK"), CMP001=Undetermined("X", "r")).all_right
    assert not verdict().all_right


@pytest.mark.parametrize(("form", "word"), [("formal", "u hoeft"), ("informal", "je hoeft")])
def test_the_form_of_address_is_the_policys(form, word):
    found = verdict(form, "nl", HDL001=replace(MISSING, confidence=Confidence.REVIEW))
    assert word in found.lines[0].says
