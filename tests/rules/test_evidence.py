"""What is kept of a banner: its hash with the algorithm's version, and a picture only for a finding."""

from dataclasses import replace
from datetime import date

import pytest

from auditor.banner import ALGORITHM
from auditor.language.words import words_of
from auditor.model.observed import Present, Unseen
from auditor.model.profile import Banner, BannerKind, CompanyShown, PageKind, Position
from auditor.model.rule import Undetermined
from auditor.position.decision_table import BannerSight
from auditor.rules import cmp001_company_link, hdl001_headline
from auditor.rules._evidence import EVIDENCE_WIDTH, LARGEST_EVIDENCE, WORDS, banner_seen
from auditor.rules.bnr001_banner import RULE, Settings
from tests.rules.subjects import COMPANY, original, subject


def check(name, company=COMPANY):
    seen = Present(Banner(BannerKind.CUSTOM, "u", original(name)))
    made = subject({})
    return RULE.check(replace(made, company=company, profile=replace(made.profile, banner=seen)), Settings())


def test_a_match_keeps_the_hash_and_no_picture():
    outcome = check("current")
    assert dict(outcome.facts)["fingerprint"].startswith(f"{ALGORITHM}:")
    assert not hasattr(outcome, "pictures")


def test_a_large_picture_is_kept_small():
    assert len(original("own photo")) > LARGEST_EVIDENCE
    outcome = check("own photo")
    pictures = dict(outcome.pictures)
    assert len(pictures["seen"]) < LARGEST_EVIDENCE * 2
    assert pictures["seen"].startswith(b"\xff\xd8")
    assert EVIDENCE_WIDTH <= 1584
    assert dict(outcome.facts)["fingerprint"].startswith(f"{ALGORITHM}:")


def test_an_entity_whose_banner_does_not_hold_today_is_not_judged():
    later = tuple(replace(one, valid_from=date(2027, 1, 1)) for one in COMPANY.banners)
    assert check("own photo", replace(COMPANY, banners=later)).code == "NO_REFERENCE"


@pytest.mark.parametrize(
    ("banner", "sight"),
    [
        ("current", BannerSight.OURS),
        ("default", BannerSight.NOTOURS),
        ("own photo", BannerSight.NOTOURS),
        ("not loaded", BannerSight.UNKNOWN),
        ("broken", BannerSight.UNKNOWN),
        (None, BannerSight.UNKNOWN),
    ],
)
def test_a_leavers_banner_is_a_sign_only_where_it_was_seen(banner, sight):
    assert banner_seen(subject({"page": {"banner": banner}})) is sight


def test_without_a_banner_of_ours_nothing_is_said_of_a_leavers():
    made = subject({"page": {"banner": "own photo"}})
    assert banner_seen(replace(made, company=replace(COMPANY, banners=()))) is BannerSight.UNKNOWN


@pytest.mark.parametrize("card", [None, "a sister"])
def test_a_list_of_positions_that_is_not_in_the_file_shows_no_absence(card):
    """Also where the top card shows another company of the group and the headline none of them."""
    made = subject({"page": {"kind": "profile_signed_in", "headline": "Planner at Elsewhere"}})
    if card:
        (sister,) = COMPANY.sister_pages[:1]
        shown = Present(CompanyShown("Sister", Present(sister)))
        made = replace(made, profile=replace(made.profile, topcard_company=shown))
    outcome = cmp001_company_link.RULE.check(made, cmp001_company_link.Settings())
    assert (type(outcome), outcome.code) == (Undetermined, "UNV_HIDDEN")


def test_a_headline_is_not_judged_where_the_policy_has_no_template():
    made = subject({"page": {"headline": "Site Engineer at Vlinderbouw"}})
    bare = replace(made, company=replace(COMPANY, templates=()))
    outcome = hdl001_headline.RULE.check(bare, hdl001_headline.Settings())
    assert (type(outcome), outcome.code) == (Undetermined, "NO_TEMPLATE")


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_what_was_seen_of_the_positions_is_said_in_the_readers_language(language):
    words = words_of(language)
    assert [str(seen) for seen in WORDS.values() if seen and words.render(seen) == str(seen)] == []


def test_a_source_without_links_leaves_the_link_open_and_accuses_nobody():
    """As a member's own export has it: the employer's name, and never a link."""
    ours = COMPANY.names[0].text
    listed = Position(Present("Planner"), ours, Unseen("an export holds no links"), Present(True))
    made = subject({})
    seen = replace(made.profile, page_kind=PageKind.RECORD, positions=Present((listed,)))
    outcome = cmp001_company_link.RULE.check(replace(made, profile=seen), cmp001_company_link.Settings())
    assert (type(outcome), outcome.code) == (Undetermined, "ACT_LINK_UNSEEN")
    assert not outcome.review
