"""The reference banners, made ready for comparing, and what to know before a library is used."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations

import numpy as np

from auditor.banner.alterations import served
from auditor.banner.bands import SHIPPED, Bands
from auditor.banner.bars import bars
from auditor.banner.comparison import compare
from auditor.banner.picture import (
    BLACK,
    LANCZOS,
    WHITE,
    Picture,
    PictureTrouble,
    decode,
)
from auditor.banner.prepared import Prepared
from auditor.banner.raster import Pixels
from auditor.banner.search import Glance, SearchPlan, look
from auditor.model.company import BannerRole, ReferenceBanner

#: what LinkedIn asks for; a wider file is brought down to it
MASTER_WIDTH = 1584
#: five brands with a dozen banners each; some 6 MB a picture
_CACHED_PICTURES = 64

#: stray pixels apart, a larger share that lets the ground through makes a reference transparent
TRANSPARENT = 0.0001
#: at a glance, what correlates that much worse than the best is not looked for any further
_HOPELESS_GLANCE = 0.4


@dataclass(frozen=True, slots=True, eq=False)
class PreparedPicture:
    """All that depends on a reference's file alone."""

    digest: str
    size: tuple[int, int]
    prepared: Prepared
    plan: SearchPlan
    steep: float
    stripes: tuple[int, int, int, int]
    transparent: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class PreparedReference:
    """A reference with its prepared picture."""

    reference: ReferenceBanner
    picture: PreparedPicture

    @property
    def name(self) -> str:
        """The name the policy gives it."""
        return self.reference.name

    @property
    def role(self) -> BannerRole:
        """What it is to the entity."""
        return self.reference.role

    def holds_on(self, today: date | None) -> bool:
        """Whether it is a banner that people may carry on `today` (None: dates are not looked at)."""
        return self.reference.holds_on(today)

    def starts_after(self, today: date | None) -> bool:
        """Whether it is a current banner whose first day is still to come."""
        first = self.reference.valid_from
        begun = first is None or today is None or first <= today
        return self.role is BannerRole.CURRENT and not begun


@dataclass(frozen=True, slots=True, eq=False)
class BannerLibrary:
    """All references of an entity, in the order of the policy."""

    references: tuple[PreparedReference, ...]

    def current(self, today: date | None) -> tuple[PreparedReference, ...]:
        """The references that hold on `today`."""
        return tuple(reference for reference in self.references if reference.holds_on(today))


def glances(candidate: Prepared, library: BannerLibrary, bands: Bands) -> dict[str, Glance]:
    """How well each picture of the library fits at a glance, by its digest; without the hopeless."""
    pictures = {reference.picture.digest: reference.picture for reference in library.references}
    found = {key: candidate.glance(one.plan) for key, one in pictures.items()}
    least = max(bands.glance_below, max(seen.fit for seen in found.values()) - _HOPELESS_GLANCE)
    return {key: seen for key, seen in found.items() if seen.fit >= least}


def prepare(banners: Sequence[ReferenceBanner]) -> BannerLibrary:
    """The library of `banners`. Raises ValueError that names a reference whose file is no picture."""
    return BannerLibrary(tuple(PreparedReference(banner, _held(banner)) for banner in banners))


def over_black(library: BannerLibrary) -> BannerLibrary:
    """The references with transparent parts, as they look on black; the others are left out."""
    seen = (one.reference for one in library.references if one.picture.transparent > TRANSPARENT)
    return BannerLibrary(tuple(PreparedReference(one, _held(one, BLACK)) for one in seen))


def _held(banner: ReferenceBanner, ground: int = WHITE) -> PreparedPicture:
    found = _prepared(banner.body, ground)
    if isinstance(found, PictureTrouble):
        raise ValueError(f"banner {banner.name!r}: {found.reason}")
    return found


@lru_cache(maxsize=_CACHED_PICTURES)
def _prepared(body: bytes, ground: int) -> PreparedPicture | PictureTrouble:
    picture = decode(body, ground=ground)
    if isinstance(picture, PictureTrouble):
        return picture
    prepared = Prepared(master(picture))
    return PreparedPicture(
        hashlib.sha256(body).hexdigest(),
        (picture.width, picture.height),
        prepared,
        SearchPlan(prepared.pixels),
        prepared.steep,
        bars(prepared.pixels),
        picture.transparent,
    )


def master(picture: Picture) -> Pixels:
    """The picture at no more than the width that LinkedIn keeps."""
    if picture.width <= MASTER_WIDTH:
        return picture.rgb
    high = max(8, round(picture.height * MASTER_WIDTH / picture.width))
    return np.asarray(picture.image().resize((MASTER_WIDTH, high), LANCZOS))


_RATIO = 4.0
_RATIO_SLACK = 0.06
_SERVED_WIDTHS = (1400, 800)


@dataclass(frozen=True, slots=True)
class LibraryNote:
    """Something to know about one or two references, or (BANNER_WITHOUT_END) about all together.

    `code`: BANNER_TWICE, BANNER_ALIKE, BANNER_TOO_PLAIN, BANNER_TRANSPARENT, BANNER_SIZE or BANNER_RATIO.
    `margin`: for a pair, the measured distance less what a match may have: at or below 0 the two cannot be
    told apart at the served size.
    """

    code: str
    names: tuple[str, ...]
    message: str
    margin: float | None = None


def check_library(library: BannerLibrary, bands: Bands = SHIPPED, about: str = "") -> tuple[LibraryNote, ...]:
    """All notes on `library`, in the order of its references; empty = nothing to say.

    `about`: only the notes that speak of the reference of that name.
    """
    notes: list[LibraryNote] = []
    for reference in library.references:
        if about in ("", reference.name):
            notes.extend(_alone(reference, bands))
    shown: dict[str, list[Prepared]] = {}
    for first, second in combinations(library.references, 2):
        if about in ("", first.name, second.name):
            note = _pair(first, second, bands, shown)
            if note is not None:
                notes.append(note)
    return tuple(notes)


def _alone(reference: PreparedReference, bands: Bands) -> Iterator[LibraryNote]:
    (wide, high), name = reference.picture.size, reference.name
    size = f"{wide} x {high}"
    if reference.picture.steep < 2 * bands.plain_below and reference.role is not BannerRole.LINKEDIN_DEFAULT:
        yield LibraryNote(
            "BANNER_TOO_PLAIN",
            (name,),
            f"{name!r} has hardly a line on it: it cannot be told from other plain pictures",
        )
    if reference.picture.transparent > TRANSPARENT:
        yield LibraryNote(
            "BANNER_TRANSPARENT",
            (name,),
            f"{name!r} has transparent parts, and nobody knows on which colour LinkedIn lays them: save it "
            "without transparency and add it again",
        )
    if wide < 1400:
        yield LibraryNote("BANNER_SIZE", (name,), f"{name!r} is {size} pixels; give the master of 1584 x 396")
    if abs(wide / high / _RATIO - 1) > _RATIO_SLACK:
        yield LibraryNote(
            "BANNER_RATIO", (name,), f"{name!r} is {size} pixels, not 4 : 1; members will have to crop it"
        )


def _pair(
    first: PreparedReference, second: PreparedReference, bands: Bands, shown: dict[str, list[Prepared]]
) -> LibraryNote | None:
    names = (first.name, second.name)
    if first.picture.digest == second.picture.digest:
        return LibraryNote("BANNER_TWICE", names, f"{names[0]!r} and {names[1]!r} are the same file", 0.0)
    found = [
        distance
        for one, other in ((first, second), (second, first))
        for distance in _distances(_as_served(one, shown), other, bands)
    ]
    if not found or min(found) >= bands.differs_above:
        return None
    margin = round(min(found) - bands.match_below, 2)
    word = "cannot be told apart" if margin <= 0 else "can hardly be told apart"
    message = f"{names[0]!r} and {names[1]!r} {word} at the served size (margin {margin:+.2f})"
    return LibraryNote("BANNER_ALIKE", names, message, margin)


def _as_served(reference: PreparedReference, shown: dict[str, list[Prepared]]) -> list[Prepared]:
    """What visitors get of a reference, at each served width; kept in `shown` by its digest."""
    picture = reference.picture
    if picture.digest not in shown:
        bodies = (
            served(np.random.default_rng([width]), picture.prepared.image, width) for width in _SERVED_WIDTHS
        )
        pictures = (decode(body) for body in bodies)
        shown[picture.digest] = [Prepared(one.rgb) for one in pictures if isinstance(one, Picture)]
    return shown[picture.digest]


def _distances(served_ones: Sequence[Prepared], other: PreparedReference, bands: Bands) -> Iterator[float]:
    """How far each served picture stands from another reference; those far apart are left out."""
    for prepared in served_ones:
        for seen in glances(prepared, BannerLibrary((other,)), bands).values():
            places = look(prepared.view, other.picture.plan, seen)
            if places[0].fit < bands.unrelated_below:
                continue
            comparison = compare(prepared, other.picture.prepared, places, bands)
            if comparison is not None:
                yield comparison.distance
