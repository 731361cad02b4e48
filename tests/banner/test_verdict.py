"""The verdict names what a picture is."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from auditor.banner import BannerLibrary, Picture, VerdictKind, decode, judge
from auditor.banner.alterations import JOURNEYS, png
from auditor.model.company import BannerRole
from auditor.proof.drawn_banners import invent, render
from auditor.proof.editor import cut
from tests.banner.drawing import as_served, banner, edited, library, reference, sparse, spec, with_year


def shelf():
    return library(
        reference(with_year(2026), "standard 2026"),
        reference(with_year(2025), "standard 2025", BannerRole.PREVIOUS),
        reference(edited("sister brand"), "sister", BannerRole.SISTER),
    )


@pytest.mark.parametrize(
    ("image", "kind", "code", "name"),
    [
        (with_year(2026), "match", "BANNER_CURRENT", "standard 2026"),
        (with_year(2025), "differs", "BANNER_PREVIOUS", "standard 2025"),
        (edited("sister brand"), "differs", "BANNER_SISTER", "sister"),
        (with_year(2026).convert("L").convert("RGB"), "differs", "BANNER_GREYSCALE", None),
        (ImageOps.mirror(with_year(2026)), "differs", "BANNER_MIRRORED", None),
        (edited("logo removed"), "differs", "BANNER_ALTERED", None),
        (banner(3), "differs", "BANNER_UNKNOWN", "unknown picture"),
        (Image.new("RGB", (1584, 396), (40, 80, 160)), "differs", "BANNER_PLAIN", "plain colour"),
    ],
)
@pytest.mark.parametrize("width", [1400, 800])
def test_pictures_are_named(image, kind, code, name, width):
    verdict = judge(as_served(image, width), shelf())
    assert (verdict.kind.value, verdict.code) == (kind, code)
    if name is not None:
        assert verdict.name == name
    assert verdict.reasons


def test_any_of_several_current_banners_will_do():
    both = library(reference(banner(), "Dutch"), reference(banner(1), "French"))
    assert judge(as_served(banner(1)), both).name == "French"
    assert judge(as_served(banner()), both).name == "Dutch"


def test_in_a_full_library_each_picture_is_still_named_for_what_it_is():
    families = ("only the year changed", "another slogan", "logo moved", "sister brand")
    known = {family: edited(family) for family in families} | {f"other {n}": banner(n) for n in range(1, 5)}
    shelf = library(
        reference(banner(), "standard"),
        *(reference(picture, name, BannerRole.PREVIOUS) for name, picture in known.items()),
    )
    for name, picture in {"standard": banner(), **known}.items():
        zoomed = JOURNEYS["zoomed by up to 8 %"](np.random.default_rng(5), picture)
        for candidate in (as_served(picture, 800), decode(zoomed)):
            verdict = judge(candidate, shelf)
            expected = ("match" if name == "standard" else "differs", name)
            assert (str(verdict.kind), verdict.name) == expected
    stranger = judge(as_served(banner(33)), shelf)
    assert (str(stranger.kind), stranger.code) == ("differs", "BANNER_UNKNOWN")


@pytest.mark.parametrize("index", [1, 3])
def test_a_changed_copy_is_named_after_its_own_banner_beside_a_sister(index):
    """A new slogan can stand out more than the sister's whole design."""
    shelf = library(
        reference(banner(index), "standard"),
        reference(edited("sister brand", index), "sister", BannerRole.SISTER),
    )
    found = judge(as_served(edited("another slogan", index)), shelf)
    assert (found.code, found.name) == ("BANNER_ALTERED", "standard")


def test_crop_and_zoom_are_found():
    image = banner()
    box = (40.0, 12.0, 40.0 + 1584 / 1.05, 12.0 + 396 / 1.05)
    zoomed = image.resize(image.size, Image.Resampling.LANCZOS, box=box)
    verdict = judge(as_served(zoomed), library())
    assert verdict.kind is VerdictKind.MATCH
    assert verdict.crop is not None
    assert verdict.crop.scale == pytest.approx(1.05, abs=0.002)
    assert verdict.crop.left == pytest.approx(-40 * 1.05 / 1584, abs=0.002)
    assert verdict.visible == pytest.approx(1 / 1.05**2, abs=0.01)


@pytest.mark.parametrize(("dx", "dy"), [(0.12, -0.2), (0.012, 0.02), (-0.01, 0.0), (0.0, 0.02)])
def test_a_logo_that_moved_on_one_colour_goes_to_a_person(dx, dy):
    """A moved logo and a picture shifted on a ground of its own colour are the same pixels."""
    moved = judge(as_served(sparse(0.44 + dx, 0.42 + dy)), library(reference(sparse(), "sparse")))
    assert (moved.kind, moved.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_MOVED")


@pytest.mark.parametrize(
    ("size", "at", "kind"),
    [
        ((1584, 430), (0, 17), VerdictKind.MATCH),
        ((1640, 396), (28, 0), VerdictKind.MATCH),
        ((1584, 430), (0, 34), VerdictKind.REVIEW),
        ((1640, 410), (28, 7), VerdictKind.REVIEW),
    ],
)
def test_bars_in_the_banners_own_colour_are_told_from_a_moved_logo_by_the_shape(size, at, kind):
    """All of it in the middle of a picture of another shape: nobody who moves a logo changes that."""
    ground = (20, 60, 140)
    shelf = library(reference(sparse(ground=ground), "sparse"))
    for shown, expected in ((sparse(ground=ground), kind), (sparse(0.45, 0.45, ground), VerdictKind.REVIEW)):
        barred = Image.new("RGB", size, ground)
        barred.paste(shown, at)
        assert judge(as_served(barred), shelf).kind is expected


@pytest.mark.parametrize("fill", ["white", "black", (244, 242, 238)])
@pytest.mark.parametrize(("wider", "higher"), [(0.0, 0.22), (0.24, 0.0)])
def test_bars_round_a_sparse_banner_are_no_difference(fill, wider, higher):
    barred = Image.new("RGB", (round(1584 * (1 + wider)), round(396 * (1 + higher))), fill)
    barred.paste(sparse(), ((barred.width - 1584) // 2, (barred.height - 396) // 2))
    verdict = judge(as_served(barred), library(reference(sparse(), "sparse")))
    assert verdict.kind is VerdictKind.MATCH
    assert verdict.crop.scale == pytest.approx(1 / (1 + wider), abs=0.004)
    assert verdict.crop.left == pytest.approx(wider / 2 / (1 + wider), abs=0.004)
    shifted = Image.new("RGB", (1584, 396), fill)
    shifted.paste(sparse(), (40, -9))
    assert judge(as_served(shifted), library(reference(sparse(), "sparse"))).kind is VerdictKind.MATCH


def test_the_lines_of_a_page_round_a_sparse_banner_are_no_difference():
    shelf = library(reference(sparse(ground=(72, 165, 58)), "sparse"))
    shown = sparse(ground=(72, 165, 58))
    for line, size, at in (((27, 31, 35), (1193, 303), (4, 2)), ("white", (794, 203), (0, 1))):
        framed = Image.new("RGB", size, line)
        width = size[0] - at[0] - 2
        framed.paste(shown.resize((width, round(width / 4)), Image.Resampling.LANCZOS), at)
        for name in ("PNG", "JPEG"):
            held = io.BytesIO()
            framed.save(held, name)
            assert judge(decode(held.getvalue()), shelf).kind is VerdictKind.MATCH


@pytest.mark.parametrize("width", [1400, 800])
def test_a_stripe_of_the_banner_in_another_colour_is_no_bar(width):
    striped, other = banner(7).copy(), banner(7).copy()
    for picture, colour in ((striped, (28, 125, 60)), (other, (24, 70, 130))):
        ImageDraw.Draw(picture).rectangle((0, 380, 1584, 396), fill=colour)
    found = judge(as_served(other, width), library(reference(striped, "striped")))
    assert found.kind is VerdictKind.DIFFERS


@pytest.mark.parametrize("turn", [-14, 14])
def test_dark_colours_turned_a_little_are_not_the_standard(turn):
    dark = Image.blend(banner(2), Image.new("RGB", banner(2).size, (20, 46, 18)), 0.7)
    hsv = np.array(dark.convert("HSV"))
    hsv[..., 0] = (hsv[..., 0].astype(int) + turn) % 256
    turned = judge(as_served(Image.fromarray(hsv, "HSV").convert("RGB")), library(reference(dark, "dark")))
    assert turned.kind in (VerdictKind.DIFFERS, VerdictKind.REVIEW)


@pytest.mark.parametrize("index", [1, 4])
@pytest.mark.parametrize("width", [1400, 800])
def test_a_small_accent_in_another_colour_counts_when_zoomed(index, width):
    """Magenta turned by 12 degrees to red on about 2,500 of 627,264 pixels."""
    own = replace(spec(index), accent=(242, 36, 226), mark="square")
    other = replace(own, accent=(242, 36, 185))
    zoomed = cut(render(other), 1 / 1.03**2, (0.3, 0.6))
    found = judge(as_served(zoomed, width), library(reference(render(own), "standard")))
    assert found.kind in (VerdictKind.REVIEW, VerdictKind.DIFFERS)


def test_colours_that_256_are_too_few_for_accuse_nobody():
    image = banner(2).copy()
    for k in range(3):
        ImageDraw.Draw(image).rectangle((760 + 60 * k, 340, 780 + 60 * k, 360), fill=(255, 230, 30))
    held = io.BytesIO()
    image.resize((1400, 350)).quantize(256).save(held, "GIF")
    verdict = judge(decode(held.getvalue()), library(reference(image, "with a yellow row")))
    assert verdict.kind in (VerdictKind.MATCH, VerdictKind.REVIEW)


def test_the_region_that_differs_is_shown():
    changed = banner().copy()
    ImageDraw.Draw(changed).rectangle((1000, 250, 1080, 330), fill=(250, 20, 20))
    verdict = judge(as_served(changed), library())
    assert verdict.code == "BANNER_ALTERED"
    assert verdict.region is not None
    left, top, right, bottom = (v * 1584 / 1400 for v in verdict.region)
    assert left < 1040 < right
    assert top < 290 < bottom
    assert right - left < 160
    shown = Image.open(io.BytesIO(verdict.region_picture() or b""))
    assert shown.width <= 400


def test_a_portrait_hides_nothing_but_itself():
    shot = JOURNEYS["screenshot with portrait"]
    for index in (0, 3):
        plain = decode(shot(np.random.default_rng(index), banner(index)))
        changed = decode(shot(np.random.default_rng(index), edited("logo removed", index)))
        assert isinstance(plain, Picture)
        assert isinstance(changed, Picture)
        shelf_of_one = library(reference(banner(index), "standard"))
        assert judge(plain, shelf_of_one).kind is VerdictKind.MATCH
        assert judge(changed, shelf_of_one).kind is VerdictKind.DIFFERS


def draw_portrait(image: Image.Image, at: tuple[int, int], discs) -> None:
    """Draw discs (radius and colour each) round one middle."""
    x, y = at
    for radius, colour in discs:
        ImageDraw.Draw(image).ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def under_a_portrait(image: Image.Image, bar: tuple[int, ...] | None = None) -> Image.Image:
    """A screenshot with a portrait in its white border over the corner, and a red bar beside it."""
    large = image.resize((3168, 792))
    if bar:
        ImageDraw.Draw(large).rectangle([2 * side for side in bar], fill=(220, 40, 50))
    draw_portrait(large, (460, 660), ((360, "white"), (342, (90, 120, 70)), (152, (224, 172, 140))))
    return large.resize((1584, 396), Image.Resampling.LANCZOS)


@pytest.mark.parametrize("bar", [(420, 240, 446, 330), (416, 260, 430, 350), (200, 118, 290, 142)])
@pytest.mark.parametrize("index", [0, 4])
def test_a_change_close_beside_a_portrait_is_no_part_of_it(index, bar):
    for width in (1400, 800):
        shelf_of_one = library(reference(banner(index), "standard"))
        plain = judge(as_served(under_a_portrait(banner(index)), width), shelf_of_one)
        assert plain.kind is VerdictKind.MATCH
        assert "portrait over the corner left out" in plain.reasons[0]
        changed = judge(as_served(under_a_portrait(banner(index), bar), width), shelf_of_one)
        assert changed.kind is not VerdictKind.MATCH


@pytest.mark.parametrize("width", [1400, 800])
def test_a_change_beside_a_pale_portrait_is_no_part_of_its_border(width):
    """The change has the colour that the ground has nearly all round, as a border would."""
    own = Image.new("RGB", (1584, 396), (165, 0, 75))
    draw = ImageDraw.Draw(own)
    draw.polygon([(300, 0), (507, 0), (507, 222), (300, 160)], fill=(215, 0, 100))
    draw.rectangle((800, 150, 1200, 240), fill="white")
    for bar, kind in ((None, VerdictKind.MATCH), ((310, 155, 345, 200), VerdictKind.REVIEW)):
        shot = own.copy()
        if bar:
            ImageDraw.Draw(shot).rectangle(bar, fill=(165, 0, 75))
        draw_portrait(shot, (253, 340), ((193, "white"), (184, (225, 235, 240)), (80, (90, 60, 45))))
        assert judge(as_served(shot, width), library(reference(own, "standard"))).kind is kind


@pytest.mark.parametrize(("index", "bar"), [(3, (404, 268, 436, 336)), (4, (392, 240, 424, 300))])
def test_a_bar_that_sticks_out_from_under_a_portrait_is_something_added(index, bar):
    shelf_of_one = library(reference(banner(index), "standard"))
    found = judge(as_served(under_a_portrait(banner(index), bar)), shelf_of_one)
    assert (found.kind, found.code) == (VerdictKind.DIFFERS, "BANNER_ALTERED")


@pytest.mark.parametrize("index", [4, 12])
def test_a_sliver_of_a_bar_beside_a_portrait_is_for_a_person(index):
    large = banner(index).resize((3168, 792))
    ImageDraw.Draw(large).rectangle((880, 600, 972, 760), fill=(40, 160, 60))
    draw_portrait(large, (554, 762), ((428, "white"), (407, (220, 214, 140)), (180, (92, 60, 48))))
    shot = decode(png(large.resize((792, 198), Image.Resampling.LANCZOS)))
    found = judge(shot, library(reference(banner(index), "standard")))
    assert found.kind is VerdictKind.REVIEW
    assert "close beside the portrait, which may be a part of it" in found.reasons[0]


@pytest.mark.parametrize(("index", "photo", "radius"), [(0, 14, 170), (3, 11, 200), (13, 3, 170)])
def test_a_portrait_whose_rim_is_hard_to_tell_accuses_nobody(index, photo, radius):
    """A photograph without a border in the banner's own colours: a smaller disc in it fits better."""
    large, x, y, r = banner(index).resize((3168, 792)), 2 * radius + 110, 680, 2 * radius
    inside = Image.new("L", (2 * r, 2 * r))
    ImageDraw.Draw(inside).ellipse((0, 0, 2 * r - 1, 2 * r - 1), fill=255)
    scene = render(invent(977, photo)).crop((700, 0, 1096, 396)).resize((2 * r, 2 * r))
    large.paste(scene, (x - r, y - r), inside)
    draw_portrait(large, (x, y - r // 10), ((0.42 * r, (200, 160, 130)),))
    shot = as_served(large.resize((1584, 396), Image.Resampling.LANCZOS))
    assert judge(shot, library(reference(banner(index), "standard"))).kind is not VerdictKind.DIFFERS


@pytest.mark.parametrize("index", [0, 2, 4])
@pytest.mark.parametrize("border", ["white", (244, 242, 238)])
def test_a_portrait_in_front_of_the_banners_own_colours_is_one(index, border):
    """A member in front of the firm's own wall: hardly more than the border and the face differ."""
    own = banner(index).resize((3168, 792))
    wall = tuple(int(v) for v in np.median(np.asarray(own)[440:, 120:760].reshape(-1, 3), axis=0))
    for ground in (wall, None):
        shot = own.copy()
        draw_portrait(shot, (440, 690), ((300, border), (286, ground or wall)))
        if ground is None:
            inside = Image.new("L", own.size)
            ImageDraw.Draw(inside).ellipse((154, 404, 726, 976), fill=255)
            shot.paste(own, (0, 0), inside)
        draw_portrait(shot, (440, 670), ((118, (224, 172, 140)),))
        found = judge(
            as_served(shot.resize((1584, 396), Image.Resampling.LANCZOS)),
            library(reference(banner(index), "standard")),
        )
        assert found.kind is VerdictKind.MATCH, (ground, found.reasons)
        assert "portrait over the corner left out" in found.reasons[0]


@pytest.mark.parametrize("index", [0, 4])
def test_a_ring_that_is_no_portraits_border_is_something_added(index):
    """It lies as high as no portrait does, or is as small as none."""
    for at, radius in (((440, 320), 300), ((300, 640), 110)):
        shot = banner(index).resize((3168, 792))
        x, y = at
        ImageDraw.Draw(shot).ellipse(
            (x - radius, y - radius, x + radius, y + radius), outline="red", width=16
        )
        found = judge(
            as_served(shot.resize((1584, 396), Image.Resampling.LANCZOS)),
            library(reference(banner(index), "standard")),
        )
        assert (found.kind, found.code) == (VerdictKind.DIFFERS, "BANNER_ALTERED")


def test_a_portrait_in_the_colours_of_a_restless_banner_accuses_nobody():
    grain = Image.fromarray(
        np.random.default_rng(4).normal(128, 40, (133, 529)).clip(0, 255).astype(np.uint8)
    )
    light = np.asarray(grain.resize((1584, 396), Image.Resampling.BICUBIC), dtype=float) - 128
    grass = np.array([86, 118, 58]) + 1.25 * light[..., None] * np.array([1, 1, 0.6])
    own = Image.fromarray(grass.clip(0, 255).astype(np.uint8))
    ImageDraw.Draw(own).rectangle((900, 100, 1400, 200), fill="white")
    shot = own.copy()
    draw_portrait(shot, (253, 350), ((193, "white"), (183, (86, 118, 58)), (81, (150, 120, 95))))
    found = judge(as_served(shot), library(reference(own, "standard")))
    assert found.kind is not VerdictKind.DIFFERS


def test_a_disc_of_the_banner_in_another_colour_is_no_portrait():
    own, other = banner().copy(), banner().copy()
    for picture, colour in ((own, (120, 110, 20)), (other, (20, 90, 140))):
        ImageDraw.Draw(picture).ellipse((30, 150, 430, 550), fill=colour)
    found = judge(as_served(other), library(reference(own, "with a disc")))
    assert found.kind is not VerdictKind.MATCH


def test_too_small_to_tell_goes_to_a_person():
    verdict = judge(as_served(banner(), 200), library())
    assert (verdict.kind, verdict.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_SMALL")


def test_a_profile_photo_is_not_accused():
    square = Picture(np.asarray(banner().resize((400, 400))))
    assert judge(square, library()).code == "BANNER_REVIEW_RATIO"


def test_without_a_reference_there_is_nothing_to_say():
    assert judge(as_served(banner()), BannerLibrary(())).kind is VerdictKind.UNDETERMINED


def test_when_no_current_banner_holds_nobody_is_accused():
    only_old = library(reference(with_year(2025), "standard 2025", BannerRole.PREVIOUS))
    old, strange = judge(as_served(with_year(2025)), only_old), judge(as_served(banner(3)), only_old)
    assert (old.kind, old.name) == (VerdictKind.UNDETERMINED, "standard 2025")
    assert strange.code == "BANNER_NO_CURRENT"


def test_a_wide_strip_is_judged_without_a_crash():
    rng = np.random.default_rng(5)
    for size in ((1400, 250), (620, 220), (16, 4), (2000, 500)):
        noise = Picture(rng.integers(0, 256, (size[1], size[0], 3), dtype=np.uint8))
        assert judge(noise, library()).kind is not VerdictKind.MATCH
