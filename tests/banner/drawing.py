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


@cache
def faces() -> Image.Image:
    """A banner of three broad faces in soft colours, whose few edges hardly tell a turn from a skew."""
    size, right, down = (3168, 792), *np.meshgrid(np.linspace(0, 1, 3168), np.linspace(0, 1, 792))

    def face(first: tuple[int, int, int], last: tuple[int, int, int], way: np.ndarray) -> Image.Image:
        colours = np.array(first) + (np.array(last) - np.array(first)) * way[..., None]
        return Image.fromarray(colours.astype(np.uint8))

    image = face((70, 20, 50), (200, 70, 90), 0.95 * right + 0.05 * down)
    lower = [(1100, 720), (2450, 380), (3168, 640), (3168, 792), (1060, 792)]
    for corners, picture in (
        (lower, face((230, 90, 50), (110, 40, 110), right)),
        ([(2450, 380), (3168, 30), (3168, 640)], face((120, 40, 50), (90, 30, 90), down)),
    ):
        shape = Image.new("L", size)
        ImageDraw.Draw(shape).polygon(corners, fill=255)
        image.paste(picture, (0, 0), shape)
    return image.resize((1584, 396), Image.Resampling.LANCZOS)


@cache
def sheets() -> Image.Image:
    """Flat shapes in bold colours, with so few edges that a crop of them fits nearly as well elsewhere."""
    image = Image.new("RGB", (3168, 792), (0, 94, 107))
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 0), (1500, 0), (0, 470)], fill=(113, 192, 181))
    draw.ellipse((1650, -1500, 4200, 1150), fill=(251, 187, 76))
    draw.polygon([(2200, 0), (3168, 0), (3168, 700)], fill=(113, 192, 181))
    return image.resize((1584, 396), Image.Resampling.LANCZOS)


@cache
def slats() -> Image.Image:
    """Upright slats in a broad light: no stroke tells how high or low anything lies."""
    right, down = np.meshgrid(np.linspace(0, 1, 1584), np.linspace(0, 1, 396))
    light = 0.15 + 0.85 * np.exp(-(((right - 0.45) / 0.28) ** 2) - ((down - 0.6) / 0.9) ** 2)
    slat = 0.35 + 0.65 * np.abs(np.sin(45 * np.pi * right**1.1)) ** 0.5
    colours = np.array([196, 150, 96]) * (light * slat)[..., None]
    return Image.fromarray(colours.clip(0, 255).astype(np.uint8))


def sparse(x: float = 0.44, y: float = 0.42, ground: tuple[int, int, int] = (128, 128, 12)) -> Image.Image:
    """A banner of one colour with nothing but a logo on it, its left top corner at (x, y) in banner sizes."""
    image = Image.new("RGB", (1584, 396), ground)
    draw = ImageDraw.Draw(image)
    left, top = round(x * 1584), round(y * 396)
    for k in range(3):
        draw.line((left, top + 24 * k, left + 80, top + 24 * k + 10), fill="white", width=10)
    draw.text((left + 100, top), "Orvella", font=ImageFont.load_default(46), fill="white")
    return image


def words(image: Image.Image, ink: str = "white") -> Image.Image:
    """`image` with a slogan and small print."""
    image = image.copy()
    draw = ImageDraw.Draw(image)
    draw.text((560, 180), "Closer than you think", font=ImageFont.load_default(52), fill=ink)
    draw.text((560, 258), "Annual Review 2024", font=ImageFont.load_default(26), fill=ink)
    return image


def dots() -> Image.Image:
    """A screen of dots that grow towards the right, as in print: one looks like the next."""
    image = Image.new("RGB", (1584, 396), (62, 40, 92))
    draw = ImageDraw.Draw(image)
    for column in range(66):
        size = 1 + 9 * column / 66
        for row in range(17):
            x, y = 24 * column + 12 * (row % 2), 24 * row
            draw.ellipse((x - size, y - size, x + size, y + size), fill=(172, 180, 84))
    return image


def facets() -> Image.Image:
    """Three bold faces in flat colours, which reach into the corners of the frame."""
    image = Image.new("RGB", (1584, 396), (0, 76, 110))
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 0), (908, 0), (0, 150)], fill=(0, 24, 72))
    draw.polygon([(908, 0), (1584, 226), (1584, 396), (908, 396)], fill=(214, 240, 226))
    draw.polygon([(908, 0), (1584, 0), (1584, 226)], fill=(0, 50, 104))
    return image
