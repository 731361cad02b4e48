"""What lies beside the banner in a picture that shows more: flat bars, a page, more of its own ground."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image

from auditor.judging.banner.residue import Residue
from auditor.judging.banner.window import Box

Pixels = npt.NDArray[np.float32]
#: colour bleeds over an edge when a picture is stored: so far from it nothing is looked at, in working pixels
_BLEEDING = 2
_NARROWEST_GAP = 4
#: a seam is seen where the colour changes by so many levels, on so much of its length
_SEAM_LEVELS = 18.0
_SEAM_SHARE = 0.3


def restlessness(working: Image.Image, box: Box) -> float:
    """How far what lies beside `box` is from one flat colour a side, in levels (0 = flat)."""
    pixels = np.asarray(working, dtype=np.float32)
    gap = max(6, round(working.width / 125))
    strips = (
        pixels[:, : max(0, box[0] - gap)],
        pixels[:, box[2] + gap :],
        pixels[: max(0, box[1] - gap)],
        pixels[box[3] + gap :],
    )
    worst = 0.0
    for strip in strips:
        if min(strip.shape[:2]) >= 3:
            away = np.abs(strip - np.median(strip.reshape(-1, 3), axis=0)).max(axis=2)
            worst = max(worst, float(np.percentile(away, 98)))
    return worst


def goes_on(working: Image.Image, residue: Residue) -> bool:
    """Whether the banner's own ground seems to go on beside it: somewhere it ends without a seam.

    On a ground of one colour a picture that was shifted and a drawing that was moved are the same pixels.
    """
    pixels = np.asarray(working, dtype=np.float32)
    expected = residue.expected.astype(np.float32)
    x0, y0, x1, y1 = residue.box
    inside = pixels[y0:y1, x0:x1]
    if inside.shape != expected.shape:
        return False
    sides = (
        (pixels[y0:y1, :x0][:, ::-1].swapaxes(0, 1), expected.swapaxes(0, 1)),
        (pixels[y0:y1, x1:].swapaxes(0, 1), expected[:, ::-1].swapaxes(0, 1)),
        (pixels[:y0, x0:x1][::-1], expected),
        (pixels[y1:, x0:x1], expected[::-1]),
    )
    return any(_seamless(outside, own) for outside, own in sides)


def _seamless(outside: Pixels, own: Pixels) -> bool:
    """Both with the line next to the seam first."""
    if len(outside) < _NARROWEST_GAP:
        return False
    beside = outside[_BLEEDING : 2 * _NARROWEST_GAP].mean(axis=0)
    edge = own[_BLEEDING : 2 * _NARROWEST_GAP].mean(axis=0)
    return float((np.abs(beside - edge).max(axis=1) > _SEAM_LEVELS).mean()) < _SEAM_SHARE
