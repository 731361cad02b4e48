"""Where a banner lies in a candidate: a place, two scales, and how far it was turned."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Box = tuple[int, int, int, int]
Mask = npt.NDArray[np.bool_]
_SAMPLES = (150, 400)
#: a part that a crop leaves is that share of a banner each way, looked at in so many places across and down
PART, PLACES = 0.62, (6, 4)


@dataclass(frozen=True, slots=True)
class Window:
    """The banner's place, in units of the candidate's width.

    The banner's left top corner lies at (left, top); it is `scale_x` wide. A point at (x, y) of the banner,
    measured in banner widths, is seen at (left + scale_x * x + lean_x * y, top + lean_y * x + scale_y * y).
    A scale above 1 means that the member zoomed in; both leans are 0 unless the picture was turned.
    """

    scale_x: float
    scale_y: float
    left: float
    top: float
    lean_x: float = 0.0
    lean_y: float = 0.0

    @property
    def straight(self) -> bool:
        """Whether it is not turned at all."""
        return self.lean_x == 0.0 and self.lean_y == 0.0

    @property
    def scale(self) -> float:
        """The mean zoom."""
        return math.sqrt(max(self.scale_x * self.scale_y - self.lean_x * self.lean_y, 1e-9))

    @property
    def stretch(self) -> float:
        """Width against height, 1 = not stretched."""
        return math.hypot(self.scale_x, self.lean_y) / math.hypot(self.scale_y, self.lean_x)

    @property
    def turn(self) -> float:
        """How far it is turned clockwise, in degrees."""
        return math.degrees(math.atan2(self.lean_y - self.lean_x, self.scale_x + self.scale_y))

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where the banner's point (x, y) is seen."""
        return (
            self.left + self.scale_x * x + self.lean_x * y,
            self.top + self.lean_y * x + self.scale_y * y,
        )

    def pixels(
        self, x: npt.NDArray[np.float32], y: npt.NDArray[np.float32], width: int
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """The columns and rows of a candidate `width` pixels wide where the banner's points are seen."""
        across, along = self.left + self.scale_x * x, self.top + self.scale_y * y
        if not self.straight:
            across += self.lean_x * y
            along += self.lean_y * x
        return across * width - 0.5, along * width - 0.5

    def overlap(self, width: int, height: int, ratio: float) -> Box:
        """The box of a `width` x `height` candidate that shows banner; `ratio` = banner height / width."""
        across, down = (0.0, self.lean_x * ratio), (0.0, self.lean_y)
        slack = 1e-3
        return (
            max(0, math.ceil((self.left + min(across)) * width - slack)),
            max(0, math.ceil((self.top + min(down)) * width - slack)),
            min(width, math.floor((self.left + self.scale_x + max(across)) * width + slack)),
            min(height, math.floor((self.top + self.scale_y * ratio + max(down)) * width + slack)),
        )

    def source(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The banner's points that are seen at (x, y); all in widths."""
        area = self.scale_x * self.scale_y - self.lean_x * self.lean_y
        dx, dy = x - self.left, y - self.top
        return (self.scale_y * dx - self.lean_x * dy) / area, (self.scale_x * dy - self.lean_y * dx) / area

    def covered(self, box: Box, width: int, ratio: float, rim: float = 0.0) -> Mask:
        """The pixels of `box` that show banner and lie at least `rim` pixels from its edge."""
        x = (np.arange(box[0], box[2], dtype=np.float32)[None, :] + 0.5) / width
        y = (np.arange(box[1], box[3], dtype=np.float32)[:, None] + 0.5) / width
        u, v = self.source(x, y)
        rim_x, rim_y = rim / (self.scale_x * width), rim / (self.scale_y * width)
        return np.asarray((u > rim_x) & (u < 1 - rim_x) & (v > rim_y) & (v < ratio - rim_y))

    def visible_share(self, width: int, height: int, ratio: float) -> float:
        """The share of the banner's area that the candidate shows."""
        if self.straight:
            x0, y0, x1, y1 = self.overlap(width, height, ratio)
            area = self.scale_x * width * self.scale_y * width * ratio
            return max(0, x1 - x0) * max(0, y1 - y0) / max(area, 1e-9)
        v, u = ((np.arange(n) + 0.5) / n for n in _SAMPLES)
        v = v[:, None] * ratio
        x = self.left + self.scale_x * u + self.lean_x * v
        y = self.top + self.lean_y * u + self.scale_y * v
        return float(((x >= 0) & (x <= 1) & (y >= 0) & (y <= height / width)).mean())

    def matrix(
        self, box: Box, width: int, across: float, step: tuple[float, float] = (1.0, 1.0)
    ) -> npt.NDArray[np.float64]:
        """From a pixel of `box` of a candidate `width` pixels wide to one of a banner `across` pixels wide.

        `step`: how many pixels of the candidate one of the result stands for, sideways and downwards.
        """
        k = across / width
        area = self.scale_x * self.scale_y - self.lean_x * self.lean_y
        xx, xy = k * self.scale_y / area, -k * self.lean_x / area
        yx, yy = -k * self.lean_y / area, k * self.scale_x / area
        dx = box[0] + step[0] / 2 - self.left * width
        dy = box[1] + step[1] / 2 - self.top * width
        return np.array(
            [
                [xx * step[0], xy * step[1], xx * dx + xy * dy - 0.5],
                [yx * step[0], yy * step[1], yx * dx + yy * dy - 0.5],
            ]
        )

    @classmethod
    def of_matrix(cls, matrix: npt.NDArray[np.float64], width: int, across: float) -> Window:
        """The place of which `matrix(box, width, across)` is that of the whole candidate."""
        (xx, xy, x), (yx, yy, y) = np.linalg.inv(np.vstack((matrix, (0.0, 0.0, 1.0))))[:2].tolist()
        k = across / width
        # the banner's left top corner lies half a pixel before its first one
        left, top = (0.5 + there - 0.5 * (a + b) for a, b, there in ((xx, xy, x), (yx, yy, y)))
        return cls(xx * k, yy * k, left / width, top / width, xy * k, yx * k)
