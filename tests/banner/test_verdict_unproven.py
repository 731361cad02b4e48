"""A reference proves only what it can show: too plain, or seen through, it accuses nobody."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from auditor.banner import Picture, check_library, decode, judge, prepare
from auditor.banner.alterations import JOURNEYS
from auditor.banner.kinds import VerdictKind
from auditor.model.company import BannerRole, ReferenceBanner
from auditor.proof.editor import cut, toned
from tests.banner.drawing import as_served, banner, words

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "cases" / "banner"
shared = pytest.mark.skipif(not CASES.is_dir(), reason="../shared is not beside this checkout")


def library_of(*bodies: bytes):
    return prepare([ReferenceBanner(f"B{n}", BannerRole.CURRENT, body) for n, body in enumerate(bodies)])


def verdict(body: bytes, *references: bytes):
    picture = decode(body)
    assert isinstance(picture, Picture)
    return judge(picture, library_of(*references))


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def gradient(colour: str = "teal") -> Image.Image:
    return Image.composite(
        Image.new("RGB", (1584, 396), colour),
        Image.new("RGB", (1584, 396), "navy"),
        Image.linear_gradient("L").resize((1584, 396)),
    )


def punched(share: float) -> Image.Image:
    """A drawn banner with a transparent stripe of that share of its width."""
    opaque = banner().convert("RGBA")
    mask = Image.new("L", opaque.size, 255)
    ImageDraw.Draw(mask).rectangle((0, 0, round(opaque.width * share), opaque.height), fill=0)
    opaque.putalpha(mask)
    return opaque


def on(image: Image.Image, colour: str) -> bytes:
    return png(Image.alpha_composite(Image.new("RGBA", image.size, colour), image).convert("RGB"))


@pytest.mark.parametrize("other", [gradient("maroon"), banner()], ids=["as plain", "with much on it"])
def test_against_a_reference_without_a_line_nothing_is_unknown(other):
    assert verdict(png(other), png(gradient())).kind is VerdictKind.REVIEW


def test_one_plain_reference_beside_a_drawn_one_is_enough_for_doubt():
    stranger = png(Image.effect_noise((1584, 396), 90).convert("RGB"))
    assert verdict(stranger, png(banner())).code == "BANNER_UNKNOWN"
    assert verdict(stranger, png(banner()), png(gradient())).code == "BANNER_REVIEW_PLAIN"


def test_a_deep_crop_onto_a_plain_part_of_ours_may_be_ours():
    """The left half of it is one colour: what fills the frame with that may be ours zoomed."""
    half_plain = banner().copy()
    ImageDraw.Draw(half_plain).rectangle((0, 0, 800, 396), fill=(18, 60, 110))
    for share in (0.22, 0.16):
        found = judge(as_served(cut(half_plain, share, (0.02, 0.5))), library_of(png(half_plain)))
        assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_PLAIN")
        assert "it may be a part of 'B0'" in found.reasons[0]
    for colour in ((18, 60, 150), (40, 60, 110)):
        other = as_served(Image.new("RGB", (1584, 396), colour))
        assert judge(other, library_of(png(half_plain))).code == "BANNER_PLAIN"


@pytest.mark.parametrize("colour", ["black", "grey", "hotpink"])
def test_what_lies_under_transparent_parts_accuses_nobody(colour):
    image = punched(0.4)
    found = verdict(on(image, colour), png(image))
    assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_TRANSPARENT")


def test_on_white_a_transparent_reference_is_recognised():
    image = punched(0.4)
    assert verdict(on(image, "white"), png(image)).kind is VerdictKind.MATCH


def test_with_small_holes_another_picture_is_still_another_picture():
    image = punched(0.02)
    noise = png(Image.effect_noise((1584, 396), 90).convert("RGB"))
    assert verdict(noise, png(image)).code == "BANNER_UNKNOWN"


def test_a_transparent_reference_is_warned_about():
    image = punched(0.4)
    assert "BANNER_TRANSPARENT" in {note.code for note in check_library(library_of(png(image)))}
    assert check_library(library_of(png(banner()))) == ()


@shared
@pytest.mark.parametrize("name", ["lines-login-nologo", "moonlight-login-nologo"])
def test_shared_plain_banners(name):
    body = (CASES / "plain" / f"{name}.png").read_bytes()
    found = {
        path.name: verdict(path.read_bytes(), body).kind for path in (CASES / "plain").glob(f"{name}--*")
    }
    assert len(found) == 9
    assert set(found.values()) == {VerdictKind.REVIEW}


@shared
def test_shared_transparent_banner():
    body = (CASES / "ref_alpha.png").read_bytes()
    assert verdict((CASES / "served_alpha_black.jpg").read_bytes(), body).kind is VerdictKind.REVIEW
    assert verdict((CASES / "served_alpha_white.jpg").read_bytes(), body).kind is VerdictKind.MATCH


def degenerate() -> dict[str, Image.Image]:
    """Pictures in which nothing, or nothing but a little, can be told apart."""
    size = (1584, 396)
    half = Image.new("RGB", size, "white")
    half.paste("black", (0, 0, 792, 396))
    spot = Image.new("RGB", size, "black")
    spot.putpixel((700, 200), (255, 255, 255))
    ramp = Image.linear_gradient("L").rotate(90).resize(size).convert("RGB")
    noise = Image.effect_noise(size, 90).convert("RGB")
    flat = {colour: Image.new("RGB", size, colour) for colour in ("black", "white")}
    return flat | {"half": half, "spot": spot, "ramp": ramp, "noise": noise, "drawn": banner()}


@pytest.mark.parametrize("standard", degenerate())
def test_there_is_a_verdict_whatever_is_held_against_whatever(standard):
    pictures = degenerate()
    held = library_of(png(pictures[standard]))
    matched = [
        name for name, image in pictures.items() if judge(decode(png(image)), held).kind is VerdictKind.MATCH
    ]
    assert set(matched) <= {standard}


def halo(x: float = 0.5, width: float = 0.5, fall: float = 5.0, colour=(255, 255, 255)) -> Image.Image:
    """A broad light on a dark ground, and nothing else."""
    right, down = np.meshgrid(np.linspace(0, 1, 1584), np.linspace(0, 1, 396))
    far = np.hypot((right - x) / width, down - 1)
    light = 0.08 + 0.92 / (1 + far ** (2 * fall))
    return Image.fromarray((np.array(colour) * light[..., None]).clip(0, 255).astype(np.uint8))


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_a_banner_of_soft_light_accuses_nobody_behind_a_portrait(seed):
    body = JOURNEYS["screenshot with portrait"](np.random.default_rng(seed), halo())
    assert judge(decode(body), library_of(png(halo()))).kind is not VerdictKind.DIFFERS


@pytest.mark.parametrize("x", [0.3, 0.5])
def test_a_banner_of_soft_light_accuses_nobody_who_used_sliders(x):
    lit = toned(halo(x), brightness=1.13, contrast=1.17, vignette=0.22)
    found = judge(as_served(lit), library_of(png(halo(x))))
    assert (found.kind, found.code) == (VerdictKind.REVIEW, "BANNER_REVIEW_CLOSE")


@pytest.mark.parametrize(
    "other",
    [words(halo(), ink="navy"), halo(colour=(60, 120, 255)), banner()],
    ids=["words", "blue", "other"],
)
def test_what_has_a_line_or_another_colour_is_no_soft_light(other):
    assert judge(as_served(other), library_of(png(halo()))).kind is VerdictKind.DIFFERS
