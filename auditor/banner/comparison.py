"""One candidate against one reference: where it lies, what is left over, and how much that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from auditor.banner.bands import Bands
from auditor.banner.beside import goes_on, restlessness
from auditor.banner.frame import clear_rim, frame_depths, rim_distance
from auditor.banner.portrait import Disc
from auditor.banner.prepared import Prepared
from auditor.banner.raster import Raster, drawn, most, narrower, wider
from auditor.banner.refine import COARSE, FINE, MIDDLE, Strokes, refine, refine_freely, stroke_fit, strokes
from auditor.banner.residue import Residue, measure
from auditor.banner.search import Sighting
from auditor.banner.strength import agreement, colour_distance, peak, spread, strength_of, without_portrait
from auditor.banner.wide_search import look_wide
from auditor.banner.window import Box, Window

_WHOLE = Window(1.0, 1.0, 0.0, 0.0)
#: a place that the wide search finds is worth a look from here on
_WIDE_FIT = 0.4
#: and the same after the first refinement
_COARSE_FIT = 0.3
#: strokes that agree so far, and so far apart, tell the place for sure
_LIKELY, _WIDE = 0.8, 0.25
#: a changed banner that lies right agrees further than that
_LIKELY_EDITED = 0.8
#: so many other places are tried, so many pixels apart
_OTHER_PLACES, _NEAR = 3, 8
#: tones change strokes a little, never their place
_ALL_THERE = 0.7
#: a place whose strokes fit so well is not compared with others
_CERTAIN = 0.8
#: less than this is no turn (degrees) and no stretch, but what registration leaves open
_HARDLY_TURNED, _HARDLY_STRETCHED = 0.12, 0.008
#: from this zoom on the strokes of a reference are drawn larger too
_ZOOMED = 1.15
#: a part of the picture so small is a spot; a corner takes up so much of its width and height
_SPOT, _CORNER = 0.03, 0.15
#: two places are one when no corner moves further, in working pixels
_SAME_PLACE = 0.5
#: a banner's height in its widths, near enough to tell places apart
_HEIGHT = 0.25
#: so far from a turned banner's edge nothing is looked at, in working pixels
_TURNED_RIM = 4
#: where two banners are so many times further apart than the levels and the noise that a difference is
#: measured by, in so many pixels (at working width), a picture that is the one is not the other
_APART, _APART_LEVELS, _APART_NOISE, _APART_PIXELS = 5.0, 8.0, 5.0, 160.0


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """How a candidate stands to one reference.

    `distance`: the strongest difference in units of what recompression explains (1 = all of it).
    `agreement`: the share (0..1) of the banner's strokes in sight that the candidate shows in place.
    `surroundings`: how restless what lies beside the banner is, in levels; `goes_on`: its own ground does.
    `spread`: how far the expected strokes spread over the width, 0 to 1.
    `filtered`: whether sliders of a picture editor were allowed for.
    `strength`: the difference per pixel of `residue.box`, in the same units; 0 where discounted.
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


def compare(
    candidate: Prepared, reference: Prepared, places: list[Sighting], bands: Bands
) -> Comparison | None:
    """The comparison at the best of `places`; None where nothing of the reference is to be seen.

    A small picture registers badly, so there the uncropped place is tried as well.
    """
    window = _best_window(candidate, reference, places)
    if stroke_fit(candidate.strokes(MIDDLE), reference.strokes(MIDDLE), window) < bands.unrelated_strokes:
        return None
    windows = [
        refine(candidate.fine, _fine_strokes(candidate, reference, window), window, stretch_weight=0.5)
    ]
    if candidate.width < bands.narrowest_match:
        windows.append(_WHOLE)
    found = [_compare_at(window, candidate, reference, places[0].fit, bands) for window in windows]
    comparisons = [comparison for comparison in found if comparison is not None]
    return min(comparisons, key=lambda comparison: comparison.distance, default=None)


def _fine_strokes(candidate: Prepared, reference: Prepared, window: Window) -> Strokes:
    """A fine pattern enlarged is another pattern, so a zoomed one is drawn as large as it is seen."""
    if window.scale <= _ZOOMED:
        return reference.strokes(FINE)
    return strokes(reference.pixels, round(candidate.width * window.scale), candidate.width)


def compare_edited(
    candidate: Prepared, reference: Prepared, straight: Comparison | None, bands: Bands
) -> Comparison | None:
    """The comparison where the candidate may have been turned, stretched or zoomed in an editor; None where
    that leads nowhere, or where `straight` lies already."""
    near = None
    if straight is not None:
        found: Sequence[Window | Sighting] = [straight.window]
        if straight.agreement < _LIKELY:
            found = _freely(COARSE, candidate, reference, found)
        near = _edited_at(_freely(MIDDLE, candidate, reference, found), candidate, reference, straight, bands)
        if near is not None and near.distance < bands.match_below:
            return near
        if near is None and straight.agreement > _LIKELY and straight.spread > _WIDE:
            return None
    places = look_wide(candidate.wide_views, reference.wide_plan)
    places = [place for place in places if place.fit > max(_WIDE_FIT, 0.8 * places[0].fit)]
    coarse = [place for place in _freely(COARSE, candidate, reference, places) if place.fit > _COARSE_FIT]
    middle = _freely(MIDDLE, candidate, reference, coarse[:2])
    far = _edited_at(middle, candidate, reference, straight, bands)
    both = [comparison for comparison in (near, far) if comparison is not None]
    best = min(both, key=lambda comparison: comparison.distance, default=None)
    if best is None or best.distance < bands.differs_above or best.agreement > _LIKELY_EDITED:
        return best
    moved = _places_by_colours(candidate, reference, best.window)
    again = _edited_at(_freely(MIDDLE, candidate, reference, moved), candidate, reference, best, bands)
    return again if again is not None and again.distance < best.distance else best


def _edited_at(
    found: list[Sighting], candidate: Prepared, reference: Prepared, straight: Comparison | None, bands: Bands
) -> Comparison | None:
    """The comparison at the best place of `found`."""
    if not found or found[0].fit < bands.unrelated_strokes:
        return None
    place = found[0].window
    own_strokes = [_fine_strokes(candidate, reference, place)]
    if place.scale > _ZOOMED:
        own_strokes.append(reference.strokes(FINE))
    best: Comparison | None = None
    for own in own_strokes:
        window = _sharpened(candidate.fine, own, place)
        if window is None:
            continue
        if straight and _shift_between(straight.window, window) * candidate.width < _SAME_PLACE:
            continue
        comparison = _compare_at(window, candidate, reference, found[0].fit, bands)
        if comparison is not None and (best is None or comparison.distance < best.distance):
            best = comparison
        if best is not None and best.distance < bands.match_below:
            break
    return best


def _places_by_colours(candidate: Prepared, reference: Prepared, window: Window) -> list[Window]:
    """`window` shifted to the few other places where the colours of small copies agree best: strokes of a
    pattern that repeats itself fit in several places, all of a picture in one."""
    seen, own = candidate.middle, reference.middle
    high, wide = seen.shape[:2]
    x, y = wide // 5, high // 4
    size = (wide + 2 * x, high + 2 * y)
    around = window.matrix((-x, -y, wide + x, high + y), wide, own.shape[1])
    away = np.asarray(
        cv2.matchTemplate(
            drawn(own, around, size, swift=True), seen[y : high - y, x : wide - x], cv2.TM_SQDIFF
        )
    )
    most = float(away.max())
    at: Sequence[int] = (2 * x, 2 * y)
    found: list[Window] = []
    for _ in range(_OTHER_PLACES):
        cv2.rectangle(away, (at[0] - _NEAR, at[1] - _NEAR), (at[0] + _NEAR, at[1] + _NEAR), most, -1)
        at = cv2.minMaxLoc(away)[2]
        right, down = at[0] - 2 * x, at[1] - 2 * y
        found.append(replace(window, left=window.left - right / wide, top=window.top - down / wide))
    return found


def _sharpened(candidate: Strokes, reference: Strokes, place: Window) -> Window | None:
    """The exact place near `place`, straight where it is hardly turned or stretched."""
    if abs(place.turn) < _HARDLY_TURNED and abs(place.stretch - 1) < _HARDLY_STRETCHED:
        level = Window(place.scale, place.scale, place.left, place.top)
        return refine(candidate, reference, level, stretch_weight=0.5)
    return refine_freely(candidate, reference, place)


def _freely(
    width: int, candidate: Prepared, reference: Prepared, starts: Sequence[Window | Sighting]
) -> list[Sighting]:
    """The freely refined places that are possible, best first, each once."""
    found: list[Sighting] = []
    for start in starts:
        window = start.window if isinstance(start, Sighting) else start
        own, seen = reference.strokes(width, window.scale), candidate.shown_strokes(width)
        refined = refine_freely(seen, own, window)
        if refined is not None and all(len(_apart([one.window, refined])) == 2 for one in found):
            found.append(Sighting(refined, stroke_fit(seen, own, refined)))
    return sorted(found, key=lambda sighting: -sighting.fit)


def plainly_apart(matched: Comparison, own: Prepared, other: Prepared, candidate: Prepared) -> bool:
    """Whether a candidate that `matched` explains by the banner `own` cannot be `other`.

    Both are drawn into the place that was found, at half its size. Where many pixels of them are further
    apart than storing the picture explains, the candidate shows that it is the one and not the other.
    """
    residue = matched.residue
    high, wide = residue.expected.shape[:2]
    size = (wide // 2, high // 2)
    step = (wide / size[0], high / size[1])
    shown = [
        drawn(
            one.half,
            matched.window.matrix(residue.box, candidate.width, one.half.shape[1], step),
            size,
            swift=True,
        )
        for one in (own, other)
    ]
    away = most(np.asarray(cv2.absdiff(*shown), dtype=np.uint8)).astype(np.float32)
    noise = cv2.resize(residue.noise.brightness, size, interpolation=cv2.INTER_AREA)
    far = away > _APART * np.sqrt(_APART_LEVELS**2 + (_APART_NOISE * noise) ** 2)
    if residue.covered is not None:
        far &= cv2.resize(residue.covered.astype(np.uint8), size, interpolation=cv2.INTER_AREA) > 0
    if matched.portrait is not None:
        half = Disc(matched.portrait.x / 2, matched.portrait.y / 2, matched.portrait.radius / 2)
        far &= ~half.mask(far.shape, grow=1.06)
    return bool(4 * int(far.sum()) > _APART_PIXELS * (candidate.width / FINE) ** 2)


def _compare_at(
    window: Window,
    candidate: Prepared,
    reference: Prepared,
    fit: float,
    bands: Bands,
    *,
    filtered: bool = False,
) -> Comparison | None:
    residue = measure(candidate, reference, window, filtered=filtered)
    if residue is None:
        return None
    size = (candidate.width, candidate.height)
    strength = strength_of(residue, bands)
    framed = frame_depths(residue)
    clear_rim(strength, residue, size, framed)
    if residue.covered is not None:
        strength[~narrower(residue.covered, _TURNED_RIM)] = 0
    portrait, strength = without_portrait(residue, strength, *size)
    # a sliver of a stripe that a crop has left says too little to accuse anybody by itself
    rim = rim_distance(residue, size, framed)
    colours = colour_distance(residue, bands, filtered=filtered)
    return Comparison(
        fit,
        window,
        window.visible_share(*size, reference.ratio),
        max(peak(strength, size[0]), colours, min(rim, bands.differs_above - 0.01)),
        agreement(residue, strength),
        restlessness(candidate.seen, residue),
        goes_on(candidate.seen, residue),
        spread(residue) * residue.slope.shape[1] / size[0],
        filtered,
        portrait,
        strength,
        residue,
    )


def compare_filtered(
    candidate: Prepared, reference: Prepared, known: Comparison, bands: Bands
) -> Comparison | None:
    """The comparison at the place of `known` where the candidate went through the sliders of a picture
    editor; None where the strokes are not all there, or what differs is one spot that no slider reaches."""
    if _one_spot(known):
        return None
    fit = stroke_fit(candidate.strokes(MIDDLE), reference.strokes(MIDDLE), known.window)
    if fit < _ALL_THERE:
        return None
    found = _compare_at(known.window, candidate, reference, fit, bands, filtered=True)
    # a filter brings no portrait with it: what was none before is a part of the picture
    brought = found is not None and found.portrait is not None and known.portrait is None
    return None if brought else found


def _one_spot(known: Comparison) -> bool:
    """Whether the picture is as it should be but for a small part that lies in no corner: sliders change it
    all, and a vignette its corners."""
    changed = known.strength > 1.0
    high, wide = (max(1, round(side * _CORNER)) for side in changed.shape)
    sides = (slice(0, wide), slice(-wide, None))
    corners = [changed[rows, columns] for rows in (slice(0, high), slice(-high, None)) for columns in sides]
    small = 0.0 < float(changed.mean()) < _SPOT
    return small and not known.residue.tone.extreme and not any(bool(corner.any()) for corner in corners)


def _best_window(candidate: Prepared, reference: Prepared, places: list[Sighting]) -> Window:
    """Refine every place at the coarse level and keep the one whose strokes fit best."""
    starts = [place.window for place in places[:3] if place.fit > 0.6 * places[0].fit] + [_WHOLE]
    own, seen = reference.strokes(COARSE), candidate.strokes(COARSE)
    coarse: list[tuple[float, Window]] = []
    for start in starts:
        window = refine(seen, own, start)
        coarse.append((stroke_fit(seen, own, window), window))
        if coarse[-1][0] > _CERTAIN:
            break
    coarse.sort(key=lambda found: -found[0])
    best = _apart([window for fit, window in coarse if coarse[0][0] <= _CERTAIN or fit > _CERTAIN])
    own, seen = reference.strokes(MIDDLE), candidate.strokes(MIDDLE)
    middle = [refine(seen, own, window) for window in best[:2]]
    if len(middle) == 1:
        return middle[0]
    return max(middle, key=lambda window: stroke_fit(seen, own, window))


def _apart(windows: list[Window]) -> list[Window]:
    """The windows, each place once."""
    apart: list[Window] = []
    for window in windows:
        if all(_shift_between(window, known) > 0.004 for known in apart):
            apart.append(window)
    return apart


def _shift_between(one: Window, other: Window) -> float:
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
    weights = np.bincount(labels.ravel(), comparison.strength.ravel(), count)
    left, top, wide, high = (int(v) for v in boxes[1 + int(np.argmax(weights[1:]))][:4])
    x0, y0 = comparison.residue.box[:2]
    return left + x0, top + y0, left + wide + x0, top + high + y0
