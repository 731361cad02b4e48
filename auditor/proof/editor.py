"""What a member does with a banner in LinkedIn's picture editor, or in a tool before: turned, zoomed, toned.

Each change is a pure function of a random generator and a picture, and gives a picture with what was done.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from PIL import Image, ImageEnhance

from auditor.banner.picture import BICUBIC, LANCZOS

#: how far the verdict may be off: degrees, and shares of the width and of the area
_TURN_SLACK, _STRETCH_SLACK, _SIGHT_SLACK = 0.3, 0.02, 0.05


@dataclass(frozen=True, slots=True)
class Edit:
    """A picture from the editor, with what was done to it.

    `turn`: degrees either way; `wider`: width against height, 1 = as it was; `visible`: the share of the
    area in sight, where that was chosen; `filtered`: whether a slider was moved.
    """

    picture: Image.Image
    turn: float = 0.0
    wider: float = 1.0
    visible: float = 1.0
    filtered: bool = False


Change = Callable[[np.random.Generator, Image.Image], Edit]


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


def _turned(image: Image.Image, degrees: float, *, fill: bool = True, zoom: float = 1.0) -> Edit:
    return Edit(turned(image, degrees, fill=fill, zoom=zoom), turn=abs(degrees))


def _stretch(rng: np.random.Generator, image: Image.Image) -> Edit:
    factor = float(rng.choice((rng.uniform(0.9, 0.97), rng.uniform(1.03, 1.1))))
    wide = rng.random() < 0.5
    picture = stretched(image, factor, 1.0) if wide else stretched(image, 1.0, factor)
    return Edit(picture, wider=factor if wide else 1 / factor)


def _cut(rng: np.random.Generator, image: Image.Image, least: float, most: float) -> Edit:
    share = rng.uniform(least, most)
    return Edit(cut(image, share, (rng.random(), rng.random())), visible=share)


def _toned(
    image: Image.Image,
    brightness: float = 1.0,
    contrast: float = 1.0,
    saturation: float = 1.0,
    vignette: float = 0.0,
) -> Edit:
    return Edit(toned(image, brightness, contrast, saturation, vignette), filtered=True)


def _several(rng: np.random.Generator, image: Image.Image) -> Edit:
    brightness, contrast, saturation = rng.uniform(0.8, 1.2, 3)
    return _toned(image, brightness, contrast, saturation, rng.uniform(0, 0.3))


CHANGES: dict[str, Change] = {
    "turned by up to 1°": lambda rng, image: _turned(image, _sign(rng) * rng.uniform(0.25, 1)),
    "turned by 1 to 3°": lambda rng, image: _turned(image, _sign(rng) * rng.uniform(1, 3)),
    "turned by 3 to 5°": lambda rng, image: _turned(image, _sign(rng) * rng.uniform(3, 5)),
    "turned and zoomed": lambda rng, image: _turned(
        image, _sign(rng) * rng.uniform(0.5, 3), zoom=rng.uniform(1.02, 1.2)
    ),
    "turned, white corners": lambda rng, image: _turned(image, _sign(rng) * rng.uniform(0.5, 4), fill=False),
    "stretched by 3 to 10 %": _stretch,
    "60 to 80 % in sight": lambda rng, image: _cut(rng, image, 0.62, 0.8),
    "40 to 60 % in sight": lambda rng, image: _cut(rng, image, 0.4, 0.58),
}
FILTERS: dict[str, Change] = {
    "brightness": lambda rng, image: _toned(image, brightness=1 + _sign(rng) * rng.uniform(0.08, 0.3)),
    "contrast": lambda rng, image: _toned(image, contrast=1 + _sign(rng) * rng.uniform(0.08, 0.3)),
    "saturation": lambda rng, image: _toned(image, saturation=1 + _sign(rng) * rng.uniform(0.15, 0.5)),
    "vignette": lambda rng, image: _toned(image, vignette=rng.uniform(0.15, 0.5)),
    "several sliders": _several,
}


class Words(StrEnum):
    """How the verdict's words stand to what was done. SILENT: ours, and nothing said of the edit."""

    RIGHT = "right"
    SILENT = "silent"
    WRONG = "wrong"


def words_on(edit: Edit, said: str) -> Words:
    """Whether `said`, the verdict's first reason, names what `edit` is, with its amount."""
    turn = re.search(r"turned by ([\d.]+)°", said)
    stretch = re.search(r"stretched (\d+) % (wider|higher)", said)
    sight = re.search(r"(\d+) % (?:of it )?in sight", said)
    seen_turn = float(turn[1]) if turn else 0.0
    seen_stretch = float(stretch[1]) / 100 * (1 if stretch[2] == "wider" else -1) if stretch else 0.0
    true_stretch = edit.wider - 1 if edit.wider >= 1 else 1 - 1 / edit.wider
    named = (
        (turn is not None or edit.turn == 0)
        and (stretch is not None or edit.wider == 1)
        and (sight is not None or edit.visible == 1)
        and ("with a filter" in said) is edit.filtered
    )
    close = (
        abs(seen_turn - edit.turn) <= _TURN_SLACK
        and abs(seen_stretch - true_stretch) <= _STRETCH_SLACK
        and (sight is None or edit.visible == 1 or abs(int(sight[1]) / 100 - edit.visible) <= _SIGHT_SLACK)
    )
    if named and close:
        return Words.RIGHT
    nothing = turn is None and stretch is None and "with a filter" not in said and edit.visible == 1
    return Words.SILENT if nothing else Words.WRONG
