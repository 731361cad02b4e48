"""Further design systems for drawn banners: none of them was there while the judge was tuned.

Each decoration draws on a ground of two colours, from a random generator; colours come with the banner.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import ImageDraw, ImageFont

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Canvas:
    """What a decoration draws on: a drawing of `wide` x `high` pixels and the banner's colours."""

    draw: ImageDraw.ImageDraw
    rng: np.random.Generator
    wide: int
    high: int
    deep: Colour
    main: Colour
    accent: Colour
    brand: str


def _mixed(first: Colour, second: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def _waves(on: Canvas) -> None:
    for layer in range(6):
        base, depth = on.high * (0.3 + 0.11 * layer), on.high * on.rng.uniform(0.04, 0.12)
        length, phase = on.rng.uniform(0.25, 0.7) * on.wide, on.rng.uniform(0, 2 * math.pi)
        line = [
            (x, base + depth * math.sin(2 * math.pi * x / length + phase)) for x in range(0, on.wide + 33, 32)
        ]
        colour = _mixed(on.main, on.accent, layer / 9)
        on.draw.polygon([*line, (on.wide, on.high), (0, on.high)], fill=(*colour, 90))


def _low_poly(on: Canvas) -> None:
    columns, rows = 18, 5
    x, y = np.meshgrid(np.linspace(0, on.wide, columns), np.linspace(0, on.high, rows))
    inner = (slice(1, -1), slice(1, -1))
    x[inner] += on.rng.uniform(-0.35, 0.35, x[inner].shape) * on.wide / columns
    y[inner] += on.rng.uniform(-0.35, 0.35, y[inner].shape) * on.high / rows
    for row in range(rows - 1):
        for column in range(columns - 1):
            corners = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)]
            for three in (corners[:3], [corners[0], *corners[2:]]):
                colour = _mixed(on.deep, on.main, on.rng.uniform(0.1, 1.0))
                on.draw.polygon([(float(x[at]), float(y[at])) for at in three], fill=colour)


def _halftone(on: Canvas) -> None:
    step = 36
    for number, x in enumerate(range(0, on.wide, step)):
        for y in range((number % 2) * step // 2, on.high, step):
            radius = step * 0.55 * (x / on.wide) ** 1.5 * (0.6 + 0.4 * y / on.high)
            if radius > 1.5:
                on.draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(*on.accent, 150))


def _circuit(on: Canvas) -> None:
    for _ in range(34):
        x, y = (float(on.rng.integers(0, limit // 24) * 24) for limit in (on.wide, on.high))
        for _ in range(int(on.rng.integers(2, 6))):
            length = float(on.rng.integers(2, 9) * 24) * float(on.rng.choice((-1, 1)))
            end = (x + length, y) if on.rng.random() < 0.6 else (x, y + length / 2)
            on.draw.line((x, y, *end), fill=(*on.accent, 130), width=5)
            x, y = end
        on.draw.ellipse((x - 11, y - 11, x + 11, y + 11), fill=(*on.accent, 200))


def _skyline(on: Canvas) -> None:
    x = 0
    while x < on.wide:
        broad, tall = int(on.rng.integers(70, 190)), on.high * on.rng.uniform(0.15, 0.62)
        top = on.high - tall
        on.draw.rectangle((x, top, x + broad, on.high), fill=_mixed(on.deep, (0, 0, 0), 0.35))
        for row in np.arange(top + 18, on.high - 20, 34):
            for column in range(x + 14, x + broad - 20, 30):
                if on.rng.random() < 0.45:
                    on.draw.rectangle((column, row, column + 13, row + 17), fill=(*on.accent, 220))
        x += broad + int(on.rng.integers(0, 30))


def _ribbons(on: Canvas) -> None:
    x = -on.high
    while x < on.wide:
        broad = int(on.rng.integers(24, 130))
        colour = (on.deep, on.main, on.accent)[int(on.rng.integers(3))]
        shape = [(x, on.high), (x + broad, on.high), (x + broad + on.high, 0), (x + on.high, 0)]
        on.draw.polygon(shape, fill=(*colour, 170))
        x += broad + int(on.rng.integers(10, 160))


def _mosaic(on: Canvas) -> None:
    side = 66
    for x in range(0, on.wide, side):
        for y in range(0, on.high, side):
            share = on.rng.uniform(0, 1) * (0.35 + 0.65 * x / on.wide)
            on.draw.rectangle((x, y, x + side - 4, y + side - 4), fill=_mixed(on.deep, on.main, share))


def _giant_letters(on: Canvas) -> None:
    font = ImageFont.load_default(int(on.high * 1.15))
    at = (on.wide * on.rng.uniform(-0.06, 0.1), -on.high * on.rng.uniform(0.15, 0.3))
    on.draw.text(at, on.brand.upper(), font=font, fill=(*on.main, 120))


def _confetti(on: Canvas) -> None:
    for _ in range(170):
        x, y = on.rng.uniform(0, on.wide), on.rng.uniform(0, on.high)
        angle, long, broad = on.rng.uniform(0, math.pi), on.rng.uniform(14, 46), on.rng.uniform(6, 14)
        along = (math.cos(angle) * long / 2, math.sin(angle) * long / 2)
        across = (-math.sin(angle) * broad / 2, math.cos(angle) * broad / 2)
        corners = [
            (x + a * along[0] + b * across[0], y + a * along[1] + b * across[1])
            for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))
        ]
        colour = (on.accent, on.main, (255, 255, 255))[int(on.rng.integers(3))]
        on.draw.polygon(corners, fill=(*colour, int(on.rng.integers(60, 200))))


DECORATIONS: dict[str, Callable[[Canvas], None]] = {
    "waves": _waves,
    "low poly": _low_poly,
    "halftone": _halftone,
    "circuit": _circuit,
    "skyline": _skyline,
    "ribbons": _ribbons,
    "mosaic": _mosaic,
    "giant letters": _giant_letters,
    "confetti": _confetti,
}
