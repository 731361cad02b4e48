"""What the sliders of a picture editor do: a strong tone, and a vignette that darkens the corners."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from auditor.banner.raster import Pixels, Raster
from auditor.banner.tone import BLOCK, Tone, blocks, fit_tone
from auditor.banner.window import Box

#: sliders go so many times as far as an honest way does
_REACH = 3.0
_ROUNDS = 3
#: corners that are hardly darker have no vignette
_LEAST_SHADE = 0.03


@dataclass(frozen=True, slots=True, eq=False)
class Shade:
    """How much darker a picture gets towards its corners: `depth` at a corner, 0 = not at all, and the gain
    of each pixel."""

    depth: float
    gain: Raster

    def apply(self, pixels: Pixels) -> Pixels:
        """An RGB picture through the shade."""
        shaded = pixels.astype(np.float32) * self.gain[..., None]
        return np.asarray(np.clip(shaded + np.float32(0.5), 0, 255), dtype=np.uint8)


def fit_filter(seen: Pixels, expected: Pixels, box: Box, size: tuple[int, int]) -> tuple[Tone, Shade | None]:
    """The tone and the shade of a picture editor that turn `expected` into `seen`; both are the part `box` of
    a picture of `size`."""
    own, wanted = blocks(seen), blocks(expected)
    high, wide = (side // BLOCK for side in seen.shape[:2])
    whole = (box[0], box[1], box[0] + wide * BLOCK, box[1] + high * BLOCK)
    far = _from_middle(whole, size, (high, wide))
    columns = np.stack((np.ones_like(far), far, far * far)).astype(np.float32)
    terms = np.array([1.0, 0.0, 0.0])
    tone = fit_tone(own, wanted, _REACH)
    for _ in range(_ROUNDS):
        through = tone.colours(wanted).mean(axis=1)
        light = np.minimum(through, 255 - through) > 8.0
        if int(light.sum()) < 20:
            return tone, None
        ratio = own.mean(axis=1)[light] / through[light]
        terms = _robust(columns[:, light], ratio)
        gain = np.asarray(np.clip(terms @ columns, 0.2, 1.5), dtype=np.float32)
        tone = fit_tone(own / gain[:, None], wanted, _REACH, tone)
    middle, corner = (float(terms @ np.array([1.0, far, far * far])) for far in (0.0, 1.0))
    depth = 1.0 - corner / max(middle, 0.1)
    if depth < _LEAST_SHADE:
        return fit_tone(own, wanted, _REACH, tone), None
    far = _from_middle(box, size, seen.shape[:2]).reshape(seen.shape[:2])
    gain = np.clip(terms[0] + far * (terms[1] + far * terms[2]), 0.2, 1.5)
    return tone, Shade(depth, np.asarray(gain, dtype=np.float32))


def _from_middle(box: Box, size: tuple[int, int], shape: tuple[int, ...]) -> Raster:
    """How far the points of a grid of `shape` over `box` lie from the middle, squared; 1 in a corner."""
    x, y = (
        (np.linspace(low, high, 2 * count + 1, dtype=np.float32)[1::2] / whole - 0.5) * 2
        for low, high, whole, count in (
            (box[0], box[2], size[0], shape[1]),
            (box[1], box[3], size[1], shape[0]),
        )
    )
    return np.asarray((x[None, :] ** 2 + y[:, None] ** 2) / 2, dtype=np.float32).ravel()


def _robust(columns: Raster, target: Raster) -> npt.NDArray[np.float64]:
    """Least squares in which what lies far off counts little."""
    weight: npt.NDArray[np.float64] = np.ones(target.shape)
    for _ in range(4):
        weighted = columns * weight
        terms = np.linalg.solve(weighted @ columns.T + 1e-6 * np.eye(3), weighted @ target)
        rest = np.abs(target - terms @ columns)
        weight = 1.0 / (1.0 + np.square(rest / (2.0 * float(np.median(rest)) + 0.005)))
    return np.asarray(terms)
