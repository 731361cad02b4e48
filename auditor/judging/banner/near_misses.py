"""Changed copies of a banner, made from its pixels alone: what must not pass for it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from auditor.judging.banner.raster import blur, grey_at_width
from auditor.judging.banner.window import Box

NearMiss = Callable[[np.random.Generator, Image.Image], Image.Image]

#: a change is one when this many pixels of a 1584-pixel banner differ by more than 24 levels
_VISIBLE_PIXELS, _VISIBLE_LEVELS = 90, 24
_GRID = 396


def visible_change(before: Image.Image, after: Image.Image) -> bool:
    """Whether a person could see the difference at all."""
    soft = [np.asarray(image.filter(ImageFilter.BoxBlur(1)), dtype=np.int16) for image in (before, after)]
    away = np.abs(soft[0] - soft[1]).max(axis=2) > _VISIBLE_LEVELS
    return float(away.sum()) * (1584 / before.width) ** 2 >= _VISIBLE_PIXELS


def busy_box(rng: np.random.Generator, image: Image.Image, wide: float, high: float) -> Box:
    """A box full of strokes (letters, a logo); sizes as shares of the width."""
    grey = grey_at_width(image, _GRID)
    steep = np.abs(np.gradient(blur(grey, 0.8))[1])
    w, h = max(4, round(wide * _GRID)), max(4, round(high * _GRID))
    sums = np.pad(np.cumsum(np.cumsum(steep, axis=0), axis=1), ((1, 0), (1, 0)))
    boxes = sums[h:, w:] - sums[:-h, w:] - sums[h:, :-w] + sums[:-h, :-w]
    best = np.argsort(boxes.ravel())[-max(8, boxes.size // 50) :]
    y, x = np.unravel_index(int(rng.choice(best)), boxes.shape)
    k = image.width / _GRID
    return round(x * k), round(y * k), round((x + w) * k), round((y + h) * k)


def _surround(image: Image.Image, box: Box) -> tuple[int, ...]:
    pixels = np.asarray(image)[max(0, box[1] - 3) : box[3] + 3, max(0, box[0] - 3) : box[2] + 3]
    rim = np.concatenate((pixels[:3].reshape(-1, 3), pixels[-3:].reshape(-1, 3)))
    return tuple(int(v) for v in np.median(rim, axis=0))


def _sign_changed(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    """One sign of the print is another one (as 2025 for 2026)."""
    box = busy_box(rng, image, 0.009, 0.014)
    changed = image.copy()
    changed.paste(ImageOps.flip(ImageOps.mirror(image.crop(box))), box[:2])
    return changed


def _word_changed(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    box = busy_box(rng, image, 0.06, 0.025)
    changed = image.copy()
    changed.paste(ImageOps.mirror(image.crop(box)), box[:2])
    return changed


def _removed(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    box = busy_box(rng, image, 0.07, 0.04)
    changed = image.copy()
    changed.paste(_surround(image, box), box)
    return changed


def _moved(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    box = busy_box(rng, image, 0.08, 0.04)
    changed = image.copy()
    changed.paste(_surround(image, box), box)
    step = round(image.width * rng.uniform(0.008, 0.016))
    changed.paste(image.crop(box), (max(0, box[0] - step), box[1] + step // 2))
    return changed


def _sticker(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    changed = image.copy()
    radius = image.height * rng.uniform(0.07, 0.15)
    x, y = image.width * rng.uniform(0.4, 0.9), image.height * rng.uniform(0.3, 0.7)
    colour = tuple(int(v) for v in rng.integers(0, 256, 3))
    ImageDraw.Draw(changed).ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
    return changed


def hue_turned(image: Image.Image, degrees: float) -> Image.Image:
    """All hues turned by `degrees`."""
    planes = np.asarray(image.convert("HSV")).copy()
    planes[..., 0] = (planes[..., 0].astype(int) + round(degrees * 256 / 360)) % 256
    return Image.fromarray(planes, "HSV").convert("RGB")


def _recoloured(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    return hue_turned(image, float(rng.choice([-28, -22, 22, 28, 60, 120, 180])))


def _greyscale(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    return image.convert("L").convert("RGB")


def _mirrored(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    return ImageOps.mirror(image)


def _blurred(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(rng.uniform(18, 40)))


NEAR_MISSES: dict[str, NearMiss] = {
    "one sign changed": _sign_changed,
    "a word changed": _word_changed,
    "something removed": _removed,
    "something moved": _moved,
    "something added": _sticker,
    "recoloured": _recoloured,
    "greyscale": _greyscale,
    "mirrored": _mirrored,
    "blurred away": _blurred,
}
