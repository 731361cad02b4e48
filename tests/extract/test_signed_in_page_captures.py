"""Every fact of every signed-in capture comes out right, and nothing of anybody else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.app.inspect import PageToRead, inspect_page

CAPTURES = Path(__file__).resolve().parents[2].parent / "shared" / "signed_in_captures"
PAGES = sorted(CAPTURES.glob("*.html"))
_NOT_FACTS = {"notes", "traps", "never"}


@pytest.mark.skipif(not PAGES, reason="the shared captures are not beside this repository")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_capture_is_read_as_its_expected_file_says(page: Path):
    wanted = json.loads(page.with_suffix(".expected.json").read_text(encoding="utf-8"))
    facts = inspect_page(PageToRead(page), signed_in=True)

    wrong = {
        key: facts[key]
        for key, value in wanted.items()
        if key not in _NOT_FACTS
        and not key.endswith("_accept")
        and facts[key] != value
        and _state(facts[key]) not in wanted.get(f"{key}_accept", ())
    }
    assert wrong == {}
    text = json.dumps(facts, ensure_ascii=False)
    assert [one for one in wanted["never"] if one in text] == []


@pytest.mark.skipif(not PAGES, reason="the shared captures are not beside this repository")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_capture_gives_nothing_where_signed_in_pages_are_refused_or_it_is_anothers(page: Path):
    refused = inspect_page(PageToRead(page))
    assert refused["page_kind"] == "logged_in"
    anothers = inspect_page(
        PageToRead(page, "https://www.linkedin.com/in/quite-another-person/"), signed_in=True
    )
    assert anothers["page_kind"] in ("wrong_page", "logged_in")
    for facts in (refused, anothers):
        assert (facts["slug"], facts["positions"], facts["headline"]["text"]) == (None, [], None)
        assert (facts["banner"]["state"], facts["topcard_company"]["state"]) == ("unseen", "unseen")


def _state(fact: object) -> object:
    return fact["state"] if isinstance(fact, dict) else fact
