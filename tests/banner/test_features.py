"""Corners that both pictures show tell where the banner lies, or that it is not there at all."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageFilter

from auditor.banner.features import locate
from auditor.banner.prepared import Prepared
from auditor.proof.drawn_banners import invent, render
from auditor.proof.editor import CHANGES, FILTERS, cut, stretched, turned
from tests.banner.drawing import as_served, banner, dots


def placement(image: Image.Image, standard: Image.Image, width: int = 1400):
    return Prepared(as_served(image, width).rgb).placement(Prepared(np.asarray(standard)))


@pytest.mark.parametrize("width", [1400, 800])
def test_a_banner_is_found_however_it_was_turned_stretched_and_cut(width):
    found = placement(turned(banner(0), 4.0), banner(0), width)
    assert found.window.turn == pytest.approx(4.0, abs=0.3)
    found = placement(stretched(banner(0), 1.0, 1.08), banner(0), width)
    assert found.window.stretch == pytest.approx(1 / 1.08, abs=0.01)
    found = placement(cut(banner(0), 0.5, (0.2, 0.4)), banner(0), width)
    assert found.window.scale == pytest.approx(2**0.5, abs=0.02)


def test_no_change_of_an_editor_makes_a_banner_absent():
    rng = np.random.default_rng(5)
    for change in (CHANGES | FILTERS).values():
        for index in (0, 3):
            assert not placement(change(rng, banner(index)).picture, banner(index)).absent


def test_a_strangers_banner_is_absent():
    assert all(placement(render(invent(977, index)), banner(0)).absent for index in (1, 2, 4))


@pytest.mark.parametrize("picture", [dots(), banner(0).filter(ImageFilter.GaussianBlur(12)), banner(8)])
def test_corners_that_all_look_alike_and_few_corners_make_nothing_absent(picture):
    found = placement(render(invent(977, 1)), picture)
    assert (found.window, found.absent) == (None, False)


def test_pictures_too_small_to_show_corners_make_nothing_absent():
    small = Prepared(as_served(render(invent(977, 1)), 400).rgb)
    assert not locate(small.features, Prepared(np.asarray(banner(0))).features).absent


def test_what_leads_beyond_an_editor_is_no_place():
    for image in (banner(0).rotate(180), banner(0).rotate(30), stretched(banner(0), 1.0, 1.5)):
        assert placement(image, banner(0)).window is None
