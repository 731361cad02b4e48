"""Sharpen a sighting into an exact window: robust Lucas-Kanade steps for scale and shift, coarse to fine.

The steps look at the steepest places of the reference only, and ask what the candidate shows there.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from auditor.banner.raster import Raster, median
from auditor.banner.strokes import COARSE, EDGE, FINE, MIDDLE, Points, Strokes
from auditor.banner.window import Window

#: how many steps at each width
_STEPS = {COARSE: 6, MIDDLE: 6, FINE: 12}
#: the same where it may be turned and stretched: in a soft picture that takes longer
_FREE_STEPS = {COARSE: 10, MIDDLE: 14, FINE: 24}
#: a level is done when a step moves less than this, in pixels
_STILL = {COARSE: 0.1, MIDDLE: 0.1, FINE: 0.04}
_RIDGE = 1e-6
#: how much an even place (neither stretched nor skewed) counts against what the strokes tell of the scale
_EVEN = 0.02
#: stretch and skew in the numbers of `_solve`
_WAYS = np.array([[0.0, 0, 1, 0, -1, 0, 0], [0.0, 0, 0, 0, 0, 1, 1]])
_FEWEST = 60
_MOST_POINTS = {COARSE: 2_500, MIDDLE: 4_000, FINE: 6_000}
#: so near the edge of a larger candidate no place is asked, in pixels: strokes feel what lies beyond it
_WIDE_EDGE = 6
_LONGEST_MOVE = 3.0
#: what an editor does: zoom, stretch (log), turn (as slope), and what a turn and a stretch do together
_SCALES, _STRETCH, _LEAN, _SKEW = (0.6, 2.0), 0.16, 0.12, 0.035


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
        if found is None or not possible(found[0], slack=2.0 if step < 2 else 1.0):
            return None
        before, window = window, found[0]
        if step >= 3 and _moved_by(_numbers(before), _numbers(window)) * candidate.width < still:
            break
    return window


def _numbers(window: Window) -> tuple[float, ...]:
    return window.left, window.top, window.scale_x, window.scale_y, window.lean_x, window.lean_y


def possible(window: Window, slack: float = 1.0) -> bool:
    """Whether a picture editor may have put a banner there."""
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
    wide = candidate.width
    chosen = _in_sight(candidate, points, window)
    if chosen.size < _FEWEST:
        return None
    chosen = chosen[:: -(-chosen.size // _MOST_POINTS.get(wide, _MOST_POINTS[FINE]))]
    x, y, value = points.x.take(chosen), points.y.take(chosen), points.value.take(chosen)
    column, row = window.pixels(x, y, wide)
    target = np.asarray(cv2.remap(candidate.raster, column, row, cv2.INTER_CUBIC), dtype=np.float32).ravel()
    # the slope per pixel of the candidate
    area = (window.scale_x * window.scale_y - window.lean_x * window.lean_y) * wide
    right, down = points.right.take(chosen), points.down.take(chosen)
    gx = (window.scale_y * right - window.lean_y * down) / area
    gy = (window.scale_x * down - window.lean_x * right) / area
    middle = float(x.mean()), float(y.mean())
    x, y = x - middle[0], y - middle[1]
    columns = np.empty((7 if freely else 5, x.size), dtype=np.float32)
    columns[0] = value
    np.negative(gx, out=columns[1])
    np.multiply(columns[1], x, out=columns[2])
    np.negative(gy, out=columns[3])
    np.multiply(columns[3], y, out=columns[4])
    if freely:
        np.multiply(columns[1], y, out=columns[5])
        np.multiply(columns[3], x, out=columns[6])
    held = freely and (wide <= COARSE or (patient and wide <= MIDDLE))
    uneven = _uneven(window, wide) if held else None
    solution = _solve(columns, target, patient=patient, uneven=uneven)
    return _moved(window, solution, candidate.width, middle), middle[1]


def _in_sight(candidate: Strokes, points: Points, window: Window) -> npt.NDArray[np.intp]:
    """The numbers of the points that are seen away from the candidate's edge."""
    wide, high = candidate.width, candidate.height
    rim = EDGE if wide < MIDDLE else _WIDE_EDGE
    x, y, right, bottom = points.x, points.y, wide - rim, high - rim
    if window.straight:
        first = (rim - 0.5) / wide
        x0, x1 = ((edge - window.left) / window.scale_x for edge in (first, (right + 0.5) / wide))
        y0, y1 = ((edge - window.top) / window.scale_y for edge in (first, (bottom + 0.5) / wide))
        return np.flatnonzero((x > x0) & (x < x1) & (y > y0) & (y < y1))
    column, row = window.pixels(x, y, wide)
    return np.flatnonzero((column > rim - 1) & (column < right) & (row > rim - 1) & (row < bottom))


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
        spread = 1.4826 * median(rest[::3]) + 0.05
        near = rest / (3.0 * spread)
        weight = 1.0 / (1.0 + near * near) if patient else np.square(np.clip(1.0 - near * near, 0.0, 1.0))
        weighted = columns * weight
        normal = (weighted @ columns.T).astype(np.float64)
        normal.flat[:: len(columns) + 1] += _RIDGE * float(normal.trace()) + 1e-9
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
