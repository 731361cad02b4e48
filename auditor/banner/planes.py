"""A picture as storing it sees it: brightness at full size, colours at half."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from auditor.banner.raster import Pixels, Raster


@dataclass(frozen=True, slots=True, eq=False)
class Planes:
    """A picture as storing it sees it: brightness, 0 to 255, and its red and blue difference around 0 at half
    the size, two planes deep."""

    brightness: Raster
    colours: Raster

    def rgb(self) -> Pixels:
        """The same as people see it."""
        high, wide = self.brightness.shape
        colours = cv2.resize(self.colours, (wide, high), interpolation=cv2.INTER_LINEAR) + np.float32(128)
        planes = np.dstack((self.brightness, colours))
        levels = np.clip(planes + np.float32(0.5), 0, 255).astype(np.uint8)
        return np.asarray(cv2.cvtColor(levels, cv2.COLOR_YCrCb2RGB), dtype=np.uint8)


def planes_of(pixels: Pixels) -> Planes:
    """The planes of RGB pixels."""
    return Planes(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32), colours_of(half_size(pixels)))


def half_size(pixels: Pixels) -> Pixels:
    """`pixels` at half their size."""
    size = (-(-pixels.shape[1] // 2), -(-pixels.shape[0] // 2))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def colours_of(pixels: Pixels) -> Raster:
    """The red and blue difference of RGB pixels around 0, two planes deep."""
    return cv2.cvtColor(pixels, cv2.COLOR_RGB2YCrCb)[..., 1:].astype(np.float32) - np.float32(128)
