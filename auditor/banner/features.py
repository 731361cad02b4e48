"""Find a banner in a picture by the corners that both show: however an editor cut, turned or stretched it.

ORB (Rublee et al., 2011) finds and describes corners; RANSAC finds the place on which most of them agree.
Soft artwork has none, and patterns have many that look alike: strokes and light tell their places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt

from auditor.banner.raster import Pixels
from auditor.banner.refine import possible
from auditor.banner.window import Window

#: so many corners are described at most, also where they stand out less (levels) and near the edge (pixels)
_MOST, _FAINT, _EDGE = 500, 10, 16
#: a corner has a counterpart that differs less than this share of what the next best one does
_CLEARLY = 0.8
#: counterparts that lie so near to one place agree on it, in widths
_NEAR = 3.0 / 700.0
_TRIES, _SURE, _ROUNDS = 500, 0.99, 2
#: how far one corner is off, in widths; what an editor skews (none), and stretches, at one standard deviation
_ONE, _SKEW, _STRETCH = 1.0 / 700.0, 0.01, 0.1
#: fewer of them tell no place; so many do, where that many of all counterparts agree
_FEWEST, _PLACED, _AGREED = 6, 20, 0.3
#: a counterpart beyond doubt: by that share, and in no more bits. Of two strangers no more are to be expected
_BEYOND_DOUBT, _BITS, _CHANCE = 0.7, 60, 11
#: where so many corners are to be seen, and of the banner so many that differ from all its others in so many
#: bits, a banner that is there has more of them (the least of 1,700 edited pictures: 18)
_RICH, _OWN_BITS = 250, 30
#: fewer corners tell no place
_TELL = 100
#: pictures of fewer pixels across lose corners
SMALL = 600


class Features:
    """The corners of a picture. `places`: n x 2, in widths; `descriptors`: n x 32, a row a corner; `width` of
    the copy in which they were found."""

    def __init__(self, light: Pixels) -> None:
        finder = cv2.ORB_create(_MOST, edgeThreshold=_EDGE, fastThreshold=_FAINT)  # type: ignore[attr-defined]
        corners, descriptors = finder.detectAndCompute(light, None)
        self.width = light.shape[1]
        places = np.array([corner.pt for corner in corners], dtype=np.float32).reshape(-1, 2)
        self.places = (places + np.float32(0.5)) / np.float32(self.width)
        self.descriptors = np.zeros((0, 32), np.uint8) if descriptors is None else descriptors

    @property
    def tell(self) -> bool:
        """Whether there are enough of them to tell a place: soft artwork and bold faces have few."""
        return len(self.places) >= _TELL

    @cached_property
    def distinct(self) -> int:
        """How many corners differ from all others: those of a pattern that repeats itself do not."""
        pairs = _nearest_two(self, self)
        return sum(len(one) == 2 and one[1].distance > _OWN_BITS for one in pairs)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the corners of a banner lie in a picture.

    `window`: the place on which most of them agree; None where too few do.
    `absent`: both show many corners, and no more have a counterpart than those of any two pictures.
    """

    window: Window | None
    absent: bool


def locate(candidate: Features, reference: Features) -> Placement:
    """Where the corners of `reference` lie in `candidate`."""
    pairs = [one for one in _nearest_two(candidate, reference) if len(one) == 2]
    sure = sum(one.distance < min(_BEYOND_DOUBT * other.distance, _BITS) for one, other in pairs)
    rich = len(candidate.places) >= _RICH and min(candidate.width, reference.width) >= SMALL
    if sure <= _CHANCE and rich and reference.distinct >= _RICH:
        return Placement(None, absent=True)
    clear = [one for one, other in pairs if one.distance < _CLEARLY * other.distance]
    if len(clear) < _FEWEST:
        return Placement(None, absent=False)
    seen = candidate.places[[match.queryIdx for match in clear]]
    own = reference.places[[match.trainIdx for match in clear]]
    matrix, chosen = cv2.estimateAffine2D(
        own, seen, ransacReprojThreshold=_NEAR, maxIters=_TRIES, confidence=_SURE
    )
    if matrix is None:
        return Placement(None, absent=False)
    inside = chosen.ravel() > 0
    for _ in range(_ROUNDS):
        if np.count_nonzero(inside) < max(_PLACED, _AGREED * len(clear)):
            return Placement(None, absent=False)
        window = _fit_place(own[inside], seen[inside])
        there = np.stack(window.place(*own.T), axis=1)
        inside = np.hypot(*(there - seen).T) < _NEAR
    return Placement(window if window.scale_x > 0 and possible(window) else None, absent=False)


def _fit_place(own: npt.NDArray[np.float32], seen: npt.NDArray[np.float32]) -> Window:
    """The place that leads from `own` points to the `seen` ones, by least squares. An editor skews nothing,
    and stretches little: where the points lie on one line, that tells what they do not."""
    known = np.column_stack((own, np.ones(len(own)))).astype(np.float64)
    columns = np.zeros((2 * len(own) + 2, 6))
    columns[: len(own), :3] = columns[len(own) : -2, 3:] = known
    columns[-2:] = (
        np.array([[0, 1, 0, 1, 0, 0], [1, 0, 0, 0, -1, 0]]) * _ONE / np.array([[_SKEW], [_STRETCH]])
    )
    target = np.concatenate((*seen.T.astype(np.float64), np.zeros(2)))
    xx, xy, left, yx, yy, top = np.linalg.lstsq(columns, target, rcond=None)[0].tolist()
    return Window(xx, yy, left, top, xy, yx)


def _nearest_two(one: Features, other: Features) -> Sequence[Sequence[cv2.DMatch]]:
    return cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(one.descriptors, other.descriptors, k=2)
