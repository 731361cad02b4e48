"""Where a banner lies in a candidate: FFT correlation of band-passed rasters over many scales."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import fft

from auditor.banner.picture import Raster, band_pass, grey_at_width
from auditor.banner.window import Window

SEARCH_WIDTH = 198
SCALES = tuple(float(s) for s in np.geomspace(0.78, 1.27, 30))
_SHAPE = (96, 288)
_GLANCE_STEP = 3


@dataclass(frozen=True, slots=True, eq=False)
class SearchPlan:
    """A reference made ready for the search: its spectra at every scale.

    `spectra` are pairs of half-precision numbers (real, imaginary): half the memory, and a correlation
    does not feel it.
    """

    spectra: npt.NDArray[np.float16]
    norms: npt.NDArray[np.float32]
    sizes: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place where the banner may lie and how well its strokes fit there (-1..1)."""

    window: Window
    fit: float


def plan_search(image: Image.Image) -> SearchPlan:
    """The spectra of `image` at every scale that a member's crop or a letterbox can give it."""
    high, wide = _SHAPE
    spectra = np.empty((len(SCALES), high, wide + 2), dtype=np.float16)
    norms, sizes = [], []
    for k, scale in enumerate(SCALES):
        raster = band_pass(grey_at_width(image, round(SEARCH_WIDTH * scale)))[:high, :wide]
        spectra[k] = np.conj(fft.rfft2(raster, _SHAPE)).astype(np.complex64).view(np.float32)
        norms.append(float(np.sqrt(np.mean(raster * raster))))
        sizes.append((raster.shape[0], raster.shape[1]))
    return SearchPlan(spectra, np.asarray(norms, dtype=np.float32), tuple(sizes))


@dataclass(frozen=True, slots=True, eq=False)
class SearchView:
    """A candidate as the search looks at it: its band-passed raster and what follows from that alone."""

    raster: Raster
    spectrum: npt.NDArray[np.complex64]
    energy: float

    def mirrored(self) -> SearchView:
        """The same, left and right changed."""
        return _view(self.raster[:, ::-1])

    def upside_down(self) -> SearchView:
        """The same, turned by half a circle."""
        return _view(self.raster[::-1, ::-1])


def search_view(image: Image.Image) -> SearchView:
    """The candidate as the search wants it."""
    return _view(band_pass(grey_at_width(image, SEARCH_WIDTH))[: _SHAPE[0]])


def _view(raster: Raster) -> SearchView:
    spectrum = fft.rfft2(raster, _SHAPE).astype(np.complex64)
    return SearchView(raster, spectrum, float(np.sqrt(np.mean(raster * raster))) + 1e-3)


def glance(view: SearchView, plan: SearchPlan) -> float:
    """The best correlation (-1..1) at every third scale: what is low here is low everywhere."""
    return max(float(plane.max()) for plane in _planes(view, plan, range(0, len(SCALES), _GLANCE_STEP)))


def look(view: SearchView, plan: SearchPlan, count: int = 4) -> list[Sighting]:
    """The best `count` places at all scales, best first, no two of them the same."""
    surface = np.empty((len(SCALES), *_SHAPE), dtype=np.float32)
    for k, plane in enumerate(_planes(view, plan, range(len(SCALES)))):
        surface[k] = plane
    found: list[Sighting] = []
    for _ in range(count):
        k, dy, dx = (int(i) for i in np.unravel_index(int(np.argmax(surface)), surface.shape))
        found.append(Sighting(_window(k, dy, dx), float(surface[k, dy, dx])))
        _blank(surface, k, dy, dx)
    return found


def _planes(view: SearchView, plan: SearchPlan, scales: range) -> Iterator[Raster]:
    """Correlation per shift, normalised by the energy of both pictures, scale by scale."""
    high, wide = view.raster.shape
    for k in scales:
        own_high, own_wide = plan.sizes[k]
        norm = float(plan.norms[k]) * view.energy * min(own_high, high) * min(own_wide, wide) + 1e-3
        spectrum = plan.spectra[k].astype(np.float32).view(np.complex64)
        plane = fft.irfft2(spectrum * view.spectrum, _SHAPE, overwrite_x=True)
        plane *= np.float32(1.0 / norm)
        yield plane


def _window(k: int, dy: int, dx: int) -> Window:
    high, wide = _SHAPE
    top = dy - high if dy > high // 2 else dy
    left = dx - wide if dx > wide // 2 else dx
    width = round(SEARCH_WIDTH * SCALES[k]) / SEARCH_WIDTH
    return Window(width, width, left / SEARCH_WIDTH, top / SEARCH_WIDTH)


def _blank(work: Raster, k: int, dy: int, dx: int) -> None:
    """Take the neighbourhood of a found place out (the surface wraps round)."""
    ks = slice(max(0, k - 2), k + 3)
    rows = np.arange(dy - 3, dy + 4) % work.shape[1]
    columns = np.arange(dx - 4, dx + 5) % work.shape[2]
    work[ks, rows[:, None], columns[None, :]] = -np.inf
