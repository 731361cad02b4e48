"""The rim: a page's thin grey frame round a screenshot, rounded corners, the seam to a filling."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from auditor.banner.raster import LUMA, Raster, median_colours, most
from auditor.banner.residue import Residue

Plane = npt.NDArray[np.generic]
_BRIGHTER = 12.0
_HUE = 14.0
_FLAT = 16.0
#: colour bleeds from the banner into a frame when the picture is stored
_FRAME_SPREAD = 24.0
_OWN_STRIPE = 24.0
_LINE_SLACK = 20.0
#: lines forgotten where only the outermost one is mixed with grey
_VEIL = 4
#: the banner's own stripe may lie under that grey line, or may have been removed: a person must look
_DOUBTFUL = 1.8


def _top(plane: Plane) -> Plane:
    return plane


def _bottom(plane: Plane) -> Plane:
    return plane[::-1]


def _left(plane: Plane) -> Plane:
    return plane.swapaxes(0, 1)


def _right(plane: Plane) -> Plane:
    return plane[:, ::-1].swapaxes(0, 1)


_SIDES: tuple[Callable[[Plane], Plane], ...] = (_left, _top, _right, _bottom)


def clear_rim(strength: Raster, residue: Residue, size: tuple[int, int], framed: tuple[int, ...]) -> None:
    """Set to 0 what the rim of the overlap cannot tell; `size` of the candidate in working pixels."""
    inside = (residue.box[0] > 0, residue.box[1] > 0, residue.box[2] < size[0], residue.box[3] < size[1])
    for turn, seam, depth in zip(_SIDES, inside, framed, strict=True):
        rim = max(3 if seam else 1, depth)
        turn(strength)[:rim] = 0
    _clear_corners(strength, size[0] / 70 + max(framed))


def rim_distance(residue: Residue, size: tuple[int, int], framed: tuple[int, ...]) -> float:
    """How far the outermost line of a side is in another colour, as distance (1 = still explained).

    It tells a stripe that the member's crop has left a pixel or two of. What a small shift or a grey frame
    explains does not count.
    """
    touching = (
        residue.box[0] == 0,
        residue.box[1] == 0,
        residue.box[2] == size[0],
        residue.box[3] == size[1],
    )
    worst = 0.0
    for turn, touches, depth in zip(_SIDES, touching, framed, strict=True):
        if not touches:
            continue
        seen, expected = turn(residue.seen)[:8], turn(residue.expected)[:8]
        if not depth:
            worst = max(worst, _line_change(seen, expected) / _LINE_SLACK)
        elif depth == _VEIL and _own_stripe(expected, 3):
            worst = max(worst, _DOUBTFUL)
    return worst


def _line_change(seen: Plane, expected: Plane) -> float:
    """The change of the outermost line that no shift explains, in levels, on four fifths of its length."""
    change = seen[0].astype(np.float32) - expected[0].astype(np.float32)
    behind = expected[3].astype(np.float32) - expected[0].astype(np.float32)
    size = np.maximum((behind * behind).sum(axis=1), 1.0)
    along = np.where(size > 100.0, (change * behind).sum(axis=1) / size, 0.0)
    across = np.linalg.norm(change - along[:, None] * behind, axis=1)
    return float(np.percentile(across, 20))


def _clear_corners(strength: Raster, radius: float) -> None:
    """Set to 0 what lies outside rounded corners."""
    side = math.ceil(radius)
    away = radius - np.arange(side)
    outside = np.hypot(away[:, None], away[None, :]) > radius - 2.5
    for turned in (strength, strength[::-1], strength[:, ::-1], strength[::-1, ::-1]):
        corner = turned[:side, :side]
        corner[outside[: corner.shape[0], : corner.shape[1]]] = 0


def frame_depths(residue: Residue) -> tuple[int, ...]:
    """How deep a frame goes on each side, 0 = none; a second side may only repeat the tone of a sure one."""
    deepest = max(3, round(residue.seen.shape[1] / 140))
    lines = [(turn(residue.seen)[: deepest + 5], turn(residue.expected)[: deepest + 5]) for turn in _SIDES]
    found = [_flat_lines(seen, deepest) for seen, _ in lines]
    sure = [
        tone
        for (depth, tone), (_, expected) in zip(found, lines, strict=True)
        if depth and not _own_stripe(expected, depth)
    ]
    depths = []
    for (depth, tone), (seen, expected) in zip(found, lines, strict=True):
        if depth and any(float(np.abs(tone - other).max()) < _FLAT for other in sure):
            depths.append(depth + 4)
        else:
            depths.append(_VEIL if _veiled(seen[0], expected[0]) else 0)
    return tuple(depths)


def _flat_lines(seen: Plane, deepest: int) -> tuple[int, Raster]:
    """The number of outermost lines of one colourless tone (0 when none or too many), and the tone."""
    inner = seen[:, seen.shape[1] // 20 : -seen.shape[1] // 20].astype(np.float32)
    first = median_colours(inner[0])
    away = most(np.abs(inner[0] - first))
    if np.ptp(first) >= 14 or float(np.percentile(away, 90)) >= _FRAME_SPREAD:
        return 0, first
    tones = median_colours(inner)
    spread = np.percentile(most(np.abs(inner - tones[:, None])), 90, axis=1)
    alike = np.abs(tones - tones[0]).max(axis=1) < _FLAT
    flat = (np.ptp(tones, axis=1) < 14) & (spread < _FRAME_SPREAD) & alike
    depth = int(np.argmin(flat)) if not flat.all() else 0
    return (depth if depth <= deepest else 0), tones[0]


def _own_stripe(expected: Plane, depth: int) -> bool:
    """Whether the banner itself has a flat stripe along this side that ends within or right behind it."""
    own = expected[:, expected.shape[1] // 20 : -expected.shape[1] // 20].astype(np.float32)
    tones = median_colours(own)
    spread = float(np.percentile(np.abs(own[0] - tones[0]).max(axis=1), 90))
    return spread < _FLAT and float(np.abs(tones[: depth + 1] - tones[depth + 2]).max()) >= _OWN_STRIPE


def _veiled(seen: Plane, expected: Plane) -> bool:
    """Whether the outermost line is the banner's own, mixed with a darker or lighter colourless one.

    Its brightness is another one, its hue is not (storing the picture lets colour bleed into the frame).
    """
    shown, own = (_brightness_and_colour(median_colours(line)) for line in (seen, expected))
    if abs(shown[0] - own[0]) < _BRIGHTER:
        return False
    size = float(own[1:] @ own[1:])
    share = float(shown[1:] @ own[1:]) / size if size > 64.0 else 0.0
    return -0.4 < share < 1.2 and float(np.linalg.norm(shown[1:] - share * own[1:])) < _HUE


def _brightness_and_colour(rgb: Raster) -> Raster:
    y = float(rgb @ LUMA)
    return np.array([y, 0.564 * (rgb[2] - y), 0.713 * (rgb[0] - y)], dtype=np.float32)
