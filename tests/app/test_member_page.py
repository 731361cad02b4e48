"""The member's page as a use case: which doors are open, the verdict, and an objection by the person."""

from __future__ import annotations

from dataclasses import replace

from auditor.app.consent import has_objected
from auditor.app.hand_over import make_places, places_of
from auditor.app.member_page import (
    MemberPageSettings,
    MemberPeople,
    doors_of,
    object_here,
    take_objection_back,
    verdict_of,
)
from auditor.model.rule import Passed, Undetermined
from tests.app.consenting import number_of


def test_only_the_doors_on_the_ladder_are_offered(door):
    places = places_of(door.policy)
    assert doors_of(door.policy, places, door.person(0)) == ("member_consent",)
    wider = replace(door.policy, ladder=("attestation", "saved_pages", "member_export"))
    assert doors_of(wider, places, door.person(0)) == ("saved_pages", "member_export")
    assert doors_of(wider, places, replace(door.person(0), profile_url=None)) == ("member_export",)


def test_there_is_a_verdict_once_something_was_let_see(door):
    places = places_of(door.policy)
    assert verdict_of(door.policy, door.engine, places, door.person(0)) is None
    door.connect(0)
    found = verdict_of(door.policy, door.engine, places, door.person(0))
    kinds = {one.rule_id: type(one.outcome) for one in found.results}
    assert (kinds["HDL001"], kinds["CMP001"]) == (Passed, Undetermined)
    assert door.site.fetches[number_of(0)] == 1, "LinkedIn is not asked again"


def test_an_objection_is_that_very_persons(door):
    places = places_of(door.policy)
    make_places(places)
    door.connect(0)
    object_here(door.policy, door.engine, places, door.person(0))
    assert has_objected(door.policy, door.engine, door.person(0))
    assert not has_objected(door.policy, door.engine, door.person(1))
    assert door.consents.standing(number_of(0), door.today) is None
    take_objection_back(door.policy, door.engine, door.person(0))
    assert not has_objected(door.policy, door.engine, door.person(0))


def test_the_people_follow_the_roster(door):
    people = MemberPeople(MemberPageSettings(door.policy.path, door.folder / "people.csv"))
    assert people.person(number_of(3)).full_name == door.person(3).full_name
    assert people.person("NL-9999") is None
    door.write_roster(3)
    assert people.person(number_of(3)) is None
