"""Generated pages of every shape are read rightly, and nothing unseen is called absent or default."""

from __future__ import annotations

import pytest

from tests.pages.reading import facts_of
from tests.pages.variants import Variant, variants

_STATES = ("banner", "headline", "topcard_company")


def test_a_few_hundred_variants():
    assert _troubles(20260901, 300) == []


@pytest.mark.long
def test_thousands_of_variants():
    assert _troubles(7, 5000) == []


def _troubles(seed: int, count: int) -> list[str]:
    return [trouble for one in variants(seed, count) for trouble in _compare(one)]


def _compare(variant: Variant) -> list[str]:
    facts = facts_of(variant.html, variant.asked, variant.final, variant.status)
    if variant.cut:
        return _compare_cut(variant, facts)
    return [
        f"{variant.name}: {key}: {facts[key]!r} is not {wanted!r}"
        for key, wanted in variant.facts.items()
        if facts[key] != wanted
    ]


def _compare_cut(variant: Variant, facts: dict) -> list[str]:
    """What a cut page shows may be read, but never as absent, and never wrongly."""
    if facts["page_kind"] == "unreadable":
        return []
    wrong = [key for key in _STATES if facts[key]["state"] == "absent"]
    wrong += [
        key
        for key in _STATES
        if facts[key]["state"] != "unseen" and not _same(variant.facts[key], facts[key])
    ]
    if facts["positions"] and facts["positions"] != variant.facts["positions"]:
        wrong.append("positions")
    if facts["page_kind"] != variant.facts["page_kind"]:
        wrong.append("page_kind")
    return [
        f"{variant.name}: {key}: {facts[key]!r} where the whole page says {variant.facts[key]!r}"
        for key in wrong
    ]


def _same(wanted: dict, given: dict) -> bool:
    """A link may be unseen where the whole page proves that there is none."""
    return given == wanted or {**given, "page": None} == {**wanted, "page": None}
