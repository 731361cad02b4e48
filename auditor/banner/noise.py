"""What a harsh way of storing leaves of a banner: a difference of that size proves nothing."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from auditor.banner.picture import LANCZOS
from auditor.banner.planes import planes_of
from auditor.banner.raster import Pixels, Raster, blur, broad_blur, difference, drawn, floats
from auditor.banner.window import Box, Window

#: differences are smoothed by so much before they are looked at, in pixels: brightness, colour, and colours
#: as a patch of several pixels shows them, where what storing mixes evens out
FINE_BLUR, COLOUR_BLUR, DRIFT_BLUR = 1.0, 0.8, 3.0
Halves: TypeAlias = npt.NDArray[np.float16]
_QUALITY = 62
_NARROW = 800
_NEIGHBOURHOOD = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Noise:
    """The local size of what storing leaves, in levels: of brightness, and at half the size of colours near a
    pixel and over a patch, two planes deep."""

    brightness: Raster
    colours: Raster
    drift: Raster


@dataclass(frozen=True, slots=True, eq=False)
class WholeNoise:
    """That of a whole banner at half the size, in half-precision numbers: half the memory."""

    brightness: Halves
    colours: Halves
    drift: Halves

    def seen_through(self, window: Window, box: Box, width: int) -> Noise:
        """That of the part that `box` of a candidate `width` pixels wide shows."""
        size = (box[2] - box[0], box[3] - box[1])
        half = (-(-size[0] // 2), -(-size[1] // 2))
        brightness, colours, drift = (
            drawn(
                floats(plane),
                window.matrix(box, width, plane.shape[1], (step, step)),
                shape,
                swift=True,
                edge=True,
            )
            for plane, shape, step in (
                (self.brightness, size, 1.0),
                (self.colours, half, 2.0),
                (self.drift, half, 2.0),
            )
        )
        return Noise(brightness, colours, drift)


def noise_of(banner: Pixels, width: int) -> WholeNoise:
    """The noise of a whole banner at `width` pixels; it is smooth, so half the size is enough."""
    height = max(8, round(banner.shape[0] * width / banner.shape[1]))
    small = Image.fromarray(banner).resize((width, height), LANCZOS)
    found = noise(np.asarray(small))
    return WholeNoise(*(_reduced(plane) for plane in (found.brightness, found.colours, found.drift)))


def _reduced(plane: Raster) -> Halves:
    size = (-(-plane.shape[1] // 2), -(-plane.shape[0] // 2))
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), dtype=np.float16)


def noise(predicted: Pixels, few_colours: Pixels | None = None) -> Noise:
    """The noise of a banner as it is seen; `few_colours`: as it would be seen if stored with 256 colours."""
    own = planes_of(predicted)
    copies = [np.asarray(_harsh_copy(Image.fromarray(predicted)))]
    copies += [] if few_colours is None else [few_colours]
    stored = [planes_of(copy) for copy in copies]
    return Noise(
        np.maximum.reduce([_size(one.brightness, own.brightness, FINE_BLUR) for one in stored]),
        np.maximum.reduce([_size(one.colours, own.colours, COLOUR_BLUR) for one in stored]),
        np.maximum.reduce([_size(one.colours, own.colours, DRIFT_BLUR) for one in stored]),
    )


def _size(stored: Pixels, own: Pixels, sigma: float) -> Raster:
    """The local size of a recompression residue, in levels."""
    smooth = blur(difference(stored, own), sigma)
    return np.sqrt(broad_blur(smooth * smooth, _NEIGHBOURHOOD))


def _harsh_copy(image: Image.Image) -> Image.Image:
    """`image` after two rounds of JPEG 4:2:0, one of them at 800 pixels where it is larger."""
    first = _jpeg(image, _QUALITY + 8)
    if image.width <= _NARROW * 1.1:
        return _jpeg(first, _QUALITY)
    high = max(8, round(image.height * _NARROW / image.width))
    return _jpeg(first.resize((_NARROW, high), LANCZOS), _QUALITY).resize(image.size, LANCZOS)


def _jpeg(image: Image.Image, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, subsampling=2)
    buffer.seek(0)
    copy = Image.open(buffer)
    copy.load()
    return copy
