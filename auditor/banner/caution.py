"""What stands against a verdict on a picture that fits, or nearly, and the words for what was done to it."""

from __future__ import annotations

import cv2
import numpy as np

from auditor.banner.bands import Bands
from auditor.banner.comparison import (
    Comparison,
    barely_fits,
    blurred,
    doubtful_at_portrait,
    filter_shows,
    fine_fit,
)
from auditor.banner.faint import (
    on_calm_ground,
    other_sign,
    other_strokes,
    stands_out,
    stored_otherwise,
    word_stands_out,
)
from auditor.banner.kinds import percent
from auditor.banner.naming import SAME_DRAWING, hues_kept
from auditor.banner.pairs import CUT_OFF, Pair
from auditor.banner.prepared import Prepared
from auditor.banner.raster import LUMA, channel_range, colour_slope, wider
from auditor.banner.shade import explained_exactly
from auditor.banner.window import Window

#: below that share of the banner in sight nobody can say whose it is
_LEAST_VISIBLE = 0.38
#: what registration leaves open is no turn (degrees) and no stretch
_TURNED, _STRETCHED = 0.1, 0.01
#: bars take up so much of the width, both together; what registration leaves open of a place in the middle
_BARS, _CENTRED = 0.01, 0.002
#: strokes that take up less than that share of the width do not tell a turned picture from a moved drawing
_NARROW = 0.25
#: so many different colours through one filter are no other banner; so far a filter leaves all legible
_SEVERAL = 6
_SOFTER, _LIGHTER, _PALER, _LOST_PROFILE, _LOST_A_LITTLE = 0.35, 0.25, 0.75, 0.5, 0.15
#: of a turned or stretched picture that hardly lies in place, so much more differs, and in no single place
#: (what lies so near to each other is one, in working pixels) more than that share of it: what somebody
#: changed is in one place, or differs by far more
_ASKEW, _NEAR, _MOST_IN_ONE = 1.25, 6, 2 / 3
#: of one change that share lies in one place
_NEARLY_ALL = 0.9
#: so much where not all strokes lie in place, if it was turned (degrees), stretched or zoomed by more than
#: registration does to meet something changed
_FAR_ASKEW, _PLAINLY_TURNED, _PLAINLY_STRETCHED, _ZOOMED = 2.5, 0.5, 0.025, 0.1
#: so far all tones were moved where sliders were used (gamma, contrast, saturation as logarithms, brightness
#: twice)
_MOVED = 0.18
#: and where all hues are kept but those that sliders cut off
_ALL_MOVED = 0.15
#: the same where all hues are kept: tones moved so far, or so much of the picture differs, with colours that
#: are stronger or weaker by less
_MOVED_A_LITTLE, _ALL_OVER, _STRONGER = 0.1, 0.1, 0.85
#: as much as a picture differs that was drawn smaller without care, its edges jagged: so many times what is
#: a difference, with strokes that correlate by more; less than that share of it off the edges, which are so
#: many levels a pixel steep and felt so many pixels away, and less than the other share in one place
_JAGGED, _SAME_BUT_JAGGED, _OFF_THE_EDGES, _EDGE, _FELT, _ALONG_ONE = 2.5, 0.9, 0.02, 10.0, 2, 0.85
#: and more of the picture than that share
_SOME_EDGES = 0.0025
#: what light makes differ by no more than that many times; twice as many where that share of the strokes lies
#: in place, and twice again where sliders moved the tones and the second share does
_OTHERWISE, _ALL_IN_PLACE, _HALF_IN_PLACE = 2.75, 0.97, 0.5
#: strokes that correlate by more are the same drawing where a soft ground differs all over
_SAME_SOFTLY = 0.65
#: what hardly counts as a difference may be the tone's, where the drawing and its hues are the same
_HARDLY = 1.15
#: what lies in that share of the height, at each side, but for that share of it, may be a frame's
_RIM, _LEFT_INSIDE = 0.06, 0.1
#: no slider's doing: less of the picture differs, or so much of it in one place that is less of the picture
_SPECKS, _SPOT_ALONE, _SPOT = 0.004, 0.95, 0.02
#: a colour is worth the name from so many levels between its channels on; so far round what differs (pixels)
#: storing spreads it; outside of that hardly any of it is left, the light is the same, in levels, and how
#: strong the colours are correlates so far
_COLOURED, _SPREAD_BY, _ELSEWHERE, _AS_LIGHT, _SAME_SHAPE = 24, 8, 0.05, 5.0, 0.9
#: where all of them were blurred away they fit less (an honest picture's from 0.39)
_LOST = 0.2


def caution(pair: Pair, bands: Bands, prepared: Prepared) -> tuple[str, str] | None:
    """Why a picture that fits is still not called a match."""
    comparison = pair.comparison
    wide = prepared.pixels.shape[1]
    if wide < bands.narrowest_match:
        return "BANNER_REVIEW_SMALL", (
            f"looks like {pair.reference.name!r}, but {wide} pixels cannot show small print"
        )
    if comparison.visible < _LEAST_VISIBLE:
        return "BANNER_REVIEW_CROPPED", (
            f"only {percent(comparison.visible)} of {pair.reference.name!r} is to be seen"
        )
    if comparison.goes_on and not _between_bars(pair, prepared):
        place = ", ".join(["elsewhere", *_moves(comparison.window)])
        return "BANNER_REVIEW_MOVED", (
            f"what {pair.reference.name!r} shows stands {place}, on a ground that goes on in its own colour"
        )
    if lost := _not_to_be_seen(pair, bands, prepared):
        return "BANNER_REVIEW_CLOSE", lost
    if comparison.surroundings > 40.0:
        return "BANNER_REVIEW_SURROUNDINGS", f"{pair.reference.name!r} with something else round it"
    if pair.reference.picture.steep < 2 * bands.plain_below:
        return "BANNER_REVIEW_PLAIN", f"{pair.reference.name!r} is too plain to be recognised"
    if comparison.visible < bands.visible_share:
        words = [*_edits(comparison), f"only {percent(comparison.visible)} in sight"]
        return "BANNER_REVIEW_EDITED", f"ours, {', '.join(words)}: {pair.reference.name}"
    alone = comparison.spread < _NARROW and bool(_moves(comparison.window))
    if alone or (comparison.filtered and not _plainly_filtered(comparison, bands)):
        return "BANNER_REVIEW_EDITED", f"ours, {', '.join(_edits(comparison))}: {pair.reference.name}"
    return None


def _between_bars(pair: Pair, prepared: Prepared) -> bool:
    """Whether all of the banner lies in the middle of a picture of another shape, and fills it one way: bars
    in its own colour. Who moves a drawing does not change the shape of the picture."""
    window, ratio = pair.comparison.window, pair.reference.picture.prepared.ratio
    beside, above = 1 - window.scale_x, prepared.ratio - window.scale_y * ratio
    gap, least = max(beside, above), min(beside, above)
    centred = max(abs(window.left - beside / 2), abs(window.top - above / 2)) < _CENTRED
    return window.straight and gap > _BARS and abs(least) < _CENTRED and centred


def _not_to_be_seen(pair: Pair, bands: Bands, prepared: Prepared) -> str | None:
    """Words for what a picture that fits does not show well enough; None where it shows all."""
    comparison = pair.comparison
    # or hardly a fine stroke of the banner is to be seen where all else of it fits
    if blurred(comparison) or fine_fit(prepared, pair.reference.picture.prepared, comparison.window) < _LOST:
        return f"{pair.reference.name!r}, so blurred that its fine parts are not to be seen"
    if comparison.residue.tone.gain != 1.0:
        return f"{_like(pair)}, with its lightest parts cut off"
    single = barely_fits(comparison, bands) and _single_spot(comparison)
    if single or stands_out(comparison) or word_stands_out(comparison):
        return f"{_like(pair)}, with a faint difference in one place"
    if on_calm_ground(comparison, prepared.width):
        return f"{_like(pair)}, with something faint where it has nothing"
    if other_strokes(comparison) or other_sign(comparison):
        return f"{_like(pair)}, with other lines in one place, as light as what is round them"
    if stored_otherwise(comparison, prepared, pair.reference.picture.prepared):
        return f"{_like(pair)}, with other colours in one place than storing the picture explains"
    return None


def _single_spot(comparison: Comparison) -> bool:
    """Whether all that differs is one small place: a change looks so, and storing hardly does."""
    return 0.0 < _share(comparison) < _SPECKS and _in_one_place(comparison) > _SPOT_ALONE


def _plainly_filtered(comparison: Comparison, bands: Bands) -> bool:
    """Whether enough colours went through one gentle filter to tell it from a banner in other colours, and
    all of it stayed legible. With a colour profile lost at the same time, other hues would pass for ours, and
    the same drawing at another hour of the day, which barely fits, with some of one."""
    tone = comparison.residue.tone
    gentle = tone.contrast > -_SOFTER and abs(tone.brightness) < _LIGHTER and abs(tone.saturation) < _PALER
    lost = _LOST_A_LITTLE if barely_fits(comparison, bands) else _LOST_PROFILE
    return gentle and tone.lost_profile < lost and comparison.residue.distinct >= _SEVERAL


def _edits(comparison: Comparison) -> list[str]:
    """Words for what an editor did besides a crop."""
    return _moves(comparison.window) + (["with a filter"] if filter_shows(comparison) else [])


def _moves(window: Window) -> list[str]:
    """Words for a turn and a stretch."""
    words = []
    if abs(window.turn) >= _TURNED:
        words.append(f"turned by {abs(window.turn):.1f}°")
    if abs(window.stretch - 1) >= _STRETCHED:
        way = "wider" if window.stretch > 1 else "higher"
        words.append(f"stretched {percent(_stretched(window))} {way}")
    return words


def _stretched(window: Window) -> float:
    """By how much a picture was stretched, either way: 0 = not."""
    return max(window.stretch, 1 / window.stretch) - 1


def in_doubt(pair: Pair, bands: Bands, prepared: Prepared) -> tuple[str, str] | None:
    """Why a picture that nearly fits is not called another one."""
    difference = _slight_difference(pair.comparison, bands, prepared)
    if difference is None and _cut_off_exactly(pair, prepared):
        difference = "and all that differs is what a slider cuts off"
    if difference is None:
        return None
    return "BANNER_REVIEW_CLOSE", f"{_like(pair)}, {difference}"


def _like(pair: Pair) -> str:
    return ", ".join([f"very like {pair.reference.name!r}", *_edits(pair.comparison)])


def _slight_difference(comparison: Comparison, bands: Bands, prepared: Prepared) -> str | None:
    """Words for a difference that may be none; None for one that is."""
    distance = comparison.distance / bands.differs_above
    gentle = prepared.pixels.shape[1] < bands.narrowest_match or prepared.palette
    if doubtful_at_portrait(comparison, bands):
        return "with something close beside the portrait, which may be a part of it"
    if distance < (2.0 if gentle else 1.0):
        return "with a slight difference that may be recompression"
    in_place = comparison.agreement > _ALL_IN_PLACE
    askew = distance < _ASKEW and bool(_moves(comparison.window))
    askew |= distance < _FAR_ASKEW and not in_place and _plainly_moved(comparison.window)
    if askew and _in_one_place(comparison) < _MOST_IN_ONE:
        return "with slight differences here and there, as of a picture that lies a little askew"
    if _only_colours_differ(comparison):
        return "and all its colours are paler or richer, as a slider makes them"
    if distance < CUT_OFF and _toned(comparison):
        return "with other tones all over, and a few colours differ more, as where sliders cut them off"
    if distance < _ASKEW and _along_the_edge(comparison, bands.match_below):
        return "with a slight difference along its edge, as of a frame"
    if distance < _JAGGED and _jagged(comparison):
        return "with jagged edges all over, as of a picture that was drawn smaller without care"
    most = _OTHERWISE * (2.0 if in_place else 1.0)
    if _moved_tones(comparison) > _MOVED and comparison.agreement > _HALF_IN_PLACE:
        most *= 2.0
    otherwise = distance < most and _lit_otherwise(comparison)
    if otherwise or (distance < _HARDLY and _in_own_hues(comparison)):
        return "and what differs is lighter or darker in its own colours"
    return None


def _only_colours_differ(comparison: Comparison) -> bool:
    """Whether all that has a colour differs, paler or richer in its own hue and as light as it was, and
    nothing else does: on a grey banner a slider of the saturation reaches no more than a small mark."""
    changed = comparison.strength > 1.0
    seen, expected = comparison.residue.seen, comparison.residue.expected
    lighter = np.abs((seen[changed].astype(np.float32) - expected[changed]) @ LUMA)
    if not lighter.size or float(lighter.mean()) >= _AS_LIGHT:
        return False
    strength, own = channel_range(seen), channel_range(expected)
    coloured, around = own > _COLOURED, wider(changed, _SPREAD_BY)
    elsewhere = np.count_nonzero(coloured & ~around) > _ELSEWHERE * np.count_nonzero(coloured)
    beside = np.count_nonzero(changed & ~wider(coloured, _SPREAD_BY)) > _ELSEWHERE * np.count_nonzero(changed)
    if elsewhere or beside or strength[around].min() == strength[around].max():
        return False
    same_shape = float(np.corrcoef(strength[around], own[around])[0, 1]) > _SAME_SHAPE
    return same_shape and hues_kept(comparison)


def _toned(comparison: Comparison) -> bool:
    """Whether it is the same drawing, and all its colours were moved in one way, as by sliders."""
    alike = comparison.residue.same_hues and comparison.same_drawing > SAME_DRAWING
    return _moved_tones(comparison) > _ALL_MOVED and alike


def _cut_off_exactly(pair: Pair, prepared: Prepared) -> bool:
    """Whether it is the same drawing, and a contrast and a brightness that cut some colours off turn all its
    colours into those that are seen."""
    comparison = pair.comparison
    if comparison.same_drawing < SAME_DRAWING:
        return False
    banner = pair.reference.picture.prepared
    expected = banner.seen_through(comparison.window, comparison.residue.box, prepared.width, crisp=True)
    return explained_exactly(comparison.residue.seen, expected, comparison.strength > 1.0)


def _moved_tones(comparison: Comparison) -> float:
    """How far all tones were moved, in the units of `_MOVED`."""
    tone = comparison.residue.tone
    return tone.moved + abs(tone.saturation)


def _lit_otherwise(comparison: Comparison) -> bool:
    """Whether it is the same drawing, and what differs is lighter or darker in its own hues, not in specks
    or in a single spot."""
    share, in_one = _share(comparison), _in_one_place(comparison)
    if share < _SPECKS or (share < _SPOT and in_one > _SPOT_ALONE):
        return False
    # a vignette alone moves no tone, but darkens several corners of a drawing that is all in its place
    in_corners = comparison.agreement > _ALL_IN_PLACE and in_one < _MOST_IN_ONE
    moved = _moved_tones(comparison) > _MOVED_A_LITTLE or share > _ALL_OVER
    return (moved or in_corners) and _in_own_hues(comparison)


def _in_own_hues(comparison: Comparison) -> bool:
    """Whether it is the same drawing in the same hues."""
    coloured = abs(comparison.residue.colour_gain - 1) < _STRONGER
    # of a soft ground that is lighter or darker all over, storing and grain leave few strokes that agree
    soft = comparison.agreement > _HALF_IN_PLACE and _share(comparison) > _ALL_OVER
    least = _SAME_SOFTLY if soft else SAME_DRAWING
    return coloured and comparison.same_drawing > least and hues_kept(comparison)


def _plainly_moved(window: Window) -> bool:
    """Whether an editor turned, stretched or zoomed it, and not only registration, to meet some change."""
    if abs(window.turn) >= _PLAINLY_TURNED or abs(window.scale - 1) > _ZOOMED:
        return True
    return _stretched(window) >= _PLAINLY_STRETCHED


def _jagged(comparison: Comparison) -> bool:
    """Whether it is the same drawing in the same hues, and differs along its edges in several places, and
    nowhere else."""
    if _share(comparison) < _SOME_EDGES or not comparison.residue.same_hues:
        return False
    if comparison.same_drawing < _SAME_BUT_JAGGED:
        return False
    edges = wider(colour_slope(comparison.residue.expected) > _EDGE, _FELT)
    changed = comparison.strength > 1.0
    off = np.count_nonzero(changed & ~edges) < _OFF_THE_EDGES * np.count_nonzero(changed)
    return bool(off) and _in_one_place(comparison) < _ALONG_ONE


def _along_the_edge(comparison: Comparison, least: float) -> bool:
    """Whether nearly all that differs by more than `least` lies in the outermost lines."""
    changed = comparison.strength > least
    rim = round(_RIM * changed.shape[0])
    return float(changed[rim:-rim, rim:-rim].sum()) < _LEFT_INSIDE * float(changed.sum())


def in_one_spot(comparison: Comparison) -> bool:
    """Whether nearly all that differs lies in one place, and not in the outermost lines alone."""
    return _in_one_place(comparison) > _NEARLY_ALL and not _along_the_edge(comparison, 1.0)


def _share(comparison: Comparison) -> float:
    """The share of the picture that differs, 0 to 1."""
    return float((comparison.strength > 1.0).mean())


def _in_one_place(comparison: Comparison) -> float:
    """The largest share of what differs that lies in one place; 1 where nothing does."""
    changed = comparison.strength > 1.0
    if not changed.any():
        return 1.0
    places = cv2.connectedComponents(wider(changed, _NEAR).astype(np.uint8))[1]
    return float(np.bincount(places[changed]).max() / np.count_nonzero(changed))


def crop_words(comparison: Comparison) -> str:
    """How a picture that fits was cropped and edited."""
    zoom = comparison.window.scale
    edits = _edits(comparison)
    parts = [f"ours, {', '.join(edits)}" if edits else "fits all over"]
    if abs(zoom - 1) > 0.004 or comparison.visible < 0.985:
        parts.append(f"zoom {zoom:.3f}, {percent(comparison.visible)} of it in sight")
    if comparison.portrait is not None:
        parts.append("portrait over the corner left out")
    return "; ".join(parts)
