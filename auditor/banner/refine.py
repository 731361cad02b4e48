"""Sharpen a sighting into an exact window: robust Lucas-Kanade steps for scale and shift, coarse to fine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from auditor.banner.picture import BICUBIC, Raster, blur, broad_blur
from auditor.banner.window import Window

#: working widths, from coarse to fine, with the width of the high-pass and the number of steps there
COARSE, MIDDLE, FINE = 198, 396, 1000
_DETAIL = {COARSE: 5.0, MIDDLE: 3.0, FINE: 3.0}
_STEPS = {COARSE: 6, MIDDLE: 6, FINE: 12}
#: a level is done when a step moves less than this, in pixels
_STILL = {COARSE: 0.1, MIDDLE: 0.1, FINE: 0.04}
#: strokes weaker than this (levels, squared) are noise
_NOISE_FLOOR = 9.0
_RIDGE = 1e-6
_FEWEST = 60
_MOST_PIXELS = 12_000
#: quantiles are taken of every so-manieth pixel
_SAMPLED = 7
#: slope, squared, below which a pixel tells nothing of the place
_LEAST_SLOPE = 0.0025
_LONGEST_MOVE = 3.0
#: what an editor does: zoom, stretch (log), turn (as slope), and what a turn and a stretch do together
_SCALES, _STRETCH, _LEAN, _SKEW = (0.6, 2.0), 0.16, 0.12, 0.035
_CHANNELS = np.array([0.32, 0.36, 0.32], dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Strokes:
    """A picture's strokes and edges at one width, contrast evened out; float image for resampling."""

    width: int
    height: int
    image: Image.Image

    @property
    def raster(self) -> Raster:
        """The same as an array."""
        return np.asarray(self.image, dtype=np.float32)


def strokes(image: Image.Image, width: int, seen_at: int = 0) -> Strokes:
    """The strokes of `image` at `width` pixels; all three channels count, so yellow on white is seen.

    `seen_at`: the width of the candidate that they are compared with, where it is another one.
    """
    height = max(8, round(image.height * width / image.width))
    swift = image.width > width and not seen_at
    small = image.resize((width, height), Image.Resampling.BOX if swift else BICUBIC)
    grey = np.asarray(small, dtype=np.float32) @ _CHANNELS
    detail = _DETAIL.get(seen_at or width, _DETAIL[FINE])
    soft = blur(grey, 0.8)
    fine = soft - blur(soft, detail)
    energy = broad_blur(fine * fine, 3 * detail)
    return Strokes(width, height, Image.fromarray(fine / np.sqrt(energy + _NOISE_FLOOR)))


def refine(candidate: Strokes, reference: Strokes, window: Window, *, stretch_weight: float = 0.0) -> Window:
    """The window that explains the candidate best near `window`; unchanged where nothing is to be seen.

    `stretch_weight` 0 keeps width and height at one scale; above 0, rounding of the served size is
    allowed for.
    """
    steps = _STEPS.get(candidate.width, _STEPS[FINE])
    still = _STILL.get(candidate.width, _STILL[FINE])
    seen = candidate.raster
    for step in range(steps):
        found = _step(seen, candidate, reference, window, patient=step < 2)
        if found is None:
            return window
        before = (window.left, window.top, window.scale_x)
        window = _unstretched(*found, stretch_weight)
        after = (window.left, window.top, window.scale_x)
        if step >= 2 and _moved_by(before, after) * candidate.width < still:
            break
    return window


def refine_freely(candidate: Strokes, reference: Strokes, window: Window, steps: int = 8) -> Window | None:
    """The window near `window` that explains the candidate best where it may be turned and stretched, or
    None where that leads beyond what a picture editor does."""
    still = _STILL.get(candidate.width, _STILL[FINE])
    seen = candidate.raster
    for step in range(steps):
        found = _step(seen, candidate, reference, window, patient=step < 3, freely=True)
        if found is None or not _possible(found[0]):
            return None
        before, window = window, found[0]
        if step >= 3 and _moved_by(_numbers(before), _numbers(window)) * candidate.width < still:
            break
    return window


def _numbers(window: Window) -> tuple[float, ...]:
    return window.left, window.top, window.scale_x, window.scale_y, window.lean_x, window.lean_y


def _possible(window: Window) -> bool:
    low, high = _SCALES
    lean = max(abs(window.lean_x), abs(window.lean_y)) / window.scale
    skew = abs(window.lean_x + window.lean_y) / window.scale
    scaled = low < window.scale < high and abs(np.log(window.stretch)) < _STRETCH
    return bool(scaled and lean < _LEAN and skew < _SKEW)


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
    seen: Raster,
    candidate: Strokes,
    reference: Strokes,
    window: Window,
    *,
    patient: bool,
    freely: bool = False,
) -> tuple[Window, float] | None:
    """The window after one step, and the vertical middle of the strokes it rests on."""
    ratio = reference.height / reference.width
    box = window.overlap(candidate.width, candidate.height, ratio)
    if box[2] - box[0] < 40 or box[3] - box[1] < 12:
        return None
    model = np.asarray(window.predict(reference.image, box, candidate.width, BICUBIC), dtype=np.float32)
    gy, gx = (np.asarray(slope, dtype=np.float32) for slope in np.gradient(model))
    covered = None if window.straight else window.covered(box, candidate.width, ratio, rim=2.5)
    rows, columns = _steepest(gx, gy, covered)
    x, y = window.source((columns + box[0] + 0.5) / candidate.width, (rows + box[1] + 0.5) / candidate.width)
    gx, gy, value = gx[rows, columns], gy[rows, columns], model[rows, columns]
    target = seen[rows + box[1], columns + box[0]]
    if target.size < _FEWEST:
        return None
    middle = float(x.mean()), float(y.mean())
    right, down = x - middle[0], y - middle[1]
    terms = (value, -gx, -gx * right, -gy, -gy * down, *((-gx * down, -gy * right) if freely else ()))
    solution = _solve(np.stack(terms).astype(np.float32), target, patient=patient)
    return _moved(window, solution, candidate.width, middle), middle[1]


def _steepest(
    gx: Raster, gy: Raster, covered: npt.NDArray[np.bool_] | None
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Rows and columns of some `_MOST_PIXELS` steepest pixels, the rim left out."""
    slope = gx * gx + gy * gy
    slope[:2], slope[-2:], slope[:, :2], slope[:, -2:] = 0, 0, 0, 0
    if covered is not None:
        slope *= covered
    flat = slope.ravel()
    least = _LEAST_SLOPE
    if flat.size > _MOST_PIXELS:
        sample = flat[::_SAMPLED]
        place = sample.size - _MOST_PIXELS // _SAMPLED
        least = max(least, float(np.partition(sample, place)[place]))
    rows, columns = np.divmod(np.flatnonzero(flat > least), slope.shape[1])
    return rows, columns


def _solve(columns: Raster, target: Raster, *, patient: bool) -> npt.NDArray[np.float64]:
    """Weighted least squares for gain, shift x, scale x, shift y, scale y, and lean x and y where asked for;
    all about the middle of the strokes, so that few strokes close together leave the shift sure though the
    scale is not.

    `patient`: far-off pixels keep a small weight (early steps); otherwise they are left out.
    """
    solution: npt.NDArray[np.float64] = np.zeros(len(columns))
    solution[0] = 1.0
    for _ in range(2):
        rest = np.abs(target - solution @ columns)
        spread = 1.4826 * float(np.median(rest[::3])) + 0.05
        near = rest / (3.0 * spread)
        weight = 1.0 / (1.0 + near * near) if patient else np.square(np.clip(1.0 - near * near, 0.0, 1.0))
        weighted = columns * weight
        normal = (weighted @ columns.T).astype(np.float64)
        normal[np.diag_indices(len(columns))] += _RIDGE * np.trace(normal) + 1e-9
        solution = np.asarray(np.linalg.solve(normal, (weighted @ target).astype(np.float64)))
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
