"""A picture made ready for comparing: its copies at the widths that the judge looks at."""

from __future__ import annotations

from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from auditor.banner.features import SMALL, Features, Placement, lasting, locate
from auditor.banner.light import crops_by_light
from auditor.banner.noise import WholeNoise, noise_of
from auditor.banner.planes import Planes, colours_of, half_size
from auditor.banner.raster import (
    Pixels,
    Raster,
    crisply_smaller,
    crisply_softened,
    drawn,
    grey,
    smaller,
    softened,
)
from auditor.banner.search import UNTOLD, Glance, SearchPlan, SearchView, glance, roughly, search_view
from auditor.banner.storing import Storing
from auditor.banner.strokes import COARSE, FINE, MIDDLE, Strokes, strokes
from auditor.banner.texture import (
    blank_corners,
    edge_direction,
    one_colour,
    repeats_itself,
    steepness,
    texture,
    told_by_colour,
)
from auditor.banner.wide_search import WidePlan, WideView, plan_wide, wide_views
from auditor.banner.window import Box, Mask, Window

#: from this zoom on a reference's strokes are drawn larger, as the candidate shows them; in steps that
#: strokes do not feel
_ZOOMED, _ZOOM_STEP = 1.15, 1.06
#: so many strokes that are drawn larger are kept, the latest ones: all of them would take ten megabytes
_LARGER_KEPT = 4
#: working widths of what LinkedIn serves, and what is nearly one of them; zoomed further, storing leaves less
_SERVED, _NEARLY, _HARDLY_ZOOMED = (FINE, 800), 0.02, 0.1
#: where so many corners of a banner last, a picture in which no more than some (8) agree does not show it
#: (the least of 1,400 edited ones: 14), unless a part of the banner is lit so far alike (0.75: 95 of 100
#: crops, 2 of 100 strangers); where only so many last, unless one is so far (the least of 300 crops: 0.66)
_LASTING, _HARDLY_LASTING, _LIT, _HARDLY_LIT = 25, 10, 0.75, 0.6
#: what is shown so far lies in no blank corner; a rim takes up that share of the height, half of the width
_SHOWN, _RIM = 0.98, 0.1
#: so many pixels (at half the size) are strokes worth mentioning
_SOME_STROKES = 100
#: copies of half that width are alike by as much, or more, but for that (the most of 815 pairs: 0.03)
_ROUGHER = 0.05


class Prepared:
    """A picture (RGB) made ready for comparing; each copy is made when it is asked for. `storing`: how its
    file was stored, where that is known."""

    def __init__(self, pixels: Pixels, storing: Storing | None = None) -> None:
        self.pixels, self.storing = pixels, storing
        self.width: int = min(FINE, pixels.shape[1])
        self.height = pixels.shape[0]
        if pixels.shape[1] != self.width:
            self.height = max(8, round(self.height * self.width / pixels.shape[1]))
        self._noise: dict[int, WholeNoise] = {}
        self._strokes: dict[int, Strokes] = {}
        self._placements: dict[Prepared, Placement] = {}
        self._rough: dict[SearchPlan, Glance] = {}
        self._glances: dict[SearchPlan, Glance] = {}

    @property
    def image(self) -> Image.Image:
        """The same as a Pillow image."""
        return Image.fromarray(self.pixels)

    @property
    def ratio(self) -> float:
        """Height by width."""
        return float(self.pixels.shape[0] / self.pixels.shape[1])

    @cached_property
    def _light(self) -> Pixels:
        return np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)

    @cached_property
    def half(self) -> Pixels:
        """The picture at half its size."""
        return half_size(self.pixels)

    @cached_property
    def _half_colours(self) -> Pixels:
        return colours_of(self.half)

    @cached_property
    def seen(self) -> Pixels:
        """The picture at working width as people see it."""
        size = (self.width, self.height)
        if self.pixels.shape[1::-1] == size:
            return self.pixels
        half = (-(-size[0] // 2), -(-size[1] // 2))
        colours = cv2.resize(self._half_colours, half, interpolation=cv2.INTER_AREA)
        return Planes(crisply_smaller(self._light, size), np.asarray(colours, dtype=np.uint8)).rgb()

    def seen_through(self, window: Window, box: Box, width: int, *, crisp: bool = False) -> Pixels:
        """This as a banner, as it is seen in `box` of a candidate `width` pixels wide.

        `crisp`: with its colours at full size, for where they are made much stronger afterwards.
        """
        size = (box[2] - box[0], box[3] - box[1])
        half = (-(-size[0] // 2), -(-size[1] // 2))
        wide, across = self.pixels.shape[1], self._half_colours.shape[1]
        finer = wide / (window.scale * width)
        if crisp:
            matrix = window.matrix(box, width, wide)
            return drawn(crisply_softened(self.pixels, finer), matrix, size, edge=True)
        light = crisply_softened(self._light, finer)
        colours = softened(self._half_colours, 2 * across / (window.scale * width))
        seen = Planes(
            drawn(light, window.matrix(box, width, wide), size, edge=True),
            drawn(colours, window.matrix(box, width, across, (2.0, 2.0)), half, swift=True, edge=True),
        )
        return seen.rgb()

    @cached_property
    def middle(self) -> Pixels:
        """A copy at the middle width."""
        return smaller(self.half if self.half.shape[1] >= MIDDLE else self.pixels, MIDDLE)

    @cached_property
    def coarse(self) -> Pixels:
        """A copy as narrow as the search looks at."""
        return smaller(self.middle, COARSE)

    @cached_property
    def coarsest(self) -> Pixels:
        """A copy of half that width."""
        return half_size(self.coarse)

    @cached_property
    def features(self) -> Features:
        """The corners by which it is found, at half its size unless it is small."""
        return Features(self._cornered)

    @property
    def _cornered(self) -> Pixels:
        if self.half.shape[1] < SMALL:
            return self._light
        return np.asarray(cv2.cvtColor(self.half, cv2.COLOR_RGB2GRAY), dtype=np.uint8)

    @cached_property
    def lasting(self) -> int:
        """How many of its corners last in whatever part a crop leaves (see `features.lasting`)."""
        return lasting(self.features, self._cornered)

    @property
    def corners_last(self) -> bool:
        """Whether so many of its corners last that they tell most parts of it."""
        return self.lasting >= _HARDLY_LASTING

    @property
    def many_corners_last(self) -> bool:
        """Whether so many last that they tell every part of it."""
        return self.lasting >= _LASTING

    @cached_property
    def _texture(self) -> npt.NDArray[np.float64]:
        return texture(self.middle)

    @cached_property
    def _repeats_itself(self) -> bool:
        """Whether neither corners nor texture tell one part of it from another."""
        return not self.corners_last and repeats_itself(self.middle)

    def may_be_a_part_of(self, banner: Prepared) -> bool:
        """Whether `banner` repeats itself, and this has its texture: nothing tells whether it is a part."""
        return banner._repeats_itself and bool(np.abs(self._texture - banner._texture).max() < 1.0)

    def placement(self, banner: Prepared) -> Placement:
        """Where the corners of `banner` lie in this."""
        if banner not in self._placements:
            placement = locate(self.features, banner.features, telling=banner.corners_last)
            if placement.absent and self._lit_as_a_part(banner):
                placement = locate(self.features, banner.features, telling=False)
            self._placements[banner] = placement
        return self._placements[banner]

    def _lit_as_a_part(self, banner: Prepared) -> bool:
        """Whether light and dark lie as in some part of `banner`, roughly; where few of its corners last, the
        roughest likeness is enough."""
        least = _LIT if banner.many_corners_last else _HARDLY_LIT
        for seen, own, limit in (
            (self.coarsest, banner.coarsest, least - _ROUGHER),
            (self.coarse, banner.coarse, least),
        ):
            crops = crops_by_light(seen, own)
            if not crops or crops[0][0] <= limit:
                return False
        return True

    @cached_property
    def view(self) -> SearchView:
        """The picture as the search looks at it."""
        return search_view(grey(self.coarse))

    def glance(self, banner: SearchPlan) -> Glance:
        """How well `banner` fits in this at a glance."""
        if banner not in self._glances:
            self._glances[banner] = glance(self.view, banner, rough=self._roughly(banner))
        return self._glances[banner]

    def may_show(self, banner: SearchPlan, fit: float) -> bool:
        """Whether the low frequencies leave it open that `banner` fits in this so well at a glance."""
        return not banner.told_by_low or self._roughly(banner).fit > fit - UNTOLD

    def _roughly(self, banner: SearchPlan) -> Glance:
        if banner not in self._rough:
            self._rough[banner] = roughly(self.view, banner)
        return self._rough[banner]

    @cached_property
    def wide_views(self) -> tuple[WideView, ...]:
        """The picture with what an editor may have done undone, in several ways."""
        return wide_views(self.middle, self.shown)

    @cached_property
    def shown(self) -> Raster | None:
        """Where no blank corner of a turned picture is, 0 to 1; None where it has none."""
        return blank_corners(self.coarse)

    @cached_property
    def wide_plan(self) -> WidePlan:
        """The picture as a reference for the wide search."""
        return plan_wide(self.middle)

    def shown_strokes(self, width: int) -> Strokes:
        """The strokes at `width` without those of blank corners."""
        own = self.strokes(width)
        mask = self._shown_at((own.width, own.height))
        return own if mask is None else Strokes(np.asarray(own.raster * mask, dtype=np.float32), own.ratio)

    def _shown_at(self, size: tuple[int, int]) -> Mask | None:
        """Which pixels of a copy of that size lie in no blank corner; None where it has none."""
        if self.shown is None:
            return None
        return np.asarray(cv2.resize(self.shown, size) > _SHOWN)

    def strokes(self, width: int, zoom: float = 1.0) -> Strokes:
        """The strokes to compare with those of a picture at `width` that shows this zoomed so far."""
        steps = round(np.log(zoom / _ZOOMED) / np.log(_ZOOM_STEP)) if zoom >= _ZOOMED else None
        drawn_at = width if steps is None else round(width * _ZOOMED * _ZOOM_STEP**steps)
        key = drawn_at if steps is None else -drawn_at
        found = self._strokes.pop(key, None)
        if found is None:
            found = strokes(self._copy(drawn_at), drawn_at, 0 if steps is None else width)
        self._strokes[key] = found
        larger = [held for held in tuple(self._strokes) if held < 0]
        for held in larger[:-_LARGER_KEPT]:
            self._strokes.pop(held, None)
        return found

    def _copy(self, width: int) -> Pixels:
        """The cheapest copy from which strokes at `width` can be drawn."""
        return {COARSE: self.coarse, MIDDLE: self.middle}.get(width, self.pixels)

    @property
    def fine(self) -> Strokes:
        """The strokes at working width: of the pixels as they are, for `seen` has its colours softened, and
        strokes that only their colour sets off would be other ones than a reference's."""
        return self.strokes(self.width)

    def noise(self, width: int, zoom: float) -> WholeNoise | None:
        """What storing leaves of this as a banner, for a picture `width` pixels wide that shows it so zoomed;
        None at sizes that are too rare to keep."""
        kept = next((served for served in _SERVED if abs(width / served - 1) < _NEARLY), None)
        if kept is None or abs(zoom - 1) > _HARDLY_ZOOMED:
            return None
        if kept not in self._noise:
            self._noise[kept] = noise_of(self.pixels, kept)
        return self._noise[kept]

    @cached_property
    def steep(self) -> float:
        """The share of it that is strokes and edges (see `steep_share`)."""
        return steepness(self.middle)

    @cached_property
    def edge_direction(self) -> float | None:
        """The way in which nearly all its edges run, in degrees; None where they run several ways."""
        return edge_direction(self.pixels)

    @cached_property
    def inner_edge_direction(self) -> float | None:
        """The same of what lies neither along its rim nor in a blank corner, as an editor leaves them."""
        high, wide = self.pixels.shape[:2]
        inner = np.zeros((high, wide), dtype=bool)
        down, right = round(_RIM * high), round(_RIM * wide / 2)
        inner[down : high - down, right : wide - right] = True
        mask = self._shown_at((wide, high))
        return edge_direction(self.pixels, inner if mask is None else inner & mask)

    @cached_property
    def has_strokes_told_by_colour(self) -> bool:
        """Whether some of its strokes are as light as their ground, so that only their colour tells them."""
        return told_by_colour(self.half) > _SOME_STROKES

    @property
    def one_colour(self) -> bool:
        """Whether it is one flat colour."""
        return one_colour(self.middle)

    @cached_property
    def few_colours(self) -> Prepared:
        """The same stored with 256 colours of its own, as a GIF holds it: rare colours are lost."""
        return Prepared(np.asarray(self.image.quantize(256).convert("RGB")))

    @cached_property
    def palette(self) -> bool:
        """Whether it was stored with at most 256 colours; greys need no more, so they lose nothing."""
        colours = self.image.getcolors(256)
        return colours is not None and any(len(set(rgb)) > 1 for _, rgb in colours if isinstance(rgb, tuple))
