"""Corners that both pictures show tell where the banner lies, or that it is not there at all."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from auditor.banner import VerdictKind, judge
from auditor.banner.features import Features, counterparts
from auditor.banner.prepared import Prepared
from auditor.proof.drawn_banners import invent, render
from auditor.proof.editor import CHANGES, FILTERS, cut, stretched, turned
from tests.banner.drawing import as_served, banner, dots, library, reference


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


def test_the_counterparts_are_those_of_a_matcher_that_tries_all():
    seen, known = (Features(np.asarray(image.convert("L"))) for image in (banner(0), banner(3)))
    known.descriptors[1] = known.descriptors[0]  # two that are alike: the first is taken
    found = counterparts(seen, known)
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(seen.descriptors, known.descriptors, k=2)
    assert np.array_equal(found.own, known.places[[best.trainIdx for best, _ in pairs]])
    assert found.bits.tolist() == [best.distance for best, _ in pairs]
    assert found.next_bits.tolist() == [other.distance for _, other in pairs]


@pytest.mark.parametrize("known", [0, 1])
def test_fewer_than_two_corners_have_no_counterparts(known):
    few = Features(np.asarray(banner(3).convert("L")))
    few.places, few.descriptors = few.places[:known], few.descriptors[:known]
    assert not counterparts(Features(np.asarray(banner(0).convert("L"))), few).bits.size


def specks() -> Image.Image:
    """Small shapes on a flat ground: what lies round their corners, and describes them, is noise."""
    rng, image = np.random.default_rng(4), Image.new("RGB", (1584, 396), (70, 30, 90))
    for x, y, turn in zip(
        rng.uniform(0, 1584, 90), rng.uniform(0, 396, 90), rng.uniform(0, 90, 90), strict=True
    ):
        speck = Image.new("L", (16, 6), 255).rotate(turn, expand=True)
        image.paste((235, 230, 240), (int(x), int(y)), speck)
    return image


def field() -> Image.Image:
    """A faint field, with some blades in one corner that have nearly all of its corners."""
    rng = np.random.default_rng(3)
    ground = (
        np.repeat(rng.normal(0, 18, (396, 1584, 1)), 3, axis=2) + np.linspace(60, 90, 1584)[None, :, None]
    )
    image = Image.fromarray(np.clip(ground, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(1.2))
    draw = ImageDraw.Draw(image)
    for x, top, lean in rng.uniform((0, 250, -12), (400, 350, 12), (120, 3)):
        draw.line((x, 395, x + lean, top), fill=(200, 220, 90), width=2)
    return image


@pytest.mark.parametrize("picture", [dots(), banner(0).filter(ImageFilter.GaussianBlur(12)), field()])
def test_corners_that_are_alike_or_few_or_in_one_part_make_nothing_absent(picture):
    assert not placement(render(invent(977, 1)), picture).absent


@pytest.mark.parametrize("picture", [specks(), field()])
def test_the_part_that_a_crop_leaves_is_ours_where_hardly_a_corner_is_found_again(picture):
    part = as_served(cut(picture, 0.45, (0.9, 0.2)))
    found = judge(part, library(reference(picture, "standard")))
    assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_EDITED")


def test_pictures_too_small_to_show_corners_make_nothing_absent():
    small = Prepared(as_served(render(invent(977, 1)), 400).rgb)
    assert not small.placement(Prepared(np.asarray(banner(0)))).absent


def test_what_leads_beyond_an_editor_is_no_place():
    for image in (banner(0).rotate(180), banner(0).rotate(30), stretched(banner(0), 1.0, 1.5)):
        assert placement(image, banner(0)).window is None
