"""Changes that are smaller than what storing explains, and filters that barely explain a picture."""

from __future__ import annotations

import io
from dataclasses import replace
from types import SimpleNamespace

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from auditor.banner import BannerVerdict, VerdictKind, decode, judge
from auditor.banner.alterations import at_width, jpeg, png
from auditor.banner.bands import SHIPPED
from auditor.banner.faint import Foretold, colours_stand_out, other_sign, stands_out, word_stands_out
from auditor.banner.tone import Tone
from tests.banner.drawing import as_served, banner, library, reference, words


@pytest.mark.parametrize(
    ("most", "second", "outstanding"),
    [(0.9, 0.5, True), (0.9, 0.6, False), (0.74, 0.34, True), (0.74, 0.45, False), (0.55, 0.26, False)],
)
def test_the_smaller_a_difference_the_more_alone_it_has_to_stand(most, second, outstanding):
    strength = np.zeros((100, 400), dtype=np.float32)
    strength[20:26, 40:46], strength[70:76, 300:306] = most, second
    assert stands_out(SimpleNamespace(distance=most, strength=strength)) is outstanding


@pytest.mark.parametrize(
    ("distance", "word", "elsewhere", "outstanding"),
    [(1.2, 0.9, 0.5, True), (1.2, 0.9, 0.6, False), (1.0, 0.9, 0.5, False)],
)
def test_a_word_that_differs_all_over_stands_out_of_specks_that_differ_more(
    distance, word, elsewhere, outstanding
):
    strength = np.zeros((250, 1000), dtype=np.float32)
    strength[20:32, 140:220], strength[120:140, 300:900] = word, elsewhere
    strength[200:203, 40:43] = distance
    untouched = SimpleNamespace(toned=0.0)
    comparison = SimpleNamespace(distance=distance, strength=strength, filtered=False, residue=untouched)
    assert word_stands_out(comparison) is outstanding


def wood(word: str = "", size: int = 20) -> Image.Image:
    """Leaves in autumn, a slogan, and perhaps a small word that is hardly to be read."""
    rng, leaves = np.random.default_rng(8), np.zeros((396, 1584, 3), dtype=np.float32)
    for wide, levels in ((1, 6), (2, 8), (5, 10), (14, 7)):
        grains = rng.normal(0, 1, (396 // wide + 2, 1584 // wide + 2, 3)).astype(np.float32)
        grains = 0.6 * grains + 0.68 * grains.mean(axis=2, keepdims=True)
        leaves += levels * cv2.resize(grains, (1584, 396), interpolation=cv2.INTER_CUBIC)
    image = words(Image.fromarray((leaves + np.array([120, 80, 45])).clip(0, 255).astype(np.uint8)))
    ImageDraw.Draw(image).text((200, 25), word, font_size=size, fill=(122, 88, 58))
    return image


@pytest.mark.parametrize("size", [18, 20])
@pytest.mark.parametrize("screenshot", [False, True])
def test_a_word_hardly_to_be_read_on_restless_ground_is_for_a_person(size, screenshot):
    shelf = library(reference(wood(), "standard"))

    def shown(image: Image.Image) -> BannerVerdict:
        body = jpeg(at_width(image, 1400), 85)
        if screenshot:
            body = png(at_width(Image.open(io.BytesIO(body)), 1584, Image.Resampling.BICUBIC))
        return judge(decode(body), shelf)

    assert shown(wood()).kind is VerdictKind.MATCH
    found = shown(wood("hiring now", size))
    assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_CLOSE")


@pytest.mark.parametrize("high", [16, 40, 42])
def test_a_strip_of_a_banner_shows_no_other_sign(high):
    strip = np.random.default_rng(3).integers(0, 256, (high, 400, 3), dtype=np.uint8)
    assert not other_sign(
        SimpleNamespace(distance=1.0, residue=SimpleNamespace(seen_half=strip, expected_half=strip))
    )


def test_our_drawing_in_the_light_of_another_hour_that_barely_fits_is_for_a_person():
    dusk = Tone(gamma=0.02, contrast=-0.17, brightness=-0.07, saturation=-0.12, lost_profile=0.25)
    picture = as_served(Image.fromarray(dusk.apply(np.asarray(banner(7)))))
    shelf = library(reference(banner(7), "standard"))
    found = judge(picture, shelf)
    assert (found.kind, "with a filter" in found.reasons[0]) == (VerdictKind.MATCH, True)
    narrow = replace(SHIPPED, match_below=1.05 * found.distance)
    assert judge(picture, shelf, bands=narrow).code == "BANNER_REVIEW_EDITED"


def with_ring(
    ground: tuple[int, int, int], ink: tuple[int, int, int], rays: tuple[int, int, int]
) -> Image.Image:
    """Rays, a slogan, and a small ring in a colour as light as its ground."""
    image = Image.new("RGB", (1584, 396), ground)
    draw = ImageDraw.Draw(image)
    for x in range(0, 1584, 264):
        draw.polygon([(792, 396), (x, 0), (x + 132, 0)], fill=rays)
    image = words(image)
    draw = ImageDraw.Draw(image)
    draw.text((300, 300), "Team Days 2021", font_size=28, fill=ink)
    draw.ellipse((1260, 40, 1312, 92), outline=ink, width=9)
    return image


@pytest.mark.parametrize(
    ("colours", "width", "seed"),
    [
        (((200, 60, 60), (60, 110, 200), (160, 80, 80)), 1400, 2),
        (((200, 60, 60), (60, 110, 200), (160, 80, 80)), 1584, 5),
        (((0, 105, 190), (180, 60, 30), (60, 90, 150)), 1584, 4),
    ],
)
def test_a_part_of_a_sign_as_light_as_its_ground_that_moved_is_for_a_person(colours, width, seed):
    ours = with_ring(*colours)
    moved = ours.copy()
    moved.paste(ours.crop((1260, 57, 1286, 75)), (1256, 57))
    shelf = library(reference(ours, "standard"))
    assert judge(as_served(ours, width, seed), shelf).kind is VerdictKind.MATCH
    assert judge(as_served(moved, width, seed), shelf).kind is VerdictKind.REVIEW


def with_print(year: int, size: int) -> Image.Image:
    """A pure blue face with a slogan and small print in nearly black, which is as light, beside a house."""
    image = Image.new("RGB", (1584, 396), (235, 240, 255))
    draw, ink = ImageDraw.Draw(image), (26, 26, 46)
    draw.rectangle((80, 0, 910, 396), fill=(0, 0, 176))
    for x in range(1010, 1460, 90):
        draw.rectangle((x, 20, x + 50, 380), outline="black", width=5)
        for y in range(40, 360, 70):
            draw.rectangle((x + 8, y, x + 40, y + 40), fill=(110, 150, 250), outline="black", width=3)
    draw.text((610, 165), "Steady hands, new roads", font_size=56, fill=ink)
    draw.text((610, 250), f"Annual Review {year}", font_size=size, fill=ink)
    return image


@pytest.mark.parametrize(
    ("size", "year", "seed"), [(20, 2024, 0), (24, 2024, 0), (26, 2024, 1), (26, 2024, 7), (26, 2023, 0)]
)
def test_another_year_as_light_as_its_ground_in_a_small_picture_is_for_a_person(size, year, seed):
    shelf = library(reference(with_print(2025, size), "standard"))
    assert judge(as_served(with_print(2025, size), 800, seed), shelf).kind is VerdictKind.MATCH
    found = judge(as_served(with_print(year, size), 800, seed), shelf)
    assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_CLOSE")
    assert "as light as what is round them" in found.reasons[0]


@pytest.mark.parametrize(
    ("size", "year", "seed"), [(20, 2024, 1), (24, 2024, 5), (24, 2021, 7), (26, 2020, 0), (26, 2024, 11)]
)
def test_another_year_that_storing_nearly_hides_is_for_a_person(size, year, seed):
    shelf = library(reference(with_print(2025, size), "standard"))
    found = judge(as_served(with_print(year, size), 800, seed), shelf)
    assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_CLOSE")
    assert "than storing the picture explains" in found.reasons[0]


def halftone(turned: tuple[int, int] | None = None) -> Image.Image:
    """Dots as light as their ground, and a slogan; one of them, in that row and column, is a triangle."""
    image = Image.new("RGB", (1584, 396), (110, 84, 48))
    draw, blue = ImageDraw.Draw(image), (60, 96, 160)
    for row in range(22):
        for column in range(88):
            x, y, r = 18 * column + 9 * (row % 2), 18 * row + 9, 1 + 5 * column / 88
            if (row, column) == turned:
                draw.polygon([(x - r, y + r), (x + r, y + r), (x, y - r)], fill=blue)
            else:
                draw.ellipse((x - r, y - r, x + r, y + r), fill=blue)
    return words(image)


@pytest.mark.parametrize(
    ("dot", "width", "seed"), [((3, 60), 800, 0), ((18, 50), 800, 3), ((18, 50), 1400, 2)]
)
def test_a_dot_as_light_as_its_ground_that_is_another_sign_is_for_a_person(dot, width, seed):
    shelf = library(reference(halftone(), "standard"))
    found = judge(as_served(halftone(dot), width, seed), shelf)
    assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_CLOSE")


@pytest.mark.parametrize("smaller", ["LANCZOS", "BICUBIC", "BILINEAR"])
@pytest.mark.parametrize("width", [800, 1400])
@pytest.mark.parametrize("ours", [with_print(2025, 26), halftone()], ids=["print", "dots"])
def test_whoever_drew_it_smaller_a_banner_with_such_signs_is_ours(ours, width, smaller):
    picture = decode(jpeg(at_width(ours, width, Image.Resampling[smaller]), 80))
    assert judge(picture, library(reference(ours, "standard"))).kind is VerdictKind.MATCH


@pytest.mark.parametrize(
    ("most", "other", "apart", "outstanding"),
    [
        (60.0, 55.0, 90, True),
        (30.0, 28.0, 90, False),
        (12.0, 5.0, 90, True),
        (3.0, 0.5, 90, True),
        (3.0, 1.5, 90, False),
        (20.0, 18.0, 30, True),
        (5.0, 4.5, 30, False),
    ],
)
def test_what_storing_does_not_explain_stands_out_alone_or_by_far(most, other, apart, outstanding):
    """What lies so near that it may be the same word does not count against it, where both differ clearly."""
    grey = np.full((100, 400, 2), 128, dtype=np.uint8)
    seen = grey.copy()
    for x, levels in ((150, most), (150 + apart, other)):
        seen[48:54, x : x + 6, 0] = round(128 + levels)
    foretold = Foretold(grey, np.full((100, 400), 64.0, dtype=np.float32))
    assert colours_stand_out(seen, foretold, exact=True) is outstanding
