"""Changes that differ by less than storing a picture explains, but in a way in which storing does not."""

from __future__ import annotations

import cv2
import numpy as np

from auditor.banner.comparison import Comparison, filter_shows
from auditor.banner.planes import colours_of, half_size
from auditor.banner.raster import Pixels, Raster, blur, broad_blur, colour_slope, wider
from auditor.banner.strokes import FINE
from auditor.banner.window import Mask

#: what storing changes is about alike in many places: from that distance on, one place (so many pixels wide;
#: what lies so near is left out) that differs so many times as much as any other is somebody's doing
_OUTSTANDING, _PLACE, _ROUND_IT = ((0.8, 1.7), (0.65, 2.0), (0.5, 2.3)), 3, 16
#: nothing near the edge of a picture, in pixels, tells a change from a frame's
_RIM = 20
#: an edge, in levels a pixel; storing changes what lies so near to it, in pixels (both at half the size), and
#: so many pixels of calm ground by less than that, of a turned picture by less than the other
_EDGE, _REACH, _PIXELS, _CALM, _CALM_TURNED = 10.0, 4, 40.0, 0.66, 0.9
#: strokes of colour are what changes within so many pixels (at half the size), in a neighbourhood as wide, so
#: strong there (levels); those that correlate less (-1..1; honest ones: 0.5) in more pixels than a speck are
#: other ones, where something differs by that much in a picture in which the most is at least that
_FINE_COLOURS, _NEIGHBOURHOOD, _STROKES, _AGREE, _SPECK = 2.0, 5.0, 5.0, 0.2, 6
_DIFFERS_A_LITTLE, _DIFFERS = 0.5, 0.9
_SUM = np.ones((1, 2))


def stands_out(comparison: Comparison) -> bool:
    """Whether one place differs far more than all others, however little that is."""
    times = next((times for least, times in _OUTSTANDING if comparison.distance > least), None)
    if times is None:
        return False
    places = cv2.blur(comparison.strength, (_PLACE, _PLACE))
    _, highest, _, (x, y) = cv2.minMaxLoc(places)
    around = (slice(max(0, y - _ROUND_IT), y + _ROUND_IT), slice(max(0, x - _ROUND_IT), x + _ROUND_IT))
    places[around] = 0.0
    return highest > times * float(places.max())


def on_calm_ground(comparison: Comparison, width: int) -> bool:
    """Whether something lies where the banner has no edge: storing leaves hardly anything there, but sliders
    do. `width` of the picture at which it was compared."""
    least = _CALM if comparison.window.straight else _CALM_TURNED
    if comparison.distance < least or filter_shows(comparison):
        return False
    differs, few = _inside(comparison.strength > least), _PIXELS * (width / FINE) ** 2
    if np.count_nonzero(differs) <= few:
        return False
    edges = colour_slope(half_size(comparison.residue.expected)) > _EDGE
    near = _doubled(wider(edges, _REACH), comparison.strength.shape)
    return bool(np.count_nonzero(differs & ~_inside(near)) > few)


def other_strokes(comparison: Comparison) -> bool:
    """Whether somewhere the strokes that only their colour sets off are other ones: storing leaves so little
    of such strokes that they differ by no more than it explains."""
    if comparison.distance < _DIFFERS:
        return False
    residue = comparison.residue
    seen, expected = (_fine_colours(rgb) for rgb in (residue.seen, residue.expected))
    both, own, wanted = (
        broad_blur(np.asarray(cv2.transform(one * other, _SUM), dtype=np.float32), _NEIGHBOURHOOD)
        for one, other in ((seen, expected), (seen, seen), (expected, expected))
    )
    otherwise = np.maximum(own, wanted) > _STROKES**2
    otherwise &= both < _AGREE * np.sqrt(np.maximum(own * wanted, 0.0))
    if np.count_nonzero(otherwise) <= _SPECK:
        return False
    differs = wider(comparison.strength > _DIFFERS_A_LITTLE, 2 * round(_NEIGHBOURHOOD))
    otherwise = _doubled(otherwise, differs.shape) & differs
    return bool(np.count_nonzero(_inside(otherwise)) > 4 * _SPECK)


def _fine_colours(rgb: Pixels) -> Raster:
    """The red and blue difference at half the size, without what changes slowly."""
    colours = colours_of(half_size(rgb))
    fine = cv2.subtract(colours, blur(colours, _FINE_COLOURS), dtype=cv2.CV_32F)
    return np.asarray(fine, dtype=np.float32)


def _doubled(half: Mask, shape: tuple[int, ...]) -> Mask:
    """A mask at half the size as one of `shape`."""
    whole = cv2.resize(half.astype(np.uint8), (shape[1], shape[0]), interpolation=cv2.INTER_NEAREST)
    return np.asarray(whole, dtype=bool)


def _inside(plane: np.ndarray) -> np.ndarray:
    """A plane without what lies near its edge."""
    return plane[_RIM:-_RIM, _RIM:-_RIM]
