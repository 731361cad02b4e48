"""Sharpen a place by all that is light and dark: where strokes pin it one way only, or are few and faint.

Broad steps of light tell the place of soft artwork along its stripes, where no stroke does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from auditor.banner.raster import Pixels, Raster, blur, drawn, grey, median, slopes
from auditor.banner.window import Window

Numbers: TypeAlias = npt.NDArray[np.float64]
#: a copy is blurred by so much before it is laid on the other, in pixels
_BLUR = 1.3
_STEPS = 12
#: it is done when nothing moves further, in pixels
_STILL = 0.01
#: light that agrees less after so many steps leads nowhere: a stranger's
_HOPELESS = {1: 0.2, 3: 0.55}
#: pixels of the edge that are not looked at; a smaller share in common tells nothing
_RIM, _LEAST = 3, 0.1
#: what is so many deviations off counts little; storing changes so many levels anyway
_FAR_OFF, _LEVELS = 3.0, 1.0
#: and at first more: between flat faces only the edges tell, and all of them are far off
_FAR_AT_FIRST, _NEARER = 40.0, 0.6
#: how much an even place (neither stretched nor skewed) counts against what the light tells of its scales
_EVEN = 0.02
#: stretch and skew in the numbers of a place
_WAYS = np.array([[0.0, 0, 1, -1, 0, 0], [0.0, 0, 0, 0, 1, 1]])
#: so many pixels near each other tell what one does; so far from its start a place is likely, in widths
_ALIKE, _REACH = 50.0, np.array([0.1, 0.05, 0.3, 0.3, 0.1, 0.1])
_RIDGE = 1e-6
#: the longest step: a shift and, at the far corner, a scale or a lean, in pixels
_LONGEST = np.array((6, 6, 6, 12, 12, 12))
#: how far a crop zooms
_ZOOMS = (1.15, 1.3, 1.45, 1.6)
#: a crop is found in so many steps
_CROP_STEPS = 20
#: zooms in steps in which flat faces hardly move against each other
_CLOSE_ZOOMS = tuple(np.geomspace(1.0, 1.7, 36).tolist())
#: light is smoothed by so many pixels, on the narrow copy and on the wider one; after so many steps, or as
#: soon as it changes by no more, it is done; a banner that is there agrees further than that
_SMOOTH, _ENOUGH, _ALIGNED = (9, 5), (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 60, 1e-6), 0.9
#: what an editor does, with some slack: zoom, stretch (log), turn (as slope)
_SCALES, _STRETCH, _LEAN = (0.6, 2.0), 0.2, 0.15


def crops_by_light(candidate: Pixels, reference: Pixels) -> list[tuple[float, Window]]:
    """The places of a few zooms where light and dark of two small copies agree, and how far (-1..1), best
    first."""
    return _crops(grey(candidate), grey(reference), {zoom: zoom for zoom in _ZOOMS})


def crops_by_colour(candidate: Pixels, reference: Pixels) -> list[Window]:
    """The places of many zooms where the colours of two small copies agree far, best first."""
    wide = candidate.shape[1]
    # as large as a part is drawn, to the pixel
    scales = {zoom: wide / round(wide / zoom) for zoom in _CLOSE_ZOOMS}
    return [window for fit, window in _crops(candidate, reference, scales) if fit > _ALIGNED]


def _crops(
    seen: Pixels | Raster, own: Pixels | Raster, scales: dict[float, float]
) -> list[tuple[float, Window]]:
    """Where `seen`, as small as each zoom makes it, agrees best with a part of `own`, and how far (-1..1),
    best first; the scale of each place by its zoom."""
    high, wide = seen.shape[:2]
    found: list[tuple[float, Window]] = []
    for zoom, scale in scales.items():
        size = (round(wide / zoom), round(high / zoom))
        if size[1] > own.shape[0]:
            continue
        part = cv2.resize(seen, size, interpolation=cv2.INTER_AREA)
        _, fit, _, (left, top) = cv2.minMaxLoc(cv2.matchTemplate(own, part, cv2.TM_CCOEFF_NORMED))
        found.append((fit, Window(scale, scale, -scale * left / wide, -scale * top / wide)))
    return sorted(found, key=lambda one: -one[0])


def crop_by_colour(
    candidate: Pixels, reference: Pixels, window: Window, soft: float = _BLUR
) -> tuple[Window, float]:
    """The place near `window` where the colours of two small copies agree best if the picture was only
    cropped, and how far they are apart there (the mean square, in levels). `soft`: smoothed by so many
    pixels; what is about as far off is found.

    All pixels count alike, as in `align_by_light`, and three numbers tell the place: with the few edges of
    bold faces a turn or a stretch fits nearly as well elsewhere.
    """
    seen, own = (blur(rgb.astype(np.float32), soft) for rgb in (candidate, reference))
    high, wide = seen.shape[:2]
    box, inside = (0, 0, wide, high), (slice(_RIM, -_RIM), slice(_RIM, -_RIM))
    right = (np.arange(wide, dtype=np.float32)[None, :] + np.float32(0.5)) / wide
    down = (np.arange(high, dtype=np.float32)[:, None] + np.float32(0.5)) / wide
    apart = 0.0
    for _ in range(_CROP_STEPS):
        shown = drawn(own, window.matrix(box, wide, own.shape[1]), (wide, high), swift=True, edge=True)
        terms, rests = [], []
        for plane in range(3):
            across, along = (slope * np.float32(-wide) for slope in slopes(shown[..., plane]))
            zoomed = (across * (right - window.left) + along * (down - window.top)) / window.scale
            terms.append(np.stack([one[inside].ravel() for one in (across, along, zoomed)]))
            rests.append((seen[..., plane] - shown[..., plane])[inside].ravel())
        columns, rest = np.concatenate(terms, axis=1), np.concatenate(rests)
        apart = float(rest @ rest) / rest.size
        normal = (columns @ columns.T).astype(np.float64)
        normal[np.diag_indices(3)] += _RIDGE * np.diag(normal) + _RIDGE
        solution = np.linalg.solve(normal, (columns @ rest).astype(np.float64))
        most = _LONGEST[0] / wide
        dx, dy, zoom = np.clip(solution, -most, most).tolist()
        scale = float(np.clip(window.scale + zoom, *_SCALES))
        window = Window(scale, scale, window.left + dx, window.top + dy)
        if max(abs(dx), abs(dy), abs(zoom)) * wide < _STILL:
            break
    return window, apart


def align_by_light(
    candidates: Sequence[Pixels], references: Sequence[Pixels], starts: Sequence[Window]
) -> Window | None:
    """The place of a banner of bold faces, near one of `starts`; None where light and dark agree nowhere.

    All pixels count alike (enhanced correlation coefficient, Evangelidis and Psarakis, 2008): between flat
    faces only the edges tell a place, and `refine_by_light` leaves out what is far off. `candidates` and
    `references`: copies of growing width.
    """
    best = list(starts)
    for step, (candidate, reference) in enumerate(zip(candidates, references, strict=True)):
        seen, own = grey(candidate), grey(reference)
        found = [_align(seen, own, window, _SMOOTH[step]) for window in best]
        likely = sorted((one for one in found if one and one[0] > _ALIGNED), key=lambda one: -one[0])
        if not likely:
            return None
        best = [likely[0][1]]
    return best[0] if _possible(best[0]) else None


def _align(seen: Raster, own: Raster, start: Window, smooth: int) -> tuple[float, Window] | None:
    """How well light and dark agree (-1..1) at the place near `start` where they do best."""
    high, wide = seen.shape
    whole = (0, 0, wide, high)
    try:
        fit, matrix = cv2.findTransformECC(  # type: ignore[call-overload]
            seen,
            own,
            start.matrix(whole, wide, own.shape[1]).astype(np.float32),
            cv2.MOTION_AFFINE,
            _ENOUGH,
            None,
            smooth,
        )
    except cv2.error:  # it leads nowhere
        return None
    return fit, Window.of_matrix(np.asarray(matrix, dtype=np.float64), wide, own.shape[1])


def refine_by_light(
    candidate: Pixels, reference: Pixels, window: Window, *, even: bool
) -> tuple[Window, float] | None:
    """The place near `window` where light and dark of two small copies agree best, and how well (-1..1);
    None where that leads beyond what a picture editor does. `even`: it is hardly stretched or skewed."""
    seen, own = blur(grey(candidate), _BLUR), blur(grey(reference), _BLUR)
    start, fit = _numbers(window), -1.0
    for step in range(1, _STEPS + 1):
        found = _step(seen, own, window, start, even=even, least=max(_LEVELS, _FAR_AT_FIRST * _NEARER**step))
        if found is None or not _possible(found[0]) or found[1] < _HOPELESS.get(step, -1.0):
            return None
        before, (window, fit) = window, found
        if float(np.abs(_numbers(window) - _numbers(before)).max()) * seen.shape[1] < _STILL:
            break
    return window, fit


def _step(
    seen: Raster, model: Raster, window: Window, start: Numbers, *, even: bool, least: float
) -> tuple[Window, float] | None:
    """The window after one step, and how well the light agreed before it."""
    high, wide = seen.shape
    box = (0, 0, wide, high)
    shown = drawn(model, window.matrix(box, wide, model.shape[1]), (wide, high), swift=True, edge=True)
    inside = window.covered(box, wide, model.shape[0] / model.shape[1], rim=_RIM)
    inside[:_RIM] = inside[-_RIM:] = inside[:, :_RIM] = inside[:, -_RIM:] = False
    at = np.flatnonzero(inside)
    if at.size < _LEAST * inside.size:
        return None
    columns = (np.arange(wide) + 0.5)[None, :] / wide
    rows = (np.arange(high) + 0.5)[:, None] / wide
    x, y = (plane.ravel()[at].astype(np.float32) for plane in window.source(columns, rows))
    right, down = (plane.ravel()[at] * np.float32(-wide) for plane in slopes(shown))
    terms = np.empty((8, at.size), dtype=np.float32)
    terms[0], terms[1], terms[2], terms[3] = shown.ravel()[at], 1.0, right, down
    for term, (slope, place) in enumerate(((right, x), (down, y), (right, y), (down, x)), 4):
        np.multiply(slope, place, out=terms[term])
    solution, fit = _solved(terms, seen.ravel()[at], _numbers(window), start, even=even, least=least)
    most = _LONGEST / wide
    dx, dy, sx, sy, lx, ly = np.clip(solution[2:] / max(abs(solution[0]), 0.3), -most, most).tolist()
    moved = Window(
        window.scale_x + sx,
        window.scale_y + sy,
        window.left + dx,
        window.top + dy,
        window.lean_x + lx,
        window.lean_y + ly,
    )
    return moved, fit


def _solved(
    terms: Raster, target: Raster, now: Numbers, start: Numbers, *, even: bool, least: float
) -> tuple[Numbers, float]:
    """Weighted least squares for gain, level and the moves of a place, and how well `target` agrees with the
    first of the terms (-1..1). What is far off counts little: a change, or a portrait. What no light tells
    is drawn to `start`."""
    solution: Numbers = np.zeros(len(terms))
    solution[0], solution[1] = 1.0, median((target - terms[0])[::5])
    weight = np.ones_like(target)
    for _ in range(2):
        rest = target - solution.astype(np.float32) @ terms
        spread = 1.4826 * median(np.abs(rest[::5])) + least
        weight = np.reciprocal(1.0 + np.square(rest / np.float32(_FAR_OFF * spread)))
        weighted = terms * weight
        normal = (weighted @ terms.T).astype(np.float64)
        sought = (weighted @ target).astype(np.float64)
        normal[np.diag_indices(len(normal))] *= 1.0 + _RIDGE
        normal[0, 0] += _RIDGE  # a black banner has no light
        likely = _ALIKE * spread**2 / np.square(_REACH)
        normal[2:, 2:] += np.diag(likely)
        sought[2:] -= likely * (now - start)
        if even:
            hold = _EVEN * float(normal[4, 4] + normal[5, 5])
            normal[2:, 2:] += hold * _WAYS.T @ _WAYS
            sought[2:] -= hold * _WAYS.T @ (_WAYS @ now)
        solution = np.asarray(np.linalg.solve(normal, sought))
    return solution, _agreement(terms[0], target, weight)


def _agreement(one: Raster, other: Raster, weight: Raster) -> float:
    total = float(weight.sum())
    first, second = (plane - float(plane @ weight) / total for plane in (one, other))
    both, own, seen = (
        float((a * b) @ weight) for a, b in ((first, second), (first, first), (second, second))
    )
    return both / float(np.sqrt(own * seen) + 1e-3)


def _numbers(window: Window) -> Numbers:
    return np.array([window.left, window.top, window.scale_x, window.scale_y, window.lean_x, window.lean_y])


def _possible(window: Window) -> bool:
    lean = max(abs(window.lean_x), abs(window.lean_y)) / window.scale
    low, high = _SCALES
    return bool(low < window.scale < high and abs(np.log(window.stretch)) < _STRETCH and lean < _LEAN)
