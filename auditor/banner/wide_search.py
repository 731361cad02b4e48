"""Where a banner lies that was turned, stretched or zoomed further than the plain search looks.

It looks at a small copy of both: the candidate turned and stretched back in a few ways, the banner at many
scales; first at the low half of all frequencies, a quarter of the numbers, then at the whole where that finds
most. What it finds is rough, and the freest refinement starts from it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from auditor.banner.raster import (
    Matrix,
    Pixels,
    Raster,
    Spectra,
    band_pass,
    drawn,
    floats,
    grey,
    low_spectrum,
    smaller,
    told_by_low,
)
from auditor.banner.search import Sighting
from auditor.banner.window import Window

WIDE_WIDTH = 120
_SHAPE = (48, 192)
_SCALES = tuple(float(s) for s in np.geomspace(0.85, 1.72, 15))
#: degrees turned, and width against height, in which the candidate is undone
_TURNS = (-4.8, -3.6, -2.4, -1.2, 1.2, 2.4, 3.6, 4.8)
_STRETCHES = (0.9, 0.95, 1.05, 1.11)
#: a turn within the frame is filled by a zoom; a stretch comes with none, or hardly any
_TURNED_SCALES = range(15)
_STRETCHED_SCALES = range(8)
_ZOOMED_SCALES = range(6, 15)
_ASIS = Window(1.0, 1.0, 0.0, 0.0)
#: of a banner's strokes at least that share must be in sight
_LEAST_SEEN = 0.15
_SHOWN = 0.98
#: a plane of the low frequencies has so many times fewer places
_LOW = 4
#: what fits less by low frequencies leads nowhere; so many of the ways that fit best are looked at as a whole
_NOTHING, _LOOKED_AT = 0.25, 64


@dataclass(frozen=True, slots=True, eq=False)
class WidePlan:
    """A reference at each scale: its strokes and their spectrum (half-precision numbers: half the memory),
    and its low frequencies; `told_by_low`: whether these tell all of it."""

    strokes: npt.NDArray[np.float16]
    spectra: npt.NDArray[np.float16]
    rough: Spectra
    told_by_low: bool

    def energies(self) -> Raster:
        """At each scale the energy of all that lies left of and above a pixel."""
        strokes = self.strokes.astype(np.float32)
        sums = np.cumsum(np.cumsum(strokes * strokes, axis=1), axis=2)
        return np.pad(sums, ((0, 0), (1, 0), (1, 0)))


@dataclass(frozen=True, slots=True, eq=False)
class WideView:
    """The candidate after undoing: `window` maps what is seen back onto the candidate."""

    spectrum: Raster
    rough: Spectra
    energy: float
    size: tuple[int, int]
    scales: range
    undone: Window


def plan_wide(pixels: Pixels) -> WidePlan:
    """The plan of a reference."""
    high, wide = _SHAPE
    strokes = np.zeros((len(_SCALES), high, wide), dtype=np.float16)
    spectra = np.empty_like(strokes)
    told = True
    rough = np.empty((len(_SCALES), high // 2, wide // 4 + 1), dtype=np.complex64)
    for k, scale in enumerate(_SCALES):
        raster = band_pass(grey(smaller(pixels, round(WIDE_WIDTH * scale))))[:high, :wide]
        spectrum = _spectrum(raster)
        spectra[k], rough[k] = spectrum, np.conj(low_spectrum(spectrum))
        strokes[k, : raster.shape[0], : raster.shape[1]] = raster
        if k == len(_SCALES) // 2:
            told = told_by_low(np.conj(rough[k]), raster)
    return WidePlan(strokes, spectra, rough, told)


def wide_views(pixels: Pixels, shown: Raster | None = None) -> tuple[WideView, ...]:
    """The candidate in all ways of undoing; `shown`: how far each part may be banner, 0 to 1, at any size."""
    raster = band_pass(grey(smaller(pixels, WIDE_WIDTH)))[: _SHAPE[0]]
    if shown is not None:
        raster = raster * (cv2.resize(shown, (raster.shape[1], raster.shape[0])) > _SHOWN)
    ratio = raster.shape[0] / raster.shape[1]
    ways = [(_ASIS, _ZOOMED_SCALES)]
    ways += [(turned_about_middle(degrees, ratio), _TURNED_SCALES) for degrees in _TURNS]
    ways += [(Window(stretch, 1.0, 0.0, 0.0), _STRETCHED_SCALES) for stretch in _STRETCHES]
    rasters = [raster, *(_undone(raster, window) for window, _ in ways[1:])]
    return tuple(_view(one, window, scales) for one, (window, scales) in zip(rasters, ways, strict=True))


def _spectrum(raster: Raster) -> Raster:
    padded = np.zeros(_SHAPE, dtype=np.float32)
    padded[: raster.shape[0], : raster.shape[1]] = raster
    return np.asarray(cv2.dft(padded), dtype=np.float32)


def turned_about_middle(degrees: float, ratio: float) -> Window:
    """A turn about the middle of a picture with that height per width."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    x, y = 0.5, ratio / 2
    return Window(cosine, cosine, x - cosine * x + sine * y, y - sine * x - cosine * y, -sine, sine)


def _undone(raster: Raster, window: Window) -> Raster:
    high, width = raster.shape
    wide = min(round(width / window.scale_x), _SHAPE[1]) if window.straight else width
    # the middles of pixels lie half a pixel in
    x = (window.scale_x + window.lean_x - 1) / 2 + window.left * width
    y = (window.lean_y + window.scale_y - 1) / 2 + window.top * width
    matrix: Matrix = np.array([[window.scale_x, window.lean_x, x], [window.lean_y, window.scale_y, y]])
    return drawn(raster, matrix, (wide, high))


def _view(raster: Raster, undone: Window, scales: range) -> WideView:
    spectrum, energy = _spectrum(raster), float(np.vdot(raster, raster)) + 1e-3
    size = (raster.shape[0], raster.shape[1])
    return WideView(spectrum, low_spectrum(spectrum), energy, size, scales, undone)


def look_wide(views: tuple[WideView, ...], plan: WidePlan, count: int = 5) -> list[Sighting]:
    """The best `count` places, best first, one of each undoing and scale."""
    ways = [(view, k) for view in views for k in view.scales]
    most, at = _roughly(views, plan)
    energies = plan.energies()
    fits, left, top = _fits(ways, energies, most, at)
    if fits.max() > _NOTHING or not plan.told_by_low:
        # low frequencies do not tell where a fine pattern lies: there all ways are looked at
        most_ways = _LOOKED_AT if plan.told_by_low else len(ways)
        ways = [ways[n] for n in np.argsort(-fits)[:most_ways]]
        found = [_best(view, floats(plan.spectra[k])) for view, k in ways]
        most, at = np.array([one for one, _ in found]), np.array([place for _, place in found])
        fits, left, top = _fits(ways, energies, most, at)
    order = np.argsort(-fits, kind="stable")[:count]
    return [
        Sighting(_window(view.undone, k, int(left[n]), int(top[n])), min(float(fits[n]), 1.0))
        for n in order
        for view, k in (ways[n],)
    ]


def _roughly(
    views: tuple[WideView, ...], plan: WidePlan
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.intp]]:
    """The strongest correlation of each view and scale by low frequencies alone, and where it is, sideways
    and downwards."""
    high, wide = _SHAPE[0] // 2, _SHAPE[1] // 2
    both = np.concatenate([plan.rough[view.scales.start : view.scales.stop] * view.rough for view in views])
    planes = np.fft.irfft2(both, s=(high, wide)).reshape(len(both), -1)
    place = planes.argmax(axis=1)
    most = np.take_along_axis(planes, place[:, None], axis=1)[:, 0] / _LOW
    return most.astype(np.float64), 2 * np.stack((place % wide, place // wide), axis=1)


def _fits(
    ways: Sequence[tuple[WideView, int]],
    energies: Raster,
    most: npt.NDArray[np.float64],
    at: npt.NDArray[np.intp],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """How well each way fits where its correlation is strongest, and that place as a shift; `energies` of the
    reference."""
    scales = np.array([k for _, k in ways])
    sizes = np.array([view.size for view, _ in ways])
    energy = np.array([view.energy for view, _ in ways])
    top, left, under = _places(energies, scales, sizes, at[:, 1], at[:, 0])
    return most / np.sqrt(energy * under + 1e-3), left, top


def _best(view: WideView, spectrum: Raster) -> tuple[float, Sequence[int]]:
    """The strongest correlation and where it is, sideways and downwards."""
    both = cv2.mulSpectrums(view.spectrum, spectrum, 0, conjB=True)
    _, most, _, place = cv2.minMaxLoc(cv2.idft(both, flags=cv2.DFT_SCALE | cv2.DFT_REAL_OUTPUT))
    return most, place


def _places(
    sums: Raster,
    scales: npt.NDArray[np.intp],
    sizes: npt.NDArray[np.intp],
    dy: npt.NDArray[np.intp],
    dx: npt.NDArray[np.intp],
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.float32]]:
    """The shifts (down, right) for places on the wrapped surface, and the banner's energy that lies in a
    picture of its size: of the shifts that fall on one place the one with most to see, and never less than a
    part of it all."""
    downs = np.stack((dy, dy, dy - _SHAPE[0], dy - _SHAPE[0]))
    rights = np.stack((dx, dx - _SHAPE[1], dx, dx - _SHAPE[1]))
    k = scales[None, :]
    first, last = (np.clip(edge - downs, 0, _SHAPE[0]) for edge in (0, sizes[:, 0]))
    start, end = (np.clip(edge - rights, 0, _SHAPE[1]) for edge in (0, sizes[:, 1]))
    under = sums[k, last, end] - sums[k, last, start] - sums[k, first, end] + sums[k, first, start]
    best = under.argmax(axis=0)
    column = np.arange(len(best))
    most = np.maximum(under[best, column], _LEAST_SEEN * sums[scales, -1, -1])
    return downs[best, column], rights[best, column], most


def _window(undone: Window, k: int, left: int, top: int) -> Window:
    """The place in the candidate: first where the banner lies in what is undone, then the undoing."""
    own = round(WIDE_WIDTH * _SCALES[k]) / WIDE_WIDTH
    x, y = left / WIDE_WIDTH, top / WIDE_WIDTH
    return Window(
        undone.scale_x * own,
        undone.scale_y * own,
        undone.left + undone.scale_x * x + undone.lean_x * y,
        undone.top + undone.lean_y * x + undone.scale_y * y,
        undone.lean_x * own,
        undone.lean_y * own,
    )
