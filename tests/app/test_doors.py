"""Which door could decide what, worked out by hand for a small roster."""

import json
from dataclasses import replace

import pytest

from auditor.app.doors import could_decide, doors_of
from auditor.app.registry import sources
from auditor.app.run_plan import RunRequest, open_store, prepare
from tests.calling import call
from tests.feedback.leaving import LeavingFirm


@pytest.fixture
def plan(tmp_path):
    firm = LeavingFirm(tmp_path)
    firm._write_roster()
    request = RunRequest(
        tmp_path / "people.csv", firm.policy.path, tmp_path / "reports", resume=False, keep=False
    )
    return prepare(request, firm.policy, open_store(firm.policy, keep=False))


def test_the_people_and_rules_of_the_roster_are_counted(plan):
    """Four in service, two who left three months ago, and one in 2019, who is not looked at any more: banner,
    headline and link concern the four, the leaver rule two, the name all six."""
    found = doors_of(plan)
    assert found.people == 6
    shipped = {"BNR001": 4, "CMP001": 4, "HDL001": 4, "LVR001": 2, "PRF001": 6}
    assert shipped.items() <= found.concerned.items()
    used = [one.source.name for one in found.doors if one.used]
    assert used == ["saved_pages"]
    assert set(found.undecided.values()) == {0}


def test_a_statement_shows_no_name_so_the_identity_stays_open(plan):
    only = replace(plan, ladders={"": ("attestation",)})
    shipped = {"BNR001": 0, "CMP001": 0, "HDL001": 0, "LVR001": 0, "PRF001": 6}
    assert shipped.items() <= doors_of(only).undecided.items()


def test_what_has_neither_picture_nor_link_decides_neither_banner_nor_link(plan):
    """The member's own data has the banner's address and the employer's name: headline, name and what a
    leaver lists can be decided, the banner and the company link of the four in service cannot."""
    only = replace(plan, ladders={"": ("member_consent",)})
    found = doors_of(only)
    shipped = {"BNR001": 4, "CMP001": 4, "HDL001": 0, "LVR001": 0, "PRF001": 0}
    assert shipped.items() <= found.undecided.items()
    (door,) = (one for one in found.doors if one.used)
    assert {"BNR001": 0, "CMP001": 0, "HDL001": 4, "LVR001": 2, "PRF001": 6}.items() <= door.decides.items()


def test_a_rule_without_declared_fields_may_rest_on_any(plan):
    bound = plan.policy.rules[0]
    free = replace(bound, rule=replace(bound.rule, fields=None))
    assert all(could_decide(one, free) for one in sources().values())


def test_the_command_prints_the_same_as_json(tmp_path):
    firm = LeavingFirm(tmp_path)
    firm._write_roster()
    ended = call(
        "doors", "--roster", tmp_path / "people.csv", "--policy", firm.policy.path, "--format", "json"
    )
    facts = json.loads(ended.stdout)
    assert (facts["people"], facts["undecided"]["HDL001"]) == (6, 0)
    assert {one["source"] for one in facts["sources"]} == set(sources())
