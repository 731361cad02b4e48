"""A plain picture: whose it is cannot be seen, but whether a plain part of a banner looks like it can."""

from __future__ import annotations

import math

import cv2
import numpy as np

from auditor.banner.prepared import Prepared
from auditor.banner.raster import Pixels, smaller

#: the shares of a banner that a member's zoom may leave
_SHARES = (1.0, 0.7, 0.5, 0.35, 0.25, 0.18)
_NARROWEST = 24
#: two plain places are alike when no patch is further apart, in levels; storing and a tone do that much
_ALIKE, _ALIKE_ANYWHERE = 5.0, 12.0


def plain_part(candidate: Prepared, banner: Prepared) -> float:
    """The largest share of `banner` (0 to 1) that may be all that a plain picture shows; 0 = none."""
    shares = (share for share in _SHARES if _lies_in(candidate.coarse, banner.coarse, share))
    return next(shares, 0.0)


def _lies_in(plain: Pixels, banner: Pixels, share: float) -> bool:
    """Whether `plain`, drawn as that share of `banner`, looks like a place in it (small copies both)."""
    wide = max(_NARROWEST, round(banner.shape[1] * math.sqrt(share)))
    part = smaller(plain, wide)[: banner.shape[0]]
    away = cv2.matchTemplate(banner, part, cv2.TM_SQDIFF)
    least, _, (left, top), _ = cv2.minMaxLoc(away)
    if math.sqrt(max(least, 0.0) / part.size) > _ALIKE:
        return False
    place = banner[top : top + part.shape[0], left : left + part.shape[1]]
    return bool(np.percentile(cv2.absdiff(place, part), 99) <= _ALIKE_ANYWHERE)
