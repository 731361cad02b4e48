"""The round profile photo (and the owner's edit button) over a banner in a screenshot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from auditor.banner.raster import Pixels, Raster, blur, colour_slope
from auditor.banner.residue import Residue
from auditor.banner.window import Mask

Steps: TypeAlias = npt.NDArray[np.floating]
_ANGLES = np.linspace(0.0, 2 * np.pi, 72, endpoint=False)
#: a few angles find the discs that may be the best, and all of them the best
_FEW_ANGLES, _LIKELY = _ANGLES[::6], 60
_INSIDE, _OUTSIDE = 0.62, 0.15
_EDGE = 14.0
#: what a portrait covers, and what its rim changes when the picture is stored, reaches so many of its radii
COVERED, WITH_RIM = 1.04, 1.06
#: exactly a disc has changed, and nothing round it
_ALL, _NOTHING = 0.95, 0.02
#: where so much has changed there is no banner round a portrait; where so little of the lower left has, no
#: portrait lies there, nor its border alone
_ALL_OVER, _LITTLE, _HARDLY_ANY = 0.6, 0.12, 0.02
#: radii, in those of the disc, that a portrait covers and that its border does, and where nothing has changed
_WITHIN, _BORDER, _ROUND = (0.3, 0.5, 0.65, 0.8, 0.9, 0.94), (0.955, 0.975), (1.05, 1.1)
#: a disc has changed nearly all over, or nearly all round; or most of the way round
_NEARLY_ALL, _MOST = 0.9, 0.7
#: so much of the rim is an edge where the banner itself has a disc, whose colour changes so far alike all
#: round; in a texture it does not
_OWN_DISC, _OWN_EDGE, _OWN_PIECE, _TORN = 0.93, 0.6, 0.8, 0.5
#: an edge on that share of a rim goes nearly all round it
_NEARLY_ALL_ROUND = 0.85
#: what changed is seen a little beyond the rim, the more so in a small picture: the rim may lie further in
_TIGHTER = (1.0, 0.95, 0.9)
#: radii, in those of the disc, just within and just beyond its rim, and a little further in
_ACROSS = ((0.96, 1.04), (0.9, 0.98))
#: an edge counts up to so many levels a pixel; a rim that is less steep on the whole is too faint to tell
_STEEPEST, _FAINT = 30.0, 8.0
#: moves to each side of a disc and of its radius, and how far they go, in pixels, one after the other
_AROUND = np.array([(a, b, c) for a in (-1, 0, 1) for b in (-1, 0, 1) for c in (-1, 0, 1)])
_TO_THE_PIXEL = (4.0, 2.0, 1.0)
#: blurs for a first look and the next, in pixels
_ROUGHLY, _FINELY = 2.0, 0.7
#: so far aside, in radii, and so much smaller or larger than what changed a portrait may be
_ASIDE, _SHRUNK, _GROWN = 0.35, 0.68, 1.05
#: steps of the looks, the last ones a few to each side, and of the first look's radii, in pixels
_STEPS, _RADII = (4.0, 1.6, 0.5), 3.0
#: a portrait with its border, in radii of what lies within; where that may end, and what lies beside it
_BORDERED, _ENDS, _END_STEP, _BESIDE = 1.05, (1.03, 1.08), 0.005, 1.075
#: what is thicker than that share of a radius each way is no rim where the banner differs, so far beyond the
#: rim, on less than that share of the way round (bars: up to 0.27; a wrong disc: from 0.5)
_THICKER, _SOMEWHERE, _BEYOND = 0.05, 0.35, 1.1
#: what crosses a rim differs so much at each of these radii, in so many neighbouring ones of so many
#: directions, and on no more than that share of the way round, as a disc in another place would
_CROSSING, _JUST_BEYOND, _SIDE_BY_SIDE, _DIRECTIONS, _HERE_AND_THERE = 5.0, (1.02, 1.03), 4, 288, 0.15
#: colours are other ones from so many levels on; a border has one colour on most of its way, and also where
#: the banner has another, which it must on a part of it; where that lies beside, it ends in an edge
_OTHER_COLOUR, _MOSTLY, _TELLS, _BESIDE_IT, _AS_STEEP = 22.0, 0.75, 0.02, 0.15, 0.28


@dataclass(frozen=True, slots=True)
class Disc:
    """A disc in pixels of the overlap."""

    x: float
    y: float
    radius: float

    def mask(self, shape: tuple[int, ...], grow: float = 1.0) -> Mask:
        """The pixels inside."""
        y, x = np.ogrid[: shape[0], : shape[1]]
        return np.asarray(np.hypot(x - self.x, y - self.y) <= self.radius * grow)


def find_portrait(
    strength: Raster, residue: Residue, width: int, height: int
) -> tuple[Disc, Disc, bool] | None:
    """The portrait's disc in the lower left, what changed with it, and whether it is one beyond doubt, with
    nothing else across its rim; None where nothing there looks like one.

    A portrait is a disc of the size and place that the profile page gives it, different from the banner
    nearly all over, the banner undisturbed round it, with an edge that the banner itself does not have.
    """
    found: list[Disc] = []
    for changed, inside, outside, sure in _changed_discs(strength > 1.0, residue, width, height):
        if _edge_is_new(residue, changed, inside, outside):
            portrait = fit_rim(residue, changed) or changed
            return portrait, changed, sure and not _crossed(strength, portrait)
        found.append(changed)
    # over a restless banner, or in its colours, what changed tells less than the rim does
    for changed in found:
        rim = fit_rim(residue, changed)
        if rim is not None and _may_be_new(residue, rim):
            return rim, changed, False
    return None


def _changed_discs(
    differs: Mask, residue: Residue, width: int, height: int
) -> Iterator[tuple[Disc, float, float, bool]]:
    """The discs of a portrait's size and place that have changed most, the likeliest first: each with the
    shares that have changed inside and round it, and whether its own edge may prove it to be one. None where
    too little has changed, or too much.

    Of a portrait in the banner's own colours hardly more than its border has changed, and not all of that
    where the banner has the border's colour too.
    """
    lower_left = differs[int(0.3 * height) :, : int(0.35 * width)]
    share = float(lower_left.mean()) if lower_left.size else 0.0
    if share < _HARDLY_ANY or float(differs.mean()) > _ALL_OVER:
        return
    changed = differs.astype(np.float32)
    discs = _grid(width, height, residue.box[0], residue.box[1])
    whole = _most_changed(changed, discs, _WITHIN) if share >= _LITTLE else None
    if whole is not None and (whole[1] < _INSIDE or whole[2] > _OUTSIDE):
        whole = None
    if whole is not None and whole[1] > _NEARLY_ALL:
        yield *whole, True
    border, inside, outside = _most_changed(changed, discs, _BORDER)
    if inside > _NEARLY_ALL and outside <= _OUTSIDE:
        yield border, inside, outside, True
    elif inside > _MOST and outside < _NOTHING:
        yield border, inside, outside, False
    if whole is not None and whole[1] <= _NEARLY_ALL:
        yield *whole, True


def _most_changed(
    changed: Raster, discs: npt.NDArray[np.float64], parts: Sequence[float]
) -> tuple[Disc, float, float]:
    """The disc, one of `discs` or near it, of which most has changed in those `parts` (in radii) and least
    round it, and both shares."""
    likely = np.argsort(-_score(changed, discs, parts, _FEW_ANGLES), kind="stable")[:_LIKELY]
    discs = discs[np.sort(likely)]
    best = discs[int(np.argmax(_score(changed, discs, parts)))]
    for step in _TO_THE_PIXEL:
        around = best[None] + _AROUND * step
        best = around[int(np.argmax(_score(changed, around, parts)))]
    disc = Disc(*(float(v) for v in best))
    inside, outside = (float(v[0]) for v in _shares(changed, _spot(disc), parts))
    return disc, inside, outside


def _grid(width: int, height: int, x0: int, y0: int) -> npt.NDArray[np.float64]:
    radii = np.arange(0.085, 0.155, 0.005) * width
    gaps = np.arange(0.01, 0.08, 0.007) * width
    rows = np.arange(0.66, 1.08, 0.03) * height
    r, g, y = (axis.ravel() for axis in np.meshgrid(radii, gaps, rows, indexing="ij"))
    return np.stack((r + g - x0, y - y0, r), axis=1)


def _score(
    changed: Raster,
    discs: npt.NDArray[np.float64],
    parts: Sequence[float],
    angles: npt.NDArray[np.float64] = _ANGLES,
) -> npt.NDArray[np.float64]:
    inside, outside = _shares(changed, discs, parts, angles)
    return inside - 1.5 * outside + 0.0005 * discs[:, 2]


def _shares(
    changed: Raster,
    discs: npt.NDArray[np.float64],
    parts: Sequence[float],
    angles: npt.NDArray[np.float64] = _ANGLES,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    inside, outside = (
        np.concatenate([_ring(changed, discs, part, angles) for part in radii], axis=1)
        for radii in (parts, _ROUND)
    )
    return _mean(inside), _mean(outside)


def _mean(values: npt.NDArray[np.float64], nothing: float = 1.0) -> npt.NDArray[np.float64]:
    """Row means of what lies inside the picture; `nothing` where nothing does."""
    measured = ~np.isnan(values)
    count = measured.sum(axis=1)
    means = np.where(measured, values, 0.0).sum(axis=1) / np.maximum(count, 1)
    return np.where(count > 0, means, nothing)


def _ring(
    plane: npt.NDArray[np.generic],
    discs: npt.NDArray[np.float64],
    part: float,
    angles: npt.NDArray[np.float64] = _ANGLES,
) -> npt.NDArray[np.float64]:
    """Values along circles (one disc a row), NaN outside the picture."""
    x = np.rint(discs[:, :1] + discs[:, 2:] * part * np.cos(angles)).astype(int)
    y = np.rint(discs[:, 1:2] + discs[:, 2:] * part * np.sin(angles)).astype(int)
    inside = (x >= 2) & (y >= 2) & (x < plane.shape[1] - 2) & (y < plane.shape[0] - 2)
    values = plane[np.clip(y, 0, plane.shape[0] - 1), np.clip(x, 0, plane.shape[1] - 1)]
    return np.where(inside, values.astype(np.float64), np.nan)


def _edge_is_new(residue: Residue, disc: Disc, inside: float, outside: float) -> bool:
    """The candidate has a round edge at the disc's rim or just inside it, and the banner has none there.

    The surer it is that what has changed is a disc and no more, the more often a texture of the banner may
    cross the circle; a disc of its own it must not be.
    """
    tight = (Disc(disc.x, disc.y, disc.radius * share) for share in _TIGHTER)
    disc = max(tight, key=lambda one: _edge_share(residue.seen, one))
    seen, expected = (_edge_share(rgb, disc) for rgb in (residue.seen, residue.expected))
    if seen > 0.6 and expected < 0.4:
        return True
    piece = _of_one_piece(residue.expected, disc)
    if seen < 0.9 or (expected > _OWN_EDGE and piece > _OWN_PIECE):
        return False
    if inside > _ALL and outside < _NOTHING:
        return expected < _OWN_DISC or piece < _TORN
    return inside > 0.9 and outside < 0.05 and expected < 0.8


def _crossed(strength: Raster, portrait: Disc) -> bool:
    """Whether something sticks out from under `portrait` that is not its rim: on a small part of the way."""
    directions = np.linspace(0.0, 2 * np.pi, _DIRECTIONS, endpoint=False)
    rings = [_ring(strength, _spot(portrait), part, directions)[0] for part in _JUST_BEYOND]
    # outside the picture there is nothing, which is not more than anything
    differs = np.minimum.reduce(rings) > _CROSSING
    if float(differs.sum()) > _HERE_AND_THERE * float((~np.isnan(rings[0])).sum()):
        return False
    return bool(np.all([np.roll(differs, step) for step in range(_SIDE_BY_SIDE)], axis=0).any())


def _may_be_new(residue: Residue, rim: Disc) -> bool:
    """Whether the candidate has an edge nearly all along `rim`, and the banner no disc there."""
    seen, expected = (_edge_share(rgb, rim) for rgb in (residue.seen, residue.expected))
    return seen > _NEARLY_ALL_ROUND and (
        expected < _OWN_EDGE or _of_one_piece(residue.expected, rim) < _OWN_PIECE
    )


def _of_one_piece(rgb: Pixels, disc: Disc) -> float:
    """How far the colour changes alike all along the circle, 0 to 1: as round a disc, not as in a texture."""
    spot = _spot(disc)
    best = 0.0
    for inner, outer in _ACROSS:
        steps = np.stack(
            [_ring(rgb[..., k], spot, outer) - _ring(rgb[..., k], spot, inner) for k in range(3)]
        )
        steps = steps[:, 0, ~np.isnan(steps[0, 0])]
        size = float(np.linalg.norm(steps, axis=0).mean()) if steps.size else 0.0
        best = max(best, float(np.linalg.norm(steps.mean(axis=1))) / size if size > 1.0 else 0.0)
    return best


def _spot(disc: Disc) -> npt.NDArray[np.float64]:
    return np.array([[disc.x, disc.y, disc.radius]])


def _edge_share(rgb: npt.NDArray[np.uint8], disc: Disc) -> float:
    spot = _spot(disc)
    best = 0.0
    for inner, outer in _ACROSS:
        steps = [np.abs(_ring(rgb[..., k], spot, outer) - _ring(rgb[..., k], spot, inner)) for k in range(3)]
        strongest = np.max(np.stack(steps), axis=0)
        sharp = np.where(np.isnan(strongest), np.nan, strongest > _EDGE)
        best = max(best, float(_mean(sharp)[0]))
    return best


def fit_rim(residue: Residue, disc: Disc) -> Disc | None:
    """The portrait near `disc` (which what changed tells roughly) to the pixel, by the round edge that the
    banner does not have; None where it is too faint all round."""
    new = np.clip(colour_slope(residue.seen) - colour_slope(residue.expected), 0.0, _STEEPEST)
    rough, fine = blur(new, _ROUGHLY), blur(new, _FINELY)
    reach = int(_ASIDE * disc.radius / _STEPS[0])
    moves = _STEPS[0] * np.arange(-reach, reach + 1)
    radii = np.arange(_SHRUNK * disc.radius, _GROWN * disc.radius, _RADII)
    best, steep = _steepest(rough, disc.x + moves, disc.y + moves, radii, _ANGLES[::2])
    for step in _STEPS[1:]:
        moves, radii = step * np.arange(-3, 4), step * np.arange(-4, 5)
        best, steep = _steepest(fine, best.x + moves, best.y + moves, best.radius + radii, _ANGLES)
    if steep < _FAINT:
        return None
    return Disc(best.x, best.y, best.radius * _BORDERED) if _has_border(residue, fine, best, steep) else best


def _steepest(
    plane: Raster, x: Steps, y: Steps, radii: Steps, angles: npt.NDArray[np.float64]
) -> tuple[Disc, float]:
    """The disc with the steepest rim of all that have such a middle and radius, and how steep that is."""
    axes = np.meshgrid(x, y, radii, indexing="ij")
    discs = np.stack([axis.ravel() for axis in axes], axis=1).astype(np.float64)
    steep = _mean(_ring(plane, discs, 1.0, angles), nothing=0.0)
    best = int(np.argmax(steep))
    return Disc(*(float(v) for v in discs[best])), float(steep[best])


def _has_border(residue: Residue, new: Raster, inner: Disc, steep: float) -> bool:
    """Whether a border of one colour, which is not the banner's, lies round `inner`. It ends in an edge too
    where it is clearly another one."""
    spot, amid = _spot(inner), (1 + _BORDERED) / 2
    border, own, beside = (
        np.stack([_ring(rgb[..., k], spot, part)[0] for k in range(3)])
        for rgb, part in ((residue.seen, amid), (residue.expected, amid), (residue.expected, _BESIDE))
    )
    known = ~np.isnan(border[0]) & ~np.isnan(beside[0])
    if not known.any():
        return False
    colour = np.median(border[:, known], axis=1)[:, None]
    one_colour = (np.abs(border - colour).max(axis=0) < _OTHER_COLOUR)[known]
    tells = (np.abs(own - colour).max(axis=0) > _OTHER_COLOUR)[known]
    if float(one_colour.mean()) < _MOSTLY or float(tells.mean()) < _TELLS:
        return False
    if float(one_colour[tells].mean()) < _MOSTLY:
        return False
    other = known & (np.abs(beside - colour).max(axis=0) > _OTHER_COLOUR)
    if float(other.sum()) < _BESIDE_IT * float(known.sum()):
        return True
    edges = [_ring(new, spot, part)[:, other] for part in np.arange(*_ENDS, _END_STEP)]
    return float(_mean(np.concatenate(edges), nothing=0.0).max()) > _AS_STEEP * steep


def beside_portrait(strength: Raster, portrait: Disc) -> Mask:
    """The pixels of what sticks out from under `portrait`, over which `strength` is 0, and is too thick to be
    its rim: somebody's sign or bar. None where the banner differs round most of the portrait, whose place is
    not sure then."""
    differs = (strength > 1.0).astype(np.uint8)
    if float(_mean(_ring(differs, _spot(portrait), _BEYOND), nothing=0.0)[0]) > _SOMEWHERE:
        return np.zeros(strength.shape, dtype=bool)
    side = 2 * round(_THICKER * portrait.radius) + 1
    brush = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    return np.asarray(cv2.morphologyEx(differs, cv2.MORPH_OPEN, brush), dtype=bool)


def find_button(strength: Raster, residue: Residue, width: int, height: int) -> Disc | None:
    """The owner's edit button: a small white disc in the upper right corner, and nothing else there."""
    x0, y0 = residue.box[0], residue.box[1]
    left, bottom = max(0, int(0.9 * width) - x0), max(0, int(0.45 * height) - y0)
    rows, columns = np.nonzero(strength[:bottom, left:] > 1.0)
    if rows.size < 12:
        return None
    x, y = (columns.min() + columns.max()) / 2 + left, (rows.min() + rows.max()) / 2
    radius = max(np.ptp(columns), np.ptp(rows)) / 2 + 1
    if not 0.008 * width <= radius <= 0.035 * width:
        return None
    disc = Disc(float(x), float(y), float(radius))
    inside = residue.seen[disc.mask(strength.shape, grow=0.9)]
    white = float((inside.min(axis=-1) > 235).mean()) if inside.size else 0.0
    return disc if white > 0.6 else None
