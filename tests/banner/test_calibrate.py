"""Calibration measures the company's own library and proposes bands within narrow limits."""

import pytest

from auditor.banner import SHIPPED, calibrate
from auditor.model.company import BannerRole
from tests.banner.drawing import edited, library, reference, with_year


def wrong_ones(judged):
    return [one for one in judged if one.kind == ("differs" if one.genuine else "match")]


def test_calibration_separates_journeys_from_near_misses():
    shelf = library(
        reference(with_year(2026), "standard"),
        reference(with_year(2025), "last year's", BannerRole.PREVIOUS),
        reference(edited("sister brand"), "sister", BannerRole.SISTER),
    )
    table = calibrate(shelf, rounds=1)
    genuine = [row for row in table.rows if row.genuine]
    others = [row for row in table.rows if not row.genuine]
    assert sum(row.differs for row in genuine) == 0
    assert sum(row.match for row in others) == 0
    assert table.gap > 0
    assert any("last year's" in row.family for row in others)
    assert max(row.most for row in genuine) < table.bands.differs_above
    assert 1.0 <= table.bands.match_below < table.bands.differs_above <= SHIPPED.differs_above
    assert len(table.lines()) == len(table.rows) + 1


def test_without_a_current_banner_there_is_nothing_to_calibrate():
    with pytest.raises(ValueError, match="no current banner"):
        calibrate(library(reference(with_year(2025), "old", BannerRole.PREVIOUS)))
