"""The strokes and edges of a picture, and how well those of two pictures fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import cv2
import numpy as np

from auditor.banner.raster import Pixels, Raster, blur, broad_blur, drawn, grey, slopes, smaller
from auditor.banner.window import Window

#: working widths, from coarse to fine, with the width of the high-pass
COARSE, MIDDLE, FINE = 198, 396, 1000
#: so near its edge no place of a reference is asked for, in pixels
EDGE = 3
_DETAIL = {COARSE: 5.0, MIDDLE: 3.0, FINE: 3.0}
#: strokes weaker than this (levels, squared) are noise
_NOISE_FLOOR = 9.0
#: a reference keeps so many steep places, in strips side by side, so that some are in sight whatever part
#: of it is shown
_KEPT_POINTS, _STRIPS = 24_000, 16
_ROUGH_POINTS = 2_000
_BETTER_THAN_CHANCE = 0.5
#: slope, squared, below which a pixel tells nothing of the place
_LEAST_SLOPE = 0.0025


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """The steepest places of a reference: where (in its widths), the strokes there, their slope per width."""

    x: Raster
    y: Raster
    value: Raster
    right: Raster
    down: Raster


class Strokes:
    """A picture's strokes and edges at one width, contrast evened out; `ratio` is the picture's height by its
    width, which the whole pixels of the raster only come near to."""

    def __init__(self, raster: Raster, ratio: float) -> None:
        self.raster, self.ratio = raster, ratio
        self.height, self.width = raster.shape

    @cached_property
    def energy(self) -> float:
        """The sum of all squares."""
        return float(np.vdot(self.raster, self.raster))

    @cached_property
    def points(self) -> Points:
        """The steepest places, some in each strip of the width."""
        right, down = slopes(self.raster)
        steep = right * right + down * down
        steep[:EDGE], steep[-EDGE:], steep[:, :EDGE], steep[:, -EDGE:] = 0, 0, 0, 0
        least = np.full(self.width, _LEAST_SLOPE, dtype=np.float32)
        most = min(_KEPT_POINTS, steep.size) // _STRIPS
        edges = np.linspace(0, self.width, _STRIPS + 1).astype(int)
        for first, last in pairwise(edges):
            strip = steep[:, first:last].ravel()
            if strip.size > most:
                place = strip.size - most
                least[first:last] = max(_LEAST_SLOPE, float(np.partition(strip, place)[place]))
        rows, columns = np.nonzero(steep > least)
        return Points(
            ((columns + 0.5) / self.width).astype(np.float32),
            ((rows + 0.5) * (self.ratio / self.height)).astype(np.float32),
            self.raster[rows, columns],
            right[rows, columns] * self.width,
            down[rows, columns] * (self.height / self.ratio),
        )


def strokes(pixels: Pixels, width: int, seen_at: int = 0) -> Strokes:
    """The strokes of `pixels` at `width`; all three channels count, so yellow on white is seen.

    `seen_at`: the width of the candidate that they are compared with, where it is another one.
    """
    high, wide = pixels.shape[:2]
    size = (width, max(8, round(high * width / wide)))
    if (wide, high) == size:
        small = pixels
    elif seen_at:
        small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)
    else:
        small = smaller(pixels, width)
    detail = _DETAIL.get(seen_at or width, _DETAIL[FINE])
    soft = blur(grey(small), 0.8)
    fine = soft - blur(soft, detail)
    energy = broad_blur(fine * fine, 3 * detail)
    return Strokes(np.asarray(fine / np.sqrt(energy + _NOISE_FLOOR), dtype=np.float32), high / wide)


def rough_fit(candidate: Strokes, reference: Strokes, window: Window) -> float:
    """Nearly `stroke_fit`, from some of the steep places of the reference: many times as fast."""
    points = reference.points
    step = max(1, points.x.size // _ROUGH_POINTS)
    x, y, value = points.x[::step], points.y[::step], points.value[::step]
    if not x.size:
        return 0.0
    column, row = window.pixels(x, y, candidate.width)
    shown = np.asarray(cv2.remap(candidate.raster, column, row, cv2.INTER_LINEAR), dtype=np.float32).ravel()
    value = value * (shown != 0.0)
    return float(np.vdot(value, shown)) / (
        float(np.sqrt(np.vdot(value, value) * np.vdot(shown, shown))) + 1e-3
    )


def likeliest(
    candidate: Strokes, reference: Strokes, windows: Sequence[Window], count: int
) -> Sequence[Window]:
    """The best `count` of some places where the strokes fit nowhere much better than those of strangers do;
    otherwise all, for those of a pattern that repeats itself fit in several."""
    if len(windows) <= count:
        return windows
    fits = [rough_fit(candidate, reference, window) for window in windows]
    if max(fits) > _BETTER_THAN_CHANCE:
        return windows
    order = sorted(range(len(windows)), key=lambda n: -fits[n])
    return [windows[n] for n in sorted(order[:count])]


def stroke_fit(candidate: Strokes, reference: Strokes, window: Window) -> float:
    """Normalised correlation of the strokes in the overlap (-1..1), weighted with its size."""
    box = window.overlap(candidate.width, candidate.height, reference.height / reference.width)
    size = (box[2] - box[0], box[3] - box[1])
    if size[0] < 40 or size[1] < 10:
        return -1.0
    model = drawn(reference.raster, window.matrix(box, candidate.width, reference.width), size)
    seen = candidate.raster[box[1] : box[3], box[0] : box[2]]
    norm = float(np.sqrt(np.vdot(model, model) * candidate.energy)) + 1e-3
    return float((model * seen).sum()) / norm
