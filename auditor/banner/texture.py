"""Pictures with next to nothing on them (plain colours, gradients, blurs), or the same all over."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from auditor.banner.raster import (
    Pixels,
    Raster,
    blur,
    broad_blur,
    fine,
    grey,
    light_and_colours,
    median,
    product,
    slope,
    slopes,
    smaller,
    wider,
)
from auditor.banner.window import PART, PLACES, Mask

_WIDTH = 396
_STEEP = 3.0
#: an edge is steeper than that, in levels a pixel, on a copy without grain; edges run one way where so little
#: of their steepness lies across it
_EDGE, _GRAIN, _ONE_WAY = 5.0, 1.0, 0.1


def steep_share(image: Image.Image | Pixels) -> float:
    """The share of pixels (of a copy 396 pixels wide) where brightness changes as on strokes and edges."""
    return steepness(smaller(np.asarray(image), _WIDTH))


def steepness(small: Pixels) -> float:
    """The same of the copy."""
    return float((slope(blur(grey(small), 0.8))[3:-3, 3:-3] > _STEEP).mean())


#: textures are the same where mean and spread of the colours are no further apart, in levels, and the one has
#: no more edges than so many times those of the other (from so small a share of its pixels on)
_OFF, _STEEPER, _SOME = 6.0, 1.5, 0.01


def texture(small: Pixels) -> npt.NDArray[np.float64]:
    """What a picture (this is a small copy) looks like wherever it lies: mean and spread of each colour, and
    the logarithm of the share of edges. Two textures are the same where no number of them is 1 apart."""
    mean, spread = (numbers.ravel() / _OFF for numbers in cv2.meanStdDev(small))
    return np.array([*mean, *spread, math.log(steepness(small) + _SOME) / math.log(_STEEPER)])


def repeats_itself(small: Pixels) -> bool:
    """Whether all parts of a picture (this is a small copy) have the same texture."""
    high, wide = small.shape[:2]
    parts = [
        texture(small[round(top) : round(top + PART * high), round(left) : round(left + PART * wide)])
        for left in np.linspace(0.0, (1 - PART) * wide, PLACES[0])
        for top in np.linspace(0.0, (1 - PART) * high, PLACES[1])
    ]
    return bool(np.ptp(parts, axis=0).max() < 1.0)


#: strokes of a sign change within so many pixels (at half the size), smoothed by fewer, in a neighbourhood of
#: that width; of those as light as their ground a smaller share is lighter or darker
SIGN, SMOOTH, NEAR, AS_LIGHT = 4.0, 1.0, 2.0, 0.25
#: their colour is so strong there, in levels
_COLOUR = 5.2


def told_by_colour(half: Pixels) -> int:
    """How many pixels of a picture at half its size lie where only their colour sets strokes off from what is
    round them."""
    light, colours = light_and_colours(blur(fine(half, SIGN), SMOOTH))
    strong = broad_blur(product(colours, colours), NEAR)
    lit = broad_blur(3 * light * light, NEAR)
    return int(np.count_nonzero((strong > _COLOUR**2) & (lit < AS_LIGHT**2 * strong)))


def one_colour(small: Pixels) -> bool:
    """Whether the picture, of which this is a small copy, is one flat colour, recompression aside."""
    patches = cv2.resize(small, (64, 16), interpolation=cv2.INTER_AREA).astype(np.float32)
    return bool(np.percentile(np.abs(patches - np.median(patches, axis=(0, 1))), 98) < 6.0)


_SIGMAS = (0.6, 1.1, 2.0)
_RIDGE = 0.002
#: so many pixels tell about sharpness; quantiles are taken of every so-manieth
_MOST_BUSY, _SAMPLED = 15_000, 5


def match_sharpness(seen: Raster, expected: Raster, hidden: Mask | None = None) -> tuple[Raster, float]:
    """`expected` made as soft or as crisp as `seen`, and how much of its fine strokes that took away: 0 =
    nothing, 1 = all of them. `hidden`: the pixels that do not tell.

    The filter is a sum of blurs with unit gain, found by robust least squares on the whole picture,
    so a change in one place cannot be explained by it.
    """
    columns = [blur(expected, sigma) - expected for sigma in _SIGMAS]
    at = _busy(columns[-1] if hidden is None else np.where(hidden, np.float32(0), columns[-1]))
    weights = _fit(np.stack([column.ravel()[at] for column in columns]), (seen - expected).ravel()[at])
    shaped: cv2.typing.MatLike = expected
    for weight, column in zip(weights, columns, strict=True):
        shaped = cv2.scaleAdd(column, float(weight), shaped)
    return np.asarray(shaped, dtype=np.float32), float(weights.sum())


def _busy(detail: Raster) -> np.ndarray:
    """Where strokes and edges are: the only places that tell about sharpness."""
    size = np.abs(detail).ravel()
    sample = size[::_SAMPLED]
    most = _MOST_BUSY // _SAMPLED
    least = 1.0
    if sample.size > most:
        least = max(least, float(np.partition(sample, sample.size - most)[sample.size - most]))
    return np.flatnonzero(size > least)


def _fit(columns: Raster, target: Raster) -> np.ndarray:
    weights = np.zeros(len(columns))
    if target.size < 100:
        return weights
    for _ in range(3):
        rest = target - weights.astype(np.float32) @ columns
        spread = 3.0 * 1.4826 * median(np.abs(rest)[::3]) + 1.0
        trust = np.square(np.clip(1 - np.square(rest / spread), 0, 1))
        weighted = columns * trust
        normal = (weighted @ columns.T).astype(np.float64)
        normal[np.diag_indices(len(columns))] += _RIDGE * np.trace(normal) + 1.0
        weights = np.linalg.solve(normal, (weighted @ target).astype(np.float64))
    return np.asarray(np.clip(weights, -1.5, 1.5))


#: a pixel has the colour of the corner when no channel is further from it, down or up
_SAME_COLOUR = (7, 7, 7)
_FILL = 4 | cv2.FLOODFILL_FIXED_RANGE | cv2.FLOODFILL_MASK_ONLY
#: a turned picture leaves corners of that share of it, at least and at most
_CORNER_SHARES = (0.002, 0.3)


def blank_corners(small: Pixels) -> Raster | None:
    """0 in and near the corners of a picture (this is a small copy of it) that are filled with one colour, as
    a turned picture leaves them, 1 elsewhere; None where no corner is."""
    high, wide = small.shape[:2]
    blank = np.zeros((high, wide), dtype=bool)
    for row, column in ((0, 0), (0, wide - 1), (high - 1, 0), (high - 1, wide - 1)):
        region = np.zeros((high + 2, wide + 2), dtype=np.uint8)
        count = cv2.floodFill(small, region, (column, row), 0, _SAME_COLOUR, _SAME_COLOUR, _FILL)[0]
        if _CORNER_SHARES[0] < count / (high * wide) < _CORNER_SHARES[1]:
            blank |= region[1:-1, 1:-1] > 0
    return None if not blank.any() else np.asarray(~wider(blank, 3), dtype=np.float32)


def edge_direction(rgb: Pixels, shown: Mask | None = None) -> float | None:
    """The way in which nearly all edges of a picture run, in degrees from 0 (across) to 180; None where they
    run several ways. Such edges tell no place along them. `shown`: the pixels whose edges are its own."""
    right, down = slopes(blur(grey(rgb), _GRAIN))
    edges = np.hypot(right, down) > _EDGE
    if shown is not None:
        edges &= shown
    right, down = right[edges], down[edges]
    across, along, both = (float(a @ b) for a, b in ((right, right), (down, down), (right, down)))
    middle, away = (across + along) / 2, math.hypot((across - along) / 2, both)
    if middle <= 0.0 or middle - away > _ONE_WAY * (middle + away):
        return None
    return (math.degrees(math.atan2(2 * both, across - along)) / 2 + 90.0) % 180.0
