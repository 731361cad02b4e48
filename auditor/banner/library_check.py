"""What a brand manager should know about the library before it is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from auditor.banner.alterations import served
from auditor.banner.bands import SHIPPED, Bands
from auditor.banner.comparison import Prepared, compare
from auditor.banner.library import TRANSPARENT, BannerLibrary, PreparedReference, sightings
from auditor.banner.picture import Picture, decode
from auditor.model.company import BannerRole

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
    (wide, high), name = reference.held.size, reference.name
    size = f"{wide} x {high}"
    if reference.held.steep < 2 * bands.plain_below and reference.role is not BannerRole.LINKEDIN_DEFAULT:
        yield LibraryNote(
            "BANNER_TOO_PLAIN",
            (name,),
            f"{name!r} has hardly a line on it: it cannot be told from other plain pictures",
        )
    if reference.held.transparent > TRANSPARENT:
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
    if first.held.digest == second.held.digest:
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
    held = reference.held
    if held.digest not in shown:
        bodies = (
            served(np.random.default_rng([width]), held.prepared.image, width) for width in _SERVED_WIDTHS
        )
        pictures = (decode(body) for body in bodies)
        shown[held.digest] = [Prepared(one.image()) for one in pictures if isinstance(one, Picture)]
    return shown[held.digest]


def _distances(served_ones: Sequence[Prepared], other: PreparedReference, bands: Bands) -> Iterator[float]:
    """How far each served picture stands from another reference; those far apart are left out."""
    for prepared in served_ones:
        for places in sightings(prepared.view, BannerLibrary((other,)), bands).values():
            comparison = compare(prepared, other.held.prepared, places, bands)
            if comparison is not None:
                yield comparison.distance
