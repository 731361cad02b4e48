"""A picture that one banner explains: which others it cannot be, without comparing it with them."""

from __future__ import annotations

from functools import cached_property

import cv2
import numpy as np

from auditor.banner.comparison import Comparison
from auditor.banner.portrait import WITH_RIM, Disc
from auditor.banner.prepared import Prepared
from auditor.banner.raster import Pixels, Raster, drawn, most
from auditor.banner.strokes import FINE

#: where two banners are so many times further apart than the levels and the noise that a difference is
#: measured by, in so many pixels (at working width), a picture that is the one is not the other
_APART, _LEVELS, _NOISE, _PIXELS = 5.0, 8.0, 5.0, 160.0
#: of copies that are so many times smaller a few points do
_ROUGHLY, _POINTS = 8, 20
#: nor is it where so many pixels, away from the rim, are further from the other banner than any is from the
#: one, by so much; in a picture with more of its fine strokes lost than that, nothing is said
_FURTHER, _FEW_PIXELS, _RIM, _SOFTEST = 0.6, 20.0, 20, 0.5


class Explained:
    """A `candidate` that `matched` explains by the banner `own`.

    Banners are drawn into the place that was found, at half its size. Where many pixels of two are further
    apart than storing the picture explains, or some are where the candidate is plainly like `own`, the
    candidate shows that it is the one and not the other.
    """

    def __init__(self, matched: Comparison, own: Prepared, candidate: Prepared) -> None:
        residue = matched.residue
        high, wide = residue.expected.shape[:2]
        self._matched, self._width = matched, candidate.width
        self._size, self._rough_size = (
            (max(1, wide // step), max(1, high // step)) for step in (2, _ROUGHLY)
        )
        self._own, self._own_rough = self._shown(own.half, self._size), self._roughly(own)
        noise = cv2.resize(residue.noise.brightness, self._size, interpolation=cv2.INTER_AREA)
        self._unit = np.sqrt(np.float32(_LEVELS**2) + np.square(np.float32(_NOISE) * noise))
        self._counts = np.ones(self._unit.shape, dtype=bool)
        if residue.covered is not None:
            covered = residue.covered.astype(np.uint8)
            self._counts &= cv2.resize(covered, self._size, interpolation=cv2.INTER_AREA) > 0
        if matched.portrait is not None:
            half = Disc(matched.portrait.x / 2, matched.portrait.y / 2, matched.portrait.radius / 2)
            self._counts &= ~half.mask(self._unit.shape, grow=WITH_RIM)
        unit = np.where(self._counts, self._unit, np.float32(np.inf))
        self._rough_unit = cv2.resize(unit, self._rough_size, interpolation=cv2.INTER_AREA)

    def excludes(self, other: Prepared) -> bool:
        """Whether the candidate cannot be `other`."""
        apart = most(np.asarray(cv2.absdiff(self._own_rough, self._roughly(other)), dtype=np.uint8))
        if np.count_nonzero(apart > _APART * self._rough_unit) > _POINTS:
            return True
        shown = self._shown(other.half, self._size)
        away = most(np.asarray(cv2.absdiff(self._own, shown), dtype=np.uint8))
        scale = 4 * (FINE / self._width) ** 2
        if scale * np.count_nonzero((away > _APART * self._unit) & self._counts) > _PIXELS:
            return True
        if self._matched.residue.softness > _SOFTEST:
            return False
        light = cv2.absdiff(*(cv2.cvtColor(one, cv2.COLOR_RGB2GRAY) for one in (self._own, shown)))
        limit = self._matched.distance + _FURTHER + self._most_around
        rim = round(_RIM / 2 * self._width / FINE)
        further = ((light > limit * self._unit) & self._counts)[rim:-rim, rim:-rim]
        return bool(scale * np.count_nonzero(further) > _FEW_PIXELS)

    @cached_property
    def _most_around(self) -> Raster:
        """How far the candidate is from the one banner, at most, in each place at half the size."""
        most_near = cv2.dilate(self._matched.strength, np.ones((3, 3), dtype=np.uint8))
        return np.asarray(cv2.resize(most_near, self._size, interpolation=cv2.INTER_NEAREST), np.float32)

    def _roughly(self, banner: Prepared) -> Pixels:
        return self._shown(banner.coarse, self._rough_size)

    def _shown(self, copy: Pixels, size: tuple[int, int]) -> Pixels:
        """A banner's `copy` in the place that was found, at that size."""
        box = self._matched.residue.box
        step = ((box[2] - box[0]) / size[0], (box[3] - box[1]) / size[1])
        return drawn(
            copy, self._matched.window.matrix(box, self._width, copy.shape[1], step), size, swift=True
        )
