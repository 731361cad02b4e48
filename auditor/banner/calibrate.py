"""Measure the thresholds on the company's own banners: honest journeys against near misses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from PIL import Image

from auditor.banner.alterations import JOURNEYS, NEAR_MISSES, served, visible_change
from auditor.banner.bands import SHIPPED, Bands
from auditor.banner.kinds import VerdictKind
from auditor.banner.library import BannerLibrary, PreparedReference
from auditor.banner.picture import Picture, decode
from auditor.banner.verdict import judge
from auditor.model.company import BannerRole

_SEED = 20_26
#: the bands may move within these limits only: what a person can see does not depend on the company
_MATCH_RANGE = (1.0, 1.6)
_GAP = 0.4


@dataclass(frozen=True, slots=True)
class CalibrationRow:
    """One family of pictures: how many, their distances, and how many got which verdict."""

    family: str
    genuine: bool
    count: int
    least: float
    median: float
    most: float
    match: int
    review: int
    differs: int


@dataclass(frozen=True, slots=True)
class CalibrationTable:
    """The measured rows, the bands that follow, and how far the two sides lie apart.

    `gap`: the nearest near miss minus the farthest genuine one, in distance; negative = they overlap.
    """

    rows: tuple[CalibrationRow, ...]
    bands: Bands
    gap: float
    pictures: int

    def lines(self) -> tuple[str, ...]:
        """The table as text lines."""
        head = "family".ljust(40) + "    n   least  median    most  match review differs"
        body = tuple(
            f"{row.family:40s} {row.count:4d} {row.least:7.2f} {row.median:7.2f} {row.most:7.2f} "
            f"{row.match:6d} {row.review:6d} {row.differs:7d}"
            for row in self.rows
        )
        return (head, *body)


def calibrate(library: BannerLibrary, today: date | None = None, rounds: int = 2) -> CalibrationTable:
    """The table and bands of `library`. Pure and seeded: the same library gives the same table.

    `rounds`: how often each journey and each near miss is tried per current banner. Raises ValueError
    when the library has no current banner.
    """
    current = library.current(today)
    if not current:
        raise ValueError("there is no current banner to calibrate on")
    families: dict[tuple[bool, str], list[tuple[float, VerdictKind]]] = {}
    for index, reference in enumerate(current):
        alone = BannerLibrary((reference,))
        for genuine, family, body in _pictures(reference, library, index, rounds):
            picture = decode(body)
            if isinstance(picture, Picture):
                verdict = judge(picture, alone, today)
                families.setdefault((genuine, family), []).append((verdict.distance, verdict.kind))
    rows = tuple(_row(family, genuine, found) for (genuine, family), found in families.items())
    return _table(rows)


def _pictures(
    reference: PreparedReference, library: BannerLibrary, index: int, rounds: int
) -> Iterator[tuple[bool, str, bytes]]:
    image = reference.picture.prepared.image
    for turn in range(rounds):
        rng = np.random.default_rng([_SEED, index, turn])
        for family, journey in JOURNEYS.items():
            yield True, family, journey(rng, image)
        yield from _changed(rng, image)
    for other in library.references:
        if other.role is not BannerRole.CURRENT and other.picture.digest != reference.picture.digest:
            rng = np.random.default_rng([_SEED, index, 999])
            yield False, f"{other.role.value}: {other.name}"[:40], served(rng, other.picture.prepared.image)


def _changed(rng: np.random.Generator, image: Image.Image) -> Iterator[tuple[bool, str, bytes]]:
    names = list(JOURNEYS)
    for family, change in NEAR_MISSES.items():
        changed = change(rng, image)
        if visible_change(image, changed):
            yield False, family, served(rng, changed)
            yield False, family, JOURNEYS[str(rng.choice(names))](rng, changed)


def _row(family: str, genuine: bool, found: list[tuple[float, VerdictKind]]) -> CalibrationRow:
    distances = [distance for distance, _ in found]
    kinds = [kind for _, kind in found]
    return CalibrationRow(
        family,
        genuine,
        len(found),
        min(distances),
        float(np.median(distances)),
        max(distances),
        kinds.count(VerdictKind.MATCH),
        kinds.count(VerdictKind.REVIEW),
        kinds.count(VerdictKind.DIFFERS),
    )


def _table(rows: tuple[CalibrationRow, ...]) -> CalibrationTable:
    farthest = max((row.most for row in rows if row.genuine), default=0.0)
    nearest = min((row.least for row in rows if not row.genuine), default=99.0)
    match, differs = _edges(farthest, nearest)
    bands = replace(SHIPPED, version="calibrated-1", match_below=match, differs_above=differs)
    return CalibrationTable(rows, bands, nearest - farthest, sum(row.count for row in rows))


def _edges(farthest: float, nearest: float) -> tuple[float, float]:
    """Where match ends and differs begins: a third and two thirds of the way, within the limits.

    Where the two sides overlap, the shipped edges hold and what lies between them goes to a person.
    """
    if nearest - farthest < _GAP:
        return min(SHIPPED.match_below, max(_MATCH_RANGE[0], nearest * 0.9)), SHIPPED.differs_above
    match = float(np.clip(farthest + (nearest - farthest) / 3, *_MATCH_RANGE))
    upper = float(np.clip(farthest + 2 * (nearest - farthest) / 3, match + _GAP, SHIPPED.differs_above))
    return round(match, 2), round(upper, 2)
