"""Which of the policy's entities a roster means."""

from __future__ import annotations

import pytest

from auditor.roster.entity_names import match_entities


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ("Noordlicht B.V.", "Noordlicht BV"),
        ("NOORDLICHT bv", "Noordlicht B.V."),
        ("Noordlicht, N.V.", "Noordlicht NV"),
        ("Noordlicht S.A.", "Noordlicht SA/NV"),
        ("Noordlicht s.a./n.v.", "Noordlicht SA/NV"),
        ("Noordlicht G.m.b.H.", "Noordlicht GmbH"),
        ("Noordlicht GmbH & Co. KG", "Noordlicht GmbH und Co KG"),
        ("Noordlicht S.R.L.", "Noordlicht SRL"),
        ("Noordlicht S.à r.l.", "Noordlicht SARL"),
        ("Noordlicht BVBA", "Noordlicht BV"),
        ("Noordlicht", "Noordlicht BV"),
        ("Noordlicht BV", "Noordlicht"),
        ("NV Noordlicht", "Noordlicht NV"),
        ("Noord-Licht BV", "Noordlicht BV"),
        ("Énergie  Nord SA", "Energie Nord SA"),
        ("Noordlicht Ltd.", "Noordlicht Limited"),
        ("Bakker en Zonen B.V.", "Bakker & Zonen BV"),
    ],
)
def test_another_spelling_is_the_same_entity(given: str, known: str) -> None:
    assert match_entities([given], [known, "Zuiderzon NV"])[given].entity == known


@pytest.mark.parametrize(
    ("given", "known", "may_mean"),
    [
        ("Noordlicht", ["Noordlicht BV", "Noordlicht NV"], ("Noordlicht BV", "Noordlicht NV")),
        ("Noordlicht GmbH", ["Noordlicht BV", "Noordlicht NV"], ("Noordlicht BV", "Noordlicht NV")),
        ("Noordlcht BV", ["Noordlicht BV", "Zuiderzon NV"], ("Noordlicht BV",)),
        ("Noordlicht Services BV", ["Noordlicht BV"], ()),
        ("Westwind BV", ["Noordlicht BV"], ()),
        ("BV", ["Noordlicht BV"], ()),
        ("Noordlicht 2 BV", ["Noordlicht 1 BV"], ("Noordlicht 1 BV",)),
    ],
)
def test_what_may_be_another_entity_is_not_matched(
    given: str, known: list[str], may_mean: tuple[str, ...]
) -> None:
    match = match_entities([given], known)[given]
    assert (match.entity, match.may_mean) == ("", may_mean)


def test_two_entities_of_the_roster_with_different_forms_are_not_taken_for_one() -> None:
    found = match_entities(["Noordlicht NV", "Noordlicht B.V."], ["Noordlicht BV"])
    assert found["Noordlicht B.V."].entity == "Noordlicht BV"
    assert (found["Noordlicht NV"].entity, found["Noordlicht NV"].may_mean) == ("", ("Noordlicht BV",))
    same = match_entities(["Noordlicht BVBA", "Noordlicht B.V.", "Noordlicht"], ["Noordlicht BV"])
    assert {match.entity for match in same.values()} == {"Noordlicht BV"}
