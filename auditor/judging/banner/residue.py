"""What is left between a candidate and the banner seen through its window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from auditor.judging.banner.raster import LANCZOS, Raster, blur
from auditor.judging.banner.recompression import harsh_copy, noise_map, palette_copy
from auditor.judging.banner.sharpness import match_sharpness
from auditor.judging.banner.tone import Tone, fit_tone
from auditor.judging.banner.window import Box, Window

_FINE = 1.0
_CHROMA = 0.8
_BLOCK = 8
_COLOURED = 14.0
_ENOUGH_COLOUR = 150


@dataclass(frozen=True, slots=True, eq=False)
class Residue:
    """Differences per pixel of the overlap, in levels; colour planes (blue, red difference) at half size.

    `rest` and `colour_rest` are smoothed by about a pixel; `noise` and `colour_noise` are what a harsh
    recompression leaves there; `slope` is how fast the expected picture changes, in levels a pixel.
    `colour_gain`: the candidate's colours over the expected ones as a complex number: 1 = the same,
    0 = grey, another angle = another hue; `colourfulness`: how strong the expected ones are, in levels.
    `seen` and `expected` are RGB.
    """

    box: Box
    rest: Raster
    noise: Raster
    colour_rest: Raster
    colour_noise: Raster
    slope: Raster
    seen: npt.NDArray[np.uint8]
    expected: npt.NDArray[np.uint8]
    tone: Tone
    softness: float
    colour_gain: complex
    colourfulness: float


def measure(
    candidate: Image.Image, banner: Image.Image, window: Window, *, palette: bool = False
) -> Residue | None:
    """The residue of `candidate` (already at working width) against `banner`; None without overlap.

    `palette`: the candidate was stored with 256 colours.
    """
    box = window.overlap(candidate.width, candidate.height, banner.height / banner.width)
    if box[2] - box[0] < 60 or box[3] - box[1] < 16:
        return None
    predicted = window.predict(banner, box, candidate.width, LANCZOS)
    seen = candidate.crop(box)
    tone = fit_tone(_blocks(seen), _blocks(predicted))
    expected = tone.apply(predicted)
    brightness = _brightness(seen)
    shaped, softness = match_sharpness(brightness, _brightness(expected))
    colours, expected_colours = _colours(seen), _colours(expected)
    noise, colour_noise = _noise(predicted, palette)
    return Residue(
        box,
        blur(brightness - shaped, _FINE),
        noise,
        _smooth_planes(colours - expected_colours),
        colour_noise,
        _slope(shaped),
        np.asarray(seen),
        np.asarray(expected),
        tone,
        softness,
        *_colour_gain(colours, expected_colours),
    )


def _noise(predicted: Image.Image, palette: bool) -> tuple[Raster, Raster]:
    """What a harsh way of storing the banner leaves, in brightness and in colour."""
    copies = [harsh_copy(predicted)] + ([palette_copy(predicted)] if palette else [])
    brightness, colours = _brightness(predicted), _colours(predicted)
    noise = [noise_map(blur(_brightness(copy) - brightness, _FINE)) for copy in copies]
    colour = [
        np.stack([noise_map(plane) for plane in _smooth_planes(_colours(copy) - colours)]) for copy in copies
    ]
    return np.maximum.reduce(noise), np.maximum.reduce(colour)


def _brightness(image: Image.Image) -> Raster:
    return np.asarray(image.convert("L"), dtype=np.float32)


def _colours(image: Image.Image) -> Raster:
    """Blue and red difference around 0 at half size, two planes."""
    small = image.reduce(2).convert("YCbCr")
    return np.ascontiguousarray(
        np.moveaxis(np.asarray(small)[..., 1:], -1, 0), dtype=np.float32
    ) - np.float32(128)


def _smooth_planes(planes: Raster) -> Raster:
    return np.stack([blur(plane, _CHROMA) for plane in planes])


def _slope(brightness: Raster) -> Raster:
    gy, gx = np.gradient(brightness)
    return np.asarray(np.sqrt(gx * gx + gy * gy), dtype=np.float32)


def _blocks(image: Image.Image) -> Raster:
    """Mean colours of 8 x 8 blocks, one a row."""
    return np.asarray(image.reduce(_BLOCK), dtype=np.float32).reshape(-1, 3)


def _colour_gain(seen: Raster, expected: Raster) -> tuple[complex, float]:
    """The typical ratio of the colours where the banner has any (1 where not), and their strength."""
    wanted = expected[0] + 1j * expected[1]
    coloured = np.abs(wanted) > _COLOURED
    if int(coloured.sum()) < _ENOUGH_COLOUR:
        return 1.0 + 0.0j, 0.0
    ratio = (seen[0] + 1j * seen[1])[coloured] / wanted[coloured]
    gain = complex(float(np.median(ratio.real)), float(np.median(ratio.imag)))
    return gain, float(np.median(np.abs(wanted[coloured])))
