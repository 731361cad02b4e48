"""Every rule against its YAML cases; every rule has some, and its docstring has every section."""

import pytest

from auditor.app.registry import rule_texts, rules
from auditor.app.rule_cases import rule_cases
from auditor.model.rule import Severity, outcome_word
from tests.rules.subjects import subject

RULES = {rule.id: rule for rule in rules()}
CASES = [
    pytest.param(RULES[one.rule_id], case, id=f"{one.rule_id} {case.title}")
    for one in rule_cases()
    for case in one.cases
]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_case(rule, case):
    made = subject(case.given)
    assert rule.applies_to(made.employee)
    outcome = rule.check(made, rule.settings())
    assert f"{outcome_word(outcome)} {outcome.code}" == f"{case.outcome} {case.code}"
    if "seen" in case.given:
        assert outcome.observed == case.given["seen"]
    if "never" in case.given:
        assert case.given["never"] not in repr(outcome)


@pytest.mark.parametrize(
    ("rule", "code", "expected"),
    [
        ("CMP001", "OK_LINKED", "current position linked to https://www.linkedin.com/company/vlinderbouw"),
        ("LVR001", "LEAVER_CURRENT_LINKED", "no current position, headline or banner of the company"),
    ],
)
def test_an_outcome_says_what_is_expected(rule, code, expected):
    (ours,) = (one for one in rule_cases() if one.rule_id == rule)
    case = next(one.given for one in ours.cases if one.code == code)
    assert str(RULES[rule].check(subject(case), RULES[rule].settings()).expected) == expected


def test_every_rule_has_cases_and_a_full_text():
    assert [one.rule_id for one in rule_cases() if len(one.cases) < 3 or len(one.gets_wrong) < 200] == []
    headings = ["Summary", "What it checks", "Why it matters", "Example", "How to fix", "Settings"]
    assert [list(text.sections) for text in rule_texts()] == [headings] * len(RULES)


def test_a_policy_may_weigh_a_code_otherwise():
    rule = RULES["LVR001"]
    (ours,) = (one for one in rule_cases() if one.rule_id == rule.id)
    case = next(one.given for one in ours.cases if one.code == "LEAVER_BANNER")
    assert str(rule.check(subject(case), rule.settings()).severity) == "low"
    lighter = rule.settings(severities={"LEAVER_BANNER": Severity.INFO})
    assert rule.check(subject(case), lighter).severity is Severity.INFO
