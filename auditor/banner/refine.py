"""Sharpen a sighting into an exact window: robust Lucas-Kanade steps for scale and shift, coarse to fine.

The steps look at the steepest places of the reference only, and ask what the candidate shows there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from auditor.banner.raster import Pixels, Raster, blur, broad_blur, drawn, grey, slopes
from auditor.banner.window import Window

#: working widths, from coarse to fine, with the width of the high-pass and the number of steps there
COARSE, MIDDLE, FINE = 198, 396, 1000
_DETAIL = {COARSE: 5.0, MIDDLE: 3.0, FINE: 3.0}
_STEPS = {COARSE: 6, MIDDLE: 6, FINE: 12}
#: the same where it may be turned and stretched: in a soft picture that takes longer
_FREE_STEPS = {COARSE: 10, MIDDLE: 14, FINE: 24}
#: a level is done when a step moves less than this, in pixels
_STILL = {COARSE: 0.1, MIDDLE: 0.1, FINE: 0.04}
#: strokes weaker than this (levels, squared) are noise
_NOISE_FLOOR = 9.0
_RIDGE = 1e-6
#: how much an even place (neither stretched nor skewed) counts against what the strokes tell of the scale
_EVEN = 0.02
#: stretch and skew in the numbers of `_solve`
_WAYS = np.array([[0.0, 0, 1, 0, -1, 0, 0], [0.0, 0, 0, 0, 0, 1, 1]])
_FEWEST = 60
_MOST_POINTS = {COARSE: 2_500, MIDDLE: 4_000, FINE: 6_000}
#: a reference keeps more, in strips side by side, so that some are in sight whatever part of it is shown
_KEPT_POINTS, _STRIPS = 24_000, 16
#: so near the edge of either picture no place is asked, in pixels: strokes there feel what lies beyond it
_RIM, _WIDE_RIM = 3, 6
#: slope, squared, below which a pixel tells nothing of the place
_LEAST_SLOPE = 0.0025
_LONGEST_MOVE = 3.0
#: what an editor does: zoom, stretch (log), turn (as slope), and what a turn and a stretch do together
_SCALES, _STRETCH, _LEAN, _SKEW = (0.6, 2.0), 0.16, 0.12, 0.035


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
        steep[:_RIM], steep[-_RIM:], steep[:, :_RIM], steep[:, -_RIM:] = 0, 0, 0, 0
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
    else:
        way = cv2.INTER_AREA if wide > width and not seen_at else cv2.INTER_CUBIC
        small = np.asarray(cv2.resize(pixels, size, interpolation=way), dtype=np.uint8)
    detail = _DETAIL.get(seen_at or width, _DETAIL[FINE])
    soft = blur(grey(small), 0.8)
    fine = soft - blur(soft, detail)
    energy = broad_blur(fine * fine, 3 * detail)
    return Strokes(np.asarray(fine / np.sqrt(energy + _NOISE_FLOOR), dtype=np.float32), high / wide)


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


def refine(candidate: Strokes, reference: Strokes, window: Window, *, stretch_weight: float = 0.0) -> Window:
    """The window that explains the candidate best near `window`; unchanged where nothing is to be seen.

    `stretch_weight` 0 keeps width and height at one scale; above 0, rounding of the served size is
    allowed for.
    """
    steps = _STEPS.get(candidate.width, _STEPS[FINE])
    still = _STILL.get(candidate.width, _STILL[FINE])
    for step in range(steps):
        found = _step(candidate, reference, window, patient=step < 2)
        if found is None:
            return window
        before = (window.left, window.top, window.scale_x)
        window = _unstretched(*found, stretch_weight)
        after = (window.left, window.top, window.scale_x)
        if step >= 2 and _moved_by(before, after) * candidate.width < still:
            break
    return window


def refine_freely(candidate: Strokes, reference: Strokes, window: Window) -> Window | None:
    """The window near `window` that explains the candidate best where it may be turned and stretched, or
    None where that leads beyond what a picture editor does."""
    still = _STILL.get(candidate.width, _STILL[FINE])
    for step in range(_FREE_STEPS.get(candidate.width, _FREE_STEPS[FINE])):
        found = _step(candidate, reference, window, patient=step < 3, freely=True)
        # the first steps may lead astray a little
        if found is None or not _possible(found[0], slack=2.0 if step < 2 else 1.0):
            return None
        before, window = window, found[0]
        if step >= 3 and _moved_by(_numbers(before), _numbers(window)) * candidate.width < still:
            break
    return window


def _numbers(window: Window) -> tuple[float, ...]:
    return window.left, window.top, window.scale_x, window.scale_y, window.lean_x, window.lean_y


def _possible(window: Window, slack: float) -> bool:
    low, high = _SCALES
    lean = max(abs(window.lean_x), abs(window.lean_y)) / window.scale
    skew = abs(window.lean_x + window.lean_y) / window.scale
    scaled = low / slack < window.scale < high * slack and abs(np.log(window.stretch)) < slack * _STRETCH
    return bool(scaled and lean < slack * _LEAN and skew < slack * _SKEW)


def _moved_by(before: tuple[float, ...], after: tuple[float, ...]) -> float:
    return max(abs(a - b) for a, b in zip(before, after, strict=True))


def _unstretched(window: Window, middle: float, weight: float) -> Window:
    """The window with its stretch drawn towards 1; the strokes, whose `middle` lies so far down in banner
    widths, stay where they are."""
    high = window.scale_y
    scale_y = window.scale_x * (high / window.scale_x) ** weight
    limit = 0.006 * window.scale_x
    scale_y = float(np.clip(scale_y, window.scale_x - limit, window.scale_x + limit))
    return Window(window.scale_x, scale_y, window.left, window.top + (high - scale_y) * middle)


def _step(
    candidate: Strokes, reference: Strokes, window: Window, *, patient: bool, freely: bool = False
) -> tuple[Window, float] | None:
    """The window after one step, and the vertical middle of the strokes it rests on."""
    points = reference.points
    wide, high = candidate.width, candidate.height
    across = window.left + window.scale_x * points.x + window.lean_x * points.y
    along = window.top + window.lean_y * points.x + window.scale_y * points.y
    column, row = across * wide - 0.5, along * wide - 0.5
    rim = _RIM if wide < MIDDLE else _WIDE_RIM
    inside = (column > rim - 1) & (column < wide - rim) & (row > rim - 1) & (row < high - rim)
    chosen = np.flatnonzero(inside)
    if chosen.size < _FEWEST:
        return None
    chosen = chosen[:: -(-chosen.size // _MOST_POINTS.get(wide, _MOST_POINTS[FINE]))]
    x, y, value = points.x[chosen], points.y[chosen], points.value[chosen]
    target = np.asarray(
        cv2.remap(candidate.raster, column[chosen], row[chosen], cv2.INTER_CUBIC), dtype=np.float32
    ).ravel()
    # the slope per pixel of the candidate
    area = (window.scale_x * window.scale_y - window.lean_x * window.lean_y) * wide
    right, down = points.right[chosen], points.down[chosen]
    gx = (window.scale_y * right - window.lean_y * down) / area
    gy = (window.scale_x * down - window.lean_x * right) / area
    middle = float(x.mean()), float(y.mean())
    x, y = x - middle[0], y - middle[1]
    terms = (value, -gx, -gx * x, -gy, -gy * y, *((-gx * y, -gy * x) if freely else ()))
    held = freely and (wide <= COARSE or (patient and wide <= MIDDLE))
    uneven = _uneven(window, wide) if held else None
    solution = _solve(np.stack(terms).astype(np.float32), target, patient=patient, uneven=uneven)
    return _moved(window, solution, candidate.width, middle), middle[1]


def _uneven(window: Window, wide: int) -> npt.NDArray[np.float64]:
    """How far the place is from what a turn and a zoom give, in pixels: width against height, and one lean
    against the other."""
    return np.array([window.scale_x - window.scale_y, window.lean_x + window.lean_y]) * wide


def _solve(
    columns: Raster, target: Raster, *, patient: bool, uneven: npt.NDArray[np.float64] | None
) -> npt.NDArray[np.float64]:
    """Weighted least squares for gain, shift x, scale x, shift y, scale y, and lean x and y where asked for;
    all about the middle of the strokes, so that few strokes close together leave the shift sure though the
    scale is not.

    `uneven`: how far the place is stretched and skewed (`_uneven`); drawn to 0 where few strokes tell it.
    `patient`: far-off pixels keep a small weight (early steps); otherwise they are left out.
    """
    solution: npt.NDArray[np.float64] = np.zeros(len(columns))
    solution[0] = 1.0
    for _ in range(2):
        rest = np.abs(target - solution.astype(np.float32) @ columns)
        spread = 1.4826 * float(np.median(rest[::3])) + 0.05
        near = rest / (3.0 * spread)
        weight = 1.0 / (1.0 + near * near) if patient else np.square(np.clip(1.0 - near * near, 0.0, 1.0))
        weighted = columns * weight
        normal = (weighted @ columns.T).astype(np.float64)
        normal += (_RIDGE * np.trace(normal) + 1e-9) * np.eye(len(columns))
        sought = (weighted @ target).astype(np.float64)
        if uneven is not None:
            hold = _EVEN * float(normal[2, 2] + normal[4, 4])
            normal += hold * _WAYS.T @ _WAYS
            sought -= hold * _WAYS.T @ uneven
        solution = np.asarray(np.linalg.solve(normal, sought))
    return solution


def _moved(
    window: Window, solution: npt.NDArray[np.float64], width: int, middle: tuple[float, float]
) -> Window:
    """The window after a step of at most a few pixels (a wild step is a wrong one)."""
    gain = max(abs(float(solution[0])), 0.3)
    most = np.array((2, 2, 2, 4, 2, 4)[: len(solution) - 1]) * _LONGEST_MOVE / width
    moves = np.clip(solution[1:] / gain / width, -most, most)
    dx, sx, dy, sy, lx, ly = (*(float(move) for move in moves), 0.0, 0.0)[:6]
    x, y = middle
    return Window(
        window.scale_x + sx,
        window.scale_y + sy,
        window.left + dx - sx * x - lx * y,
        window.top + dy - sy * y - ly * x,
        window.lean_x + lx,
        window.lean_y + ly,
    )
