"""Artwork as real brands have it: patterns that repeat themselves, soft shapes, planks, faint strokes."""

from __future__ import annotations

import io
import math

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from auditor.banner import VerdictKind, decode, judge
from auditor.banner.alterations import JOURNEYS, at_width, hue_turned, jpeg, served
from auditor.proof.drawn_banners import LATER_SYSTEMS, SYSTEMS, invent, render
from auditor.proof.editor import CHANGES, FILTERS, cut, stretched, toned, turned
from tests.banner.drawing import as_served, banner, faces, library, reference, sparse, words


def verdict(image: Image.Image, standard: Image.Image):
    return judge(as_served(image), library(reference(standard, "standard")))


def dashes() -> Image.Image:
    """A field of dashes that turn a little from one to the next."""
    image = Image.new("RGB", (1584, 396), (38, 32, 48))
    draw = ImageDraw.Draw(image)
    for x in range(40, 1584, 79):
        for y in range(20, 396, 79):
            angle = 0.004 * x + 0.011 * y
            dx, dy = 15 * math.cos(angle), 15 * math.sin(angle)
            draw.line((x - dx, y - dy, x + dx, y + dy), fill=(255, 190, 100), width=7)
    return image


def blobs() -> Image.Image:
    """Soft shapes without one sharp edge."""
    rng = np.random.default_rng(8)
    image = Image.new("RGB", (1584, 396), (30, 40, 80))
    draw = ImageDraw.Draw(image)
    for _ in range(26):
        x, y, size = rng.uniform(0, 1584), rng.uniform(0, 396), rng.uniform(60, 200)
        draw.ellipse((x, y, x + size, y + 0.7 * size), fill=tuple(int(v) for v in rng.integers(30, 230, 3)))
    return image.filter(ImageFilter.GaussianBlur(7))


def planks() -> Image.Image:
    """Dark joints between light boards; a circle crosses several."""
    image = Image.new("RGB", (1584, 396), (170, 130, 80))
    draw = ImageDraw.Draw(image)
    for k in range(-4, 14):
        draw.line((0, 60 * k + 90, 1584, 60 * k - 190), fill=(20, 15, 60), width=14)
    return image


def lines() -> Image.Image:
    """Next to nothing: a few long thin lines on one colour."""
    image = Image.new("RGB", (1584, 396), (20, 60, 90))
    draw = ImageDraw.Draw(image)
    for k in range(4):
        draw.arc((300 * k, 80 + 20 * k, 300 * k + 620, 700), 200, 320, fill=(120, 170, 200), width=3)
    return image


def rings() -> Image.Image:
    """Thin rings that hardly anything but their colour sets off from the ground."""
    image = Image.new("RGB", (1584, 396), (88, 105, 35))
    draw = ImageDraw.Draw(image)
    for radius in range(120, 560, 64):
        draw.ellipse(
            (1424 - radius, 198 - radius, 1424 + radius, 198 + radius), outline=(65, 75, 150), width=3
        )
    draw.polygon([(1203, 60), (1177, 112), (1229, 112)], fill=(30, 40, 240))
    return image


def dots() -> Image.Image:
    """Rows of dots that grow to the right, each second row half a step on, and a line of print."""
    image = Image.new("RGB", (1584, 396), (60, 50, 140))
    draw = ImageDraw.Draw(image)
    for row in range(29):
        for column in range(20, 80):
            x, y, size = 20 * column + 10 * (row % 2), 14 * row, 0.09 * (column - 14)
            draw.ellipse((x - size, y - size, x + size, y + size), fill=(185, 150, 100))
    draw.text((560, 170), "Care you can measure", font=ImageFont.load_default(40), fill="white")
    return image


def stars() -> Image.Image:
    """Small faint stars, and nothing else, on a dark ground."""
    rng = np.random.default_rng(5)
    image = Image.new("RGB", (1584, 396), (34, 34, 36))
    draw = ImageDraw.Draw(image)
    for _ in range(420):
        x, y, size = rng.uniform(0, 1584), rng.uniform(0, 396), rng.uniform(0.5, 2.5)
        draw.ellipse((x, y, x + size, y + size), fill=(int(rng.uniform(70, 150)),) * 3)
    return image


def windows(slogan: str, ground: tuple[int, int, int], ink: tuple[int, int, int]) -> Image.Image:
    """A slogan that is as light as its ground, beside a house front."""
    image = Image.new("RGB", (1584, 396), (235, 240, 255))
    draw = ImageDraw.Draw(image)
    draw.rectangle((90, 0, 920, 396), fill=ground)
    draw.text((560, 200), slogan, font=ImageFont.load_default(38), fill=ink)
    for left in range(1040, 1490, 90):
        for top in range(20, 396, 95):
            draw.rectangle(
                (left, top, left + 60, top + 60), fill=(120, 150, 250), outline=(20, 20, 20), width=4
            )
    return image


ALIKE_IN_LIGHT = [((0, 110, 30), (70, 70, 70)), ((150, 0, 0), (45, 45, 45)), ((0, 0, 180), (17, 20, 30))]


@pytest.mark.parametrize("width", [1400, 800])
@pytest.mark.parametrize(("ground", "ink"), ALIKE_IN_LIGHT)
def test_words_that_only_their_colour_sets_off_are_not_taken_for_other_words(ground, ink, width):
    ours = windows("Built to be trusted", ground, ink)
    others = windows("Every drop counts", ground, ink)
    shelf = library(reference(ours, "standard"))
    assert judge(as_served(ours, width), shelf).kind is VerdictKind.MATCH
    assert judge(as_served(others, width), shelf).kind is not VerdictKind.MATCH


@pytest.mark.parametrize("width", [1400, 800])
@pytest.mark.parametrize(("ground", "ink"), ALIKE_IN_LIGHT)
def test_a_year_that_only_its_colour_sets_off_is_not_taken_for_another(ground, ink, width):
    pictures = {}
    for year in (2021, 2024):
        pictures[year] = windows("Care you can measure", ground, ink)
        draw = ImageDraw.Draw(pictures[year])
        draw.text((570, 262), f"Annual Review {year}", font=ImageFont.load_default(30), fill=ink)
    shelf = library(reference(pictures[2021], "standard"))
    assert judge(as_served(pictures[2021], width, seed=2), shelf).kind is VerdictKind.MATCH
    assert judge(as_served(pictures[2024], width, seed=2), shelf).kind is VerdictKind.REVIEW


@pytest.mark.parametrize(
    ("ground", "ink", "size"), [((77, 66, 146), (72, 66, 186), 18), ((128, 128, 12), (122, 128, 30), 60)]
)
def test_a_faint_word_where_the_banner_has_nothing_is_for_a_person(ground, ink, size):
    ours = sparse(ground=ground)
    added = ours.copy()
    ImageDraw.Draw(added).text((300, 250), "#hiring", font=ImageFont.load_default(size), fill=ink)
    assert verdict(ours, ours).kind is VerdictKind.MATCH
    assert verdict(added, ours).kind is not VerdictKind.MATCH


def slope() -> Image.Image:
    """Words on a ground that grows lighter from one side to the other."""
    share = np.linspace(0, 1, 1584)[None, :, None]
    ground = (1 - share) * np.array((120, 60, 50)) + share * np.array((190, 120, 100))
    return words(Image.fromarray(np.repeat(ground, 396, axis=0).round().astype(np.uint8)))


@pytest.mark.parametrize("width", [1400, 800])
@pytest.mark.parametrize("down", [12, 355], ids=["upper", "lower"])
def test_a_faint_word_near_a_side_is_for_a_person(down, width):
    added, shelf = slope(), library(reference(slope(), "standard"))
    ImageDraw.Draw(added).text(
        (420, down), "open to work", font=ImageFont.load_default(20), fill=(150, 85, 80)
    )
    assert judge(as_served(slope(), width), shelf).kind is VerdictKind.MATCH
    found = judge(as_served(added, width), shelf)
    assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_CLOSE")


@pytest.mark.parametrize(("degrees", "zoom", "fill"), [(1.4, 1.05, True), (-2.9, 1.0, False)])
def test_a_pattern_that_repeats_itself_is_found_in_its_right_place(degrees, zoom, fill):
    found = verdict(turned(dashes(), degrees, zoom=zoom, fill=fill), dashes())
    assert found.kind is VerdictKind.MATCH
    assert f"turned by {abs(degrees)}°" in found.reasons[0]


@pytest.mark.parametrize("at", [(0.8, 0.4), (0.5, 0.5)])
def test_half_of_a_pattern_of_dots_is_not_a_step_beside(at):
    found = verdict(cut(dots(), 0.53, at), dots())
    assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_EDITED")
    assert found.visible == pytest.approx(0.53, abs=0.01)


@pytest.mark.parametrize("degrees", [1.3, -3.1])
def test_stars_are_found_when_blank_corners_show_a_turn(degrees):
    found = verdict(turned(stars(), degrees, fill=False), stars())
    assert (found.kind, found.crop.turn) == (VerdictKind.MATCH, pytest.approx(degrees, abs=0.1))


@pytest.mark.parametrize("degrees", [2.6, -3.4])
def test_soft_shapes_are_found_when_turned(degrees):
    assert verdict(turned(blobs(), degrees), blobs()).kind is VerdictKind.MATCH


@pytest.mark.parametrize(("index", "seed"), [(0, 1), (30, 5)], ids=["clouds", "circuit"])
def test_artwork_that_fits_barely_in_a_frame_is_looked_at_without_it(index, seed):
    ours = render(invent(593846, index))
    shot = decode(JOURNEYS["screenshot with a frame"](np.random.default_rng(seed), ours))
    assert judge(shot, library(reference(ours, "standard"))).kind is VerdictKind.MATCH


@pytest.mark.parametrize("higher", [0.92, 0.95, 1.09])
def test_strokes_of_colour_alone_are_found_when_stretched(higher):
    found = verdict(stretched(rings(), 1.0, higher), rings())
    assert found.kind is VerdictKind.MATCH
    assert found.crop.stretch == pytest.approx(1 / higher, abs=0.004)


def test_a_turn_shows_in_the_one_sign_that_is_no_ring():
    """Rings look the same in every turn: without a second look the sign would have been moved."""
    found = verdict(turned(rings(), -2.7), rings())
    assert (found.kind, found.crop.turn) == (VerdictKind.MATCH, pytest.approx(-2.7, abs=0.1))


def test_white_corners_are_no_addition_however_few_the_strokes():
    assert verdict(turned(lines(), 1.2, fill=False), lines()).kind is not VerdictKind.DIFFERS


@pytest.mark.parametrize("seed", range(3))
def test_a_portrait_may_cross_the_joints_of_planks(seed):
    shot = decode(JOURNEYS["screenshot with portrait"](np.random.default_rng(seed), planks()))
    assert judge(shot, library(reference(planks(), "planks"))).kind is VerdictKind.MATCH


@pytest.mark.parametrize("seed", [11, 25, 36, 44])
def test_the_rim_of_a_portrait_lies_within_what_changed(seed):
    """On a calm ground the change of a small screenshot is seen some pixels beyond the rim."""
    shot = decode(JOURNEYS["screenshot with portrait"](np.random.default_rng(seed), sparse()))
    found = judge(shot, library(reference(sparse(), "sparse")))
    assert found.kind is VerdictKind.MATCH
    assert "portrait over the corner left out" in found.reasons[0]


def test_strokes_that_a_filter_made_faint_are_still_ours():
    faint = Image.blend(lines(), Image.new("RGB", (1584, 396), (20, 60, 90)), 0.72)
    found = verdict(toned(faint, brightness=0.7, contrast=0.8), faint)
    assert (found.kind, found.name) != (VerdictKind.DIFFERS, "gradient or blur")
    assert found.kind is not VerdictKind.DIFFERS


@pytest.mark.parametrize(("levels", "kind"), [(4, VerdictKind.MATCH), (9, VerdictKind.REVIEW)])
def test_a_small_mark_that_is_barely_seen_is_for_a_person(levels, kind):
    """Ten by ten pixels, lighter by so many levels, on a calm ground."""
    pixels = np.asarray(faces()).astype(int)
    pixels[200:210, 700:710] += levels
    found = judge(
        as_served(Image.fromarray(pixels.astype(np.uint8)), 800), library(reference(faces(), "standard"))
    )
    assert found.kind is kind
    if kind is VerdictKind.REVIEW:
        assert found.reasons[0].endswith("with a faint difference in one place")


@pytest.mark.parametrize("levels", [5, 7])
def test_one_place_that_differs_far_more_than_all_others_is_for_a_person_however_little_that_is(levels):
    pixels = np.asarray(banner()).astype(int)
    pixels[330:346, 700:716] += levels
    found = judge(as_served(Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)), 800), library())
    assert found.distance < 1.25
    assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_CLOSE")
    assert judge(as_served(banner(), 800), library()).kind is VerdictKind.MATCH


def dusk() -> Image.Image:
    """Words on a soft ground that is nearly black: its colours are weak, and everywhere."""
    soft = np.random.default_rng(6).uniform(0, 255, (6, 20, 3)).astype(np.float32)
    ground = cv2.resize(soft, (1584, 396), interpolation=cv2.INTER_CUBIC) * 0.08 + 8
    return words(Image.fromarray(ground.clip(0, 255).astype(np.uint8)))


@pytest.mark.parametrize("degrees", [-28, 45])
def test_weak_colours_all_over_in_other_hues_are_no_match(degrees):
    assert verdict(dusk(), dusk()).kind is VerdictKind.MATCH
    assert verdict(hue_turned(dusk(), degrees), dusk()).kind is not VerdictKind.MATCH


def beam() -> Image.Image:
    """A mark that casts a long shadow over a ground that hardly changes."""
    across = np.linspace(0, 1, 1584)[None, :, None]
    ground = np.array((90, 190, 220)) * (1 - 0.4 * across) + np.random.default_rng(2).normal(
        0, 2.5, (396, 1584, 1)
    )
    image = Image.fromarray(ground.clip(0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(image, "RGBA")
    draw.polygon(((560, 90), (750, 90), (1056, 396), (866, 396)), fill=(50, 110, 170, 190))
    draw.polygon(((560, 90), (655, 130), (750, 90), (750, 72), (655, 112), (560, 72)), fill=(235, 70, 60))
    return image


@pytest.mark.parametrize(("share", "at"), [(0.42, (0.55, 0.9)), (0.5, (0.4, 1.0))])
def test_a_crop_whose_edges_all_run_one_way_is_placed_along_them_by_its_colours(share, at):
    found = judge(as_served(cut(beam(), share, at), 800), library(reference(beam(), "standard")))
    assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_EDITED")


@pytest.mark.parametrize("quality", [0, 65, 85])
def test_a_small_drawing_beside_a_portrait_is_ours(quality):
    """The portrait's strokes are most of all there are; the corners of the drawing tell its place."""
    drawing = render(invent(8811, 26, SYSTEMS + LATER_SYSTEMS))
    image = Image.open(io.BytesIO(JOURNEYS["screenshot with portrait"](np.random.default_rng(7), drawing)))
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG" if quality else "PNG", **({"quality": quality} if quality else {}))
    assert judge(decode(out.getvalue()), library(reference(drawing, "standard"))).kind is VerdictKind.MATCH


def gables(apex: int = 920) -> Image.Image:
    """A few bold shapes that meet at `apex`: lines too few to tell a zoom about that point."""
    image = Image.new("RGB", (1584, 396), (3, 30, 82))
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 155), (apex, 0), (apex, 396), (0, 396)], fill=(2, 83, 112))
    draw.polygon([(apex, 0), (1584, 220), (1584, 396), (apex, 396)], fill=(216, 242, 226))
    return image


def waves_with_stars() -> Image.Image:
    """Broad waves of light, and small faint stars that a blur takes away."""
    right, down = np.meshgrid(np.linspace(0, 1, 1584), np.linspace(0, 1, 396))
    wave = np.sin(20 * (right + 0.25 * down + 0.1 * np.sin(6 * down)))
    colours = np.stack([70 + 45 * wave, 120 + 70 * wave, 80 - 40 * wave], -1)
    at = np.random.default_rng(4)
    for x, y in zip(at.integers(2, 1580, 3000), at.integers(2, 392, 3000), strict=True):
        colours[y : y + 2, x : x + 2] += 50
    return Image.fromarray(colours.clip(0, 255).astype(np.uint8))


@pytest.mark.parametrize("degrees", [-4.0, -2.0, 2.6, 4.0])
def test_a_few_bold_shapes_that_were_turned_are_never_an_unknown_picture(degrees):
    assert verdict(turned(gables(), degrees), gables()).kind is VerdictKind.REVIEW


def test_other_bold_shapes_are_another_picture():
    assert verdict(turned(gables(600), 2.0), gables()).kind is VerdictKind.DIFFERS


def test_a_banner_whose_fine_parts_were_blurred_away_is_for_a_person():
    whole = waves_with_stars()
    assert verdict(whole, whole).kind is VerdictKind.MATCH
    blurred = verdict(whole.filter(ImageFilter.GaussianBlur(8)), whole)
    assert (blurred.kind, blurred.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_CLOSE")


@pytest.mark.parametrize(
    ("index", "way"), [(101, "recompressed three times"), (101, "turned, white corners")]
)
def test_a_pattern_that_repeats_itself_is_placed_by_its_corners(index, way):
    """Its strokes fit one dot further, too."""
    pattern = render(invent(350911, index, SYSTEMS + LATER_SYSTEMS))
    rng = np.random.default_rng([350911, index, *f"350911-{index}".encode()])
    seen = None
    for family, journey in JOURNEYS.items():
        body = journey(rng, pattern)
        seen = body if family == way else seen
    for family, change in (CHANGES | FILTERS).items():
        body = served(rng, change(rng, pattern).picture)
        seen = body if family == way else seen
    found = judge(decode(seen), library(reference(pattern, "standard")))
    assert found.kind is not VerdictKind.DIFFERS


@pytest.mark.parametrize("index", [0, 1, 4, 10, 11, 13])
@pytest.mark.parametrize(("width", "way"), [(1400, "NEAREST"), (1400, "BOX"), (800, "NEAREST")])
def test_our_banner_that_was_drawn_smaller_without_care_is_no_other_one(index, width, way):
    jagged = at_width(banner(index), width, Image.Resampling[way])
    found = judge(decode(jpeg(jagged, 85)), library(reference(banner(index), "standard")))
    assert found.kind is not VerdictKind.DIFFERS
