"""What a brand manager should know about the library before it is used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from auditor.domain.company import BannerRole
from auditor.judging.banner.bands import SHIPPED, Bands
from auditor.judging.banner.comparison import Prepared, compare
from auditor.judging.banner.journeys import served
from auditor.judging.banner.library import BannerLibrary, PreparedReference
from auditor.judging.banner.picture import Picture, decode
from auditor.judging.banner.search import look

_RATIO = 4.0
_RATIO_SLACK = 0.06
_SERVED_WIDTHS = (1400, 800)


@dataclass(frozen=True, slots=True)
class LibraryNote:
    """Something to know about one or two references.

    `code`: BANNER_TWICE, BANNER_ALIKE, BANNER_TOO_PLAIN, BANNER_SIZE or BANNER_RATIO. `margin`: for a pair,
    the measured distance less what a match may have: at or below 0 the two cannot be told apart at the
    served size.
    """

    code: str
    names: tuple[str, ...]
    message: str
    margin: float | None = None


def check_library(library: BannerLibrary, bands: Bands = SHIPPED) -> tuple[LibraryNote, ...]:
    """All notes on `library`, in the order of its references; empty = nothing to say."""
    notes: list[LibraryNote] = []
    for reference in library.references:
        notes.extend(_alone(reference, bands))
    for first, second in combinations(library.references, 2):
        note = _pair(first, second, bands)
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
    if wide < 1400:
        yield LibraryNote("BANNER_SIZE", (name,), f"{name!r} is {size} pixels; give the master of 1584 x 396")
    if abs(wide / high / _RATIO - 1) > _RATIO_SLACK:
        yield LibraryNote(
            "BANNER_RATIO", (name,), f"{name!r} is {size} pixels, not 4 : 1; members will have to crop it"
        )


def _pair(first: PreparedReference, second: PreparedReference, bands: Bands) -> LibraryNote | None:
    names = (first.name, second.name)
    if first.held.digest == second.held.digest:
        return LibraryNote("BANNER_TWICE", names, f"{names[0]!r} and {names[1]!r} are the same file", 0.0)
    distance = served_distance(first, second, bands)
    if distance is None or distance >= bands.differs_above:
        return None
    margin = round(distance - bands.match_below, 2)
    word = "cannot be told apart" if margin <= 0 else "can hardly be told apart"
    message = f"{names[0]!r} and {names[1]!r} {word} at the served size (margin {margin:+.2f})"
    return LibraryNote("BANNER_ALIKE", names, message, margin)


def served_distance(first: PreparedReference, second: PreparedReference, bands: Bands) -> float | None:
    """The least distance at which one of two banners, as served, stands to the other; None = far apart."""
    found = []
    for shown, other in ((first, second), (second, first)):
        for width in _SERVED_WIDTHS:
            body = served(np.random.default_rng([width]), shown.held.prepared.image, width)
            picture = decode(body)
            if not isinstance(picture, Picture):
                continue
            prepared = Prepared(picture.image())
            places = look(prepared.view, other.held.plan)
            if places[0].fit < bands.unrelated_below:
                continue
            comparison = compare(prepared, other.held.prepared, places, bands)
            if comparison is not None:
                found.append(comparison.distance)
    return min(found, default=None)
