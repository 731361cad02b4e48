"""What a member does with a banner in LinkedIn's picture editor, or in a tool before: turned, zoomed, toned.

Each change is a pure function of a random generator and a picture, and gives a picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageEnhance

from auditor.banner.picture import BICUBIC, LANCZOS

Change = Callable[[np.random.Generator, Image.Image], Image.Image]


def turned(image: Image.Image, degrees: float, *, fill: bool = True, zoom: float = 1.0) -> Image.Image:
    """`image` turned clockwise within its frame: zoomed until it fills it, or with white corners."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    filling = cosine + abs(sine) * max(image.width / image.height, image.height / image.width)
    scale = zoom * (filling if fill else 1.0)
    a, b, x, y = cosine / scale, sine / scale, image.width / 2, image.height / 2
    data = (a, b, x - a * x - b * y, -b, a, y + b * x - a * y)
    return image.transform(image.size, Image.Transform.AFFINE, data, BICUBIC, fillcolor=(255, 255, 255))


def stretched(image: Image.Image, wider: float, higher: float) -> Image.Image:
    """`image` with its width and its height multiplied."""
    return image.resize((round(image.width * wider), round(image.height * higher)), LANCZOS)


def cut(image: Image.Image, share: float, at: tuple[float, float]) -> Image.Image:
    """The part of `image` with `share` of its area, zoomed to fill the frame; `at`: 0 left, top to 1."""
    wide, high = image.width * math.sqrt(share), image.height * math.sqrt(share)
    x, y = at[0] * (image.width - wide), at[1] * (image.height - high)
    return image.resize(image.size, LANCZOS, box=(x, y, x + wide, y + high))


def toned(
    image: Image.Image,
    brightness: float = 1.0,
    contrast: float = 1.0,
    saturation: float = 1.0,
    vignette: float = 0.0,
) -> Image.Image:
    """`image` through the sliders (1 = as it is; `vignette` 0 = none, 1 = black corners)."""
    seen = ImageEnhance.Brightness(image).enhance(brightness)
    seen = ImageEnhance.Color(ImageEnhance.Contrast(seen).enhance(contrast)).enhance(saturation)
    if not vignette:
        return seen
    y, x = np.mgrid[-1 : 1 : image.height * 1j, -1 : 1 : image.width * 1j]
    shade = 1 - vignette * (x * x + y * y)[..., None] / 2
    return Image.fromarray((np.asarray(seen) * shade).clip(0, 255).astype(np.uint8))


def _sign(rng: np.random.Generator) -> float:
    return float(rng.choice((-1.0, 1.0)))


def _stretch(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    factor = float(rng.choice((rng.uniform(0.9, 0.97), rng.uniform(1.03, 1.1))))
    return stretched(image, factor, 1.0) if rng.random() < 0.5 else stretched(image, 1.0, factor)


def _cut(rng: np.random.Generator, image: Image.Image, least: float, most: float) -> Image.Image:
    return cut(image, rng.uniform(least, most), (rng.random(), rng.random()))


def _several(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    brightness, contrast, saturation = rng.uniform(0.8, 1.2, 3)
    return toned(image, brightness, contrast, saturation, rng.uniform(0, 0.3))


CHANGES: dict[str, Change] = {
    "turned by up to 1°": lambda rng, image: turned(image, _sign(rng) * rng.uniform(0.25, 1)),
    "turned by 1 to 3°": lambda rng, image: turned(image, _sign(rng) * rng.uniform(1, 3)),
    "turned by 3 to 5°": lambda rng, image: turned(image, _sign(rng) * rng.uniform(3, 5)),
    "turned and zoomed": lambda rng, image: turned(
        image, _sign(rng) * rng.uniform(0.5, 3), zoom=rng.uniform(1.02, 1.2)
    ),
    "turned, white corners": lambda rng, image: turned(image, _sign(rng) * rng.uniform(0.5, 4), fill=False),
    "stretched by 3 to 10 %": _stretch,
    "60 to 80 % in sight": lambda rng, image: _cut(rng, image, 0.62, 0.8),
    "40 to 60 % in sight": lambda rng, image: _cut(rng, image, 0.4, 0.58),
}
FILTERS: dict[str, Change] = {
    "brightness": lambda rng, image: toned(image, brightness=1 + _sign(rng) * rng.uniform(0.08, 0.3)),
    "contrast": lambda rng, image: toned(image, contrast=1 + _sign(rng) * rng.uniform(0.08, 0.3)),
    "saturation": lambda rng, image: toned(image, saturation=1 + _sign(rng) * rng.uniform(0.15, 0.5)),
    "vignette": lambda rng, image: toned(image, vignette=rng.uniform(0.15, 0.5)),
    "several sliders": lambda rng, image: _several(rng, image),
}
