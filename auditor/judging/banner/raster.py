"""Pictures as float arrays: luma, colour difference, band-passed rasters, Gaussian blur."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import ndimage

Raster: TypeAlias = npt.NDArray[np.float32]

_LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
_CHANNELS = np.array([0.32, 0.36, 0.32], dtype=np.float32)


def blur(raster: Raster, sigma: float) -> Raster:
    """Gaussian blur over the first two axes; sigma in pixels."""
    out = raster
    for axis in (0, 1):
        out = ndimage.gaussian_filter1d(out, sigma, axis=axis, mode="nearest", truncate=2.5)
    return out


def broad_blur(raster: Raster, sigma: float) -> Raster:
    """Gaussian blur for a large sigma, made on a reduced copy: for local energies, not for pixels."""
    factor = max(1, int(sigma / 2.0))
    if factor == 1 or min(raster.shape) < 4 * factor:
        return blur(raster, sigma)
    image = Image.fromarray(np.ascontiguousarray(raster, dtype=np.float32))
    small = blur(np.asarray(image.reduce(factor), dtype=np.float32), sigma / factor)
    back = Image.fromarray(small).resize(image.size, Image.Resampling.BILINEAR)
    return np.asarray(back, dtype=np.float32)


def luma(rgb: npt.NDArray[np.generic]) -> Raster:
    """Brightness 0..255 of an RGB array."""
    return np.asarray(rgb.astype(np.float32) @ _LUMA, dtype=np.float32)


def to_ycc(rgb: Raster) -> Raster:
    """Luma and the two colour differences, three planes first (3 x h x w), each in levels."""
    y = rgb @ _LUMA
    cb = (rgb[..., 2] - y) * np.float32(0.564)
    cr = (rgb[..., 0] - y) * np.float32(0.713)
    return np.stack((y, cb, cr))


def grey_at_width(image: Image.Image, width: int) -> Raster:
    """Luma of `image` resampled to `width` pixels, its ratio kept."""
    height = max(8, round(image.height * width / image.width))
    small = image.resize((width, height), Image.Resampling.BOX if image.width > width else BICUBIC)
    return np.asarray(np.asarray(small, dtype=np.float32) @ _CHANNELS, dtype=np.float32)


def band_pass(grey: Raster, noise_floor: float = 4.0) -> Raster:
    """Edges and strokes with their local contrast evened out; flat areas come near 0.

    `noise_floor` in levels: what is weaker than that is noise and is not raised.
    """
    detail = blur(grey, 0.7) - blur(grey, 3.0)
    energy = broad_blur(detail * detail, 5.0)
    return np.asarray(detail / np.sqrt(energy + noise_floor * noise_floor), dtype=np.float32)


BICUBIC = Image.Resampling.BICUBIC
LANCZOS = Image.Resampling.LANCZOS
