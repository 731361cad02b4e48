"""The bands of the policy's section `banner` reach every rule that judges a banner alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.banner import SHIPPED, decode, judge, prepare
from auditor.model.company import BannerBands
from auditor.model.rule import NotApplicable, Undetermined
from auditor.rules import bnr001_banner, lvr001_still_current
from tests.rules.subjects import COMPANY, served, subject

DISTANCE = judge(decode(served("current")), prepare(COMPANY.banners)).distance


@pytest.mark.parametrize(
    ("bands", "active", "leaver"),
    [
        (BannerBands(), "BANNER_CURRENT", "LEAVER_BANNER"),
        (BannerBands(match_below=DISTANCE + 0.01), "BANNER_CURRENT", "LEAVER_BANNER"),
        (BannerBands(match_below=DISTANCE - 0.01), "BANNER_REVIEW_CLOSE", "LEAVER_NOT_SEEN"),
    ],
)
def test_a_picture_on_the_edge_is_judged_alike_by_both_rules(bands, active, leaver):
    assert SHIPPED.match_below > DISTANCE
    codes = []
    for rule, state in ((bnr001_banner.RULE, "active"), (lvr001_still_current.RULE, "leaver_overdue")):
        page = {"headline": "Planner", "banner": "current", "positions": [{"at": "X", "current": "no"}]}
        seen = subject({"state": state, "page": page})
        seen = replace(seen, company=replace(seen.company, banner_bands=bands))
        codes.append(rule.check(seen, rule.settings()).code)
    assert codes == [active, leaver]


@pytest.mark.parametrize(
    ("state", "outcome"), [("leaver_overdue", Undetermined), ("leaver_grace", NotApplicable)]
)
def test_nobody_who_left_is_clear_beside_a_banner_that_may_be_ours(state, outcome):
    page = {
        "headline": "Planner",
        "banner": "current",
        "positions": [{"at": "Vlinderbouw", "current": "no"}],
    }
    seen = subject({"state": state, "page": page})
    company = replace(COMPANY, banner_bands=BannerBands(match_below=DISTANCE - 0.01))
    said = lvr001_still_current.RULE.check(
        replace(seen, company=company), lvr001_still_current.RULE.settings()
    )
    assert (type(said), said.code) == (outcome, "LEAVER_BANNER_UNCLEAR")
