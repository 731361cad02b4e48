"""Where a banner lies in a candidate picture, and what it must look like through that window."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PIL import Image

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Window:
    """The banner's place, in units of the candidate's width.

    The banner's left top corner lies at (left, top); it is `scale_x` wide. A point at (x, y) of the
    banner, measured in banner widths, is seen at (left + scale_x * x, top + scale_y * y).
    A scale above 1 means that the member zoomed in.
    """

    scale_x: float
    scale_y: float
    left: float
    top: float

    @property
    def scale(self) -> float:
        """The mean zoom."""
        return math.sqrt(max(self.scale_x * self.scale_y, 1e-9))

    @property
    def stretch(self) -> float:
        """Width against height, 1 = not stretched."""
        return self.scale_x / self.scale_y

    def overlap(self, width: int, height: int, ratio: float) -> Box:
        """The pixels of a `width` x `height` candidate that show banner; `ratio` = banner height / width."""
        right = self.left + self.scale_x
        bottom = self.top + self.scale_y * ratio
        slack = 1e-3
        return (
            max(0, math.ceil(self.left * width - slack)),
            max(0, math.ceil(self.top * width - slack)),
            min(width, math.floor(right * width + slack)),
            min(height, math.floor(bottom * width + slack)),
        )

    def source_box(self, box: Box, width: int, banner: tuple[int, int]) -> tuple[float, float, float, float]:
        """The part of a banner of `banner` pixels that lies under `box` of the candidate."""
        wide, high = banner
        kx, ky = wide / (self.scale_x * width), wide / (self.scale_y * width)
        x0, y0 = (box[0] - self.left * width) * kx, (box[1] - self.top * width) * ky
        x1, y1 = (box[2] - self.left * width) * kx, (box[3] - self.top * width) * ky
        return max(0.0, x0), max(0.0, y0), min(float(wide), x1), min(float(high), y1)

    def visible_share(self, width: int, height: int, ratio: float) -> float:
        """The share of the banner's area that the candidate shows."""
        x0, y0, x1, y1 = self.overlap(width, height, ratio)
        area = self.scale_x * width * self.scale_y * width * ratio
        return max(0, x1 - x0) * max(0, y1 - y0) / max(area, 1e-9)

    def predict(self, banner: Image.Image, box: Box, width: int, resample: Image.Resampling) -> Image.Image:
        """`banner` as it is seen in `box` of a candidate `width` pixels wide."""
        size = (box[2] - box[0], box[3] - box[1])
        return banner.resize(size, resample, box=self.source_box(box, width, banner.size))
