"""A picture with bars round it: does the verdict on all of it hold, or the one on what the bars leave?"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from auditor.banner.kinds import BannerVerdict, VerdictKind
from auditor.banner.raster import Pixels, Raster, median_colours
from auditor.banner.raster import most as furthest
from auditor.banner.window import Box, Window

#: so far a bar may lie over the banner: what storing the picture mixes at the seam, in pixels
_OVERLAP = 5.0


def settle(
    whole: BannerVerdict,
    inside: BannerVerdict,
    bare: Box,
    size: tuple[int, int],
    ratio: float,
    stripes: tuple[int, ...],
) -> BannerVerdict:
    """The verdict on a picture of `size` whose bars leave the box `bare`.

    `whole` was judged with the bars, `inside` without them, against a banner whose height is `ratio` of its
    width and which has `stripes` of its own, so deep on each side. A bar that may be the banner's own stripe
    in another colour is no bar; one that hides a part of it is for a person to look at.
    """
    found = _of_the_whole(inside, bare, size[0])
    if found.distance >= whole.distance or found.crop is None:
        return whole
    hidden = [side for side, over in enumerate(_overlaps(found.crop, bare, size, ratio)) if over > _OVERLAP]
    if found.kind is not VerdictKind.MATCH or not hidden:
        return found
    if any(stripes[side] for side in hidden):
        return whole
    reason = f"a bar lies over a part of {found.name!r}"
    return replace(found, kind=VerdictKind.REVIEW, code="BANNER_REVIEW_CROPPED", reasons=(reason,))


def _overlaps(crop: Window, bare: Box, size: tuple[int, int], ratio: float) -> tuple[float, ...]:
    """How far the banner goes on under the bar of each side (left, top, right, bottom), in pixels."""
    wide, high = size
    left, top = crop.left * wide, crop.top * wide
    right, bottom = left + crop.scale_x * wide, top + crop.scale_y * ratio * wide
    return (
        bare[0] - max(0.0, left),
        bare[1] - max(0.0, top),
        min(float(wide), right) - bare[2],
        min(float(high), bottom) - bare[3],
    )


def _of_the_whole(verdict: BannerVerdict, bare: Box, width: int) -> BannerVerdict:
    """The verdict on what lies inside the bars, said of the whole picture, `width` pixels wide."""
    left, top = bare[0], bare[1]
    share = (bare[2] - left) / width
    region, crop = verdict.region, verdict.crop
    if region is not None:
        region = (region[0] + left, region[1] + top, region[2] + left, region[3] + top)
    if crop is not None:
        crop = Window(
            crop.scale_x * share,
            crop.scale_y * share,
            crop.left * share + left / width,
            crop.top * share + top / width,
        )
    return replace(verdict, region=region, crop=crop)


_DEEPEST = 0.2
#: so many pixels of a line tell what it is like
_SAMPLES = 200
_FLAT = 12.0
_SAME = 8.0
_SEAM = 16.0
#: lines that storing the picture has mixed from both sides of the seam
_MIXED = 3
#: so many lines are looked at together
_AT_ONCE = 12


def bars(pixels: Pixels) -> tuple[int, int, int, int]:
    """How deep the bars of a picture are, left, top, right and bottom, in pixels; 0 = none."""
    high, wide = pixels.shape[:2]
    rows = pixels[:, :: -(-wide // _SAMPLES)]
    columns = pixels[:: -(-high // _SAMPLES)].swapaxes(0, 1)
    return _depth(columns), _depth(rows), _depth(columns[::-1]), _depth(rows[::-1])


def inside_bars(pixels: Pixels) -> Box | None:
    """The box of a picture that its bars leave, in pixels; None where it has none."""
    left, top, right, bottom = bars(pixels)
    if not any((left, top, right, bottom)):
        return None
    return left, top, pixels.shape[1] - right, pixels.shape[0] - bottom


def _depth(lines: Pixels) -> int:
    """How many of the first lines are a bar of one colour, with what is mixed behind it; 0 = no bar."""
    most = round(_DEEPEST * len(lines))
    near = lines[: most + _MIXED + 1]
    tone = median_colours(near[0])
    # most pictures have no bar: the first line alone tells that
    depth = _of_one_colour(near[:_AT_ONCE], tone) if _spread(near[:1], tone[None])[0] < _FLAT else 0
    if depth == _AT_ONCE:
        # most flat grounds end in no seam, or long before it
        seams = np.flatnonzero(_beyond_seam(near, tone))
        if not seams.size or not _of_one_colour(near[max(0, seams[0] - _MIXED - 1) :][:1], tone):
            return 0
        while depth < len(near):
            more = _of_one_colour(near[depth : depth + _AT_ONCE], tone)
            depth += more
            if more < _AT_ONCE:
                break
    if not 0 < depth <= most:
        return 0
    behind = min(depth + _MIXED, most + _MIXED, len(lines) - 1)
    return depth + _MIXED if _beyond_seam(near[behind : behind + 1], tone)[0] else 0


def _of_one_colour(lines: Pixels, tone: Raster) -> int:
    """How many of the first lines have that tone, and nothing else."""
    tones = median_colours(lines)
    bar = (np.abs(tones - tone).max(axis=1) < _SAME) & (_spread(lines, tones) < _FLAT)
    return len(bar) if bar.all() else int(np.argmin(bar))


def _beyond_seam(lines: Pixels, tone: Raster) -> npt.NDArray[np.bool_]:
    """Which lines differ from that tone in most of their pixels."""
    side_by_side = np.ascontiguousarray(lines.swapaxes(0, 1))
    low, high = np.ceil(tone - _SEAM), np.floor(tone + _SEAM)
    alike = cv2.inRange(side_by_side, tuple(low.tolist()), tuple(high.tolist()))
    return np.asarray(np.count_nonzero(alike, axis=0) < len(alike) / 2)


def _spread(lines: Pixels, tones: Raster) -> npt.NDArray[np.float64]:
    """How far nearly all pixels of each line are from its tone, at most, in levels."""
    away = np.sort(furthest(np.abs(lines - tones[:, None])), axis=1)
    place = 0.9 * (away.shape[1] - 1)
    low, high = (away[:, side] for side in (int(place), min(int(place) + 1, away.shape[1] - 1)))
    return np.asarray(low + (high - low) * (place - int(place)))
