"""What recompression can explain: what a harsh JPEG of the banner itself leaves."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from auditor.judging.banner.raster import LANCZOS, Raster, broad_blur

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
    held = io.BytesIO()
    image.save(held, "JPEG", quality=quality, subsampling=2)
    held.seek(0)
    copy = Image.open(held)
    copy.load()
    return copy
