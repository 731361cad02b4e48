"""Flat bars along the sides of a picture: a banner put into a frame of another shape."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image

from auditor.judging.banner.window import Box

Pixels = npt.NDArray[np.uint8]
_DEEPEST = 0.2
#: so many pixels of a line tell what it is like
_SAMPLES = 200
_FLAT = 12.0
_SAME = 8.0
_SEAM = 16.0
#: lines that storing the picture has mixed from both sides of the seam
_MIXED = 3


def bars(image: Image.Image) -> tuple[int, int, int, int]:
    """How deep the bars of `image` are, left, top, right and bottom, in pixels; 0 = none."""
    pixels = np.asarray(image)
    rows = pixels[:, :: max(1, image.width // _SAMPLES)]
    columns = pixels[:: max(1, image.height // _SAMPLES)].swapaxes(0, 1)
    return _depth(columns), _depth(rows), _depth(columns[::-1]), _depth(rows[::-1])


def inside_bars(image: Image.Image) -> Box | None:
    """The box of `image` that its bars leave, in pixels; None where it has none."""
    left, top, right, bottom = bars(image)
    if not any((left, top, right, bottom)):
        return None
    return left, top, image.width - right, image.height - bottom


def _depth(lines: Pixels) -> int:
    """How many of the first lines are a bar of one colour, with what is mixed behind it; 0 = no bar."""
    most = round(_DEEPEST * len(lines))
    tone = np.median(lines[0], axis=0)
    if _spread(lines[:1], tone[None])[0] >= _FLAT:
        return 0
    seen = lines[: most + _MIXED + 1]
    tones = np.median(seen, axis=1)
    bar = (np.abs(tones - tone).max(axis=1) < _SAME) & (_spread(seen, tones) < _FLAT)
    depth = int(np.argmin(bar)) if not bar.all() else len(bar)
    if not 0 < depth <= most:
        return 0
    behind = min(depth + _MIXED, len(seen) - 1)
    changed = np.abs(seen[behind] - tone).max(axis=1) > _SEAM
    return depth + _MIXED if float(changed.mean()) > 0.5 else 0


def _spread(lines: Pixels, tones: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """How far nearly all pixels of each line are from its tone, at most, in levels."""
    return np.asarray(np.percentile(np.abs(lines - tones[:, None]).max(axis=2), 90, axis=1))
