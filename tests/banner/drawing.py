"""Shared drawing for the banner tests: one invented banner, its file, and a library of it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from auditor.banner import BannerLibrary, Picture, decode, prepare
from auditor.banner.alterations import png, served
from auditor.model.company import BannerRole, ReferenceBanner
from auditor.proof.drawn_banners import Spec, edits, invent, render

SEED = 41


@cache
def spec(index: int = 0) -> Spec:
    return invent(SEED, index)


@cache
def banner(index: int = 0) -> Image.Image:
    return render(spec(index))


@cache
def edited(family: str, index: int = 0) -> Image.Image:
    """The banner with one thing changed."""
    return render(dict(edits(spec(index)))[family])


@cache
def with_year(year: int) -> Image.Image:
    return render(replace(spec(), small=f"Annual Review {year}"))


def reference(
    image: Image.Image, name: str, role: BannerRole = BannerRole.CURRENT, **dates
) -> ReferenceBanner:
    return ReferenceBanner(name, role, png(image), **dates)


def library(*banners: ReferenceBanner) -> BannerLibrary:
    return prepare(banners or [reference(banner(), "standard")])


def as_served(image: Image.Image, width: int = 1400, seed: int = 1) -> Picture:
    picture = decode(served(np.random.default_rng(seed), image, width))
    assert isinstance(picture, Picture)
    return picture


def sparse(x: float = 0.44, y: float = 0.42, ground: tuple[int, int, int] = (128, 128, 12)) -> Image.Image:
    """A banner of one colour with nothing but a logo on it, its left top corner at (x, y) in banner sizes."""
    image = Image.new("RGB", (1584, 396), ground)
    draw = ImageDraw.Draw(image)
    left, top = round(x * 1584), round(y * 396)
    for k in range(3):
        draw.line((left, top + 24 * k, left + 80, top + 24 * k + 10), fill="white", width=10)
    draw.text((left + 100, top), "Orvella", font=ImageFont.load_default(46), fill="white")
    return image
