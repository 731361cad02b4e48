"""Pictures with next to nothing on them: plain colours, gradients, blurs."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image
from scipy import ndimage

from auditor.banner.picture import LANCZOS, Raster, blur, broad_blur, grey_at_width

_WIDTH = 400
_STEEP = 3.0


def steep_share(image: Image.Image) -> float:
    """The share of pixels (at 400 px) where brightness changes as it does on strokes and edges."""
    grey = blur(grey_at_width(image, _WIDTH), 0.8)
    gy, gx = np.gradient(grey)
    slope = np.sqrt(gx * gx + gy * gy)[3:-3, 3:-3]
    return float((slope > _STEEP).mean())


def one_colour(image: Image.Image) -> bool:
    """Whether the picture is one flat colour, recompression aside."""
    small = np.asarray(image.resize((64, 16), Image.Resampling.BOX), dtype=np.float32)
    return bool(np.percentile(np.abs(small - np.median(small, axis=(0, 1))), 98) < 6.0)


_QUALITY = 62
_NARROW = 800
_NEIGHBOURHOOD = 5.0


def harsh_copy(image: Image.Image) -> Image.Image:
    """`image` after two rounds of JPEG 4:2:0, one of them at 800 pixels where it is larger."""
    first = _jpeg(image, _QUALITY + 8)
    if image.width <= _NARROW * 1.1:
        return _jpeg(first, _QUALITY)
    high = max(8, round(image.height * _NARROW / image.width))
    return _jpeg(first.resize((_NARROW, high), LANCZOS), _QUALITY).resize(image.size, LANCZOS)


def palette_copy(image: Image.Image) -> Image.Image:
    """`image` in 256 colours of its own, as a GIF holds it: rare colours are lost."""
    return image.quantize(256).convert("RGB")


def noise_map(smoothed_rest: Raster) -> Raster:
    """The local size of a (smoothed) recompression residue, in levels."""
    return np.asarray(np.sqrt(broad_blur(smoothed_rest * smoothed_rest, _NEIGHBOURHOOD)), dtype=np.float32)


def _jpeg(image: Image.Image, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, subsampling=2)
    buffer.seek(0)
    copy = Image.open(buffer)
    copy.load()
    return copy


_SIGMAS = (0.6, 1.1, 2.0)
_RIDGE = 0.002


def match_sharpness(seen: Raster, expected: Raster) -> Raster:
    """`expected` made as soft or as crisp as `seen`.

    The filter is a sum of blurs with unit gain, found by robust least squares on the whole picture,
    so a change in one place cannot be explained by it.
    """
    blurs = [blur(expected, sigma) for sigma in _SIGMAS]
    columns = np.stack([soft - expected for soft in blurs])
    rows = _busy(columns[-1])
    weights = _fit(columns.reshape(len(_SIGMAS), -1)[:, rows], (seen - expected).ravel()[rows])
    shaped = expected + np.tensordot(weights, columns, axes=1).astype(np.float32)
    return np.asarray(shaped, dtype=np.float32)


def _busy(detail: Raster, most: int = 20_000) -> np.ndarray:
    """Where strokes and edges are: the only places that tell about sharpness."""
    size = np.abs(detail).ravel()
    order = np.argpartition(size, max(0, size.size - most))[-most:]
    return np.asarray(order[size[order] > 1.0])


def _fit(columns: np.ndarray, target: np.ndarray) -> np.ndarray:
    weights = np.zeros(len(columns))
    if target.size < 100:
        return weights
    for _ in range(3):
        rest = target - weights @ columns
        spread = 3.0 * 1.4826 * float(np.median(np.abs(rest))) + 1.0
        trust = np.square(np.clip(1 - np.square(rest / spread), 0, 1))
        weighted = columns * trust
        normal = weighted @ columns.T
        normal[np.diag_indices(len(columns))] += _RIDGE * np.trace(normal) + 1.0
        weights = np.linalg.solve(normal, weighted @ target)
    return np.asarray(np.clip(weights, -1.5, 1.5))


_CORNER_WIDTH = 198
_SAME_COLOUR = 8.0
#: a turned picture leaves corners of that share of it, at least and at most
_CORNER_SHARES = (0.002, 0.3)


def blank_corners(image: Image.Image) -> Image.Image | None:
    """Where the corners of `image` are filled with one colour, as a turned picture leaves them, and near it;
    a mask 198 pixels wide, 255 where not; None where no corner is."""
    height = max(8, round(image.height * _CORNER_WIDTH / image.width))
    small = image.resize((_CORNER_WIDTH, height), Image.Resampling.BOX)
    pixels = np.asarray(small, dtype=np.float32)
    blank = np.zeros(pixels.shape[:2], dtype=bool)
    for row, column in ((0, 0), (0, -1), (-1, 0), (-1, -1)):
        same = np.abs(pixels - pixels[row, column]).max(axis=2) < _SAME_COLOUR
        labels, _ = ndimage.label(same)
        region = labels == labels[row, column]
        if _CORNER_SHARES[0] < float(region.mean()) < _CORNER_SHARES[1]:
            blank |= region
    if not blank.any():
        return None
    near = ndimage.binary_dilation(blank, iterations=3)
    return Image.fromarray((~near).astype(np.uint8) * 255)
