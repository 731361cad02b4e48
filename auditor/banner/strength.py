"""How much a residue is: per pixel, and all in all, in units of what storing and registration explain."""

from __future__ import annotations

import cmath

import cv2
import numpy as np

from auditor.banner.bands import Bands
from auditor.banner.portrait import COVERED, WITH_RIM, Disc, beside_portrait, find_button
from auditor.banner.raster import Pixels, Raster, blur, broad_blur, grey, most
from auditor.banner.residue import Residue
from auditor.banner.strokes import FINE

_CHROMA_SHARE = 0.7
#: a difference that nobody sees is never taken for less than that share of the levels
_GENTLE = 0.7
_PEAK_PIXELS = 12.0
_STRONG = (1.0, 0.6, 0.35, 0.2)
#: so many levels a pixel are a stroke, or the edge of a soft shape
_STEEP = 5.0
#: how far storing a picture may move a flat colour, and all hues together, in levels
_COLOUR_LEVELS, _HUE_LEVELS = 2.5, 1.2
#: quantiles of a whole picture are taken of every so-manieth pixel
_SAMPLED = 3
#: strokes feel what lies so far away, in pixels
_AROUND = 24


def strength_of(residue: Residue, bands: Bands) -> Raster:
    """The difference per pixel in units of what recompression and registration explain there."""
    clean = _cleanness(residue)
    # what was stored gently shows a fainter change as well
    levels = bands.levels * float(np.clip(clean, _GENTLE, 1.0))
    allowed = (np.float32(bands.noise_factor * clean) * residue.noise.brightness) ** 2
    allowed += (residue.slope * np.float32(bands.shift_slack)) ** 2
    allowed += np.float32(levels**2)
    strength = np.abs(residue.rest) / np.sqrt(allowed)
    colour = np.maximum(
        _colour_strength(residue.colour_rest, residue.noise.colours, bands),
        _colour_strength(residue.colour_drift, residue.noise.drift, bands),
    )
    high, wide = strength.shape
    large = cv2.resize(most(colour), (wide + wide % 2, high + high % 2), interpolation=cv2.INTER_NEAREST)
    return np.asarray(np.maximum(strength, large[:high, :wide]), dtype=np.float32)


def _colour_strength(rest: Raster, noise: Raster, bands: Bands) -> Raster:
    floor = np.float32((_CHROMA_SHARE * bands.levels) ** 2)
    allowed = np.sqrt(floor + (np.float32(bands.noise_factor) * noise) ** 2)
    return np.asarray(np.abs(rest) / allowed, dtype=np.float32)


def _cleanness(residue: Residue) -> float:
    """How harshly the candidate was really stored: 1 = as the harsh copy, less = more gently."""
    noise, rest = (plane.ravel()[::_SAMPLED] for plane in (residue.noise.brightness, residue.rest))
    busy = noise > 1.0
    if int(busy.sum()) * _SAMPLED < 500:
        return 1.0
    ratio = float(np.percentile(np.abs(rest[busy]) / noise[busy], 80))
    return float(np.clip(ratio / 1.3, 0.35, 1.0))


def peak(strength: Raster, width: int) -> float:
    """The strongest difference that is more than a speck."""
    count = max(3, round(_PEAK_PIXELS * (width / FINE) ** 2))
    flat = strength.ravel()
    # few pixels are strong: to sort those is enough
    few = (flat[flat > least] for least in _STRONG)
    flat = next((strong for strong in few if strong.size > count), flat)
    return float(np.partition(flat, flat.size - count)[flat.size - count])


def without_portrait(
    residue: Residue, strength: Raster, discs: tuple[Disc, Disc], size: tuple[int, int], doubtful: float
) -> Raster:
    """`strength` without what the portrait covers, and without the owner's button. `discs`: the portrait, and
    what changed with it; near them nothing that may be a rim is more than `doubtful`."""
    portrait, changed = discs
    near = portrait.mask(strength.shape, grow=WITH_RIM) | changed.mask(strength.shape, grow=WITH_RIM)
    left = np.where(portrait.mask(strength.shape, grow=COVERED), np.float32(0.0), strength)
    near &= ~beside_portrait(left, portrait)
    left = np.where(near, np.minimum(left, np.float32(doubtful)), left)
    button = find_button(left, residue, *size)
    if button is not None:
        left[button.mask(strength.shape, grow=1.3)] = 0
    return left


def colour_distance(residue: Residue, bands: Bands, *, filtered: bool = False) -> float:
    """How far the colours as a whole are off; hue counts more, since fading is honest and turning is not."""
    gain, strength = residue.colour_gain, max(residue.colourfulness, 1.0)
    hue_slack = bands.hue_slack + _HUE_LEVELS / strength
    turned = abs(cmath.phase(gain)) / hue_slack if abs(gain) > 0.3 else 0.0
    faded = abs(gain - 1.0) / (bands.colour_slack + _COLOUR_LEVELS / strength)
    if filtered:
        return max(faded, turned)
    return max(faded, turned, abs(residue.tone.saturation) / bands.saturation_slack)


def agreement(residue: Residue, strength: Raster) -> float:
    """The share of the banner's strokes in sight that the candidate shows in place, 0 to 1."""
    weight = np.minimum(residue.slope, np.float32(30.0)) * (residue.slope > 3.0)
    total = float(weight.sum())
    return float(weight[strength < 1.5].sum()) / total if total > 50.0 else 1.0


def same_drawing(residue: Residue, strength: Raster) -> float:
    """Correlation of the strokes (-1..1) where the two differ: near 1 = same drawing, other colours."""
    marked = blur((strength > 1.0).astype(np.float32), 3.0) > 0.05
    rows, columns = (np.flatnonzero(marked.any(axis=axis)) for axis in (1, 0))
    if rows.size == 0:
        return 0.0
    cut = (
        slice(max(0, int(rows[0]) - _AROUND), int(rows[-1]) + _AROUND),
        slice(max(0, int(columns[0]) - _AROUND), int(columns[-1]) + _AROUND),
    )
    seen, expected = (_strokes(rgb[cut])[marked[cut]] for rgb in (residue.seen, residue.expected))
    norm = float(np.sqrt((seen * seen).sum() * (expected * expected).sum()))
    return float((seen * expected).sum()) / norm if norm > 1.0 else 0.0


def _strokes(rgb: Pixels) -> Raster:
    light = grey(rgb)
    fine = blur(light, 0.8) - blur(light, 3.0)
    return np.asarray(fine / np.sqrt(broad_blur(fine * fine, 8.0) + np.float32(4.0)), dtype=np.float32)


def spread(residue: Residue) -> float:
    """The share of the overlap's width from the first of its steep columns to the last, a few left out."""
    steep = np.flatnonzero((residue.slope > _STEEP).sum(axis=0) > 1)
    if steep.size < 10:
        return 0.0
    low, high = np.percentile(steep, (2, 98))
    return float(high - low) / float(residue.slope.shape[1])
