"""How the colours of a candidate follow from the banner's: by an honest way or by sliders."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from auditor.banner.raster import LUMA, Pixels, Raster, median

#: gamma (log), contrast (log), brightness (levels / 255), saturation (log), lost profile (share)
_SPREAD = np.array([0.10, 0.06, 0.03, 0.08, 0.5])
_LOWEST = np.array([-0.25, -0.20, -0.12, -0.25, -0.05])
_HIGHEST = np.array([0.25, 0.20, 0.12, 0.25, 1.05])
#: linear sRGB to linear Display P3, the numbers then read as sRGB
_WIDE = np.array([[0.8224621, 0.177538, 0.0], [0.0331941, 0.9668058, 0.0], [0.0170827, 0.0723974, 0.9105199]])
_STEPS = 5
#: blocks that spread so far, in levels, count half
_RESTLESS = 25.0
#: of more colours a part is fitted
MOST_COLOURS = 1200
#: the side of the blocks whose colours are compared, in pixels
BLOCK = 8
#: less is no tone, and no lost profile
_NO_TONE, _NO_LOSS = 0.003, 0.02
#: of a lost profile less is not taken for one
_HARDLY_LOST, _PROFILE = 0.1, 4
_NEARLY = 0.6
#: so many rows at a time stay near the processor
_STRIP = 24
_LEVELS = np.arange(256, dtype=np.float64) / 255.0
_LINEAR = np.where(_LEVELS <= 0.04045, _LEVELS / 12.92, ((_LEVELS + 0.055) / 1.055) ** 2.4).astype(np.float32)
_FINENESS = 65535
_STEPWISE = np.arange(_FINENESS + 1) / _FINENESS
#: from linear light to sRGB
_ENCODED = np.where(
    _STEPWISE <= 0.0031308, _STEPWISE * 12.92, 1.055 * np.power(np.maximum(_STEPWISE, 1e-6), 1 / 2.4) - 0.055
).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Tone:
    """How the candidate's colours follow from the banner's. `gain`: a brightness (1 = as it was) that cut
    off what is too light before all the rest."""

    gamma: float = 0.0
    contrast: float = 0.0
    brightness: float = 0.0
    saturation: float = 0.0
    lost_profile: float = 0.0
    gain: float = 1.0

    def colours(self, rgb: Raster) -> Raster:
        """Colours (n x 3) through the tone."""
        rgb = lit(rgb, self.gain)
        return _through(_unit(rgb), _narrowed(rgb), self._values)[0] * np.float32(255.0)

    @property
    def _values(self) -> npt.NDArray[np.float64]:
        return np.array([self.gamma, self.contrast, self.brightness, self.saturation, self.lost_profile])

    @property
    def moved(self) -> float:
        """How far light and dark were moved: gamma, contrast and gain as logarithms, brightness twice."""
        return abs(self.gamma) + abs(self.contrast) + 2 * abs(self.brightness) + abs(math.log(self.gain))

    @property
    def extreme(self) -> bool:
        """Whether it goes nearly as far as an honest way may."""
        return _extreme(self._values)

    def apply(self, pixels: Pixels) -> Pixels:
        """An RGB picture through the tone."""
        if float(np.abs(self._values).max()) < _NO_TONE and self.gain == 1.0:
            return pixels
        if self.gain != 1.0:
            pixels = np.asarray(cv2.convertScaleAbs(pixels, alpha=self.gain), dtype=np.uint8)
        mixture, result = self._mixture(), np.empty_like(pixels)
        lossy = abs(self.lost_profile) > _NO_LOSS
        bent = self._bent(_STEPWISE if lossy else _LEVELS)
        for first in range(0, len(pixels), _STRIP):
            strip = pixels[first : first + _STRIP]
            own = bent[self._less_profile(strip)] if lossy else cv2.LUT(strip, bent)
            cv2.transform(own, mixture, own)
            result[first : first + _STRIP] = cv2.addWeighted(own, 1.0, own, 0.0, 0.0, dtype=cv2.CV_8U)
        return result

    def _less_profile(self, pixels: Pixels) -> npt.NDArray[np.uint16]:
        """RGB pixels less a part of their profile, in fine steps."""
        own = cv2.LUT(pixels, _LEVELS.astype(np.float32))
        narrow = _ENCODED[_fine(cv2.transform(cv2.LUT(pixels, _LINEAR), _WIDE.astype(np.float32)))]
        return _fine(cv2.addWeighted(own, 1.0 - self.lost_profile, narrow, self.lost_profile, 0.0))

    def _bent(self, levels: npt.NDArray[np.float64]) -> Raster:
        """Gamma, contrast and brightness of levels from 0 to 1, in levels up to 255."""
        bent = np.power(np.clip(levels, 1e-4, 1.0), np.exp(self.gamma)) if self.gamma else levels
        bent = (bent - 0.5) * np.exp(self.contrast) + 0.5 + self.brightness
        return np.asarray(bent * 255.0, dtype=np.float32)

    def _mixture(self) -> Raster:
        stronger = np.float32(np.exp(self.saturation))
        return np.asarray(stronger * np.eye(3) + (1 - stronger) * LUMA[None, :], dtype=np.float32)


def _fine(unit: cv2.typing.MatLike) -> npt.NDArray[np.uint16]:
    """0 to 1 in fine steps; what lies beyond is brought back."""
    steps = cv2.addWeighted(unit, float(_FINENESS), unit, 0.0, 0.0, dtype=cv2.CV_16U)
    return np.asarray(steps, dtype=np.uint16)


def lit(colours: Raster, gain: float) -> Raster:
    """Colours made lighter by `gain`; what is too light is cut off."""
    return colours if gain == 1.0 else np.minimum(colours * np.float32(gain), np.float32(255.0))


def blocks(pixels: Pixels) -> Raster:
    """Mean colours of 8 x 8 blocks, one a row."""
    high, wide = (side // BLOCK for side in pixels.shape[:2])
    whole = pixels[: high * BLOCK, : wide * BLOCK]
    means = cv2.resize(whole, (wide, high), interpolation=cv2.INTER_AREA)
    return np.asarray(means, dtype=np.float32).reshape(-1, 3)


def calmness(pixels: Pixels) -> Raster:
    """A weight from 0 to 1 for each of the `blocks`: where light and dark mix, what a slider cuts off at the
    ends is not what it does to their mean."""
    light = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    high, wide = (side // BLOCK for side in light.shape)
    whole = light[: high * BLOCK, : wide * BLOCK]
    mean, square = (
        cv2.resize(one, (wide, high), interpolation=cv2.INTER_AREA) for one in (whole, whole * whole)
    )
    restless = np.maximum(square - mean * mean, 0.0) / np.float32(_RESTLESS**2)
    return np.asarray(1.0 / (1.0 + restless), dtype=np.float32).ravel()


def fit_tone(
    seen: Raster,
    expected: Raster,
    reach: float = 1.0,
    start: Tone | None = None,
    weights: Raster | None = None,
    *,
    own_profile: bool = False,
) -> Tone:
    """The tone that turns `expected` colours (n x 3) into the `seen` ones, robustly.

    Colours that no tone explains are left out by their weight, so they remain as a difference. `reach`: how
    many times further than on an honest way the tone may go. `start`: one that is near already. `weights`:
    how much each colour counts, from 0 to 1. `own_profile`: no colour profile was lost.
    """
    if len(seen) < 20:
        return Tone()
    every = -(-len(seen) // MOST_COLOURS)
    seen, expected = seen[::every], expected[::every]
    values = (start or Tone())._values
    noise = 4.0
    rare = _rarity(expected) if weights is None else _rarity(expected) * weights[::every]
    unit, narrow = _unit(expected), _narrowed(expected)
    low, high = _LOWEST.copy(), _HIGHEST.copy()
    low[:_PROFILE] *= reach
    high[:_PROFILE] *= reach
    if own_profile:
        values[_PROFILE] = low[_PROFILE] = high[_PROFILE] = 0.0

    def settled(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        for _ in range(round(_STEPS * reach)):
            through, slopes = _through(unit, narrow, values)
            rest = seen - through * np.float32(255.0)
            size = np.sqrt((rest * rest).mean(axis=1))
            spread = max(noise, 1.5 * median(size))
            weight = rare / np.square(1.0 + np.square(size / (2 * spread)))
            normal, gradient = _equations(slopes, rest, weight, values, noise, reach)
            step = _step_within(normal, gradient, low - values, high - values)
            values, before = values + step, values
            if float(np.abs(values - before).max()) < 1e-3:
                break
        return values

    values = settled(values)
    if abs(values[_PROFILE]) < _HARDLY_LOST and not _extreme(values):
        # nobody sees so little of it, and to take it off takes time
        values[_PROFILE] = low[_PROFILE] = high[_PROFILE] = 0.0
        values = settled(values)
    return Tone(*(float(v) for v in values))


def _extreme(values: npt.NDArray[np.float64]) -> bool:
    most = np.maximum(np.abs(_LOWEST), _HIGHEST)[:_PROFILE]
    return bool((np.abs(values[:_PROFILE]) > _NEARLY * most).any())


def _rarity(colours: Raster) -> Raster:
    """A weight per colour, mean 1: rare ones count more, so that the print weighs against its background."""
    bins = np.minimum(colours // 43, 5).astype(np.intp) @ np.array([36, 6, 1])
    weight = 1.0 / np.sqrt(np.bincount(bins, minlength=216)[bins])
    return np.asarray(weight / weight.mean(), dtype=np.float32)


def _equations(
    slopes: Raster,
    rest: Raster,
    weight: Raster,
    values: npt.NDArray[np.float64],
    noise: float,
    reach: float,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """One Gauss-Newton step with the priors as ridge; at most 150 samples' worth of evidence."""
    columns = slopes.reshape(5, -1)
    spread = _SPREAD * reach
    w = np.repeat(weight, 3) * np.float32(min(1.0, 150.0 / max(len(weight), 1)) / (noise * noise))
    weighted = columns * w
    normal = (weighted @ columns.T).astype(np.float64) + np.diag(1 / spread**2)
    gradient = (weighted @ rest.reshape(-1)).astype(np.float64) - values / spread**2
    return normal, gradient


def _step_within(
    normal: npt.NDArray[np.float64],
    gradient: npt.NDArray[np.float64],
    low: npt.NDArray[np.float64],
    high: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """The step between `low` and `high`. What would go too far stops there, and the others are found anew:
    else they would make up for a part of the step that is not taken."""
    step = np.linalg.solve(normal, gradient)
    free = np.ones(step.shape, dtype=bool)
    while (outside := free & ((step < low) | (step > high))).any():
        free &= ~outside
        step = np.clip(step, low, high)
        if not free.any():
            break
        known = normal[np.ix_(free, ~free)] @ step[~free]
        step[free] = np.linalg.solve(normal[np.ix_(free, free)], gradient[free] - known)
    return np.asarray(step)


def _unit(rgb: Raster) -> Raster:
    return np.asarray(np.clip(rgb * np.float32(1 / 255.0), 0.0, 1.0), dtype=np.float32)


def _through(unit: Raster, narrow: Raster, values: npt.NDArray[np.float64]) -> tuple[Raster, Raster]:
    """Colours from 0 to 1 (n x 3) through the tone, and how fast each number changes them, in levels.

    `narrow`: the same colours without their profile.
    """
    gamma, contrast, brightness, saturation, lost = (np.float32(v) for v in values)
    power, steep, stronger = np.exp(gamma), np.exp(contrast), np.exp(saturation)
    away = narrow - unit
    base = np.clip(unit + lost * away if abs(lost) > _NO_LOSS else unit, np.float32(1e-4), 1.0)
    bent = np.power(base, power)
    steeper = (bent - np.float32(0.5)) * steep
    light = steeper + np.float32(0.5) + brightness
    luma = (light @ LUMA)[:, None]
    rich = luma + (light - luma) * stronger
    mixture = stronger * np.eye(3, dtype=np.float32) + (1 - stronger) * LUMA[:, None]
    to_bent = bent * power * steep
    slopes = np.empty((5, *unit.shape), dtype=np.float32)
    slopes[0] = (to_bent * np.log(base)) @ mixture
    slopes[1] = steeper @ mixture
    slopes[2] = 1.0
    slopes[3] = rich - luma
    slopes[4] = (to_bent / base * away) @ mixture
    slopes *= np.float32(255.0) * ((rich > 0.0) & (rich < 1.0))
    return np.clip(rich, 0.0, 1.0), slopes


def _narrowed(rgb: Raster) -> Raster:
    """sRGB colours written in Display P3 and then read as if they were sRGB, 0 to 1."""
    linear = _LINEAR[np.clip(rgb + 0.5, 0, 255).astype(np.uint8)] @ _WIDE.T.astype(np.float32)
    return _ENCODED[_fine(linear)]
