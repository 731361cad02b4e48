"""What LinkedIn's own picture editor does to a banner is the member's to do, and is said in true words."""

from __future__ import annotations

import math
import re

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from auditor.banner import VerdictKind, decode, judge
from auditor.banner.alterations import JOURNEYS, hue_turned
from auditor.banner.bands import SHIPPED, bands_of
from auditor.banner.caution import in_doubt
from auditor.banner.comparison import compare_at
from auditor.banner.pairs import Pair
from auditor.banner.prepared import Prepared
from auditor.banner.window import Window
from auditor.model.company import BannerBands, BannerRole
from auditor.proof.drawn_banners import LATER_SYSTEMS, SYSTEMS, invent, render
from auditor.proof.editor import cut, stretched, toned, turned
from tests.banner.drawing import (
    as_served,
    banner,
    dots,
    edited,
    faces,
    facets,
    library,
    reference,
    sheets,
    slats,
    sparse,
    words,
)


def verdict(image, index: int = 0, standard=None):
    return judge(as_served(image), library(reference(standard or banner(index), "standard")))


@pytest.mark.parametrize(("index", "degrees"), [(0, 0.3), (1, 1.0), (4, -2.2), (7, 3.0), (5, 1.7)])
def test_a_straightened_banner_is_ours(index, degrees):
    found = verdict(turned(banner(index), degrees), index)
    assert (found.kind, found.code) == (VerdictKind.MATCH, "BANNER_CURRENT")
    assert f"ours, turned by {abs(degrees):.1f}°" in found.reasons[0]
    assert found.crop.turn == pytest.approx(degrees, abs=0.05)


def test_a_straightened_banner_is_found_at_the_end_of_a_long_library():
    """The search for turns tries the likeliest first, and gives up after a few that lead nowhere."""
    others = [reference(banner(index), f"other {index}", BannerRole.SISTER) for index in (0, 1, 2, 3, 5, 6)]
    found = judge(as_served(turned(banner(4), 3.5)), library(*others, reference(banner(4), "standard")))
    assert (found.kind, found.name) == (VerdictKind.MATCH, "standard")


@pytest.mark.parametrize("degrees", [-1.5, 1.2, 2.8])
def test_few_edges_are_enough_to_straighten_a_banner(degrees):
    found = verdict(turned(faces(), degrees), standard=faces())
    assert (found.kind, found.code) == (VerdictKind.MATCH, "BANNER_CURRENT")
    assert found.crop.turn == pytest.approx(degrees, abs=0.2)


@pytest.mark.parametrize(("degrees", "fill"), [(3.0, False), (3.5, True)])
def test_slats_are_placed_by_light_where_strokes_tell_one_way_only(degrees, fill):
    found = verdict(turned(slats(), degrees, fill=fill), standard=slats())
    assert (found.kind, found.code) == (VerdictKind.MATCH, "BANNER_CURRENT")
    assert found.crop.turn == pytest.approx(degrees, abs=0.15)


def grooves(colour: tuple[int, int, int] = (190, 150, 105)) -> Image.Image:
    """Sixty grooves side by side that all look alike, darker towards the right."""
    along = np.linspace(0, 1, 1584)
    across = 60 * 2 * np.pi * along
    waves = 0.25 * np.sin(across) + 0.12 * np.sin(2 * across) + 0.08 * np.sin(5 * across)
    light = (1 - 0.4 * along) * (1 + waves)
    pixels = np.ones((396, 1, 1)) * light[None, :, None] * np.array(colour)
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


@pytest.mark.parametrize(("degrees", "zoom"), [(-2.6, 1.15), (2.0, 1.2)])
def test_grooves_that_were_turned_and_zoomed_are_no_unknown_picture(degrees, zoom):
    edited_picture = as_served(turned(grooves(), degrees, zoom=zoom), 800)
    found = judge(edited_picture, library(reference(grooves(), "standard")))
    assert found.kind is not VerdictKind.DIFFERS
    for other in (grooves((60, 90, 200)), banner()):
        assert verdict(other, standard=grooves()).kind is VerdictKind.DIFFERS


def planks(count: int, depth: float, fade: float) -> Image.Image:
    """Planks with grooves of that depth between them, darker towards the right by `fade`."""
    right = np.linspace(0, 1, 1584)
    along = (count * right) % 1
    groove = np.where(along < 0.25, 1 - depth * along / 0.25, 1 - 0.15 * (along - 0.25) / 0.75)
    pixels = np.ones((396, 1, 1)) * ((1 - fade * right) * groove)[None, :, None] * np.array([214, 172, 124])
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


@pytest.mark.parametrize(
    ("design", "degrees"),
    [((30, 0.5, 0.3), -4.5), ((30, 0.5, 0.3), -0.7), ((30, 0.5, 0.3), 4.0), ((40, 0.4, 0.5), -0.7)],
    ids=str,
)
def test_planks_found_one_beside_their_place_are_for_a_person(design, degrees):
    """Nothing but the light tells one from the next, so several of them differ, or the rim."""
    found = verdict(turned(planks(*design), degrees, fill=False), standard=planks(*design))
    assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_CLOSE")


@pytest.mark.parametrize("degrees", [0.0, -4.5, -0.7, 4.0])
def test_what_lies_on_the_planks_is_a_difference(degrees):
    changed = planks(30, 0.5, 0.3)
    changed.paste((40, 90, 160), (700, 120, 760, 180))
    found = verdict(turned(changed, degrees, fill=False), standard=planks(30, 0.5, 0.3))
    assert found.kind is not VerdictKind.MATCH
    if degrees == 0.0:
        assert found.kind is VerdictKind.DIFFERS


def dunes(slope: tuple[int, int, int], hill: tuple[int, int, int, int], degrees: float) -> Image.Image:
    """A slope (where its edge begins, crests and ends) and a round hill, at twice the size."""
    image = Image.new("RGB", (3168, 792), (112, 190, 180))
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, slope[0]), (slope[1], 0), (slope[2], 792), (0, 792)], fill=(0, 92, 108))
    way, (x, y, long, broad) = np.linspace(0, 2 * np.pi, 400), hill
    turned_by = math.radians(degrees)
    along, across = long * np.cos(way), broad * np.sin(way)
    right = x + along * math.cos(turned_by) - across * math.sin(turned_by)
    down = y + along * math.sin(turned_by) + across * math.cos(turned_by)
    draw.polygon(list(zip(right.tolist(), down.tolist(), strict=True)), fill=(250, 188, 78))
    return image.resize((1584, 396), Image.Resampling.LANCZOS)


@pytest.mark.parametrize(
    ("slope", "hill", "degrees", "higher"),
    [
        ((431, 2190, 2449), (2363, 480, 1222, 328), 43.7, 1.075),
        ((632, 1689, 2140), (2557, 601, 1085, 360), 45.8, 0.92),
        ((648, 1629, 2031), (2616, 671, 1130, 433), 43.3, 0.92),
    ],
)
def test_a_whole_banner_stretched_to_another_shape_is_ours_however_few_its_lines(
    slope, hill, degrees, higher
):
    image = dunes(slope, hill, degrees)
    found = judge(as_served(stretched(image, 1.0, higher), 800), library(reference(image, "standard")))
    assert (found.kind, found.code) == (VerdictKind.MATCH, "BANNER_CURRENT")
    assert "ours, stretched" in found.reasons[0]


@pytest.mark.parametrize("at", [(0.284, 0.067), (0.28, 0.0), (0.2, 0.05)])
def test_a_part_that_is_lit_like_ours_is_no_unknown_picture_though_its_corners_are_other_ones(at):
    """A crop of a grid has its crossings for corners, and the banner those of its words."""
    grid = render(invent(8811, 21, SYSTEMS + LATER_SYSTEMS))
    found = judge(as_served(cut(grid, 0.4155, at)), library(reference(grid, "standard")))
    assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_EDITED")
    assert re.match(r"ours, only 4[123] % in sight", found.reasons[0])


def stripes() -> Image.Image:
    """Upright stripes in ninety colours: next to white corners only the corners tell how high they reach."""
    fade = np.linspace(0, 1, 90)[:, None] * np.array([150, -60, -120]) + np.array([60, 130, 190])
    colours = (fade + np.random.default_rng(5).normal(0, 38, (90, 1))).clip(0, 255).astype(np.uint8)
    return Image.fromarray(np.repeat(np.repeat(colours[None], 396, axis=0), 18, axis=1)[:, :1584])


@pytest.mark.parametrize("degrees", [-4.0, -2.0, 3.9])
def test_stripes_turned_between_white_corners_are_ours(degrees):
    found = verdict(turned(stripes(), degrees, fill=False), standard=stripes())
    assert (found.kind, found.code) == (VerdictKind.MATCH, "BANNER_CURRENT")
    assert f"ours, turned by {abs(degrees):.1f}°" in found.reasons[0]


def test_light_hides_no_change_of_the_slats():
    changed = slats().copy()
    changed.paste((40, 90, 160), (700, 150, 760, 200))
    found = verdict(turned(changed, 3.0, fill=False), standard=slats())
    assert found.kind is VerdictKind.DIFFERS


def test_a_single_drawing_turned_on_one_colour_goes_to_a_person():
    """A logo that was turned and a picture that was turned are the same pixels there."""
    found = verdict(turned(banner(8), 1.0), 8)
    assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_EDITED")
    assert "ours, turned by 1.0°" in found.reasons[0]


def test_a_single_drawing_stretched_on_one_colour_goes_to_a_person():
    """So few strokes agree with the straight place too, nearly."""
    single = render(invent(8407, 8))
    found = verdict(stretched(single, 1.0, 0.95), standard=single)
    assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_EDITED")
    assert re.match(r"ours, stretched [56] % wider", found.reasons[0])


def test_white_corners_of_a_turned_banner_are_no_difference():
    found = verdict(turned(banner(), -3.0, fill=False))
    assert found.kind is VerdictKind.MATCH
    assert found.visible == pytest.approx(1 - 0.0524 * 3.9 / 4, abs=0.02)


@pytest.mark.parametrize(
    ("wider", "higher", "words"),
    [(1.08, 1.0, "stretched 8 % wider"), (0.95, 1.0, "stretched 5 % higher"), (1.0, 1.1, "10 % higher")],
)
def test_a_stretched_banner_is_ours(wider, higher, words):
    found = verdict(stretched(banner(), wider, higher))
    assert found.kind is VerdictKind.MATCH
    assert words in found.reasons[0]


@pytest.mark.parametrize("artwork", [dots(), facets()])
@pytest.mark.parametrize(("wider", "higher"), [(1.0, 1.07), (1.06, 1.0)])
def test_words_place_a_stretched_banner_whose_artwork_hardly_tells(artwork, wider, higher):
    """Dots fit in many places, and bold faces nearly fit in all."""
    standard = words(artwork)
    found = verdict(stretched(standard, wider, higher), standard=standard)
    assert (found.kind, found.code) == (VerdictKind.MATCH, "BANNER_CURRENT")
    assert f"stretched {7 if wider == 1 else 6} %" in found.reasons[0]


@pytest.mark.parametrize(("wider", "higher"), [(1.0, 1.06), (1.06, 1.0), (1.0, 0.95)])
def test_bold_faces_without_words_accuse_nobody_who_stretched_them(wider, higher):
    """Their few edges nearly fit in many places."""
    assert verdict(stretched(facets(), wider, higher), standard=facets()).kind is not VerdictKind.DIFFERS


def test_another_face_among_bold_ones_is_a_difference():
    changed = facets().copy()
    ImageDraw.Draw(changed).polygon([(200, 396), (420, 200), (700, 396)], fill=(220, 90, 40))
    for image in (changed, stretched(changed, 1.0, 1.06)):
        assert verdict(image, standard=facets()).kind is VerdictKind.DIFFERS


@pytest.mark.parametrize("index", [0, 2, 3])
def test_half_of_our_banner_is_named_as_that(index):
    found = verdict(cut(banner(index), 0.48, (0.4, 0.5)), index)
    assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_EDITED")
    assert "ours, only 48 % in sight" in found.reasons[0]


@pytest.mark.parametrize(
    "family", ["only the year changed", "logo swapped", "one word changed", "text nudged"]
)
@pytest.mark.parametrize(
    "change", [lambda i: turned(i, 1.5), lambda i: stretched(i, 1.06, 1.0), lambda i: cut(i, 0.7, (0.5, 0.5))]
)
def test_a_changed_banner_stays_changed_when_it_was_turned_or_stretched(family, change):
    found = verdict(change(edited(family)))
    assert (found.kind, found.code) == (VerdictKind.DIFFERS, "BANNER_ALTERED")


@pytest.mark.parametrize(("index", "bent_by"), [(1, 0.7), (4, 0.8), (4, 1.4), (0, 2.0)])
def test_a_stretched_banner_that_lies_a_little_askew_goes_to_a_person(index, bent_by):
    """Bent by up to so many of its pixels: the difference is small, and all over."""
    pixels = np.asarray(stretched(banner(index), 1.06, 1.0))
    y, x = np.mgrid[: pixels.shape[0], : pixels.shape[1]].astype(np.float32)
    down = y + np.float32(bent_by) * np.sin(4 * np.pi * x / pixels.shape[1])
    bent = cv2.remap(pixels, x, down, cv2.INTER_LANCZOS4, borderMode=cv2.BORDER_REPLICATE)
    found = verdict(Image.fromarray(bent), index)
    assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_CLOSE")


def peaks() -> Image.Image:
    """Mountains before a white sky, with snow that is nearly as light."""
    rng, pixels = np.random.default_rng(3), np.full((396, 1584, 3), 255, np.float32)
    y, x = np.mgrid[0:396, 0:1584].astype(np.float32)
    for number in range(14):
        middle, top, steep = (
            number * 120 + rng.uniform(-30, 30),
            rng.uniform(20, 150),
            rng.uniform(0.28, 0.45),
        )
        inside = np.abs(x - middle) < steep * (y - top)
        side = np.clip((x - middle) / (steep * (y - top) + 1), -1, 1)[..., None]
        rock = np.array((80, 145, 175)) - side * np.array((40, 40, 35))
        snow = np.array((225, 238, 248)) - side * np.array((30, 20, 10))
        high = np.clip((top + 70 + 12 * np.sin(x / 9) - y) / 8, 0, 1)[..., None]
        pixels = np.where(inside[..., None], rock * (1 - high) + snow * high, pixels)
    return words(Image.fromarray(cv2.GaussianBlur(pixels, (0, 0), 1.2).clip(0, 255).astype(np.uint8)))


@pytest.mark.parametrize(
    ("brightness", "contrast", "saturation", "vignette"),
    [(1.35, 1.1, 1.3, 0.25), (1.35, 1.25, 1.3, 0.35), (1.45, 1.25, 1.0, 0.4)],
)
def test_sliders_that_cut_off_what_is_light_and_darken_the_corners_are_no_other_colours(
    brightness, contrast, saturation, vignette
):
    seen = toned(peaks(), brightness=brightness, contrast=contrast, saturation=saturation, vignette=vignette)
    found = verdict(seen, standard=peaks())
    assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_CLOSE")


def doubt_of_a_vignette(image: Image.Image, depth: float, start: float, middle: float = 1.0) -> str:
    """Why `image` is in doubt where no filter is looked for: as light as `middle` (1 = as before), and darker
    by up to `depth` further than `start` from its centre (1 = as far as a side)."""
    y, x = np.mgrid[-1 : 1 : 396 * 1j, -1 : 1 : 1584 * 1j]
    far = np.clip((np.hypot(x, y) - start) / (math.sqrt(2) - start), 0, 1)[..., None]
    lit = (np.asarray(image) * (middle - depth * far)).clip(0, 255).astype(np.uint8)
    (ours,) = library(reference(image, "standard")).references
    seen = Prepared(as_served(Image.fromarray(lit), 800).rgb)
    plainly = compare_at(Window(1.0, 1.0, 0.0, 0.0), seen, ours.picture.prepared, 0.95, SHIPPED)
    return in_doubt(Pair(ours, plainly), SHIPPED, seen)[1]


@pytest.mark.parametrize(("index", "depth"), [(0, 0.3), (3, 0.4)])
def test_corners_that_a_vignette_made_darker_are_no_other_banner(index, depth):
    """It moves no tone, so it is not looked for in the middle of the picture."""
    why = doubt_of_a_vignette(banner(index), depth, 1.0)
    assert why.endswith("what differs is lighter or darker in its own colours")


def soft() -> Image.Image:
    """A drawing on a soft ground with a little grain."""
    right, down = np.meshgrid(np.linspace(0, 1, 1584), np.linspace(0, 1, 396))
    ground = np.array((110, 200, 225)) - np.array((32, 55, 35)) * ((right + down) / 2)[..., None]
    image = Image.fromarray(ground.astype(np.uint8))
    draw = ImageDraw.Draw(image)
    draw.polygon([(560, 90), (750, 80), (1050, 396), (850, 396)], fill=(75, 150, 195))
    draw.polygon([(560, 80), (650, 110), (745, 80), (650, 55)], fill=(180, 170, 50))
    grain = np.random.default_rng(2).normal(0, 2, (396, 1584, 1))
    return Image.fromarray((np.asarray(image) + grain).clip(0, 255).astype(np.uint8))


@pytest.mark.parametrize("depth", [0.25, 0.35])
def test_a_soft_ground_that_is_lighter_in_the_middle_and_darker_all_round_is_no_other_banner(depth):
    """Grain and storing leave few strokes of it that agree."""
    why = doubt_of_a_vignette(soft(), depth, 0.5, middle=1.08)
    assert why.endswith("what differs is lighter or darker in its own colours")


def boards() -> Image.Image:
    """Upright boards, all as wide, with dark joints, in a light that fades downwards and to the right."""
    across = np.arange(1584)
    into = (across % 36) / 36
    board = 0.8 + 0.2 * np.clip(into * 4, 0, 1) - 0.4 * np.clip(into * 8 - 7, 0, 1)
    light = 1.05 - 0.45 * np.linspace(0, 1, 396)[:, None] - 0.55 * np.clip(across / 1584 - 0.55, 0, 1)
    pixels = np.array((205, 165, 115)) * (board * light)[..., None]
    return Image.fromarray(cv2.GaussianBlur(pixels, (0, 0), 1).clip(0, 255).astype(np.uint8))


def test_boards_that_are_placed_some_boards_off_are_for_a_person(monkeypatch):
    """Where the search is led astray, nothing tells one board from the next."""
    shelf, picture = library(reference(boards(), "boards")), as_served(turned(boards(), 1.4, zoom=1.1), 800)
    (ours,) = shelf.references
    astray = Window(1.05, 1.05, -0.1, 0.02)
    found = compare_at(astray, Prepared(picture.rgb), ours.picture.prepared, 0.7, SHIPPED)
    monkeypatch.setattr("auditor.banner.verdict.pairs_of", lambda *_: [Pair(ours, found)])
    verdict = judge(picture, shelf)
    assert (verdict.kind, verdict.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_CLOSE")
    assert "its edges all run one way" in verdict.reasons[0]


def tiles(ink: int = 26, size: int = 53) -> Image.Image:
    """A lattice with rings in it, nearly black on black: one tile looks like the next."""
    down, right = np.mgrid[0:396, 0:1584]
    x, y = right / size % 1 - 0.5, down / size % 1 - 0.5
    lines = (np.abs(np.abs(x) + np.abs(y) - 0.5) < 0.07) | (np.abs(np.hypot(x, y) - 0.2) < 0.03)
    pixels = np.where(lines, 6, ink)[..., None] * np.ones(3)
    return Image.fromarray(cv2.GaussianBlur(pixels, (0, 0), 0.8).astype(np.uint8))


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (tiles().crop((500, 90, 1620, 370)), "BANNER_REVIEW_CLOSE"),
        (tiles(ink=60), "BANNER_UNKNOWN"),
        (tiles(size=300), "BANNER_UNKNOWN"),
        (tiles().filter(ImageFilter.GaussianBlur(9)), "BANNER_UNKNOWN"),
    ],
    ids=("a part", "lighter", "of fewer lines", "blurred"),
)
def test_a_part_of_a_pattern_that_nothing_places_is_for_a_person(monkeypatch, shown, expected):
    """Where the search is led astray, one tile looks like the next; what is made otherwise is no part."""
    monkeypatch.setattr("auditor.banner.verdict.pairs_of", lambda *_: [])
    found = verdict(shown.resize((1584, 396)), standard=tiles())
    assert found.code == expected
    assert ("may be a part of" in found.reasons[0]) == (expected == "BANNER_REVIEW_CLOSE")


def test_another_picture_is_nowhere_in_any_turn():
    noise = np.random.default_rng(4)
    for index in (1, 5, 33):
        assert verdict(turned(banner(index), float(noise.uniform(-4, 4)))).code == "BANNER_UNKNOWN"


@pytest.mark.parametrize("index", [0, 4])
@pytest.mark.parametrize(
    "sliders", [{"brightness": 0.7}, {"contrast": 0.75}, {"saturation": 1.5}, {"vignette": 0.35}], ids=str
)
def test_the_sliders_of_the_editor_leave_it_ours(index, sliders):
    found = verdict(toned(banner(index), **sliders), index)
    assert (found.kind, found.code) == (VerdictKind.MATCH, "BANNER_CURRENT")
    assert "ours, with a filter" in found.reasons[0]


@pytest.mark.parametrize("sliders", [{"brightness": 0.9}, {"contrast": 1.15}, {"saturation": 1.35}], ids=str)
def test_a_slider_that_was_hardly_moved_is_named_too(sliders):
    found = verdict(toned(banner(4), **sliders), 4)
    assert found.kind is VerdictKind.MATCH
    assert "ours, with a filter" in found.reasons[0]


def test_sliders_are_looked_for_wherever_a_policys_own_bands_say_that_a_picture_does_not_fit():
    picture, own = as_served(toned(banner(4), brightness=0.85)), library(reference(banner(4), "standard"))
    assert 0.6 < judge(picture, own).distance < 0.9
    found = judge(picture, own, bands=bands_of(BannerBands(match_below=0.6, differs_above=2.4)))
    assert (found.kind, found.reasons[0]) == (VerdictKind.MATCH, "ours, with a filter")


@pytest.mark.parametrize("journey", ["recompressed three times", "WebP", "screenshot"])
def test_no_filter_is_named_where_nobody_moved_a_slider(journey):
    picture = decode(JOURNEYS[journey](np.random.default_rng(3), banner(4)))
    found = judge(picture, library(reference(banner(4), "standard")))
    assert found.kind is VerdictKind.MATCH
    assert "filter" not in found.reasons[0]


def test_two_colours_through_a_filter_may_be_other_colours_so_a_person_looks():
    found = verdict(toned(sparse(), brightness=0.6, saturation=0.6), 0, sparse())
    assert found.kind is VerdictKind.REVIEW


@pytest.mark.parametrize(
    ("index", "sliders"),
    [
        (7, {"brightness": 1.3}),
        (7, {"contrast": 1.35}),
        (4, {"brightness": 1.15, "contrast": 1.25, "saturation": 1.4}),
    ],
    ids=str,
)
def test_a_banner_is_ours_though_sliders_cut_some_of_its_colours_off(index, sliders):
    """They cut off the pixels of the picture, not what is left of them when it is drawn smaller."""
    found = verdict(toned(banner(index), **sliders), index)
    assert (found.kind, found.code) == (VerdictKind.MATCH, "BANNER_CURRENT")
    assert "ours, with a filter" in found.reasons[0]


def stage() -> Image.Image:
    """A spot of white light on soft colours, and words."""
    right, down = np.meshgrid(np.arange(1584), np.arange(396))
    soft = np.random.default_rng(3).uniform(20, 170, (12, 48, 3)).astype(np.float32)
    spot = 420 * np.exp(-((right - 700) ** 2 + (down - 20) ** 2) / (2 * 90**2))[..., None]
    pixels = cv2.resize(soft, (1584, 396), interpolation=cv2.INTER_CUBIC) + spot
    return words(Image.fromarray(pixels.clip(0, 255).astype(np.uint8)))


@pytest.mark.parametrize(
    "sliders",
    [
        {"brightness": 1.15, "contrast": 0.85, "saturation": 1.1},
        {"brightness": 1.2, "contrast": 0.8, "vignette": 0.25},
    ],
    ids=str,
)
def test_what_one_slider_cut_off_and_the_next_made_darker_is_for_a_person(sliders):
    found = verdict(toned(stage(), **sliders), standard=stage())
    assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_CLOSE")
    assert found.reasons[0].endswith("with its lightest parts cut off")
    other = Image.fromarray(255 - np.asarray(stage()))
    assert verdict(toned(other, **sliders), standard=stage()).kind is VerdictKind.DIFFERS


def dots() -> Image.Image:
    """Violet dots that grow to the right, on a green that gets lighter, with words and a mark."""
    green = np.array([40, 80, 40]) * np.linspace(0.6, 1.7, 1584)[:, None]
    image = Image.fromarray(np.broadcast_to(green, (396, 1584, 3)).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    for row in range(28):
        for column in range(46, 124):
            x, y, r = 12.8 * column + 6.4 * (row % 2), 14.2 * row + 7, (column - 40) / 12
            draw.ellipse((x - r, y - r, x + r, y + r), fill=(60, 70, 150))
    image = words(image)
    ImageDraw.Draw(image).rounded_rectangle((1180, 60, 1235, 115), 10, fill=(60, 40, 190))
    return image


@pytest.mark.parametrize("seed", [2, 3])
def test_paler_dots_in_a_small_picture_are_looked_for_where_they_are(seed):
    """Their fine strokes are lost there, and a place beside theirs seemed to fit better."""
    pale = as_served(toned(dots(), saturation=0.6), 800, seed)
    assert judge(pale, library(reference(dots(), "standard"))).kind is VerdictKind.REVIEW


def test_what_is_lighter_or_darker_in_its_own_hues_is_not_called_other_colours():
    """Darker on the left and lighter on the right, by more than any slider explains."""
    pixels = np.asarray(banner(), dtype=float) * (1 + 0.23 * np.linspace(-1, 1, banner().width))[:, None]
    found = verdict(Image.fromarray(pixels.clip(0, 255).astype(np.uint8)))
    assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_CLOSE")
    assert "lighter or darker in its own colours" in found.reasons[0]


@pytest.mark.parametrize("degrees", [-25, 25])
def test_other_hues_stay_other_colours_through_sliders(degrees):
    found = verdict(toned(hue_turned(banner(7), degrees), brightness=1.2, saturation=1.2), 7)
    assert (found.kind, found.code) == (VerdictKind.DIFFERS, "BANNER_RECOLOURED")


@pytest.mark.parametrize("family", ["only the year changed", "another slogan", "logo swapped"])
def test_a_filter_hides_no_change(family):
    assert verdict(toned(edited(family), 1.2, 0.85, 1.2)).kind is VerdictKind.DIFFERS


def pale(star: tuple[int, int, int] = (40, 200, 40), least_red: int = 226) -> Image.Image:
    """Words and a star on a ground of hardly any colour."""
    ground = np.full((396, 1584, 3), (0, 232, 250), dtype=np.uint8)
    ground[..., 0] = np.linspace(least_red, least_red + 10, 1584)
    image = words(Image.fromarray(ground), "black")
    ImageDraw.Draw(image).regular_polygon((200, 150, 90), 5, fill=star)
    return image


@pytest.mark.parametrize(
    ("sliders", "code"),
    [
        ({"brightness": 1.24, "contrast": 1.06, "saturation": 1.14, "vignette": 0.16}, "CURRENT"),
        ({"brightness": 1.19, "contrast": 0.95, "saturation": 1.07, "vignette": 0.31}, "REVIEW_CLOSE"),
        (
            {"brightness": 1.29, "contrast": 1.15, "saturation": 1.22, "vignette": 0.49},
            "REVIEW_EDITED",
        ),
    ],
)
def test_a_pale_ground_that_sliders_turned_white_or_grey_is_no_other_colour(sliders, code):
    found = verdict(toned(pale(), **sliders), standard=pale())
    assert found.code == f"BANNER_{code}"
    assert "with a filter" in found.reasons[0]


def house() -> Image.Image:
    """Words, and a grey house with blue windows, on a ground from pale blue to nearly white."""
    ground = np.full((396, 1584, 3), 252, dtype=np.uint8)
    ground[..., 0], ground[..., 1] = np.linspace(222, 249, 1584), np.linspace(232, 250, 1584)
    image = words(Image.fromarray(ground), "black")
    draw = ImageDraw.Draw(image)
    draw.rectangle((1050, 0, 1350, 396), fill=(205, 204, 204), outline="black", width=6)
    for x in (1070, 1160, 1250):
        for y in (20, 140, 260):
            draw.rectangle((x, y, x + 60, y + 90), fill=(120, 150, 240), outline="black", width=3)
    return image


@pytest.mark.parametrize(
    "sliders",
    [
        {"brightness": 1.2, "vignette": 0.3},
        {"brightness": 1.25, "contrast": 0.95, "vignette": 0.4},
        {"brightness": 1.28, "contrast": 1.05, "saturation": 1.1, "vignette": 0.25},
    ],
    ids=str,
)
def test_a_vignette_shows_on_a_ground_that_brightness_burnt_out_before(sliders):
    found = verdict(toned(house(), **sliders), standard=house())
    assert (found.kind, found.reasons) == (VerdictKind.MATCH, ("ours, with a filter",))


def test_on_a_pale_ground_other_colours_are_other_colours():
    for other in (pale(star=(200, 120, 40)), pale(least_red=150), pale().convert("L").convert("RGB")):
        assert verdict(other, standard=pale()).kind is VerdictKind.DIFFERS


def mint(accent: tuple[int, int, int]) -> Image.Image:
    """Dark words and two bars of one colour on a ground that is nearly white."""
    image = words(Image.new("RGB", (1584, 396), (250, 250, 248)), ink=(16, 20, 32))
    for top in (90, 220):
        ImageDraw.Draw(image).rounded_rectangle((80, top, 220, top + 90), 16, fill=accent)
    return image


MINT = (36, 242, 182)


@pytest.mark.parametrize("sliders", [{"brightness": 1.27}, {"contrast": 1.29}], ids=str)
def test_a_hue_that_a_slider_turned_as_it_cut_the_colour_off_is_for_a_person(sliders):
    """Of mint made lighter, green stays where it is, at its most, and blue does not."""
    found = verdict(toned(mint(MINT), **sliders), standard=mint(MINT))
    assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_CLOSE")


@pytest.mark.parametrize("accent", [(46, 254, 230), (36, 242, 120), (36, 182, 242)])
def test_the_same_hue_without_a_slider_is_another_colour(accent):
    found = verdict(mint(accent), standard=mint(MINT))
    assert (found.kind, found.code) == (VerdictKind.DIFFERS, "BANNER_RECOLOURED")


def with_star(colour: tuple[int, int, int]) -> Image.Image:
    """The banner with a small star."""
    image = banner().copy()
    ImageDraw.Draw(image).regular_polygon((1200, 120, 30), 5, fill=colour)
    return image


GREENS = range(174, 190, 2)


def test_an_accent_that_hardly_differs_in_its_own_hue_is_for_a_person():
    found = [verdict(with_star((47, green, 47)), standard=with_star((40, 150, 40))) for green in GREENS]
    hardly = [one.kind for one in found if 2.4 < one.distance < 2.4 * 1.15]
    assert hardly
    assert set(hardly) == {VerdictKind.REVIEW}
    assert found[-1].kind is VerdictKind.DIFFERS


def lit_along_the_top(levels: float) -> Image.Image:
    """The banner with a light that fades within twelve pixels of its upper edge."""
    pixels = np.asarray(banner(), dtype=float)
    pixels[:12] += levels * np.linspace(1, 0, 12)[:, None, None]
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def test_what_hardly_differs_along_an_edge_is_for_a_person():
    found = [verdict(lit_along_the_top(levels)) for levels in range(52, 80, 3)]
    hardly = [one.kind for one in found if 2.4 < one.distance < 3.0]
    assert hardly
    assert set(hardly) == {VerdictKind.REVIEW}
    assert found[-1].kind is VerdictKind.DIFFERS


def shore() -> Image.Image:
    """A bright sky over sand, with a rod across it."""
    down = np.linspace(0, 1, 396)[:, None, None]
    sky, sand = (120, 180, 240) + down * (110, 60, 10), (225, 200, 160) - down * (30, 30, 30)
    pixels = np.where(down < 0.6, sky, sand) * np.ones((396, 1584, 1))
    pixels += np.random.default_rng(6).normal(0, 6, (396, 1584, 1))
    image = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    ImageDraw.Draw(image).line((300, 396, 1100, 0), fill=(150, 140, 130), width=9)
    return image


def test_a_picture_that_brightness_burnt_out_is_ours_with_a_filter():
    found = verdict(toned(shore(), brightness=1.29), standard=shore())
    assert found.kind is VerdictKind.MATCH
    assert "with a filter" in found.reasons[0]
    assert verdict(toned(words(shore()), brightness=1.29), standard=shore()).kind is VerdictKind.DIFFERS


def hills(lift: int = 0) -> Image.Image:
    """Soft pale hills, hardly darker than the sky; `lift`: how far their tops lie higher."""
    image = Image.new("RGB", (1584, 396), (255, 255, 255))
    draw = ImageDraw.Draw(image)
    for at, colour in ((0, (205, 222, 248)), (1, (225, 240, 252)), (2, (190, 205, 240))):
        tops = [
            (x, 90 * at + 120 - lift + 60 * math.sin(x / (170 + 60 * at) + at)) for x in range(0, 1600, 16)
        ]
        draw.polygon([(0, 396), *tops, (1584, 396)], fill=colour)
    return image.filter(ImageFilter.GaussianBlur(9))


@pytest.mark.parametrize("sliders", [{"brightness": 1.17}, {"brightness": 1.27}, {"contrast": 0.1}])
def test_what_sliders_leave_of_a_pale_drawing_is_for_a_person(sliders):
    found = verdict(toned(hills(), **sliders), standard=hills())
    assert found.kind in (VerdictKind.MATCH, VerdictKind.REVIEW)


def test_another_pale_drawing_is_none_of_ours():
    other = hills(60).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert verdict(toned(other, brightness=1.27), standard=hills()).kind is VerdictKind.DIFFERS


def slate(mark: tuple[int, int, int]) -> Image.Image:
    """Grey faces with a small mark, the only colour."""
    image = Image.new("RGB", (1584, 396), (70, 70, 70))
    draw = ImageDraw.Draw(image)
    for x, level in ((0, 52), (380, 60), (760, 84), (1180, 62)):
        draw.polygon([(x, 396), (x + 260, 0), (x + 520, 396)], fill=(level, level, level))
    image = words(image)
    ImageDraw.Draw(image).polygon([(1168, 38), (1194, 64), (1168, 90), (1142, 64)], fill=mark)
    return image


@pytest.mark.parametrize("mark", [(34, 34, 240), (200, 30, 40)])
def test_the_only_colour_of_a_grey_banner_may_be_paler_by_a_slider(mark):
    standard = slate(mark)
    for saturation in (0.4, 0.5, 0.6):
        assert verdict(toned(standard, saturation=saturation), standard=standard).kind is VerdictKind.REVIEW
    as_light = round(0.299 * mark[0] + 0.587 * mark[1] + 0.114 * mark[2])
    darker = tuple(level // 2 for level in mark)
    for other in (darker, mark[::-1], (mark[1], mark[0], mark[2] // 2), (as_light, as_light, as_light)):
        assert verdict(slate(other), standard=standard).kind is VerdictKind.DIFFERS


def bark(grain: float) -> Image.Image:
    """A fine texture on the left, hardly anything on the right."""
    rough = np.random.default_rng(12).normal(0, grain, (396, 640))
    pixels = np.full((396, 1584, 3), 238.0)
    pixels[:, :640] = 110 + cv2.GaussianBlur(rough, (0, 0), 1.0)[..., None] * (1.0, 0.95, 0.9)
    image = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    ImageDraw.Draw(image).ellipse((640, 40, 900, 240), fill=(90, 110, 140))
    return image


@pytest.mark.parametrize(("grain", "degrees"), [(80.0, 0.3), (140.0, 0.25)])
def test_a_fine_texture_that_was_hardly_turned_is_ours(grain, degrees):
    """Its strokes seem to be in place; its corners tell that they are not."""
    assert verdict(turned(bark(grain), degrees), standard=bark(grain)).kind is VerdictKind.MATCH


def test_other_hues_are_no_filter_that_lost_a_colour_profile():
    """The only colour is green, and a lost profile turns that as well."""
    rng = np.random.default_rng(9)
    cloud = cv2.GaussianBlur(rng.normal(0, 1, (396, 1584)), (0, 0), 25)
    light = 0.55 + 0.3 * cloud / np.abs(cloud).max()
    light[:, :790] = 0.3
    pixels = light[..., None] * (40, 200, 70)
    image = words(Image.fromarray(pixels.clip(0, 255).astype(np.uint8)))
    for degrees in (-28, -22, -16, 16, 22, 28):
        assert verdict(hue_turned(image, degrees), standard=image).kind is not VerdictKind.MATCH


@pytest.mark.parametrize(
    ("share", "at", "width"),
    [
        (0.42, (0.1, 0.1), 800),
        (0.46, (0.2, 0.0), 1400),
        (0.5, (0.3, 0.2), 1400),
        (0.53, (0.2, 0.0), 800),
        (0.57, (0.1, 0.1), 800),
    ],
)
def test_a_crop_of_flat_shapes_is_ours_with_what_is_in_sight(share, at, width):
    found = judge(as_served(cut(sheets(), share, at), width), library(reference(sheets(), "standard")))
    assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_EDITED")
    assert found.visible == pytest.approx(share, abs=0.01)


@pytest.mark.parametrize("width", [800, 1400])
def test_a_vignette_on_black_darkens_what_is_light_and_accuses_nobody(width):
    """The corners are black with it and without."""
    ours = Image.new("RGB", (1584, 396), (7, 7, 7))
    draw = ImageDraw.Draw(ours)
    for x in range(0, 1584, 44):
        for y in range(0, 396, 44):
            draw.ellipse((x + 8, y + 8, x + 36, y + 36), outline=(14, 14, 14), width=4)
    ours = words(ours)
    draw = ImageDraw.Draw(ours)
    draw.rectangle((1160, 62, 1210, 78), fill="white")
    draw.rectangle((1177, 45, 1193, 95), fill="white")
    draw.text((1230, 55), "Hexbury", font_size=34, fill="white")
    found = judge(as_served(toned(ours, vignette=0.45), width), library(reference(ours, "standard")))
    assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_EDITED")
    assert "with a filter" in found.reasons[0]
