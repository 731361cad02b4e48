"""Changes that differ by less than storing a picture explains, but in a way in which storing does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from auditor.banner.comparison import WHOLE, Comparison, filter_shows, shift_between
from auditor.banner.noise import COLOUR_BLUR
from auditor.banner.picture import LANCZOS
from auditor.banner.planes import colours_of, half_size
from auditor.banner.prepared import Prepared
from auditor.banner.raster import (
    Pixels,
    Raster,
    blur,
    broad_blur,
    colour_slope,
    difference,
    fine,
    light_and_colours,
    product,
    wider,
)
from auditor.banner.storing import Storing
from auditor.banner.strokes import FINE
from auditor.banner.texture import AS_LIGHT, NEAR, SIGN, SMOOTH
from auditor.banner.window import Mask

#: what storing changes is about alike in many places: from that distance on, one place (so many pixels wide;
#: what lies so near is left out) that differs so many times as much as any other is somebody's doing
_OUTSTANDING, _PLACE, _ROUND_IT = ((0.8, 1.7), (0.65, 2.0), (0.5, 2.3)), 3, 16
#: the same of a word where nearly as much differs as in another picture: such a place differs about alike all
#: over, and single pixels no more than others; so far up and sideways all of it is one word, and not so near
#: to the edge (honest ones: 1.64 times)
_WORD, _A_WORD, _ROUND_A_WORD, _WORD_RIM = (1.1, 1.7), 9, (24, 90), 14
#: nothing near the edge of a picture, in pixels, tells a change from a frame's; on calm ground a frame or a
#: seam leaves nothing beyond the other (the furthest in honest ones: 6)
_RIM, _CALM_RIM = 20, 8
#: an edge, in levels a pixel; storing changes what lies so near to it, in pixels (both at half the size), and
#: so many pixels of calm ground by less than that, of a turned picture by less than the other
_EDGE, _REACH, _PIXELS, _CALM, _CALM_TURNED = 10.0, 4, 40.0, 0.66, 0.9
#: strokes of colour are what changes within so many pixels (at half the size), in a neighbourhood as wide, so
#: strong there (levels); those that correlate less (-1..1; honest ones: 0.5) in more pixels than a speck are
#: other ones, where something differs by that much in a picture in which the most is at least that
_FINE_COLOURS, _NEIGHBOURHOOD, _STROKES, _AGREE, _SPECK = 2.0, 5.0, 5.0, 0.2, 6
_DIFFERS_A_LITTLE, _DIFFERS = 0.5, 0.9
#: one sign: fading, and sharpening up to so much, are explained, and the rest is held against levels and a
#: share of how strong the strokes are there. In one place (what lies so near is left out) it is so much, and
#: so many times as much as anywhere else
_SHARPER, _LEVELS, _SHARE, _ROUND_A_SIGN = 1.2, 8.0, 0.3, 12
_UNEXPLAINED, _NOTHING_DIFFERS = ((0.6, 1.25), (0.31, 1.65)), 0.32
#: whether a sign is as light as its ground is asked within so many pixels (at half the size). If what differs
#: most lies no further off, in pixels, the two tell more together: from so much of each on, and so many times
#: as much as anywhere else, both multiplied
_RIGHT_THERE, _SAME_PLACE, _TOGETHER = 5, 6, (0.28, 0.4, 1.3)
#: a banner lies as it should where no corner is further off, in widths of the picture; up to the first of
#: these tones (see `Tone.moved`) it may have been left as it is, from the second on they may be real
_AS_IT_SHOULD, _LEFT_AS_IT_IS, _TONED = 0.004, 0.1, 0.02
#: colours that differ from those stored alike are held against levels and against what storing changes round
#: there, within so many pixels (at half the size), and a share of how strong strokes of that width are
_SAME_LEVELS, _CHANGED_BY_STORING, _ROUND_THERE = 4.0, 0.5, 5.0
_STROKE, _OF_STROKES, _ROUND_THAT_PLACE = 2.0, 0.02, 12
#: what differs so much in one place (what lies so near is left out), and so many times as much as anywhere
#: else, no way of drawing a picture smaller does, nor so much anywhere in a picture that lies right to the
#: pixel (in widths of it); a distance that few honest pictures have
_NOT_BY_STORING, _PLAINLY_OTHER, _TO_THE_PIXEL, _PLAINLY = ((0.5, 1.8), (0.25, 4.0)), (5.0, 1.0), 0.0007, 0.8
#: the same of a word in a picture that lies so, several strokes of which differ as much: so far sideways all
#: of it is one place
_OTHER_WORD, _ALONG_A_WORD = ((1.0, 2.5),), 40
#: a platform stores pictures in one or two ways, at two sizes
_FORETOLD_KEPT, _DRAWN_KEPT = 4, 2


def stands_out(comparison: Comparison) -> bool:
    """Whether one place differs far more than all others, however little that is."""
    times = _times(_OUTSTANDING, comparison.distance)
    if times is None:
        return False
    highest, second, _ = _two_highest(_places(comparison.strength), _ROUND_IT, _ROUND_IT)
    return highest > times * second


def word_stands_out(comparison: Comparison) -> bool:
    """Whether a place as large as a word differs far more than all others, where sliders did nothing."""
    least, times = _WORD
    if comparison.distance < least or filter_shows(comparison):
        return False
    inside = _inside(_places(comparison.strength, _A_WORD), _WORD_RIM)
    if not inside.size:
        return False
    highest, second, _ = _two_highest(inside, *_ROUND_A_WORD)
    return highest > times * second


def _places(strength: Raster, wide: int = _PLACE) -> Raster:
    return np.asarray(cv2.blur(strength, (wide, wide)), dtype=np.float32)


def on_calm_ground(comparison: Comparison, width: int) -> bool:
    """Whether something lies where the banner has no edge: storing leaves hardly anything there, but sliders
    do. `width` of the picture at which it was compared."""
    least = _CALM if comparison.window.straight else _CALM_TURNED
    if comparison.distance < least or filter_shows(comparison):
        return False
    differs, few = _inside(comparison.strength > least, _CALM_RIM), _PIXELS * (width / FINE) ** 2
    if np.count_nonzero(differs) <= few:
        return False
    edges = colour_slope(comparison.residue.expected_half) > _EDGE
    near = _doubled(wider(edges, _REACH), comparison.strength.shape)
    return bool(np.count_nonzero(differs & ~_inside(near, _CALM_RIM)) > few)


def other_strokes(comparison: Comparison) -> bool:
    """Whether somewhere the strokes that only their colour sets off are other ones: storing leaves so little
    of such strokes that they differ by no more than it explains."""
    if comparison.distance < _DIFFERS:
        return False
    residue = comparison.residue
    seen, expected = (
        fine(colours_of(half), _FINE_COLOURS) for half in (residue.seen_half, residue.expected_half)
    )
    both, own, wanted = _products(seen, expected, _NEIGHBOURHOOD)
    otherwise = np.maximum(own, wanted) > _STROKES**2
    otherwise &= both < _AGREE * np.sqrt(np.maximum(own * wanted, 0.0))
    if np.count_nonzero(otherwise) <= _SPECK:
        return False
    differs = wider(comparison.strength > _DIFFERS_A_LITTLE, 2 * round(_NEIGHBOURHOOD))
    otherwise = _doubled(otherwise, differs.shape) & differs
    return bool(np.count_nonzero(_inside(otherwise)) > 4 * _SPECK)


def other_sign(comparison: Comparison) -> bool:
    """Whether in one place, far more than anywhere else, the strokes are neither the banner's nor what fading
    leaves of them. Storing fades a sign that is as light as its ground so much that another sign in its place
    hardly differs more."""
    if comparison.distance < _NOTHING_DIFFERS:
        return False
    residue = comparison.residue
    seen, expected = (blur(fine(half, SIGN), SMOOTH) for half in (residue.seen_half, residue.expected_half))
    both, own, wanted = _products(seen, expected, NEAR)
    faded = np.clip(both / np.maximum(wanted, 1e-3), 0.0, _SHARPER)
    rest = np.maximum(own - 2 * faded * both + faded * faded * wanted, 0.0)
    unexplained = np.sqrt(rest / (_LEVELS**2 + _SHARE * np.maximum(own, wanted)))
    inside = _inside(unexplained, _RIM // 2)
    if not inside.size:
        return False
    highest, second, (x, y) = _two_highest(inside, _ROUND_A_SIGN, _ROUND_A_SIGN)
    times = _times(_UNEXPLAINED, highest)
    if times is not None and highest > times * second:
        return True
    place = (x + _RIM // 2, y + _RIM // 2)
    return _as_light(expected, place) and _together(comparison.strength, place, highest, second)


def _as_light(expected: Raster, place: tuple[int, int]) -> bool:
    """Whether only their colour sets the strokes expected round `place` off from their ground."""
    left, top = (max(0, at - _RIGHT_THERE) for at in place)
    strokes = expected[top : place[1] + _RIGHT_THERE + 1, left : place[0] + _RIGHT_THERE + 1]
    light, colours = light_and_colours(strokes)
    return float((light * light).mean()) < AS_LIGHT**2 * float((colours * colours).mean())


def _together(strength: Raster, place: tuple[int, int], highest: float, second: float) -> bool:
    """Whether what differs most lies at `place` (at half the size), where strokes are explained least
    (`highest`; `second`: anywhere else), and both together stand out."""
    most, next_most, at = _two_highest(_places(strength), _ROUND_IT, _ROUND_IT)
    if max(abs(2 * one - other) for one, other in zip(place, at, strict=True)) > _SAME_PLACE:
        return False
    least_sign, least, times = _TOGETHER
    return highest > least_sign and most > least and highest * most > times * second * next_most


def stored_otherwise(comparison: Comparison, candidate: Prepared, banner: Prepared) -> bool:
    """Whether the colours in one place, far more than anywhere else, are not those that `banner` has with the
    candidate's own JPEG tables. Looked at where some strokes are told by their colour only, which storing
    hurts most, or much differs, and where nothing was cropped, turned, covered or put through sliders."""
    storing, tone = candidate.storing, comparison.residue.tone
    if storing is None or tone.moved > _LEFT_AS_IT_IS or comparison.portrait is not None:
        return False
    if comparison.distance < _PLAINLY and not banner.has_strokes_told_by_colour:
        return False
    shifted = shift_between(comparison.window, WHOLE)
    if shifted > _AS_IT_SHOULD:
        return False
    exact = shifted <= _TO_THE_PIXEL
    high, wide = candidate.pixels.shape[:2]
    seen = colours_of(candidate.half)
    if not colours_stand_out(seen, _left_as_it_is(banner, wide, high, storing), exact=exact):
        return False
    if tone.moved < _TONED:
        return True
    toned = tone.apply(_drawn(banner, wide, high))
    return colours_stand_out(seen, foretell(toned, storing), exact=exact)


@dataclass(frozen=True, slots=True, eq=False)
class Foretold:
    """The colours of a banner that was stored in some way, and the squares of what may be other ones there
    (levels), both at half the size."""

    colours: Pixels
    allowed: Raster


def foretell(drawn: Pixels, storing: Storing) -> Foretold:
    """What is to be seen of a banner, drawn as large as a picture of it, that was stored so."""
    own, stored = (colours_of(half_size(rgb)) for rgb in (drawn, storing.again(drawn)))
    lost, strokes = difference(stored, own), fine(own, _STROKE)
    changed = broad_blur(product(lost, lost), _ROUND_THERE)
    strong = broad_blur(product(strokes, strokes), _STROKE)
    return Foretold(stored, _SAME_LEVELS**2 + _CHANGED_BY_STORING * changed + _OF_STROKES * strong)


@lru_cache(maxsize=_FORETOLD_KEPT)
def _left_as_it_is(banner: Prepared, wide: int, high: int, storing: Storing) -> Foretold:
    return foretell(_drawn(banner, wide, high), storing)


@lru_cache(maxsize=_DRAWN_KEPT)
def _drawn(banner: Prepared, wide: int, high: int) -> Pixels:
    return np.asarray(banner.image.resize((wide, high), LANCZOS))


def colours_stand_out(seen: Pixels, foretold: Foretold, *, exact: bool) -> bool:
    """Whether the colours `seen` are other ones in one place. `exact`: the picture lies right to a pixel."""
    apart = blur(difference(seen, foretold.colours), COLOUR_BLUR)
    places = _inside(_places(np.sqrt(product(apart, apart) / foretold.allowed)), _RIM // 2)
    if not places.size:
        return False
    tiers: list[tuple[Sequence[tuple[float, float]], int]] = [(_NOT_BY_STORING, _ROUND_THAT_PLACE)]
    if exact:
        tiers = [((_PLAINLY_OTHER, *_NOT_BY_STORING), _ROUND_THAT_PLACE), (_OTHER_WORD, _ALONG_A_WORD)]
    for tier, sideways in tiers:
        highest, second, _ = _two_highest(places, _ROUND_THAT_PLACE, sideways)
        times = _times(tier, highest)
        if times is not None and highest > times * second:
            return True
    return False


def _products(seen: Raster, expected: Raster, near: float) -> tuple[Raster, Raster, Raster]:
    """The local means of seen times expected, of seen squared, and of expected squared, all planes summed."""
    both, own, wanted = (
        broad_blur(product(one, other), near)
        for one, other in ((seen, expected), (seen, seen), (expected, expected))
    )
    return both, own, wanted


def _times(tiers: Sequence[tuple[float, float]], value: float) -> float | None:
    """How many times the next highest value this one must be; None where it is too small to tell."""
    return next((times for least, times in tiers if value > least), None)


def _two_highest(plane: Raster, up: int, sideways: int) -> tuple[float, float, tuple[int, int]]:
    """The highest value, the highest of those that do not lie so near, in pixels `up` (or down) and
    `sideways`, and where the first one lies (right, down)."""
    _, highest, _, (x, y) = cv2.minMaxLoc(plane)
    rest = plane.copy()
    rest[max(0, y - up) : y + up, max(0, x - sideways) : x + sideways] = 0.0
    return float(highest), float(rest.max()), (x, y)


def _doubled(half: Mask, shape: tuple[int, ...]) -> Mask:
    """A mask at half the size as one of `shape`."""
    whole = cv2.resize(half.astype(np.uint8), (shape[1], shape[0]), interpolation=cv2.INTER_NEAREST)
    return np.asarray(whole, dtype=bool)


def _inside(plane: np.ndarray, rim: int = _RIM) -> np.ndarray:
    """A plane without what lies so near to its edge."""
    return plane[rim:-rim, rim:-rim]
