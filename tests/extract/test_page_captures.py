"""Every field of every capture with known facts comes out right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.pages.reading import facts_of

CAPTURES = Path(__file__).resolve().parents[2].parent / "shared" / "captures"
PAGES = sorted(CAPTURES.glob("*/*.html"))
_NOT_FACTS = {"notes", "page_kind", "page_kind_accept", "company"}


@pytest.mark.skipif(not PAGES, reason="the shared captures are not beside this repository")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_capture_is_read_as_its_expected_file_says(page: Path):
    wanted = json.loads(page.with_suffix(".expected.json").read_text(encoding="utf-8"))
    facts = facts_of(page.read_bytes())

    assert {key: facts[key] for key in wanted if key not in _NOT_FACTS} == {
        key: value for key, value in wanted.items() if key not in _NOT_FACTS
    }
    assert facts["page_kind"] in {wanted["page_kind"], *wanted.get("page_kind_accept", ())}
    if "company" in wanted:
        assert facts["company"] == {key: wanted["company"][key] for key in ("name", "slug", "numeric_id")}


@pytest.mark.skipif(not PAGES, reason="the shared captures are not beside this repository")
@pytest.mark.parametrize("page", [p for p in PAGES if p.parent.name == "profile"], ids=lambda page: page.stem)
def test_capture_of_somebody_else_gives_nothing(page: Path):
    facts = facts_of(page.read_bytes(), asked="https://www.linkedin.com/in/quite-another-person/")

    assert facts["page_kind"] == "wrong_page"
    assert (facts["slug"], facts["positions"], facts["headline"]["state"]) == (None, [], "unseen")
    assert (facts["banner"]["state"], facts["topcard_company"]["state"]) == ("unseen", "unseen")
