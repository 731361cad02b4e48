"""Find the banner in a candidate: FFT correlation of band-passed rasters over many scales."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import fft

from auditor.judging.banner.raster import Raster, band_pass, grey_at_width
from auditor.judging.banner.window import Window

SEARCH_WIDTH = 198
SCALES = tuple(float(s) for s in np.geomspace(0.78, 1.27, 30))
_SHAPE = (96, 288)
_MIRROR_STEP = 2


@dataclass(frozen=True, slots=True, eq=False)
class SearchPlan:
    """A reference made ready for the search: its spectra at every scale, and its ratio."""

    spectra: npt.NDArray[np.complex64]
    norms: npt.NDArray[np.float32]
    sizes: tuple[tuple[int, int], ...]
    ratio: float


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place where the banner may lie and how well its strokes fit there (-1..1)."""

    window: Window
    fit: float


def plan_search(image: Image.Image) -> SearchPlan:
    """The spectra of `image` at every scale that a member's crop or a letterbox can give it."""
    spectra, norms, sizes = [], [], []
    for scale in SCALES:
        raster = band_pass(grey_at_width(image, round(SEARCH_WIDTH * scale)))[: _SHAPE[0], : _SHAPE[1]]
        spectra.append(np.conj(fft.rfft2(raster, _SHAPE)))
        norms.append(float(np.sqrt(np.mean(raster * raster))))
        sizes.append((raster.shape[0], raster.shape[1]))
    return SearchPlan(
        np.asarray(spectra, dtype=np.complex64),
        np.asarray(norms, dtype=np.float32),
        tuple(sizes),
        image.height / image.width,
    )


def search_raster(image: Image.Image) -> Raster:
    """The candidate as the search wants it."""
    return band_pass(grey_at_width(image, SEARCH_WIDTH))[: _SHAPE[0]]


def correlate(raster: Raster, plan: SearchPlan, step: int = 1) -> Raster:
    """Correlation per scale and shift, normalised by the energy of both pictures."""
    spectrum = fft.rfft2(raster, _SHAPE).astype(np.complex64)
    product = plan.spectra[::step] * spectrum[None]
    surface = fft.irfft2(product, _SHAPE)
    energy = float(np.sqrt(np.mean(raster * raster))) + 1e-3
    areas = np.array([min(h, raster.shape[0]) * min(w, raster.shape[1]) for h, w in plan.sizes[::step]])
    norms = plan.norms[::step] * energy * areas + 1e-3
    return np.asarray(surface / norms[:, None, None], dtype=np.float32)


def sightings(surface: Raster, plan: SearchPlan, step: int = 1, count: int = 4) -> list[Sighting]:
    """The best `count` places, best first, no two of them the same."""
    work = surface.copy()
    found: list[Sighting] = []
    for _ in range(count):
        index = np.unravel_index(int(np.argmax(work)), work.shape)
        k, dy, dx = int(index[0]), int(index[1]), int(index[2])
        found.append(Sighting(_window(plan, k * step, dy, dx), float(surface[k, dy, dx])))
        _blank(work, k, dy, dx)
    return found


def _window(plan: SearchPlan, k: int, dy: int, dx: int) -> Window:
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
