"""One candidate against one reference: where it lies, what is left over, and how much that is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from auditor.banner.bands import Bands
from auditor.banner.beside import goes_on, restlessness
from auditor.banner.frame import clear_rim, frame_depths, rim_distance
from auditor.banner.portrait import COVERED, Disc, find_portrait
from auditor.banner.prepared import Prepared
from auditor.banner.raster import Raster, narrower, wider
from auditor.banner.refine import refine
from auditor.banner.residue import Residue, lay_over, measure
from auditor.banner.search import Sighting
from auditor.banner.shade import cut_off
from auditor.banner.strength import (
    agreement,
    colour_distance,
    peak,
    same_drawing,
    spread,
    strength_of,
    without_portrait,
)
from auditor.banner.strokes import COARSE, FINE, MIDDLE, Strokes, likeliest, stroke_fit, strokes
from auditor.banner.window import Box, Window

#: a picture that shows a banner as it is
WHOLE = Window(1.0, 1.0, 0.0, 0.0)
#: tones change strokes a little, never their place
_ALL_THERE = 0.7
#: a place whose strokes fit so well is not compared with others
_CERTAIN = 0.8
#: so many places are refined where none is likely
_MOST_STARTS = 2
#: from this zoom on the strokes of a reference are drawn larger too
ZOOMED = 1.15
#: a part of the picture so small is a spot; a corner takes up so much of its width and height, and is black
#: up to that level
_SPOT, _CORNER, _BLACK = 0.03, 0.15, 30.0
#: strokes that fit less than this lie beside those of a reference, however little the two differ in levels
IN_PLACE = 0.6
#: coarse strokes that fit as well tell that a picture was not cropped where fine ones do not
_COARSELY_IN_PLACE = 0.9
#: two places are two from so far apart, in working pixels
_BESIDE = 1.5
#: a banner's height in its widths, near enough to tell places apart
_HEIGHT = 0.25
#: of fine strokes recompression leaves more, and where it does not, the rest fits better
_BLURRED, _FAINTLY_DIFFERS = 0.85, 0.9
#: what storing and screenshots do to the tones of a picture is less than that on the whole, in levels
_FILTER = 3.5
#: from that share of what a match may have on
_BARELY = 0.89
#: what a doubtful place lacks of a difference
_A_LITTLE = 0.01
#: so far from a turned banner's edge nothing is looked at, in working pixels
_TURNED_RIM = 4


@dataclass(frozen=True, eq=False)
class Comparison:
    """How a candidate stands to one reference.

    `distance`: the strongest difference in units of what recompression explains (1 = all of it).
    `agreement`: the share (0..1) of the banner's strokes in sight that the candidate shows in place.
    `surroundings`: how restless what lies beside the banner is, in levels; `goes_on`: its own ground does.
    `spread`: how far the expected strokes spread over the width, 0 to 1.
    `filtered`: whether sliders of a picture editor were allowed for.
    `by_light`: whether light and dark alone tell the place, where hardly a stroke lies as it should.
    `strength`: the difference per pixel of `residue.box`, in the same units; 0 where discounted. The residue
    is the slim one.
    """

    fit: float
    window: Window
    visible: float
    distance: float
    agreement: float
    surroundings: float
    goes_on: bool
    spread: float
    filtered: bool
    portrait: Disc | None
    strength: Raster
    residue: Residue
    by_light: bool = False

    @cached_property
    def same_drawing(self) -> float:
        """Correlation of the strokes (-1..1) where the two differ: near 1 = same drawing, other colours."""
        return same_drawing(self.residue, self.strength)


def compare(
    candidate: Prepared, reference: Prepared, places: list[Sighting], bands: Bands
) -> Comparison | None:
    """The comparison at the best of `places`; None where nothing of the reference is to be seen."""
    best = best_place(candidate, reference, places, bands)
    return compare_near(best.window, candidate, reference, places[0].fit, bands) if best else None


def compare_near(
    window: Window, candidate: Prepared, reference: Prepared, fit: float, bands: Bands
) -> Comparison | None:
    """The comparison at the best place near `window`; None without overlap.

    A small picture registers badly, and a faint pattern by its repeats, so there the uncropped place is tried
    as well.
    """
    windows = [refine(candidate.fine, fine_strokes(candidate, reference, window), window, stretch_weight=0.5)]
    if candidate.width < bands.narrowest_match:
        windows.append(WHOLE)
    found = [compare_at(window, candidate, reference, fit, bands) for window in windows]
    comparisons = [comparison for comparison in found if comparison is not None]
    if (
        comparisons
        and comparisons[0].distance >= bands.differs_above
        and _uncropped(candidate, reference, windows)
    ):
        found = [compare_at(WHOLE, candidate, reference, fit, bands)]
        comparisons += [comparison for comparison in found if comparison is not None]
    return min(comparisons, key=lambda comparison: comparison.distance, default=None)


def _uncropped(candidate: Prepared, reference: Prepared, known: list[Window]) -> bool:
    """Whether the strokes of a banner that was not cropped fit as well, though it was found elsewhere; in a
    small picture the fine ones of dots may be lost."""
    if any(shift_between(window, WHOLE) * candidate.width < _BESIDE for window in known):
        return False
    if stroke_fit(candidate.fine, reference.strokes(FINE), WHOLE) > IN_PLACE:
        return True
    return stroke_fit(candidate.strokes(COARSE), reference.strokes(COARSE), WHOLE) > _COARSELY_IN_PLACE


def fine_strokes(candidate: Prepared, reference: Prepared, window: Window) -> Strokes:
    """A fine pattern enlarged is another pattern, so a zoomed one is drawn as large as it is seen."""
    if window.scale <= ZOOMED:
        return reference.strokes(FINE)
    return strokes(reference.pixels, round(candidate.width * window.scale), candidate.width)


def in_place(comparison: Comparison, candidate: Prepared, reference: Prepared, least: float) -> bool:
    """Whether more than `least` of the strokes in sight agree and they fit as well. Faint ones agree wherever
    they lie: the step from one ring to the next may look like a zoom."""
    if comparison.agreement <= least:
        return False
    return fine_fit(candidate, reference, comparison.window) > IN_PLACE


def fine_fit(candidate: Prepared, reference: Prepared, window: Window) -> float:
    """How well the fine strokes agree at a place, -1 to 1."""
    return stroke_fit(candidate.fine, fine_strokes(candidate, reference, window), window)


def compare_at(
    window: Window,
    candidate: Prepared,
    reference: Prepared,
    fit: float,
    bands: Bands,
    *,
    filtered: bool = False,
) -> Comparison | None:
    """The comparison at `window`; None without overlap. `filtered`: an editor's sliders are allowed for."""
    laid = lay_over(candidate, reference, window, filtered=filtered)
    if laid is None:
        return None
    residue = measure(laid)
    size = (candidate.width, candidate.height)
    framed = frame_depths(residue)
    strength = _strength(residue, size, framed, bands)
    doubtful = _doubtful(bands)
    found = find_portrait(strength, residue, *size)
    portrait, least = None, 0.0
    if found is not None:
        portrait, changed, sure = found
        least = 0.0 if sure else doubtful
        hidden = portrait.mask(strength.shape, grow=COVERED)
        residue = measure(laid, hidden)
        strength = _strength(residue, size, framed, bands)
        strength = without_portrait(residue, strength, (portrait, changed), size, doubtful)
    # a sliver of a stripe that a crop has left says too little to accuse anybody by itself
    rim = rim_distance(residue, size, framed)
    colours = colour_distance(residue, bands, filtered=filtered)
    return Comparison(
        fit,
        window,
        window.visible_share(*size, reference.ratio),
        max(peak(strength, size[0]), colours, min(rim, doubtful), least),
        agreement(residue, strength),
        restlessness(candidate.seen, residue),
        goes_on(candidate.seen, residue),
        spread(residue) * residue.slope.shape[1] / size[0],
        filtered,
        portrait,
        strength,
        residue.slim(),
    )


def _doubtful(bands: Bands) -> float:
    """The distance of what may be a portrait's rim or a crop's: nearly enough to accuse anybody."""
    return bands.differs_above - _A_LITTLE


def doubtful_at_portrait(comparison: Comparison, bands: Bands) -> bool:
    """Whether nothing differs more than what lies close beside the portrait, and that may be its rim."""
    at_most = abs(comparison.distance - _doubtful(bands)) < _A_LITTLE / 2
    return at_most and comparison.portrait is not None


def _strength(residue: Residue, size: tuple[int, int], framed: tuple[int, ...], bands: Bands) -> Raster:
    """The difference per pixel, but for what the rim of the overlap cannot tell."""
    strength = strength_of(residue, bands)
    clear_rim(strength, residue, size, framed)
    if residue.covered is not None:
        strength[~narrower(residue.covered, _TURNED_RIM)] = 0
    return strength


def blurred(comparison: Comparison) -> bool:
    """Whether so much of its fine strokes is lost that what still differs may be of that."""
    return comparison.residue.softness > _BLURRED and comparison.distance > _FAINTLY_DIFFERS


def filter_shows(comparison: Comparison) -> bool:
    """Whether its tones were moved further than storing moves them."""
    return comparison.filtered or comparison.residue.toned > _FILTER


def barely_fits(comparison: Comparison, bands: Bands) -> bool:
    """Whether it is nearly as far off as a match may be."""
    return comparison.distance > bands.match_below * _BARELY


def compare_filtered(
    candidate: Prepared, reference: Prepared, known: Comparison, bands: Bands
) -> Comparison | None:
    """The comparison at the place of `known` where the candidate went through the sliders of a picture
    editor; None where the strokes are not all there, or what differs is one spot that no slider reaches."""
    if _one_spot(known) and not cut_off(known.residue.seen, known.residue.expected):
        return None
    fit = stroke_fit(candidate.strokes(MIDDLE), reference.strokes(MIDDLE), known.window)
    if fit < _ALL_THERE:
        return None
    found = compare_at(known.window, candidate, reference, fit, bands, filtered=True)
    # a filter brings no portrait with it: what was none before is a part of the picture
    brought = found is not None and found.portrait is not None and known.portrait is None
    return None if brought else found


def _one_spot(known: Comparison) -> bool:
    """Whether the picture is as it should be but for a small part that lies in no corner: sliders change it
    all, and a vignette its corners."""
    changed = known.strength > 1.0
    high, wide = (max(1, round(side * _CORNER)) for side in changed.shape)
    sides = (slice(0, wide), slice(-wide, None))
    corners = [(rows, columns) for rows in (slice(0, high), slice(-high, None)) for columns in sides]
    small = 0.0 < float(changed.mean()) < _SPOT
    if not small or known.residue.tone.extreme or any(bool(changed[corner].any()) for corner in corners):
        return False
    # where all corners are black anyway, a vignette shows elsewhere
    return any(float(np.percentile(known.residue.expected[corner], 95)) > _BLACK for corner in corners)


def best_place(
    candidate: Prepared, reference: Prepared, places: list[Sighting], bands: Bands
) -> Sighting | None:
    """The one of `places`, refined, whose strokes fit best; None where nothing of the reference is to be
    seen."""
    starts = [WHOLE] + [place.window for place in places[:3] if place.fit > 0.6 * places[0].fit]
    own, seen = reference.strokes(COARSE), candidate.strokes(COARSE)
    coarse: list[tuple[float, Window]] = []
    for start in likeliest(seen, own, starts, _MOST_STARTS):
        window = refine(seen, own, start)
        coarse.append((stroke_fit(seen, own, window), window))
        if coarse[-1][0] > _CERTAIN:
            break
    coarse.sort(key=lambda found: -found[0])
    best = apart([window for fit, window in coarse if coarse[0][0] <= _CERTAIN or fit > _CERTAIN])
    own, seen = reference.strokes(MIDDLE), candidate.strokes(MIDDLE)
    refined = [refine(seen, own, window) for window in best[:2]]
    middle = [Sighting(window, stroke_fit(seen, own, window)) for window in refined]
    found = max(middle, key=lambda place: place.fit)
    return found if found.fit >= bands.unrelated_strokes else None


def apart(windows: list[Window]) -> list[Window]:
    """The windows, each place once."""
    apart: list[Window] = []
    for window in windows:
        if all(shift_between(window, known) > 0.004 for known in apart):
            apart.append(window)
    return apart


def shift_between(one: Window, other: Window) -> float:
    """How far two windows put a corner of the banner apart, at most, in widths of the candidate."""
    corners = ((0.0, 0.0), (1.0, 0.0), (0.0, _HEIGHT), (1.0, _HEIGHT))
    places = [one.place(x, y) + other.place(x, y) for x, y in corners]
    return max(max(abs(a - c), abs(b - d)) for a, b, c, d in places)


def difference_box(comparison: Comparison) -> Box | None:
    """The box of the strongest connected difference, in working pixels of the candidate."""
    marked = wider(comparison.strength > 1.0, 4).astype(np.uint8)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(marked, connectivity=4)
    if count < 2:
        return None
    there = labels > 0
    weights = np.bincount(labels[there], comparison.strength[there], count)
    left, top, wide, high = (int(v) for v in boxes[1 + int(np.argmax(weights[1:]))][:4])
    x0, y0 = comparison.residue.box[:2]
    return left + x0, top + y0, left + wide + x0, top + high + y0
