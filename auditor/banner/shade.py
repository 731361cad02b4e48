"""What the sliders of a picture editor do: a strong tone, and a vignette that darkens the corners."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from auditor.banner.raster import Pixels, Raster, grey, median
from auditor.banner.tone import BLOCK, Tone, blocks, calmness, fit_tone, lit
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
    shape = seen.shape[:2]
    ways = [_fit(own, wanted, box, size, shape, _REACH)]
    if abs(ways[0][0].lost_profile) > _LOST:
        # sliders may look like a lost profile
        ways.append(_fit(own, wanted, box, size, shape, _REACH, own_profile=True))
    start = _nearest_gain(own, wanted)
    if start != Tone():
        ways.append(_fit(own, wanted, box, size, shape, _REACH_CUT_OFF, start, calmness(expected)))
    for gain in _FIRST_GAINS if cut_off(seen, expected) else ():
        tone, shade = _fit(own, lit(wanted, gain), box, size, shape, _REACH, own_profile=True)
        ways.append((replace(tone, gain=gain), shade))
    if len(ways) == 1:
        return ways[0]
    handicaps = [1.0 if tone.gain == 1.0 else _CLEARLY for tone, _ in ways]
    away = [_away(seen, through(expected, *way)) for way in ways]
    return ways[int(np.argmin(np.divide(away, handicaps)))]


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
    return np.asarray(spread.max(axis=2) < _SPREAD)


def _fit(
    own: Raster,
    wanted: Raster,
    box: Box,
    size: tuple[int, int],
    shape: tuple[int, ...],
    reach: float,
    start: Tone | None = None,
    weights: Raster | None = None,
    *,
    own_profile: bool = False,
) -> tuple[Tone, Shade | None]:
    """The tone near `start` and the shade that turn the colours of blocks `wanted` into those that are their
    `own` (see `fit_tone`); they are those of `box`, of that `shape`, in a picture of `size`."""
    high, wide = (side // BLOCK for side in shape)
    whole = (box[0], box[1], box[0] + wide * BLOCK, box[1] + high * BLOCK)
    far = _from_middle(whole, size, (high, wide))
    columns = np.stack((np.ones_like(far), far, far * far)).astype(np.float32)
    terms = np.array([1.0, 0.0, 0.0])
    tone = fit_tone(own, wanted, reach, start, weights, own_profile=own_profile)
    for _ in range(_ROUNDS):
        shown = tone.colours(wanted).mean(axis=1)
        light = shown > 8.0
        if int(light.sum()) < 20:
            return tone, None
        ratio = own.mean(axis=1)[light] / shown[light]
        terms = _robust(columns[:, light], ratio)
        gain = np.asarray(np.clip(terms @ columns, 0.2, 1.5), dtype=np.float32)
        tone = fit_tone(own / gain[:, None], wanted, reach, tone, weights, own_profile=own_profile)
    middle, corner = (float(terms @ np.array([1.0, far, far * far])) for far in (0.0, 1.0))
    depth = 1.0 - corner / max(middle, 0.1)
    if depth < _LEAST_SHADE:
        return fit_tone(own, wanted, reach, tone, weights, own_profile=own_profile), None
    far = _from_middle(box, size, shape).reshape(shape)
    gain = np.clip(terms[0] + far * (terms[1] + far * terms[2]), 0.2, 1.5)
    return tone, Shade(depth, np.asarray(gain, dtype=np.float32))


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
    return np.asarray((x[None, :] ** 2 + y[:, None] ** 2) / 2, dtype=np.float32).ravel()


def _robust(columns: Raster, target: Raster) -> npt.NDArray[np.float64]:
    """Least squares in which what lies far off counts little."""
    weight: npt.NDArray[np.float64] = np.ones(target.shape)
    for _ in range(4):
        weighted = columns * weight
        terms = np.linalg.solve(weighted @ columns.T + 1e-6 * np.eye(3), weighted @ target)
        rest = np.abs(target - terms @ columns)
        weight = 1.0 / (1.0 + np.square(rest / (2.0 * median(rest) + 0.005)))
    return np.asarray(terms)
