"""Drawn pictures other than banners: the unchosen banner, portraits, logos, a member's own photograph."""

from __future__ import annotations

import io
from functools import lru_cache
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

#: the size at which the site serves banners
SERVED = (800, 200)
QUALITY = 90
_RIDGES = 4


def served_jpeg(picture: Image.Image, size: tuple[int, int] = SERVED) -> bytes:
    """As the site serves pictures: fitted, progressive JPEG, quality 90, colour at half resolution."""
    body = io.BytesIO()
    fitted = picture if picture.size == size else picture.resize(size, Image.Resampling.LANCZOS)
    fitted.save(body, "JPEG", quality=QUALITY, progressive=True, subsampling="4:2:0")
    return body.getvalue()


@lru_cache(maxsize=1)
def unchosen_banner() -> bytes:
    """The neutral picture where nobody chose a banner: pale bands and circles."""
    picture = Image.new("RGB", (1600, 400), "#d9d4c8")
    draw = ImageDraw.Draw(picture)
    for step in range(-4, 18):
        draw.polygon(
            [(step * 120, 400), (step * 120 + 60, 400), (step * 120 + 360, 0), (step * 120 + 300, 0)],
            "#d3cdbf",
        )
    for left, top, width in ((180, 60, 300), (980, 150, 420), (1340, -90, 260)):
        draw.ellipse((left, top, left + width, top + width), outline="#c6bfae", width=14)
    return served_jpeg(picture.filter(ImageFilter.GaussianBlur(1)))


def landscape(seed: str) -> Image.Image:
    """A painted landscape, another for each seed: what a member might have photographed."""
    random = Random(seed)
    width, height = 1200, 300
    picture = _sky(random, width, height)
    draw = ImageDraw.Draw(picture)
    sun, high = random.randint(100, width - 100), random.randint(30, 110)
    draw.ellipse((sun - 34, high - 34, sun + 34, high + 34), fill=(255, 238, 196))
    tint = np.array([random.randint(30, 90), random.randint(60, 120), random.randint(50, 110)])
    for ridge in range(_RIDGES):
        colour = tuple(int(value) for value in tint * (1.5 - ridge * 0.35))
        draw.polygon([(0, height), *_ridge(random, width, height, ridge), (width, height)], fill=colour)
    return _grained(picture, random)


def _sky(random: Random, width: int, height: int) -> Image.Image:
    top = np.array([random.randint(60, 150), random.randint(110, 180), random.randint(170, 235)])
    low = np.array([random.randint(225, 255), random.randint(190, 230), random.randint(160, 210)])
    part = np.linspace(0, 1, height)[:, None, None]
    pixels = np.broadcast_to(top * (1 - part) + low * part, (height, width, 3))
    return Image.fromarray(pixels.astype(np.uint8), "RGB")


def _ridge(random: Random, width: int, height: int, ridge: int) -> list[tuple[float, float]]:
    across = np.linspace(0, width, 240)
    down = np.full(across.shape, height * (0.42 + 0.16 * ridge))
    for wave in (1, 2, 3, 7):
        down -= random.uniform(6, 26) / wave * np.sin(across / width * wave * 6.3 + random.uniform(0, 6.3))
    return [(float(x), float(y)) for x, y in zip(across, down, strict=True)]


def _grained(picture: Image.Image, random: Random) -> Image.Image:
    grain = np.random.default_rng(random.getrandbits(32)).normal(0, 5, (picture.height, picture.width, 1))
    pixels = np.clip(np.asarray(picture).astype(float) + grain, 0, 255)
    return Image.fromarray(pixels.astype(np.uint8), "RGB").filter(ImageFilter.GaussianBlur(0.6))


@lru_cache(maxsize=256)
def portrait(seed: str) -> bytes:
    """A head-and-shoulders shape in front of a plain colour; nobody's face."""
    random = Random(seed)
    ground = (random.randint(150, 220), random.randint(150, 220), random.randint(140, 200))
    cloth = tuple(random.randint(40, 120) for _ in range(3))
    picture = Image.new("RGB", (400, 400), ground)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((40, 250, 360, 560), fill=cloth)
    draw.ellipse((125, 80, 275, 260), fill=(214, 180, 150))
    draw.pieslice((115, 60, 285, 250), 180, 360, fill=tuple(random.randint(30, 110) for _ in range(3)))
    return served_jpeg(picture, (200, 200))


@lru_cache(maxsize=256)
def logo(seed: str) -> bytes:
    """Two shapes in two colours, told apart by the seed."""
    random = Random(seed)
    colours = [tuple(random.randint(40, 200) for _ in range(3)) for _ in range(2)]
    picture = Image.new("RGB", (200, 200), colours[0])
    draw = ImageDraw.Draw(picture)
    draw.regular_polygon(
        (100, 100, random.randint(50, 80)), random.randint(3, 7), random.randint(0, 90), colours[1]
    )
    return served_jpeg(picture, (100, 100))
