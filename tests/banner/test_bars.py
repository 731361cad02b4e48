"""A bar of one colour along a side of a picture is told from a flat ground."""

from __future__ import annotations

import numpy as np
import pytest

from auditor.banner.bars import bars, inside_bars

#: what storing has mixed behind a bar, in pixels
MIXED = 3


def noise() -> np.ndarray:
    return np.random.default_rng(8).integers(0, 256, (350, 1400, 3)).astype(np.uint8)


@pytest.mark.parametrize("side", [0, 1, 2, 3], ids=["left", "top", "right", "bottom"])
@pytest.mark.parametrize("depth", [1, 11, 12, 13, 14, 40, 70])
def test_a_bar_is_as_deep_as_its_colour_goes(side, depth):
    picture = noise()
    bar = (picture[:, :depth], picture[:depth], picture[:, -depth:], picture[-depth:])[side]
    bar[:] = (240, 241, 242)
    assert bars(picture) == tuple(depth + MIXED if at == side else 0 for at in range(4))


def test_bars_of_several_sides_leave_the_box_between_them():
    picture = noise()
    picture[:30], picture[:, -200:] = 0, 0
    assert inside_bars(picture) == (0, 30 + MIXED, 1400 - 200 - MIXED, 350)


@pytest.mark.parametrize("margin", [20, 60, 300])
def test_a_flat_ground_with_something_on_it_is_no_bar(margin):
    """A margin that goes on between the things is part of the picture, however far it reaches."""
    picture = np.full((350, 1400, 3), (30, 60, 90), np.uint8)
    picture[150:200, margin:-margin] = 255
    assert bars(picture) == (0, 0, 0, 0)


@pytest.mark.parametrize("margin", [5, 20, 60])
def test_a_ground_on_which_something_small_lies_before_a_panel_is_no_bar(margin):
    picture = np.full((350, 1400, 3), (30, 60, 90), np.uint8)
    picture[20:-20, 100:600] = 255
    assert inside_bars(picture) == (100 + MIXED, 0, 1400, 350)
    picture[120:200, margin : margin + 20] = 255
    assert inside_bars(picture) is None


def test_a_ground_that_grows_lighter_is_no_bar():
    ramp = np.repeat(np.linspace(0, 255, 1400)[None, :, None], 350, axis=0).astype(np.uint8)
    assert inside_bars(np.repeat(ramp, 3, axis=2)) is None
