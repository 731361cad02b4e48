"""What lies beside a banner in a picture: restless, or the banner's own ground that goes on."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from auditor.banner.raster import Pixels, wider
from auditor.banner.residue import Residue

Lines = npt.NDArray[np.float32]
#: colour bleeds over an edge when a picture is stored: so far from it nothing is looked at, in working pixels
_BLEEDING = 2
_NARROWEST_GAP = 4
#: a seam is seen where the colour changes by so many levels, on so much of its length
_SEAM_LEVELS = 18.0
_SEAM_SHARE = 0.3
#: so far from a turned banner's edge nothing is looked at, in working pixels
_TURNED_RIM = 4


def restlessness(seen: Pixels, residue: Residue) -> float:
    """How far what lies beside the banner in `seen` is from one flat colour a side, in levels (0 = flat)."""
    box = residue.box
    gap = max(6, round(seen.shape[1] / 125))
    strips = (
        seen[:, : max(0, box[0] - gap)],
        seen[:, box[2] + gap :],
        seen[: max(0, box[1] - gap)],
        seen[box[3] + gap :],
    )
    worst = _restless_corners(residue)
    for strip in strips:
        if min(strip.shape[:2]) >= 3:
            lines = strip.astype(np.float32)
            away = np.abs(lines - np.median(lines.reshape(-1, 3), axis=0)).max(axis=2)
            worst = max(worst, float(np.percentile(away, 98)))
    return worst


def _restless_corners(residue: Residue) -> float:
    """How far what lies beside a turned banner, within its box, is from one flat colour, in levels."""
    if residue.covered is None:
        return 0.0
    beside = residue.seen[~wider(residue.covered, _TURNED_RIM)]
    if len(beside) < 50:
        return 0.0
    away = np.abs(beside - np.median(beside.astype(np.float32), axis=0)).max(axis=1)
    return float(np.percentile(away, 95))


def goes_on(seen: Pixels, residue: Residue) -> bool:
    """Whether the banner's own ground seems to go on beside it: somewhere it ends without a seam.

    On a ground of one colour a picture that was shifted and a drawing that was moved are the same pixels.
    """
    expected = residue.expected
    x0, y0, x1, y1 = residue.box
    sides = (
        (seen[y0:y1, :x0][:, ::-1].swapaxes(0, 1), expected.swapaxes(0, 1)),
        (seen[y0:y1, x1:].swapaxes(0, 1), expected[:, ::-1].swapaxes(0, 1)),
        (seen[:y0, x0:x1][::-1], expected),
        (seen[y1:, x0:x1], expected[::-1]),
    )
    return any(_seamless(outside, own) for outside, own in sides)


def _seamless(outside: Pixels, own: Pixels) -> bool:
    """Both with the line next to the seam first."""
    if len(outside) < _NARROWEST_GAP:
        return False
    beside, edge = (
        lines[_BLEEDING : 2 * _NARROWEST_GAP].mean(axis=0, dtype=np.float32) for lines in (outside, own)
    )
    return float((np.abs(beside - edge).max(axis=1) > _SEAM_LEVELS).mean()) < _SEAM_SHARE
