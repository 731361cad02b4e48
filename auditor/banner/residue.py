"""What is left between a candidate and the banner seen through its window."""

from __future__ import annotations

import cmath
from dataclasses import dataclass, replace

import numpy as np

from auditor.banner.noise import COLOUR_BLUR, DRIFT_BLUR, FINE_BLUR, Noise, noise
from auditor.banner.planes import Planes, half_size, planes_of
from auditor.banner.prepared import Prepared
from auditor.banner.raster import Pixels, Raster, blur, channel_range, difference, median, slope
from auditor.banner.shade import Shade, fit_filter
from auditor.banner.texture import match_sharpness
from auditor.banner.tone import Tone, blocks, fit_tone
from auditor.banner.window import Box, Mask, Window

#: so near the edge of a turned banner its colours are mixed with what lies beside, in pixels
_RIM = 3.0
_COLOURED = 14.0
_ENOUGH_COLOUR = 150
#: colours so weak, in levels, tell where they take up that share of a picture
_WEAKLY, _MANY = 5.0, 0.1
#: medians and quantiles are taken of every so-manieth
_SAMPLED = 3
#: a picture is grey, or has colours, by the spread of red, green and blue, in levels; hues that turn by less
#: (radians) are the same
_GREY, _COLOURFUL, _SAME_HUE = 8.0, 12.0, 0.15
#: a tone that moves light and dark by less (see `Tone.moved`) cuts off nothing to speak of, nor does one that
#: leaves less than that share of a picture as light or as dark as may be
_MOVED, _AT_THE_ENDS = 0.05, 0.0005
#: a colour on that share of a picture is worth mentioning
_WORTH = 0.004


@dataclass(frozen=True, slots=True, eq=False)
class Residue:
    """Differences per pixel of the overlap, in levels; colour planes (red, blue difference) at half size.

    `rest` and `colour_rest` are smoothed by about a pixel, `colour_drift` over a patch; `noise` is what a
    harsh recompression leaves there;
    `slope` is how fast the expected picture changes, in levels a pixel.
    `colour_gain`: the candidate's colours over the expected ones as a complex number: 1 = the same,
    0 = grey, another angle = another hue; `colourfulness`: how strong the expected ones are, in levels.
    `seen` and `expected` are RGB, whole and at half their size. `covered` marks the pixels that show banner;
    None: all of them do.
    `shade`: how much darker the corners are, where that was looked for; `distinct`: how many clearly
    different colours the expected picture has; `softness`: how much of its fine strokes is lost, 0 to 1;
    `toned`: how far the tone moved the banner's own colours, on the whole, in levels.
    """

    box: Box
    rest: Raster
    colour_rest: Raster
    colour_drift: Raster
    noise: Noise
    slope: Raster
    seen: Pixels
    expected: Pixels
    seen_half: Pixels
    expected_half: Pixels
    tone: Tone
    colour_gain: complex
    colourfulness: float
    covered: Mask | None = None
    shade: Shade | None = None
    distinct: int = 0
    softness: float = 0.0
    toned: float = 0.0

    @property
    def colourless(self) -> bool:
        """Whether the candidate is grey where the banner has colours."""
        seen, expected = (
            float(np.percentile(channel_range(rgb[::_SAMPLED, ::_SAMPLED]), 95))
            for rgb in (self.seen, self.expected)
        )
        return seen < _GREY and expected > _COLOURFUL

    @property
    def same_hues(self) -> bool:
        """Whether the colours are there, all in all in their own hues: no slider turns them into others."""
        return not self.colourless and abs(cmath.phase(self.colour_gain)) < _SAME_HUE

    def slim(self) -> Residue:
        """The same without the planes that only a distance is made of: several megabytes less."""
        none = np.empty((0, 0), dtype=np.float32)
        noise = Noise(self.noise.brightness, none, none)
        return replace(self, rest=none, colour_rest=none, colour_drift=none, noise=noise, slope=none)


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """A candidate and what the banner looks like at that place, through the tones that were found: all of a
    `Residue` that does not depend on what is hidden."""

    box: Box
    seen: Pixels
    expected: Pixels
    seen_half: Pixels
    planes: Planes
    noise: Noise
    tone: Tone
    covered: Mask | None
    shade: Shade | None
    distinct: int
    toned: float


def lay_over(
    candidate: Prepared, reference: Prepared, window: Window, *, filtered: bool = False
) -> Overlay | None:
    """The banner `reference` laid over `candidate` at working width; None without overlap.

    `filtered`: its tones may be changed as far as the sliders of a picture editor do, and darker towards the
    corners.
    """
    width, height = candidate.width, candidate.height
    box = window.overlap(width, height, reference.ratio)
    if box[2] - box[0] < 60 or box[3] - box[1] < 16:
        return None
    predicted = reference.seen_through(window, box, width, crisp=filtered)
    seen = candidate.seen[box[1] : box[3], box[0] : box[2]]
    covered = None
    if not window.straight:
        covered = window.covered(box, width, reference.ratio, rim=_RIM)
        if covered.all():
            covered = None
        else:
            # beside a turned banner nothing is expected but what is there
            predicted[~covered] = seen[~covered]
    patches = blocks(predicted)
    shade: Shade | None = None
    if filtered:
        tone, shade, expected = fit_filter(seen, predicted, box, (width, height))
    else:
        tone = fit_tone(blocks(seen), patches)
        expected = tone.apply(predicted)
    if filtered and tone.moved > _MOVED and _at_the_ends(expected):
        # what a slider cuts off is cut off before the picture is drawn smaller
        toned = Prepared(tone.apply(reference.pixels)).seen_through(window, box, width, crisp=True)
        toned = toned if shade is None else shade.apply(toned)
        expected = toned if covered is None else np.where(covered[..., None], toned, expected)
    few = reference.few_colours.seen_through(window, box, width) if candidate.palette else None
    stored = reference.noise(width, window.scale) if few is None else None
    explained = noise(predicted, few) if stored is None else stored.seen_through(window, box, width)
    toned_by = _toned(tone, patches[::_SAMPLED])
    seen_half = half_size(seen)
    return Overlay(
        box,
        seen,
        expected,
        seen_half,
        planes_of(seen, seen_half),
        explained,
        tone,
        covered,
        shade,
        _distinct(patches),
        toned_by,
    )


def measure(laid: Overlay, hidden: Mask | None = None) -> Residue:
    """What is left between both; `hidden`: the pixels that something lies over, which are not compared."""
    expected, explained = laid.expected, laid.noise.brightness
    if hidden is not None:
        expected = np.where(hidden[..., None], laid.seen, expected)
    expected_half = half_size(expected)
    own, wanted = laid.planes, planes_of(expected, expected_half)
    light = own.brightness.astype(np.float32)
    shaped, softness = match_sharpness(light, wanted.brightness.astype(np.float32), hidden)
    steep = slope(shaped)
    if hidden is not None:
        steep, explained = (np.where(hidden, np.float32(0.0), plane) for plane in (steep, explained))
    colour_rest = difference(own.colours, wanted.colours)
    return Residue(
        laid.box,
        blur(light - shaped, FINE_BLUR),
        blur(colour_rest, COLOUR_BLUR),
        blur(colour_rest, DRIFT_BLUR),
        replace(laid.noise, brightness=explained),
        steep,
        laid.seen,
        expected,
        laid.seen_half,
        expected_half,
        laid.tone,
        *_colour_gain(own.colours, wanted.colours),
        laid.covered,
        laid.shade,
        laid.distinct,
        softness,
        laid.toned,
    )


def _at_the_ends(pixels: Pixels) -> bool:
    """Whether some colours may be cut off."""
    return float(((pixels == 0) | (pixels == 255)).any(axis=2).mean()) > _AT_THE_ENDS


def _toned(tone: Tone, colours: Raster) -> float:
    """How far `tone` moves the strongest channel of `colours` (n x 3) on the whole, in levels; that a picture
    lost its colour profile is nobody's doing."""
    through = replace(tone, lost_profile=0.0).colours(colours)
    return float(np.abs(through - colours).max(axis=1).mean())


def _distinct(patches: Raster) -> int:
    """How many clearly different colours take up a part of the picture worth mentioning."""
    bins = np.minimum(patches // 43, 5).astype(np.intp) @ np.array([36, 6, 1])
    counts = np.bincount(bins, minlength=216)
    return int((counts > _WORTH * len(bins)).sum())


def _colour_gain(seen: Pixels, expected: Pixels) -> tuple[complex, float]:
    """The typical ratio of the colours where the banner has any (1 where not), and their strength."""
    own, wanted = (
        planes.reshape(-1, 2)[::_SAMPLED].astype(np.float32) - np.float32(128) for planes in (seen, expected)
    )
    strong = wanted[:, 0] * wanted[:, 0] + wanted[:, 1] * wanted[:, 1]
    coloured = np.flatnonzero(strong > _COLOURED**2)
    if coloured.size * _SAMPLED < _ENOUGH_COLOUR:
        # the weak colours of a dark banner tell as much where there are many of them
        coloured = np.flatnonzero(strong > _WEAKLY**2)
        if coloured.size < _MANY * strong.size:
            return 1.0 + 0.0j, 0.0
    own, wanted, strong = own[coloured], wanted[coloured], strong[coloured]
    # of blue and red as the two parts of a complex number
    along = (own[:, 0] * wanted[:, 0] + own[:, 1] * wanted[:, 1]) / strong
    across = (own[:, 0] * wanted[:, 1] - own[:, 1] * wanted[:, 0]) / strong
    return complex(median(along), median(across)), median(np.sqrt(strong))
