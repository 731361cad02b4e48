"""A new season: the new banner is expected, the old one passes while it counts, and both are named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from auditor.model.company import BannerRole, ReferenceBanner
from auditor.model.day import Day
from auditor.model.rule import Failed, Passed
from auditor.rules.bnr001_banner import RULE, Settings
from tests.rules.subjects import original, subject

CURRENT = BannerRole.CURRENT
SUMMER = ReferenceBanner("Summer", CURRENT, original("current"), date(2026, 6, 1), date(2026, 10, 31), 14)
WINTER = ReferenceBanner("Winter", CURRENT, original("previous"), date(2026, 11, 1))


@pytest.mark.parametrize(
    ("summer", "day", "answer", "expected"),
    [
        (SUMMER, date(2026, 10, 31), Passed, "Summer"),
        (SUMMER, date(2026, 11, 1), Passed, "Winter"),
        (SUMMER, date(2026, 11, 14), Passed, "Winter"),
        (SUMMER, date(2026, 11, 15), Failed, "Winter"),
        (replace(SUMMER, valid_to=None), date(2027, 2, 1), Passed, "Winter"),
    ],
)
def test_the_summer_banner_through_the_change_of_season(summer, day, answer, expected):
    seen = subject({"page": {"banner": "current"}})
    seen = replace(seen, company=replace(seen.company, banners=(summer, WINTER)), day=Day(day))
    outcome = RULE.check(seen, Settings())
    assert isinstance(outcome, answer)
    assert (outcome.observed, outcome.expected) == ("Summer", expected)
    if isinstance(outcome, Passed):
        told = "an earlier one that still counts, the standing one is Winter"
        assert (told in outcome.reason) == (expected == "Winter")
