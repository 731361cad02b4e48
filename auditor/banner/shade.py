"""What the sliders of a picture editor do: a strong tone, and a vignette that darkens the corners."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from auditor.banner.raster import Pixels, Raster, grey, median, most
from auditor.banner.tone import BLOCK, MOST_COLOURS, Tone, blocks, calmness, fit_tone, lit
from auditor.banner.window import Box, Mask

#: sliders go so many times as far as an honest way does
_REACH = 3.0
#: and so far where they cut many colours off: others could be bent into them further away
_REACH_CUT_OFF = 1.7
_ROUNDS = 3
#: brightness to start from; what is further off than that (levels) is no matter of it
_GAINS, _FAR = (1.0, 0.7, 0.85, 1.15, 1.3), 40.0
#: brightness that cut off what is too light before another slider made it darker is looked for where more of
#: a banner than that share is so much lighter (levels) than the lightest parts (percentile) of a candidate,
#: and these are not white
_FIRST_GAINS, _SOME, _LIGHTER, _LIGHTEST, _WHITE = (1.05, 1.1, 1.15, 1.2, 1.25, 1.3), 0.005, 5.0, 99.8, 250
#: it has to come so much nearer than what cuts off nothing first
_CLEARLY = 0.8
#: of a colour profile less may have been lost
_LOST = 0.1
#: contrast and brightness (levels) that are tried, first roughly and then between the best and its neighbours
_CONTRASTS, _BRIGHTNESSES, _BETWEEN = np.geomspace(0.65, 1.4, 20), np.linspace(-72, 72, 19), 9
#: where a colour is calm it spreads over fewer levels within so many pixels; so many of those tell enough,
#: fewer than the last number nothing
_SPREAD, _CALM_WITHIN, _ENOUGH, _FEWEST = 16, 5, 1500, 200
#: that share of them may be further away than so many levels, and that share of those that differ
_EXACTLY, _STRAYS, _SOME_STRAYS = 8.0, 0.002, 0.02
#: corners that are hardly darker have no vignette; what is as dark (levels), or too little of it, tells none;
#: so much darker or lighter it makes a place at most
_LEAST_SHADE, _DARK, _FEWEST_LIGHT, _LEAST_AND_MOST_GAIN = 0.03, 8.0, 20, (0.2, 1.5)
#: which way comes nearest is asked of so many rows in every so many
_STRIPE, _STRIPES = 8, 24

#: the numbers of a parabola: gain in the middle, and what it grows by with the squared distance from there
#: (1 in a corner), and with the square of that
Curve: TypeAlias = npt.NDArray[np.float64]


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


def fit_filter(
    seen: Pixels, expected: Pixels, box: Box, size: tuple[int, int]
) -> tuple[Tone, Shade | None, Pixels]:
    """The tone and the shade of a picture editor that turn `expected` into `seen`, and what they turn it
    into; all are the part `box` of a picture of `size`."""
    high, wide = (side // BLOCK for side in seen.shape[:2])
    every = -(-high * wide // MOST_COLOURS)
    own, wanted, calm = (one[::every] for one in (blocks(seen), blocks(expected), calmness(expected)))
    whole = (box[0], box[1], box[0] + wide * BLOCK, box[1] + high * BLOCK)
    far = _from_middle(whole, size, (high, wide)).ravel()[::every]
    ways = [_fit(own, wanted, far, _REACH)]
    if abs(ways[0][0].lost_profile) > _LOST:
        # sliders may look like a lost profile
        ways.append(_fit(own, wanted, far, _REACH, own_profile=True))
    start = _nearest_gain(own, wanted)
    if start != Tone():
        ways.append(_fit(own, wanted, far, _REACH_CUT_OFF, start, calm))
    for gain in _FIRST_GAINS if cut_off(seen, expected) else ():
        tone, curve = _fit(own, lit(wanted, gain), far, _REACH, own_profile=True)
        ways.append((replace(tone, gain=gain), curve))
    far, nearest = _from_middle(box, size, seen.shape[:2]), 0
    if len(ways) > 1:
        some = np.arange(len(seen)) % _STRIPES < _STRIPE
        handicaps = [1.0 if tone.gain == 1.0 else _CLEARLY for tone, _ in ways]
        away = [
            _away(seen[some], through(expected[some], tone, _shade(curve, far[some]))) for tone, curve in ways
        ]
        nearest = int(np.argmin(np.divide(away, handicaps)))
    tone, curve = ways[nearest]
    shade = _shade(curve, far)
    return tone, shade, through(expected, tone, shade)


def cut_off(seen: Pixels, expected: Pixels) -> bool:
    """Whether the lightest parts of a banner are all lighter than anything that is seen."""
    lightest = float(np.percentile(grey(seen[::3, ::3]), _LIGHTEST))
    return lightest < _WHITE and float((grey(expected[::3, ::3]) > lightest + _LIGHTER).mean()) > _SOME


def through(pixels: Pixels, tone: Tone, shade: Shade | None) -> Pixels:
    """An RGB picture through a tone and, where there is one, a shade."""
    toned = tone.apply(pixels)
    return toned if shade is None else shade.apply(toned)


def explained_exactly(seen: Pixels, expected: Pixels, differs: Mask) -> bool:
    """Whether one contrast and one brightness turn all the calm colours of `expected` into those `seen`, what
    they cut off included, and those of what `differs` above all. A filter can be bent into many colours, but
    into few so exactly."""
    calm = _calm(seen) & _calm(expected)
    own, wanted = (rgb[calm].astype(np.float32) for rgb in (seen, expected))
    if len(own) < _FEWEST:
        return False
    every = -(-len(own) // _ENOUGH)

    def best(contrasts: npt.NDArray[np.float64], levels: npt.NDArray[np.float64]) -> tuple[float, float]:
        ways = [(float(contrast), float(level)) for contrast in contrasts for level in levels]
        away = [np.minimum(_off(own[::every], wanted[::every], *way), _FAR).mean() for way in ways]
        return ways[int(np.argmin(away))]

    contrast, level = best(_CONTRASTS, _BRIGHTNESSES)
    step, rise = _CONTRASTS[1] / _CONTRASTS[0], float(_BRIGHTNESSES[1] - _BRIGHTNESSES[0])
    contrasts = contrast * np.geomspace(1 / step, step, _BETWEEN)
    off = _off(own, wanted, *best(contrasts, level + np.linspace(-rise, rise, _BETWEEN)))
    strays = off > _EXACTLY
    told = strays[differs[calm]]
    return told.size > 0 and float(told.mean()) < _SOME_STRAYS and float(strays.mean()) < _STRAYS


def _off(seen: Raster, expected: Raster, contrast: float, level: float) -> Raster:
    """How far colours (n x 3) are from those expected through a contrast and a brightness, in levels."""
    shown = np.clip(expected * np.float32(contrast) + np.float32(level), 0.0, 255.0)
    return np.asarray(np.abs(shown - seen).max(axis=1), dtype=np.float32)


def _calm(rgb: Pixels) -> Mask:
    """Where a picture has one colour within a few pixels."""
    around = np.ones((_CALM_WITHIN, _CALM_WITHIN), dtype=np.uint8)
    spread = cv2.subtract(cv2.dilate(rgb, around), cv2.erode(rgb, around))
    return np.asarray(most(np.asarray(spread, dtype=np.uint8)) < _SPREAD)


def _fit(
    own: Raster,
    wanted: Raster,
    far: Raster,
    reach: float,
    start: Tone | None = None,
    weights: Raster | None = None,
    *,
    own_profile: bool = False,
) -> tuple[Tone, Curve | None]:
    """The tone near `start` and the curve of the shade that turn the colours `wanted` into those that are
    their `own` (see `fit_tone`); `far`: how far from the middle each of them lies."""
    columns = np.stack((np.ones_like(far), far, far * far)).astype(np.float32)
    tone = fit_tone(own, wanted, reach, start, weights, own_profile=own_profile)
    for _ in range(_ROUNDS):
        shown = tone.colours(wanted).mean(axis=1)
        light = shown > _DARK
        if int(light.sum()) < _FEWEST_LIGHT:
            return tone, None
        curve = _robust(columns[:, light], own.mean(axis=1)[light] / shown[light])
        gain = _gain(curve, far)
        tone = fit_tone(own / gain[:, None], wanted, reach, tone, weights, own_profile=own_profile)
    if _depth(curve) < _LEAST_SHADE:
        return fit_tone(own, wanted, reach, tone, weights, own_profile=own_profile), None
    return tone, curve


def _depth(curve: Curve) -> float:
    """How much darker the corners are than the middle, 0 to 1."""
    return 1.0 - float(curve.sum()) / max(float(curve[0]), 0.1)


def _gain(curve: Curve, far: Raster) -> Raster:
    """What brightness is multiplied by so far from the middle."""
    gain = np.clip(curve[0] + far * (curve[1] + far * curve[2]), *_LEAST_AND_MOST_GAIN)
    return np.asarray(gain, dtype=np.float32)


def _shade(curve: Curve | None, far: Raster) -> Shade | None:
    """The shade with that curve over points that lie so `far` from the middle; none without one."""
    return None if curve is None else Shade(_depth(curve), _gain(curve, far))


def _away(seen: Pixels, shown: Pixels) -> float:
    """How far two pictures are apart on the whole, in levels; of single pixels, since the means of what is
    cut off tell less."""
    away = cv2.absdiff(cv2.blur(seen, (3, 3)), cv2.blur(shown, (3, 3)))
    return float(np.minimum(away, _FAR).mean())


def _nearest_gain(seen: Raster, expected: Raster) -> Tone:
    """The brightness that turns `expected` colours into the nearest to the `seen` ones: where it cuts many of
    them off, no step from far away leads there."""
    middle = float(expected.mean()) / 255.0
    tones = [Tone(contrast=math.log(gain), brightness=(gain - 1) / 2) for gain in _GAINS]
    tones += [Tone(contrast=math.log(gain), brightness=(middle - 0.5) * (1 - gain)) for gain in _GAINS[1:]]
    away = [np.minimum(np.abs(seen - tone.colours(expected)), _FAR).mean() for tone in tones]
    return tones[int(np.argmin(away))]


def _from_middle(box: Box, size: tuple[int, int], shape: tuple[int, ...]) -> Raster:
    """How far the points of a grid of `shape` over `box` lie from the middle, squared; 1 in a corner."""
    x, y = (
        (np.linspace(low, high, 2 * count + 1, dtype=np.float32)[1::2] / whole - 0.5) * 2
        for low, high, whole, count in (
            (box[0], box[2], size[0], shape[1]),
            (box[1], box[3], size[1], shape[0]),
        )
    )
    return np.asarray((x[None, :] ** 2 + y[:, None] ** 2) / 2, dtype=np.float32)


def _robust(columns: Raster, target: Raster) -> Curve:
    """Least squares in which what lies far off counts little."""
    weight: npt.NDArray[np.float64] = np.ones(target.shape)
    for _ in range(4):
        weighted = columns * weight
        terms = np.linalg.solve(weighted @ columns.T + 1e-6 * np.eye(3), weighted @ target)
        rest = np.abs(target - terms @ columns)
        weight = 1.0 / (1.0 + np.square(rest / (2.0 * median(rest) + 0.005)))
    return np.asarray(terms)
