"""A plain picture: whose it is cannot be seen, but whether a plain part of a banner looks like it can."""

from __future__ import annotations

import math

import cv2
import numpy as np

from auditor.banner.prepared import Prepared
from auditor.banner.raster import Pixels, Raster, blur, grey, mean_colour, slope, smaller
from auditor.banner.raster import most as brightest
from auditor.banner.shade import fit_filter
from auditor.banner.window import Box

#: the shares of a banner that a member's zoom may leave
_SHARES = (1.0, 0.7, 0.5, 0.35, 0.25, 0.18)
_NARROWEST = 24
#: two plain places are alike when no patch is further apart, in levels; storing and a tone do that much
_ALIKE, _ALIKE_ANYWHERE = 5.0, 12.0
#: so far, in levels, what sliders left spreads at least, so far it agrees with the banner through the same
#: sliders (-1..1), and so far it is from that on the whole
_LEFT, _AS_THERE, _HARDLY_OFF = 3.0, 0.9, 4.0
#: strokes of a banner are so much lighter or darker than what lies so far round them, in levels and in pixels
#: of its narrowest copy; so many tell. What is not cut off there (below and above these levels) sliders leave
#: more of than that share (the least of 668: 0.09; of gradients the most: 0.014)
_STROKES, _ROUND, _SOME, _ENDS, _LOST = 15.0, (9, 9), 20, (10, 243), 0.04
#: a level that is cut off, and the share of a picture, measured in every so-manieth row and column; and the
#: share of edges of a picture that hardly has any
_CUT, _CUT_OFF, _SAMPLED, _HARDLY_STEEP = 253, 0.3, 8, 0.006
#: lines are steeper than that, in levels a pixel of a copy without grain, and there are some where they take
#: up that share of it; a portrait lies below and left of these shares of the height and the width
_LINE, _GRAIN, _HARDLY_ANY, _PORTRAIT_TOP, _PORTRAIT_RIGHT = 10.0, 0.8, 0.001, 0.25, 0.31
#: as far as sliders and crops change the mean colour, in levels
_ALIKE_ON_THE_WHOLE = 40.0
#: so far rounding may go astray
_ROUNDING = 6.0


def plain_part(candidate: Prepared, banner: Prepared) -> float:
    """The largest share of `banner` (0 to 1) that may be all that a plain picture shows; 0 = none."""
    own = banner.coarse
    sums, squares = (np.asarray(sums, dtype=np.float32) for sums in cv2.integral2(own))
    shares = (share for share in _SHARES if _lies_in(candidate.coarse, own, (sums, squares), share))
    return next(shares, 0.0)


def may_be_cut_off(candidate: Prepared, banner: Prepared) -> bool:
    """Whether a plain picture may be all that the sliders of a picture editor left of `banner`: what little
    is lighter or darker in it lies as there."""
    seen = candidate.middle
    if float(cv2.meanStdDev(seen)[1].max()) < _LEFT:
        return False
    if _lacks_strokes(candidate.coarsest, banner.coarsest):
        return False
    high, wide = seen.shape[:2]
    own = np.asarray(cv2.resize(banner.middle, (wide, high), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    shown = fit_filter(seen, own, (0, 0, wide, high), (wide, high))[2]
    alike = float(cv2.matchTemplate(shown, seen, cv2.TM_CCOEFF_NORMED)[0, 0])
    return alike > _AS_THERE and float(cv2.absdiff(shown, seen).mean()) < _HARDLY_OFF


def _lacks_strokes(plain: Pixels, banner: Pixels) -> bool:
    """Whether `plain` has nothing of the strokes of `banner`, in places where nothing is cut off (the
    narrowest copies of both)."""
    high, wide = plain.shape[:2]
    own = grey(np.asarray(cv2.resize(banner, (wide, high), interpolation=cv2.INTER_AREA)))
    expected = cv2.absdiff(own, cv2.blur(own, _ROUND))
    dark, bright = _ENDS
    around = np.ones((3, 3), dtype=np.uint8)
    whole = (cv2.erode(plain, around).min(axis=2) >= dark) & (cv2.dilate(plain, around).max(axis=2) <= bright)
    there = (expected > _STROKES) & whole
    if np.count_nonzero(there) < _SOME:
        return False
    light = grey(plain)
    left = cv2.absdiff(light, cv2.blur(light, _ROUND))
    return float(left[there].sum()) < _LOST * float(expected[there].sum())


def only_light(candidate: Prepared, banner: Prepared) -> bool:
    """Whether neither has a line, but for what a portrait covers: light and dark run into each other, in
    colours that are much alike on the whole."""
    if banner.features.tell or not (_soft(banner.middle) and _soft(candidate.middle, portrait=True)):
        return False
    return much_alike(candidate, banner)


def _soft(small: Pixels, *, portrait: bool = False) -> bool:
    steep = slope(blur(grey(small), _GRAIN))
    if portrait:
        steep[round(_PORTRAIT_TOP * steep.shape[0]) :, : round(_PORTRAIT_RIGHT * steep.shape[1])] = 0
    return float((steep > _LINE).mean()) < _HARDLY_ANY


def much_alike(candidate: Prepared, banner: Prepared) -> bool:
    """Whether the mean colours are no further apart than sliders and crops of a picture editor put them."""
    apart = np.abs(mean_colour(candidate.pixels) - mean_colour(banner.pixels))
    return bool(apart.max() < _ALIKE_ON_THE_WHOLE)


def burnt_out(candidate: Prepared, banner: Prepared) -> bool:
    """Whether a picture may be what brightness left of `banner`: hardly an edge, and far more is cut off than
    is white there."""
    if candidate.steep >= _HARDLY_STEEP:
        return False
    seen, own = (
        float((brightest(one[::_SAMPLED, ::_SAMPLED]) >= _CUT).mean())
        for one in (candidate.pixels, banner.pixels)
    )
    return seen - own >= _CUT_OFF and may_be_cut_off(candidate, banner)


def _lies_in(plain: Pixels, banner: Pixels, integrals: tuple[Raster, Raster], share: float) -> bool:
    """Whether `plain`, drawn as that share of `banner`, looks like a place in it (small copies both)."""
    wide = max(_NARROWEST, round(banner.shape[1] * math.sqrt(share)))
    part = smaller(plain, wide)[: banner.shape[0]]
    near = _of_its_tone(part, integrals)
    if near is None:
        return False
    x0, y0, x1, y1 = near
    around = banner[y0 : y1 + part.shape[0], x0 : x1 + part.shape[1]]
    away = cv2.matchTemplate(around, part, cv2.TM_SQDIFF)
    least, _, (left, top), _ = cv2.minMaxLoc(away)
    if math.sqrt(max(least, 0.0) / part.size) > _ALIKE:
        return False
    left, top = left + x0, top + y0
    place = banner[top : top + part.shape[0], left : left + part.shape[1]]
    return bool(np.percentile(cv2.absdiff(place, part), 99) <= _ALIKE_ANYWHERE)


def _of_its_tone(part: Pixels, integrals: tuple[Raster, Raster]) -> Box | None:
    """The box of the places (of the left top corner, both ends included) where the means and spreads of the
    colours alone, which are no further apart than the pixels, do not show that `part` is not there; None
    where they do everywhere. `integrals`: of the banner and of its squares."""
    high, wide = part.shape[:2]
    own, most = part.reshape(-1, 3), 3 * (_ALIKE**2 + _ROUNDING)
    mean = _sums(integrals[0], high, wide) * np.float32(1 / (high * wide))
    apart = np.square(mean - own.mean(axis=0, dtype=np.float32)).sum(axis=2)
    if float(apart.min()) > most:
        return None
    square = _sums(integrals[1], high, wide) * np.float32(1 / (high * wide))
    spread = np.sqrt(np.maximum(square - mean * mean, 0.0))
    apart += np.square(spread - own.std(axis=0, dtype=np.float32)).sum(axis=2)
    rows, columns = np.nonzero(apart <= most)
    if rows.size == 0:
        return None
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


def _sums(integral: Raster, high: int, wide: int) -> Raster:
    """Of each place of that size."""
    across = integral[:, wide:] - integral[:, :-wide]
    return np.asarray(across[high:] - across[:-high], dtype=np.float32)
