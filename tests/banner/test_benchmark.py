"""The short form of the benchmark: on drawn banners nothing is judged wrongly."""

import pytest

from scripts.benchmarks import banner as benchmark
from tests.banner.test_calibrate import wrong_ones


def test_short_form_has_no_wrong_verdict():
    judged = benchmark.run(7, (5,))
    assert len(judged) > 50
    assert wrong_ones(judged) == []
    genuine = [one for one in judged if one.genuine]
    reviewed = [one for one in judged if one.kind == "review" and not one.recognised]
    assert sum(one.recognised for one in genuine) >= 0.95 * len(genuine)
    assert len(reviewed) <= 0.05 * len(judged)
    assert any(one.phash_match for one in judged if not one.genuine)


@pytest.mark.long
def test_long_form_has_no_wrong_verdict():
    judged = benchmark.run(benchmark.HELD_OUT_SEED, range(16), per_family=2)
    assert wrong_ones(judged) == []


def test_wilson_bounds():
    low, high = benchmark.wilson(0, 100)
    assert low == 0.0
    assert high == pytest.approx(0.037, abs=0.001)
