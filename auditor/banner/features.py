"""Find a banner in a picture by the corners that both show: however an editor cut, turned or stretched it.

ORB (Rublee et al., 2011) finds and describes corners; RANSAC finds the place on which most of them agree.
Soft artwork has none, and patterns have many that look alike: strokes and light tell their places.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from auditor.banner.raster import Pixels
from auditor.banner.refine import possible
from auditor.banner.window import PART, PLACES, Window

Points: TypeAlias = npt.NDArray[np.float32]
#: so many corners are described at most, also where they stand out less (levels) and near the edge (pixels)
_MOST, _FAINT, _EDGE = 500, 10, 16
#: two descriptors are not counted to differ in more bits
_MOST_BITS = 255
#: a corner has a counterpart that differs less than this share of what the next best one does
_CLEARLY = 0.8
#: counterparts that lie so near to one place agree on it, in widths
_NEAR = 3.0 / 700.0
_TRIES, _SURE, _ROUNDS = 500, 0.99, 2
#: how far one corner is off, in widths; what an editor skews (none), and stretches, at one standard deviation
_ONE, _SKEW, _STRETCH = 1.0 / 700.0, 0.01, 0.1
#: nearly all of some corners
_NEARLY_ALL = 0.9
#: fewer of them tell no place; so many do, where that many of all counterparts agree
_FEWEST, _PLACED, _AGREED = 6, 20, 0.3
#: a counterpart beyond doubt: by that share, and in no more bits. Of two strangers no more agree
_BEYOND_DOUBT, _BITS, _CHANCE = 0.7, 60, 8
#: so many corners must be seen for a banner to be absent
_RICH = 250
#: how harshly they are stored, how far enlarged, and how many times as far off they may be found again
_HARSH, _ENLARGED, _AGAIN = 62, 1.3, 1.5
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
        places = np.asarray(cv2.KeyPoint.convert(corners), dtype=np.float32).reshape(-1, 2)
        self.places = (places + np.float32(0.5)) / np.float32(self.width)
        self.descriptors = np.zeros((0, 32), np.uint8) if descriptors is None else descriptors

    @property
    def tell(self) -> bool:
        """Whether there are enough of them to tell a place: soft artwork and bold faces have few."""
        return len(self.places) >= _TELL


def lasting(own: Features, light: Pixels) -> int:
    """How many of the corners `own` of the banner `light` are found again in a small copy that was stored
    harshly and enlarged: the fewest in any part that a crop leaves.

    What describes small shapes on a flat ground is noise, and a crop may leave none of the corners of a part.
    """
    small = Image.fromarray(light)
    with io.BytesIO() as stored:
        small.save(stored, "JPEG", quality=_HARSH)
        copy = Image.open(stored).resize((round(small.width * _ENLARGED), round(small.height * _ENLARGED)))
    again = Features(np.asarray(copy))
    pairs = counterparts(again, own)
    seen, known = pairs.points(pairs.sure)
    found = known[np.hypot(*(seen - known).T) < _NEAR * _AGAIN]
    return _fewest(found, small.height / small.width)


def _fewest(places: Points, ratio: float) -> int:
    """The fewest of `places` in any part of a picture with that height per width."""
    inside = []
    for along, side, steps in zip(places.T, (1.0, ratio), PLACES, strict=True):
        first = np.linspace(0.0, (1 - PART) * side, steps)
        inside.append(((along[:, None] >= first) & (along[:, None] < first + PART * side)).astype(int))
    return int((inside[0].T @ inside[1]).min())


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the corners of a banner lie in a picture.

    `window`: the place on which most of them agree; None where too few do.
    `absent`: both show many corners, and no more of them agree on a place than those of any two pictures.
    `uncropped`: nearly all that agree on the place lie where they do in the banner: those of a small drawing
    hardly tell how far it was zoomed or turned.
    """

    window: Window | None
    absent: bool
    uncropped: bool = False


def locate(candidate: Features, reference: Features, *, telling: bool) -> Placement:
    """Where the corners of `reference` lie in `candidate`; `telling`: whether without them it is absent."""
    pairs = counterparts(candidate, reference)
    wide = min(candidate.width, reference.width) >= SMALL
    if telling and wide and len(candidate.places) >= _RICH:
        sure = pairs.sure
        few = np.count_nonzero(sure) <= _CHANCE
        if few or np.count_nonzero(_agreeing(*pairs.points(sure))) <= _CHANCE:
            return Placement(None, absent=True)
    seen, own = pairs.points(pairs.clear)
    inside = _agreeing(seen, own)
    for _ in range(_ROUNDS):
        if np.count_nonzero(inside) < max(_PLACED, _AGREED * len(seen)):
            return Placement(None, absent=False)
        window = _fit_place(own[inside], seen[inside])
        there = np.stack(window.place(*own.T), axis=1)
        inside = np.hypot(*(there - seen).T) < _NEAR
    if window.scale_x <= 0 or not possible(window):
        return Placement(None, absent=False)
    still = np.hypot(*(own[inside] - seen[inside]).T) < _NEAR
    return Placement(window, absent=False, uncropped=bool(still.mean() > _NEARLY_ALL))


def _agreeing(seen: Points, own: Points) -> npt.NDArray[np.bool_]:
    """Which counterparts agree on one place, as many as do on any; none where there are too few."""
    nothing = np.zeros(len(seen), dtype=bool)
    if len(seen) < _FEWEST:
        return nothing
    matrix, chosen = cv2.estimateAffine2D(
        own, seen, ransacReprojThreshold=_NEAR, maxIters=_TRIES, confidence=_SURE
    )
    return nothing if matrix is None else chosen.ravel() > 0


def _fit_place(own: Points, seen: Points) -> Window:
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


@dataclass(frozen=True, slots=True, eq=False)
class Counterparts:
    """The corner of another picture that is most like each of some, and how unlike it and the next best are.

    `seen` and `own`: n x 2, where both lie, in widths; `bits`, and `next_bits` of the next best: n, in which
    the descriptors differ.
    """

    seen: Points
    own: Points
    bits: npt.NDArray[np.uint8]
    next_bits: npt.NDArray[np.uint8]

    @property
    def clear(self) -> npt.NDArray[np.bool_]:
        """Which are far more alike than the next best."""
        return np.asarray(self.bits < _CLEARLY * self.next_bits)

    @property
    def sure(self) -> npt.NDArray[np.bool_]:
        """Which are beyond doubt."""
        return np.asarray(self.bits < np.minimum(_BEYOND_DOUBT * self.next_bits, _BITS))

    def points(self, which: npt.NDArray[np.bool_]) -> tuple[Points, Points]:
        """Where those lie in both."""
        return self.seen[which], self.own[which]


def counterparts(one: Features, other: Features) -> Counterparts:
    """The two nearest of `other` to each corner of `one`; none where there are no two.

    All at once and word by word, numpy counts in four tenths of the time that OpenCV's matcher takes.
    """
    if not len(one.places) or len(other.places) < 2:
        none, nothing = np.zeros((0, 2), np.float32), np.zeros(0, np.uint8)
        return Counterparts(none, none, nothing, nothing)
    words, known = (np.ascontiguousarray(kind.descriptors).view(np.uint64).T for kind in (one, other))
    apart = np.zeros((len(one.places), len(other.places)), dtype=np.uint8)
    differing = np.empty(apart.shape, dtype=np.uint64)
    for seen, own in zip(words, known, strict=True):
        np.bitwise_xor(seen[:, None], np.ascontiguousarray(own), out=differing)
        cv2.add(apart, np.bitwise_count(differing), dst=apart)
    rows, nearest = np.arange(len(apart)), apart.argmin(axis=1)
    bits = apart[rows, nearest]
    apart[rows, nearest] = _MOST_BITS
    return Counterparts(one.places, other.places[nearest], bits, apart.min(axis=1))
