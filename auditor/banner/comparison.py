"""One candidate against one reference: where it lies, what is left over, and how much that is."""

from __future__ import annotations

import cmath
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import ndimage

from auditor.banner.bands import Bands
from auditor.banner.frame import clear_rim, frame_depths, rim_distance
from auditor.banner.picture import BICUBIC, LANCZOS, Raster
from auditor.banner.portrait import Disc, find_button, find_portrait
from auditor.banner.refine import COARSE, FINE, MIDDLE, Strokes, refine, refine_freely, strokes
from auditor.banner.residue import Noise, Residue, measure, noise_of
from auditor.banner.search import SearchView, Sighting, search_view
from auditor.banner.texture import blank_corners
from auditor.banner.wide_search import WidePlan, WideView, look_wide, plan_wide, wide_views
from auditor.banner.window import Box, Window

_CHROMA_SHARE = 0.7
#: a difference that nobody sees is never taken for less than that share of the levels
_GENTLE = 0.7
_WHOLE = Window(1.0, 1.0, 0.0, 0.0)
_PEAK_PIXELS = 12.0
#: a place that the wide search finds is worth a look from here on
_WIDE_FIT = 0.4
#: and the same after the first refinement
_COARSE_FIT = 0.4
#: strokes that agree so far, and so far apart, tell the place for sure
_LIKELY, _WIDE = 0.6, 0.25
#: working widths of what LinkedIn serves, and what is nearly one of them; zoomed further, storing leaves less
_SERVED, _NEARLY, _HARDLY_ZOOMED = (FINE, 800), 0.02, 0.1
#: tones change strokes a little, never their place
_ALL_THERE = 0.7
#: a place whose strokes fit so well is not compared with others
_CERTAIN = 0.8
#: less than this is no turn (degrees) and no stretch, but what registration leaves open
_HARDLY_TURNED, _HARDLY_STRETCHED = 0.12, 0.008
#: two places are one when no corner moves further, in working pixels
_SAME_PLACE = 0.5
#: from this zoom on a reference's strokes are drawn larger, as the candidate shows them
_ZOOMED = 1.15
#: a banner's height in its widths, near enough to tell places apart
_HEIGHT = 0.25
#: so many levels a pixel are a stroke
_STEEP = 12.0
#: so far from a turned banner's edge nothing is looked at, in working pixels
_TURNED_RIM = 4
#: a difference of so many levels in so many pixels (at working width) is no matter of taste
_APART_LEVELS, _APART_PIXELS = 96, 400.0
#: how far storing a picture may move a flat colour, and all hues together, in levels
_COLOUR_LEVELS, _HUE_LEVELS = 2.5, 1.2


class Prepared:
    """A picture made ready for comparing; each raster is made when it is asked for."""

    def __init__(self, image: Image.Image) -> None:
        self.image = image
        self.width = min(FINE, image.width)
        self._noise: dict[int, Noise] = {}

    @cached_property
    def working(self) -> Image.Image:
        """The picture at working width."""
        if self.image.width == self.width:
            return self.image
        height = max(8, round(self.image.height * self.width / self.image.width))
        return self.image.resize((self.width, height), LANCZOS)

    @cached_property
    def view(self) -> SearchView:
        """The picture as the search looks at it."""
        return search_view(self.image)

    @cached_property
    def wide_views(self) -> tuple[WideView, ...]:
        """The picture with what an editor may have done undone, in several ways."""
        return wide_views(self.image, self.blank_corners)

    @cached_property
    def blank_corners(self) -> Image.Image | None:
        """A mask of the part without the blank corners of a turned picture; None where it has none."""
        return blank_corners(self.image)

    def shown_strokes(self, width: int) -> Strokes:
        """The strokes at `width` without those of blank corners."""
        own = self.strokes(width)
        if self.blank_corners is None:
            return own
        mask = np.asarray(self.blank_corners.resize((own.width, own.height))) > 250
        return Strokes(own.width, own.height, Image.fromarray(own.raster * mask))

    @cached_property
    def wide_plan(self) -> WidePlan:
        """The picture as a reference for the wide search."""
        return plan_wide(self.image)

    @cached_property
    def coarse(self) -> Strokes:
        """The strokes at the coarsest width."""
        return strokes(self.image, COARSE)

    @cached_property
    def middle(self) -> Strokes:
        """The strokes at the middle width."""
        return strokes(self.image, MIDDLE)

    @cached_property
    def fine(self) -> Strokes:
        """The strokes at working width."""
        return strokes(self.working, self.width)

    def strokes(self, width: int, zoom: float = 1.0) -> Strokes:
        """The strokes to compare with those of a picture at `width` that shows this zoomed so far."""
        if zoom < _ZOOMED:
            return self.coarse if width == COARSE else self.middle
        return strokes(self.image, round(width * zoom), seen_at=width)

    def noise(self, width: int, zoom: float) -> Noise | None:
        """What storing leaves of this as a banner, for a picture `width` pixels wide that shows it so zoomed;
        None at sizes that are too rare to keep."""
        kept = next((served for served in _SERVED if abs(width / served - 1) < _NEARLY), None)
        if kept is None or abs(zoom - 1) > _HARDLY_ZOOMED:
            return None
        if kept not in self._noise:
            self._noise[kept] = noise_of(self.image, kept)
        return self._noise[kept]

    @cached_property
    def palette(self) -> bool:
        """Whether it was stored with at most 256 colours; greys need no more, so they lose nothing."""
        colours = self.image.getcolors(256)
        return colours is not None and any(len(set(rgb)) > 1 for _, rgb in colours if isinstance(rgb, tuple))


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
    if stroke_fit(candidate.middle, reference.middle, window) < bands.unrelated_strokes:
        return None
    windows = [refine(candidate.fine, reference.fine, window, stretch_weight=0.5)]
    if candidate.width < bands.narrowest_match:
        windows.append(_WHOLE)
    found = [_compare_at(window, candidate, reference, places[0].fit, bands) for window in windows]
    comparisons = [comparison for comparison in found if comparison is not None]
    return min(comparisons, key=lambda comparison: comparison.distance, default=None)


def compare_edited(
    candidate: Prepared, reference: Prepared, straight: Comparison | None, bands: Bands
) -> Comparison | None:
    """The comparison where the candidate may have been turned, stretched or zoomed in an editor; None where
    that leads nowhere, or where `straight` lies already."""
    near = None
    if straight is not None:
        found = _freely(COARSE, candidate, reference, [straight.window])
        near = _edited_at(_freely(MIDDLE, candidate, reference, found), candidate, reference, straight, bands)
        if near is not None and near.distance < bands.match_below:
            return near
        if near is None and straight.agreement > _LIKELY and straight.spread > _WIDE:
            return None
    places = look_wide(candidate.wide_views, reference.wide_plan)
    places = [place for place in places if place.fit > max(_WIDE_FIT, 0.8 * places[0].fit)]
    found = [place for place in _freely(COARSE, candidate, reference, places) if place.fit > _COARSE_FIT]
    found = _freely(MIDDLE, candidate, reference, found[:2])
    far = _edited_at(found, candidate, reference, straight, bands)
    both = [comparison for comparison in (near, far) if comparison is not None]
    return min(both, key=lambda comparison: comparison.distance, default=None)


def _edited_at(
    found: list[Sighting], candidate: Prepared, reference: Prepared, straight: Comparison | None, bands: Bands
) -> Comparison | None:
    """The comparison at the best place of `found`."""
    if not found or found[0].fit < bands.unrelated_strokes:
        return None
    place = found[0].window
    drawn = [reference.fine]
    if place.scale > _ZOOMED:
        # a fine pattern enlarged is another pattern, so it is drawn as large as it is seen too
        drawn.append(strokes(reference.image, round(candidate.width * place.scale), seen_at=candidate.width))
    best: Comparison | None = None
    for own in drawn:
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


def plainly_apart(carried: Comparison, other: Prepared, candidate: Prepared) -> bool:
    """Whether a candidate that `carried` explains cannot be `other`: anybody would see the difference.

    `other` is drawn into the place that was found, and many pixels in sight stand far from what is there.
    """
    residue = carried.residue
    drawn = carried.window.predict(other.image, residue.box, candidate.width, Image.Resampling.BILINEAR)
    away = np.abs(np.asarray(drawn, dtype=np.int16) - residue.expected).max(axis=2)
    if carried.portrait is not None:
        away[carried.portrait.mask(away.shape, grow=1.06)] = 0
    return int((away > _APART_LEVELS).sum()) > _APART_PIXELS * (candidate.width / FINE) ** 2


def _compare_at(
    window: Window,
    candidate: Prepared,
    reference: Prepared,
    fit: float,
    bands: Bands,
    *,
    filtered: bool = False,
) -> Comparison | None:
    residue = measure(
        candidate.working,
        reference.image,
        window,
        palette=candidate.palette,
        filtered=filtered,
        stored=reference.noise(candidate.width, window.scale),
    )
    if residue is None:
        return None
    strength = _strength(residue, bands)
    framed = frame_depths(residue)
    clear_rim(strength, residue, candidate.working.size, framed)
    if residue.covered is not None:
        strength[~ndimage.binary_erosion(residue.covered, iterations=_TURNED_RIM, border_value=1)] = 0
    portrait, strength = _without_portrait(residue, strength, candidate.working)
    size = candidate.working.size
    # a sliver of a stripe that a crop has left says too little to accuse anybody by itself
    rim = rim_distance(residue, size, framed)
    colours = _colour_distance(residue, bands, filtered=filtered)
    return Comparison(
        fit,
        window,
        window.visible_share(*size, reference.image.height / reference.image.width),
        max(peak(strength, size[0]), colours, min(rim, bands.differs_above - 0.01)),
        _agreement(residue, strength),
        max(restlessness(candidate.working, residue.box), _restless_corners(residue)),
        goes_on(candidate.working, residue),
        _spread(residue) * residue.slope.shape[1] / candidate.working.width,
        filtered,
        portrait,
        strength,
        residue,
    )


def compare_filtered(
    candidate: Prepared, reference: Prepared, known: Comparison, bands: Bands
) -> Comparison | None:
    """The comparison at the place of `known` where the candidate went through the sliders of a picture
    editor; None where the strokes are not all there."""
    fit = stroke_fit(candidate.middle, reference.middle, known.window)
    if fit < _ALL_THERE:
        return None
    return _compare_at(known.window, candidate, reference, fit, bands, filtered=True)


def _best_window(candidate: Prepared, reference: Prepared, places: list[Sighting]) -> Window:
    """Refine every place at the coarse level and keep the one whose strokes fit best."""
    starts = [place.window for place in places[:3] if place.fit > 0.6 * places[0].fit] + [_WHOLE]
    coarse: list[tuple[float, Window]] = []
    for start in starts:
        window = refine(candidate.coarse, reference.coarse, start)
        coarse.append((stroke_fit(candidate.coarse, reference.coarse, window), window))
        if coarse[-1][0] > _CERTAIN:
            break
    coarse.sort(key=lambda found: -found[0])
    best = _apart([window for fit, window in coarse if coarse[0][0] <= _CERTAIN or fit > _CERTAIN])
    middle = [refine(candidate.middle, reference.middle, window) for window in best[:2]]
    if len(middle) == 1:
        return middle[0]
    return max(middle, key=lambda window: stroke_fit(candidate.middle, reference.middle, window))


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


def stroke_fit(candidate: Strokes, reference: Strokes, window: Window) -> float:
    """Normalised correlation of the strokes in the overlap (-1..1), weighted with its size."""
    box = window.overlap(candidate.width, candidate.height, reference.height / reference.width)
    if box[2] - box[0] < 40 or box[3] - box[1] < 10:
        return -1.0
    model = np.asarray(window.predict(reference.image, box, candidate.width, BICUBIC), dtype=np.float32)
    seen = candidate.raster[box[1] : box[3], box[0] : box[2]]
    norm = float(np.sqrt((model * model).sum() * (candidate.raster**2).sum())) + 1e-3
    return float((model * seen).sum()) / norm


def _strength(residue: Residue, bands: Bands) -> Raster:
    """The difference per pixel in units of what recompression and registration explain there."""
    clean = _cleanness(residue)
    steep = residue.slope * bands.shift_slack
    # what was stored gently shows a fainter change as well
    levels = bands.levels * float(np.clip(clean, _GENTLE, 1.0))
    allowed = np.sqrt(levels**2 + (bands.noise_factor * clean * residue.noise) ** 2 + steep**2)
    strength = np.abs(residue.rest) / allowed
    floor = _CHROMA_SHARE * bands.levels
    fine, broad = (
        np.abs(rest) / np.sqrt(floor**2 + (bands.noise_factor * noise) ** 2)
        for rest, noise in (
            (residue.colour_rest, residue.colour_noise),
            (residue.colour_drift, residue.drift_noise),
        )
    )
    colour = np.maximum(fine, broad).max(axis=0)
    large = np.repeat(np.repeat(colour, 2, axis=0), 2, axis=1)[: strength.shape[0], : strength.shape[1]]
    return np.asarray(np.maximum(strength, large), dtype=np.float32)


def _cleanness(residue: Residue) -> float:
    """How harshly the candidate was really stored: 1 = as the harsh copy, less = more gently."""
    busy = residue.noise > 1.0
    if int(busy.sum()) < 500:
        return 1.0
    ratio = float(np.percentile(np.abs(residue.rest[busy]) / residue.noise[busy], 80))
    return float(np.clip(ratio / 1.3, 0.35, 1.0))


def peak(strength: Raster, width: int) -> float:
    """The strongest difference that is more than a speck."""
    count = max(3, round(_PEAK_PIXELS * (width / FINE) ** 2))
    flat = strength.ravel()
    return float(np.partition(flat, flat.size - count)[flat.size - count])


def _without_portrait(residue: Residue, strength: Raster, working: Image.Image) -> tuple[Disc | None, Raster]:
    disc = find_portrait(strength, residue, working.width, working.height)
    if disc is None:
        return None, strength
    left = strength.copy()
    left[disc.mask(strength.shape, grow=1.06)] = 0
    button = find_button(left, residue, working.width, working.height)
    if button is not None:
        left[button.mask(strength.shape, grow=1.3)] = 0
    return disc, left


def _colour_distance(residue: Residue, bands: Bands, *, filtered: bool = False) -> float:
    """How far the colours as a whole are off; hue counts more, since fading is honest and turning is not."""
    gain, strength = residue.colour_gain, max(residue.colourfulness, 1.0)
    hue_slack = bands.hue_slack + _HUE_LEVELS / strength
    turned = abs(cmath.phase(gain)) / hue_slack if abs(gain) > 0.3 else 0.0
    faded = abs(gain - 1.0) / (bands.colour_slack + _COLOUR_LEVELS / strength)
    if filtered:
        return max(faded, turned)
    return max(faded, turned, abs(residue.tone.saturation) / bands.saturation_slack)


def _agreement(residue: Residue, strength: Raster) -> float:
    weight = np.minimum(residue.slope, 30.0)
    weight = np.where(weight > 3.0, weight, 0.0)
    total = float(weight.sum())
    return float(weight[strength < 1.5].sum()) / total if total > 50.0 else 1.0


def _spread(residue: Residue) -> float:
    """The share of the overlap's width from the first of its steep columns to the last, a few left out."""
    steep = np.flatnonzero((residue.slope > _STEEP).sum(axis=0) > 1)
    if steep.size < 10:
        return 0.0
    low, high = np.percentile(steep, (2, 98))
    return float(high - low) / float(residue.slope.shape[1])


def difference_box(comparison: Comparison) -> Box | None:
    """The box of the strongest connected difference, in working pixels of the candidate."""
    marked = ndimage.binary_dilation(comparison.strength > 1.0, iterations=4)
    labels, count = ndimage.label(marked)
    if count == 0:
        return None
    weights = ndimage.sum_labels(comparison.strength, labels, index=np.arange(1, count + 1))
    rows, columns = ndimage.find_objects(labels)[int(np.argmax(weights))]
    x0, y0 = comparison.residue.box[:2]
    return columns.start + x0, rows.start + y0, columns.stop + x0, rows.stop + y0


Pixels = npt.NDArray[np.float32]
#: colour bleeds over an edge when a picture is stored: so far from it nothing is looked at, in working pixels
_BLEEDING = 2
_NARROWEST_GAP = 4
#: a seam is seen where the colour changes by so many levels, on so much of its length
_SEAM_LEVELS = 18.0
_SEAM_SHARE = 0.3


def restlessness(working: Image.Image, box: Box) -> float:
    """How far what lies beside `box` is from one flat colour a side, in levels (0 = flat)."""
    pixels = np.asarray(working, dtype=np.float32)
    gap = max(6, round(working.width / 125))
    strips = (
        pixels[:, : max(0, box[0] - gap)],
        pixels[:, box[2] + gap :],
        pixels[: max(0, box[1] - gap)],
        pixels[box[3] + gap :],
    )
    worst = 0.0
    for strip in strips:
        if min(strip.shape[:2]) >= 3:
            away = np.abs(strip - np.median(strip.reshape(-1, 3), axis=0)).max(axis=2)
            worst = max(worst, float(np.percentile(away, 98)))
    return worst


def _restless_corners(residue: Residue) -> float:
    """How far what lies beside a turned banner, within its box, is from one flat colour, in levels."""
    if residue.covered is None:
        return 0.0
    beside = residue.seen[~ndimage.binary_dilation(residue.covered, iterations=_TURNED_RIM)]
    if len(beside) < 50:
        return 0.0
    away = np.abs(beside - np.median(beside.astype(np.float32), axis=0)).max(axis=1)
    return float(np.percentile(away, 95))


def goes_on(working: Image.Image, residue: Residue) -> bool:
    """Whether the banner's own ground seems to go on beside it: somewhere it ends without a seam.

    On a ground of one colour a picture that was shifted and a drawing that was moved are the same pixels.
    """
    pixels = np.asarray(working, dtype=np.float32)
    expected = residue.expected.astype(np.float32)
    x0, y0, x1, y1 = residue.box
    inside = pixels[y0:y1, x0:x1]
    if inside.shape != expected.shape:
        return False
    sides = (
        (pixels[y0:y1, :x0][:, ::-1].swapaxes(0, 1), expected.swapaxes(0, 1)),
        (pixels[y0:y1, x1:].swapaxes(0, 1), expected[:, ::-1].swapaxes(0, 1)),
        (pixels[:y0, x0:x1][::-1], expected),
        (pixels[y1:, x0:x1], expected[::-1]),
    )
    return any(_seamless(outside, own) for outside, own in sides)


def _seamless(outside: Pixels, own: Pixels) -> bool:
    """Both with the line next to the seam first."""
    if len(outside) < _NARROWEST_GAP:
        return False
    beside = outside[_BLEEDING : 2 * _NARROWEST_GAP].mean(axis=0)
    edge = own[_BLEEDING : 2 * _NARROWEST_GAP].mean(axis=0)
    return float((np.abs(beside - edge).max(axis=1) > _SEAM_LEVELS).mean()) < _SEAM_SHARE
