"""A picture as storing it sees it: brightness at full size, colours at half."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from auditor.banner.raster import Pixels, area_means


@dataclass(frozen=True, slots=True, eq=False)
class Planes:
    """Brightness, 0 to 255, and the red and blue difference around 128 at half the size, two planes deep."""

    brightness: Pixels
    colours: Pixels

    def rgb(self) -> Pixels:
        """The same as people see it."""
        high, wide = self.brightness.shape
        colours = cv2.resize(self.colours, (wide, high), interpolation=cv2.INTER_LINEAR)
        planes = cv2.merge((self.brightness, *cv2.split(colours)))
        return np.asarray(cv2.cvtColor(planes, cv2.COLOR_YCrCb2RGB), dtype=np.uint8)


def planes_of(pixels: Pixels, half: Pixels | None = None) -> Planes:
    """The planes of RGB pixels; `half`: the same at half their size, where that is known."""
    light = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    return Planes(light, colours_of(half_size(pixels) if half is None else half))


def half_size(pixels: Pixels) -> Pixels:
    """`pixels` at half their size."""
    return area_means(pixels, (-(-pixels.shape[1] // 2), -(-pixels.shape[0] // 2)))


def colours_of(pixels: Pixels) -> Pixels:
    """The red and blue difference of RGB pixels around 128, two planes deep."""
    both = np.empty((*pixels.shape[:2], 2), dtype=np.uint8)
    cv2.mixChannels([cv2.cvtColor(pixels, cv2.COLOR_RGB2YCrCb)], [both], [1, 0, 2, 1])
    return both
