"""Every rule against its YAML cases; every rule has some, and its docstring has every section."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from auditor.app.registry import rule_texts, rules
from auditor.model.rule import Severity, outcome_word
from tests.rules.subjects import subject

FOLDER = Path(__file__).parent / "cases"
RULES = {rule.id: rule for rule in rules()}
CASES = [
    pytest.param(RULES[path.stem], case, id=f"{path.stem} {case['case']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in YAML(typ="safe").load(path)
]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_case(rule, case):
    made = subject(case)
    assert rule.applies_to(made.employee)
    outcome = rule.check(made, rule.settings())
    assert f"{outcome_word(outcome)} {outcome.code}" == case["expect"]
    if "seen" in case:
        assert outcome.observed == case["seen"]
    if "never" in case:
        assert case["never"] not in repr(outcome)


def test_every_rule_has_cases_and_a_full_text():
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(RULES)
    headings = ["Summary", "What it checks", "Why it matters", "Example", "How to fix", "Settings"]
    assert [list(text.sections) for text in rule_texts()] == [headings] * len(RULES)


def test_a_policy_may_weigh_a_code_otherwise():
    rule = RULES["LVR001"]
    case = next(
        one for one in YAML(typ="safe").load(FOLDER / "LVR001.yaml") if "LEAVER_BANNER" in one["expect"]
    )
    assert str(rule.check(subject(case), rule.settings()).severity) == "low"
    lighter = rule.settings(severities={"LEAVER_BANNER": Severity.INFO})
    assert rule.check(subject(case), lighter).severity is Severity.INFO
