"""One candidate against one reference where an editor may have turned, stretched or zoomed it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from auditor.banner.bands import Bands
from auditor.banner.comparison import (
    WHOLE,
    ZOOMED,
    Comparison,
    apart,
    best_place,
    compare_at,
    compare_near,
    fine_strokes,
    in_place,
    shift_between,
)
from auditor.banner.features import Placement
from auditor.banner.light import (
    align_by_light,
    crop_by_colour,
    crops_by_colour,
    crops_by_light,
    refine_by_light,
)
from auditor.banner.prepared import Prepared
from auditor.banner.raster import drawn
from auditor.banner.refine import refine, refine_freely
from auditor.banner.search import Sighting
from auditor.banner.strokes import COARSE, FINE, MIDDLE, Strokes, likeliest, rough_fit, stroke_fit
from auditor.banner.texture import edge_direction
from auditor.banner.wide_search import look_wide, turned_about_middle
from auditor.banner.window import Window

#: a place that the wide search finds is worth a look from here on
_WIDE_FIT = 0.4
#: so many of them are refined where none is likely
_MOST_PLACES = 3
#: and the same after the first refinement
_COARSE_FIT = 0.3
#: what lies right fits so far at the middle width before it is refined there, and so far afterwards, unless
#: the coarse strokes are there for sure: those of a pattern that repeats itself fit in several places
_ROUGH_FIT, _MIDDLE_FIT, _COARSE_SURE = 0.2, 0.4, 0.75
#: strokes that agree so far, and so far apart, tell the place for sure
_LIKELY, _WIDE = 0.8, 0.25
#: where corners put a banner that is there, its strokes agree so far; the words alone of a stranger do not
_PLACED_FIT = 0.6
#: a place that lies further away than that is another one, in working pixels
_BESIDE = 1.5
#: degrees turned within the frame, in steps that fine strokes at the middle width can follow
_TURNS = np.arange(-5.0, 5.1, 0.4)
#: another banner fits less at the best of them
_TURNED_FIT = 0.1
#: so many of them are looked at closely, where some strokes agree so far
_LIKELY_TURNS, _ROUGHLY_TURNED = 4, 0.06
#: a turn that leaves no corner blank zooms as far as this at least
_ZOOMED_BY_A_TURN = 1.01
#: a changed banner that lies right agrees further than that
_LIKELY_EDITED = 0.9
#: so often other places are looked for
_LOOKS = 2
#: so many other places are tried, so many pixels apart, and along edges that all run one way
_OTHER_PLACES, _GAP, _GAP_ALONG = 3, 8, 2
#: less than this is no turn (degrees) and no stretch, but what registration leaves open
_HARDLY_TURNED, _HARDLY_STRETCHED = 0.12, 0.008
#: and no tool stretches by more (as a logarithm)
_MOST_STRETCHED = 0.13
#: strokes of a banner that was turned or stretched fit less than that where it lies straight (those of 80 in
#: 84 genuine ones more), and less than the other in a picture wider than that (the same); so far, in degrees
#: and as a logarithm, it plainly was
_HARDLY_FIT, _HARDLY_FIT_LARGE, _LARGE = 0.7, 0.9, 1200
_PLAINLY_TURNED, _PLAINLY_STRETCHED = 0.3, 0.015
#: corners that lie no further away than that tell the same place, roughly, in working pixels
_ABOUT_THERE = 5.0
#: two places are one when no corner moves further, in working pixels
_SAME_PLACE = 0.5
#: the same where light and dark of small copies tell them
_SAME_LIGHT = 1.0
#: light and dark of two small copies that lie right agree further than that, on the narrowest and then
_LIGHT_FIT, _LIGHT_SURE = 0.75, 0.85
#: so far those of few bold shapes, the place of which strokes may miss; strangers' hardly reach 0.993
_LIGHT_ALONE = 0.998
#: and so far where nothing lies better elsewhere
_LIES = 0.995
#: a zoom and so many crops from which light is looked at, and of what they lead to so many
_LIGHT_ZOOM, _LIGHT_CROPS, _LIGHT_PLACES = 1.2, 2, 2
#: so many crops of bold faces are looked at more closely, first smoothed by so many pixels, and so many of
#: the places they lead to more closely yet, unless they are further apart (the mean square, in levels)
_CLOSE_CROPS, _SOFTLY, _CLOSE_PLACES, _CLOSE_ENOUGH = 6, 4.0, 3, 400.0


def compare_found(
    candidate: Prepared, reference: Prepared, places: list[Sighting], bands: Bands
) -> Comparison | None:
    """The comparison near the best of `places`, or, where strokes hardly fit there and corners tell of a turn
    or a stretch, near what these tell, if it fits; None where nothing of the reference is to be seen."""
    best = best_place(candidate, reference, places, bands)
    if best is None:
        return None
    if best.fit < (_HARDLY_FIT if candidate.pixels.shape[1] < _LARGE else _HARDLY_FIT_LARGE):
        placement = candidate.placement(reference)
        if placement.window is not None and _plainly_edited(placement.window):
            edited = _compare_at_corners(placement, candidate, reference, None, bands)
            if edited is not None and edited.distance < bands.match_below:
                return edited
    return compare_near(best.window, candidate, reference, places[0].fit, bands)


def _plainly_edited(window: Window) -> bool:
    """Whether an editor turned or stretched it by more than strokes or corners leave open."""
    return abs(window.turn) > _PLAINLY_TURNED or abs(math.log(window.stretch)) > _PLAINLY_STRETCHED


def compare_edited(
    candidate: Prepared,
    reference: Prepared,
    straight: Comparison | None,
    bands: Bands,
    places: Sequence[Sighting] | None = None,
) -> Comparison | None:
    """The comparison where the candidate may have been turned, stretched or zoomed in an editor; None where
    that leads nowhere, or where `straight` lies already. `places`: what the wide search found, where that is
    known."""
    whole = _compare_stretched_whole(candidate, reference, bands)
    if whole is not None and whole.distance < bands.match_below:
        return whole
    placement = candidate.placement(reference)
    by_corners = _compare_at_corners(placement, candidate, reference, straight, bands)
    if by_corners is not None and by_corners.distance < bands.match_below:
        return by_corners
    near = None
    if straight is not None:
        found: Sequence[Window | Sighting] = [straight.window]
        placed = in_place(straight, candidate, reference, _LIKELY)
        if not placed:
            found = _freely(COARSE, candidate, reference, found)
        near = _edited_at(_middle(candidate, reference, found), candidate, reference, straight, bands)
        if near is not None and near.distance < bands.match_below:
            return near
        if near is None and placed and straight.spread > _WIDE and straight.window.scale < _ZOOMED_BY_A_TURN:
            return None
    far = None
    if not _same_by_corners(placement, candidate, reference, straight):
        far = _compare_far(candidate, reference, near or straight, bands, places)
    every = [comparison for comparison in (by_corners, near, far) if comparison is not None]
    best = min(every, key=lambda comparison: comparison.distance, default=None)
    return _by_colours(candidate, reference, best, bands) if best is not None else None


def _same_by_corners(
    placement: Placement, candidate: Prepared, reference: Prepared, straight: Comparison | None
) -> bool:
    """Whether corners of a banner that they tell everywhere put it about where it was found."""
    if straight is None or placement.window is None or not reference.many_corners_last:
        return False
    return shift_between(placement.window, straight.window) * candidate.width < _ABOUT_THERE


def _compare_far(
    candidate: Prepared,
    reference: Prepared,
    known: Comparison | None,
    bands: Bands,
    places: Sequence[Sighting] | None,
) -> Comparison | None:
    """The comparison at the best of the places that the wide search finds; `known`: what lies no better."""
    if places is None:
        places = look_wide(candidate.wide_views, reference.wide_plan)
    places = [place for place in places if place.fit > max(_WIDE_FIT, 0.8 * places[0].fit)]
    seen, own = candidate.shown_strokes(COARSE), reference.strokes(COARSE)
    starts = likeliest(seen, own, [place.window for place in places], _MOST_PLACES)
    coarse = [place for place in _freely(COARSE, candidate, reference, starts) if place.fit > _COARSE_FIT]
    if coarse or candidate.shown is None:
        middle = _middle(candidate, reference, coarse[:2])
    else:
        turned = [one for one in _turned_within(candidate, reference)[:2] if one.fit > _TURNED_FIT]
        middle = _freely(MIDDLE, candidate, reference, turned)
    return _edited_at(middle, candidate, reference, known, bands)


def _compare_stretched_whole(candidate: Prepared, reference: Prepared, bands: Bands) -> Comparison | None:
    """The comparison of a picture in another shape as the whole banner, stretched to that; None where it has
    the banner's shape, or plainly is something else."""
    higher = candidate.ratio / reference.ratio
    if not _HARDLY_STRETCHED < abs(math.log(higher)) < _MOST_STRETCHED:
        return None
    window = Window(1.0, higher, 0.0, 0.0)
    if stroke_fit(candidate.strokes(MIDDLE), reference.strokes(MIDDLE), window) < _PLACED_FIT:
        return None
    return compare_at(window, candidate, reference, 1.0, bands)


def compare_by_light(
    candidate: Prepared, reference: Prepared, known: Comparison | None, bands: Bands
) -> Comparison | None:
    """The comparison where light and dark agree, which tell the place of soft artwork where strokes do not;
    None where that explains no more than `known`."""
    if not (reference.features.tell and reference.corners_last):
        placed = _compare_cropped(candidate, reference, bands)
        if placed is not None and placed.distance < bands.differs_above:
            return placed
    starts = _light_starts(candidate, reference)
    if not reference.features.tell:
        placed = _compare_aligned(candidate, reference, starts, bands)
        if placed is not None and placed.distance < bands.match_below:
            return placed
    places = _light_places(candidate, reference, known, starts)
    best: Comparison | None = None
    for place in places:
        for even in (True, False):
            comparison = _lit_at(place, candidate, reference, bands, even=even)
            if comparison is None or (best and comparison.distance >= best.distance):
                break
            best = comparison
            if best.distance < bands.match_below:
                return best
            if known and best.distance >= known.distance:
                break
    return best


def _light_places(
    candidate: Prepared, reference: Prepared, known: Comparison | None, starts: Sequence[Window]
) -> list[Window]:
    """Where light and dark of the narrowest copies agree best; nowhere where `known` lies there already."""
    found = []
    if known:
        lit = refine_by_light(candidate.coarse, reference.coarse, known.window, even=True)
        if lit and lit[1] > _LIES and shift_between(known.window, lit[0]) * candidate.width < _SAME_LIGHT:
            return []  # what differs is no matter of place
        found.append(lit)
    for start in starts:
        found.append(refine_by_light(candidate.coarse, reference.coarse, start, even=True))
    coarse = sorted((one for one in found if one and one[1] > _LIGHT_FIT), key=lambda one: -round(one[1], 3))
    places = apart([window for window, _ in coarse])[:_LIGHT_PLACES]
    if known and places and shift_between(known.window, places[0]) * candidate.width < _SAME_LIGHT:
        return []
    return places


def _light_starts(candidate: Prepared, reference: Prepared) -> tuple[Window, ...]:
    """The places near which light and dark may agree."""
    crops = [window for _, window in crops_by_light(candidate.coarse, reference.coarse)[:_LIGHT_CROPS]]
    # a turn within the frame zooms about the middle
    zoom = _LIGHT_ZOOM
    turned = Window(zoom, zoom, (1 - zoom) / 2, (candidate.ratio - zoom * reference.ratio) / 2)
    return WHOLE, turned, *crops


def _compare_aligned(
    candidate: Prepared, reference: Prepared, starts: Sequence[Window], bands: Bands
) -> Comparison | None:
    """The nearer comparison where all of light and dark agree, and where the strokes near there do."""
    seen, own = ((one.coarse, one.middle) for one in (candidate, reference))
    place = align_by_light(seen, own, starts)
    if place is None:
        return None
    sharp = _sharpened(candidate.fine, fine_strokes(candidate, reference, place), place)
    found = [compare_at(window, candidate, reference, 1.0, bands) for window in (sharp, place) if window]
    return min((one for one in found if one), key=lambda one: one.distance, default=None)


def _compare_cropped(candidate: Prepared, reference: Prepared, bands: Bands) -> Comparison | None:
    """The nearer comparison where the colours agree best if the picture was only cropped."""
    crops = crops_by_colour(candidate.coarse, reference.coarse)[:_CLOSE_CROPS]
    seen, own = candidate.middle, reference.middle
    rough = [crop_by_colour(seen, own, crop, soft=_SOFTLY)[0] for crop in crops]
    places = sorted((crop_by_colour(seen, own, place) for place in apart(rough)), key=lambda one: one[1])
    found = []
    for place in apart([window for window, off in places if off < _CLOSE_ENOUGH])[:_CLOSE_PLACES]:
        closer, _ = crop_by_colour(candidate.seen, reference.half, place)
        strokes = fine_strokes(candidate, reference, closer)
        for window in (closer, refine(candidate.fine, strokes, closer, stretch_weight=0.5)):
            comparison = compare_at(window, candidate, reference, 1.0, bands)
            if comparison is not None and comparison.distance < bands.match_below:
                return comparison
            found.append(comparison)
    return min((one for one in found if one), key=lambda one: one.distance, default=None)


def _lit_at(
    place: Window, candidate: Prepared, reference: Prepared, bands: Bands, *, even: bool
) -> Comparison | None:
    """The nearer one of the comparisons where light and dark agree near `place` and where the strokes do; one
    by light alone where no stroke agrees and the light does wholly."""
    lit = refine_by_light(candidate.middle, reference.middle, place, even=even)
    if lit is None or lit[1] < _LIGHT_SURE:
        return None
    own = fine_strokes(candidate, reference, lit[0])
    best: Comparison | None = None
    for window in (_sharpened(candidate.fine, own, lit[0]), lit[0]):
        # a picture that was blurred away has the light alone
        if window is None or stroke_fit(candidate.fine, own, window) < bands.unrelated_strokes:
            continue
        comparison = compare_at(window, candidate, reference, lit[1], bands)
        if comparison and (best is None or comparison.distance < best.distance):
            best = comparison
        if best and best.distance < bands.match_below:
            break
    if lit[1] > _LIGHT_ALONE and (best is None or best.distance >= bands.differs_above):
        best = best or compare_at(lit[0], candidate, reference, lit[1], bands)
        return replace(best, by_light=True) if best else None
    return best


def _compare_at_corners(
    placement: Placement,
    candidate: Prepared,
    reference: Prepared,
    straight: Comparison | None,
    bands: Bands,
) -> Comparison | None:
    """The comparison near the place where corners that both show put the banner."""
    if placement.window is None:
        return None
    beside = straight is None or shift_between(straight.window, WHOLE) * candidate.width > _BESIDE
    if placement.uncropped and beside:
        # strokes of a pattern fit in several places, and those of a portrait may be most of all there are
        whole = compare_at(WHOLE, candidate, reference, 1.0, bands)
        if whole is not None and whole.distance < bands.match_below:
            return whole
    seen, own = candidate.strokes(MIDDLE), reference.strokes(MIDDLE, placement.window.scale)
    refined = refine_freely(seen, own, placement.window)
    if refined is None:
        return None
    fit = stroke_fit(seen, own, refined)
    if fit < _PLACED_FIT:
        return None
    return _edited_at([Sighting(refined, fit)], candidate, reference, straight, bands)


def _middle(candidate: Prepared, reference: Prepared, starts: Sequence[Window | Sighting]) -> list[Sighting]:
    """The places at the middle width that `starts` lead to, less those of another banner."""
    coarse = [start.fit for start in starts if isinstance(start, Sighting)]
    if not coarse or max(coarse) > _COARSE_SURE:
        return _freely(MIDDLE, candidate, reference, starts)
    found = _freely(MIDDLE, candidate, reference, starts, least=_ROUGH_FIT)
    return [sighting for sighting in found if sighting.fit > _MIDDLE_FIT]


def _turned_within(candidate: Prepared, reference: Prepared) -> list[Sighting]:
    """Turns within the frame, best first. Blank corners show that there was one, so it is looked for by fine
    strokes too, such as stars, which the small copies of the wide search lose."""
    seen, own = candidate.shown_strokes(MIDDLE), reference.strokes(MIDDLE)
    turns = [turned_about_middle(float(degrees), candidate.ratio) for degrees in _TURNS]
    rough = [Sighting(window, rough_fit(seen, own, window)) for window in turns]
    likely = sorted(rough, key=lambda sighting: -sighting.fit)[:_LIKELY_TURNS]
    found = [
        Sighting(one.window, stroke_fit(seen, own, one.window)) for one in likely if one.fit > _ROUGHLY_TURNED
    ]
    return sorted(found, key=lambda sighting: -sighting.fit)


def _by_colours(candidate: Prepared, reference: Prepared, known: Comparison, bands: Bands) -> Comparison:
    """The nearest of `known` and what lies where the colours agree. Strokes of a pattern that repeats itself
    fit in several places, and draw a rough place askew: what has most in place is looked round a second time.
    """
    nearest = known
    if reference.many_corners_last:
        return nearest  # it does not repeat itself
    one_way = known.distance >= bands.differs_above and edge_direction(known.residue.expected) is not None
    if known.agreement > _LIKELY_EDITED and not one_way:
        return nearest
    gap = _GAP_ALONG if one_way else _GAP
    for _ in range(_LOOKS):
        if nearest.distance < bands.differs_above:
            break
        moved = _places_by_colours(candidate, reference, known.window, gap)
        again = _edited_at(_freely(MIDDLE, candidate, reference, moved), candidate, reference, known, bands)
        if again is None:
            break
        nearest = min(nearest, again, key=lambda comparison: comparison.distance)
        if again.agreement <= known.agreement:
            break
        known = again
    # of two that do not fit, the one with more in place tells better what was changed
    return nearest if nearest.distance < bands.differs_above else known


def _edited_at(
    found: list[Sighting], candidate: Prepared, reference: Prepared, straight: Comparison | None, bands: Bands
) -> Comparison | None:
    """The comparison at the best place of `found`."""
    if not found or found[0].fit < bands.unrelated_strokes:
        return None
    place = found[0].window
    own_strokes = [fine_strokes(candidate, reference, place)]
    if place.scale > ZOOMED:
        own_strokes.append(reference.strokes(FINE))
    best: Comparison | None = None
    for own in own_strokes:
        sharp = _sharpened(candidate.fine, own, place)
        if sharp is None:
            continue
        # a fine pattern that repeats itself may draw a place to where it fits too
        drawn_off = shift_between(sharp, place) * candidate.width > _BESIDE
        windows = [sharp, place] if drawn_off else [sharp]
        if candidate.shown is not None and reference.edge_direction is not None:
            windows = [_amid_corners(sharp, candidate.ratio, reference), *windows]
        for window in windows:
            if straight and shift_between(straight.window, window) * candidate.width < _SAME_PLACE:
                continue
            comparison = compare_at(window, candidate, reference, found[0].fit, bands)
            if comparison is not None and (best is None or comparison.distance < best.distance):
                best = comparison
            if best is not None and best.distance < bands.match_below:
                return best
    return best


def _amid_corners(window: Window, ratio: float, banner: Prepared) -> Window:
    """A place that the edges of `banner`, which all run one way, tell no better than `window`: evenly turned,
    and its middle as near as may be to that of a candidate of height `ratio` in widths, between blank
    corners as a turn about the middle leaves them."""
    edge = math.radians(banner.edge_direction or 0.0)
    along = (
        window.scale_x * math.cos(edge) + window.lean_x * math.sin(edge),
        window.lean_y * math.cos(edge) + window.scale_y * math.sin(edge),
    )
    way = math.atan2(along[1], along[0])
    scale = window.scale**2 / math.hypot(*along)
    even, lean = scale * math.cos(way - edge), scale * math.sin(way - edge)
    x, y = window.place(0.5, banner.ratio / 2)
    off = (0.5 - x) * math.cos(way) + (ratio / 2 - y) * math.sin(way)
    x, y = x + off * math.cos(way), y + off * math.sin(way)
    high = banner.ratio / 2
    return Window(even, even, x - 0.5 * even + high * lean, y - 0.5 * lean - high * even, -lean, lean)


def _places_by_colours(candidate: Prepared, reference: Prepared, window: Window, gap: int) -> list[Window]:
    """`window` shifted to the few other places, so many pixels apart, where the colours of small copies agree
    best: strokes of a pattern that repeats itself fit in several places, all of a picture in one."""
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
        cv2.rectangle(away, (at[0] - gap, at[1] - gap), (at[0] + gap, at[1] + gap), most, -1)
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
    width: int,
    candidate: Prepared,
    reference: Prepared,
    starts: Sequence[Window | Sighting],
    least: float = -1.0,
) -> list[Sighting]:
    """The freely refined places that are possible, best first, each once, of starts that fit `least`."""
    found: list[Sighting] = []
    for start in starts:
        window = start.window if isinstance(start, Sighting) else start
        own, seen = reference.strokes(width, window.scale), candidate.shown_strokes(width)
        if least > -1.0 and stroke_fit(seen, own, window) < least:
            continue
        refined = refine_freely(seen, own, window)
        if refined is not None and all(len(apart([one.window, refined])) == 2 for one in found):
            found.append(Sighting(refined, stroke_fit(seen, own, refined)))
    return sorted(found, key=lambda sighting: -sighting.fit)
