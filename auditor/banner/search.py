"""Where a banner lies in a candidate: FFT correlation of band-passed rasters over many scales.

The glance correlates the low half of all frequencies, a quarter of the numbers; where that finds something,
the whole is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt

from auditor.banner.raster import (
    Pixels,
    Raster,
    Spectra,
    band_pass,
    floats,
    grey,
    low_spectrum,
    smaller,
    told_by_low,
)
from auditor.banner.window import Window

SEARCH_WIDTH = 198
SCALES = tuple(float(s) for s in np.geomspace(0.78, 1.27, 30))
_SHAPE = (96, 288)
_GLANCE_STEP = 3
_GLANCE_SCALES = range(0, len(SCALES), _GLANCE_STEP)
#: a plane of the low frequencies has so many times fewer places, and its peaks lose a little
_LOW = 4 * 0.97
#: what is less at a glance is nothing at all; what is nearly the best is looked at as a whole
_NOTHING, _NEARLY_BEST = 0.18, 0.85
#: scales are looked at near those of the glance that fit nearly as well as the best
_NEARLY = 0.75
#: what the other frequencies may add to a poor fit (the most of 824: 0.14)
UNTOLD = 0.15
#: less than any correlation
_BLANK = -1e9


@dataclass(frozen=True, slots=True)
class Extent:
    """The size of a reference's raster at one scale, and the root of its mean square."""

    size: tuple[int, int]
    norm: float


class SearchPlan:
    """A reference made ready for the search: its spectrum at each scale that was asked for.

    The whole ones are half-precision numbers: half the memory, and a correlation does not feel it.
    """

    def __init__(self, pixels: Pixels) -> None:
        self._pixels = pixels
        self._kept: dict[int, npt.NDArray[np.float16]] = {}
        self._extents: dict[int, Extent] = {}

    def at(self, k: int) -> Raster:
        """The spectrum at scale `k`."""
        if k not in self._kept:
            self._kept[k] = _spectrum(self._raster(k)).astype(np.float16)
        return floats(self._kept[k])

    def extent(self, k: int) -> Extent:
        """The extent at scale `k`."""
        if k not in self._extents:
            self._raster(k)
        return self._extents[k]

    @cached_property
    def rough(self) -> Spectra:
        """The low frequencies at the scales of a glance."""
        return np.conj(np.stack([low_spectrum(_spectrum(self._raster(k))) for k in _GLANCE_SCALES]))

    @cached_property
    def told_by_low(self) -> bool:
        """Whether the low frequencies tell all of it."""
        middle = len(_GLANCE_SCALES) // 2
        return told_by_low(np.conj(self.rough[middle]), self._raster(_GLANCE_SCALES[middle]))

    def _raster(self, k: int) -> Raster:
        high, wide = _SHAPE
        raster = band_pass(grey(smaller(self._pixels, round(SEARCH_WIDTH * SCALES[k]))))[:high, :wide]
        norm = float(np.float32(np.sqrt(np.mean(raster * raster))))
        self._extents[k] = Extent((raster.shape[0], raster.shape[1]), norm)
        return raster


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place where the banner may lie and how well its strokes fit there (-1..1)."""

    window: Window
    fit: float


@dataclass(frozen=True, slots=True)
class Glance:
    """How well the best places fit (-1..1), at every third scale: what is low here is low everywhere."""

    fits: tuple[float, ...]

    @property
    def fit(self) -> float:
        """The best of them."""
        return max(self.fits)


@dataclass(frozen=True, slots=True, eq=False)
class SearchView:
    """A candidate as the search looks at it: its band-passed raster and what follows from that alone."""

    raster: Raster
    spectrum: Raster
    rough: Spectra
    energy: float

    def mirrored(self) -> SearchView:
        """The same, left and right changed."""
        return _view(np.ascontiguousarray(self.raster[:, ::-1]))

    def upside_down(self) -> SearchView:
        """The same, turned by half a circle."""
        return _view(np.ascontiguousarray(self.raster[::-1, ::-1]))


def search_view(small: Raster) -> SearchView:
    """The candidate, grey and `SEARCH_WIDTH` pixels wide, as the search wants it."""
    return _view(band_pass(small)[: _SHAPE[0]])


def _view(raster: Raster) -> SearchView:
    energy = float(np.sqrt(np.mean(raster * raster))) + 1e-3
    spectrum = _spectrum(raster)
    return SearchView(raster, spectrum, low_spectrum(spectrum), energy)


def _spectrum(raster: Raster) -> Raster:
    padded = np.zeros(_SHAPE, dtype=np.float32)
    padded[: raster.shape[0], : raster.shape[1]] = raster
    return np.asarray(cv2.dft(padded), dtype=np.float32)


def roughly(view: SearchView, plan: SearchPlan) -> Glance:
    """How well anything fits at every third scale, as far as the low frequencies tell."""
    half = (_SHAPE[0] // 2, _SHAPE[1] // 2)
    most = np.fft.irfft2(plan.rough * view.rough, s=half).max(axis=(1, 2)) / _LOW
    fits = (float(one) / _norm(view, plan, k) for one, k in zip(most, _GLANCE_SCALES, strict=True))
    return Glance(tuple(fits))


def glance(
    view: SearchView, plan: SearchPlan, least: float = _NOTHING, rough: Glance | None = None
) -> Glance:
    """How well anything fits at every third scale; roughly so where that is less than `least`. `rough`: the
    same roughly, where that is known."""
    rough = rough or roughly(view, plan)
    if plan.told_by_low and rough.fit < least:
        return rough
    limit = _NEARLY_BEST * rough.fit if plan.told_by_low else -np.inf
    return Glance(
        tuple(
            cv2.minMaxLoc(_plane(view, plan, k))[1] / _norm(view, plan, k) if fit > limit else fit
            for fit, k in zip(rough.fits, _GLANCE_SCALES, strict=True)
        )
    )


def look(view: SearchView, plan: SearchPlan, seen: Glance, count: int = 4) -> list[Sighting]:
    """The best `count` places, best first, no two of them the same; at the scales that `seen` leaves open."""
    planes = {k: _plane(view, plan, k) for k in _scales(seen)}
    norms = {k: _norm(view, plan, k) for k in planes}
    found: list[Sighting] = []
    for _ in range(count):
        best = {k: cv2.minMaxLoc(plane) for k, plane in planes.items()}
        k = max(best, key=lambda k: best[k][1] / norms[k])
        dx, dy = best[k][3]
        found.append(Sighting(_window(k, dy, dx), best[k][1] / norms[k]))
        _blank(planes, k, dy, dx)
    return found


def _scales(seen: Glance) -> Sequence[int]:
    """The scales near those at which the glance found most."""
    near = [n * _GLANCE_STEP for n, fit in enumerate(seen.fits) if fit >= _NEARLY * seen.fit]
    reach = _GLANCE_STEP - 1
    return sorted({k for n in near for k in range(n - reach, n + reach + 1) if 0 <= k < len(SCALES)})


def _plane(view: SearchView, plan: SearchPlan, k: int) -> Raster:
    """Correlation per shift at scale `k`."""
    both = cv2.mulSpectrums(view.spectrum, plan.at(k), 0, conjB=True)
    return np.asarray(cv2.idft(both, flags=cv2.DFT_SCALE | cv2.DFT_REAL_OUTPUT), dtype=np.float32)


def _norm(view: SearchView, plan: SearchPlan, k: int) -> float:
    """The energy of both pictures at scale `k`, by which a correlation is measured."""
    high, wide = view.raster.shape
    own = plan.extent(k)
    own_high, own_wide = own.size
    area = min(own_high, high) * min(own_wide, wide)
    return own.norm * view.energy * float(area) + 1e-3


def _window(k: int, dy: int, dx: int) -> Window:
    high, wide = _SHAPE
    top = dy - high if dy > high // 2 else dy
    left = dx - wide if dx > wide // 2 else dx
    width = round(SEARCH_WIDTH * SCALES[k]) / SEARCH_WIDTH
    return Window(width, width, left / SEARCH_WIDTH, top / SEARCH_WIDTH)


def _blank(planes: dict[int, Raster], k: int, dy: int, dx: int) -> None:
    """Take the neighbourhood of a found place out (the surface wraps round)."""
    rows = np.arange(dy - 3, dy + 4) % _SHAPE[0]
    columns = np.arange(dx - 4, dx + 5) % _SHAPE[1]
    for near in range(k - 2, k + 3):
        if near in planes:
            planes[near][rows[:, None], columns[None, :]] = _BLANK
