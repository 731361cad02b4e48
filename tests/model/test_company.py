"""Which banner people are asked to carry on a day: of those that hold, the one that began last."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.model.company import BannerRole, ReferenceBanner, open_ended, standing_banner, standing_banners

CURRENT = BannerRole.CURRENT
SUMMER = ReferenceBanner("Summer", CURRENT, b"s", date(2026, 6, 1), date(2026, 10, 31), 14)
WINTER = ReferenceBanner("Winter", CURRENT, b"w", date(2026, 11, 1))
OLD_SUMMER = ReferenceBanner("Summer", CURRENT, b"s", date(2026, 6, 1))
LAST_YEAR = ReferenceBanner("Jubilee", BannerRole.PREVIOUS, b"j", date(2025, 1, 1))


@pytest.mark.parametrize(
    ("day", "passes", "standing"),
    [
        (date(2026, 5, 31), [], []),
        (date(2026, 6, 1), ["Summer"], ["Summer"]),
        (date(2026, 10, 31), ["Summer"], ["Summer"]),
        (date(2026, 11, 1), ["Summer", "Winter"], ["Winter"]),
        (date(2026, 11, 14), ["Summer", "Winter"], ["Winter"]),
        (date(2026, 11, 15), ["Winter"], ["Winter"]),
    ],
)
@pytest.mark.parametrize("order", [(SUMMER, LAST_YEAR, WINTER), (WINTER, SUMMER, LAST_YEAR)])
def test_the_new_season_stands_from_its_first_day_and_the_old_one_passes_in_its_days_of_grace(
    order, day, passes, standing
):
    assert sorted(one.name for one in order if one.holds_on(day)) == passes
    assert [one.name for one in standing_banners(order, day)] == standing


def test_of_two_that_hold_without_end_the_newest_stands():
    banners = (OLD_SUMMER, LAST_YEAR, WINTER)
    assert standing_banner(banners, date(2026, 10, 31)) == OLD_SUMMER
    assert standing_banner(banners, date(2026, 11, 2)) == WINTER
    assert open_ended(banners) == ((OLD_SUMMER, WINTER),)
    assert open_ended((SUMMER, LAST_YEAR, WINTER)) == ()


def test_a_banner_in_grace_stands_only_while_no_other_holds():
    assert standing_banner((SUMMER,), date(2026, 11, 14)) == SUMMER
    assert standing_banner((SUMMER,), date(2026, 11, 15)) is None


def test_each_language_and_tier_has_its_own_newest():
    french = ReferenceBanner("Hiver", CURRENT, b"h", date(2026, 11, 15), language="fr")
    boss = ReferenceBanner("Board", CURRENT, b"b", date(2026, 1, 1), tier="board")
    banners = (OLD_SUMMER, WINTER, french, boss)
    day = date(2026, 11, 20)
    assert [one.name for one in standing_banners(banners, day)] == ["Winter", "Hiver", "Board"]
    assert standing_banner(banners, day, language="fr") == french
    assert standing_banner(banners, day, language="nl") == WINTER
    assert standing_banner(banners, day, language="fr", tier="board") == boss
