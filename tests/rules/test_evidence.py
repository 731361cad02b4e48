"""What is kept of a banner: its hash with the algorithm's version, and a picture only for a finding."""

from dataclasses import replace
from datetime import date

from auditor.banner import ALGORITHM
from auditor.model.observed import Present
from auditor.model.profile import Banner, BannerKind
from auditor.rules._evidence import EVIDENCE_WIDTH, LARGEST_EVIDENCE
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
