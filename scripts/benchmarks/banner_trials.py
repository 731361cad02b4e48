"""What the banner benchmark shows to the judge: one banner's candidates, each with its truth."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from auditor.banner.alterations import JOURNEYS, NEAR_MISSES, served, visible_change
from auditor.banner.window import Box
from auditor.proof.drawn_banners import SYSTEMS, edits, invent, plain_pictures, render
from auditor.proof.editor import CHANGES, FILTERS, Edit

#: LinkedIn's small picture, and the pixels round a change that still count as its place (at 1584)
_SMALL, _SMALL_SHARE, _ROUGH_SHARE, _SLACK, _MASTER = 200, 0.1, 0.5, 12, 1584
#: a change is seen when that many pixels differ by more levels than that
_CHANGED_PIXELS, _CHANGED_LEVELS = 90, 24
Mask: TypeAlias = npt.NDArray[np.bool_]


class Group(StrEnum):
    """What a candidate is: the tables stand in this order."""

    GENUINE = "genuine, on an honest way"
    EDITED = "genuine, changed in an editor"
    NEAR_MISS = "near misses"
    KIN = "another banner of the brand"
    STRANGER = "a stranger's banner, or a plain picture"
    SMALL_GENUINE = "genuine at 200 x 50"
    SMALL_NEAR_MISS = "near misses at 200 x 50"

    @property
    def genuine(self) -> bool:
        """Whether it is the banner that was asked for."""
        return self in (Group.GENUINE, Group.EDITED, Group.SMALL_GENUINE)

    @property
    def small(self) -> bool:
        """Whether it is too small for any verdict but a look, and counted apart."""
        return self in (Group.SMALL_GENUINE, Group.SMALL_NEAR_MISS)


@dataclass(frozen=True, slots=True, eq=False)
class Banner:
    """A banner that is asked for.

    `brand`: its design system or real brand; `changed`: near misses made by its designer, by family;
    `earlier`, `kin`: last year's, and others of the brand; `stranger`: a banner of somebody else.
    """

    brand: str
    name: str
    image: Image.Image
    stranger: Image.Image
    changed: tuple[tuple[str, Image.Image], ...] = ()
    earlier: Image.Image | None = None
    kin: tuple[Image.Image, ...] = ()
    plain: tuple[tuple[str, Image.Image], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """A candidate with its truth.

    `edit`: what was done in an editor; `changes`: the boxes, in candidate pixels, in which a near miss
    differs from what it was made of; None where no place is due.
    """

    family: str
    group: Group
    body: bytes
    edit: Edit | None = None
    changes: tuple[Box, ...] | None = None


def drawn(seed: int, index: int, systems: tuple[str, ...] = SYSTEMS) -> Banner:
    """The drawn banner `index` of `seed`."""
    spec = invent(seed, index, systems)
    changed = [(family, render(other)) for family, other in edits(spec)]
    kept = tuple(one for one in changed if one[0] not in ("sister brand", "last year's"))
    by_name = dict(changed)
    return Banner(
        spec.system,
        f"{seed}-{index}",
        render(spec),
        render(invent(seed + 1000, index + 1, systems)),
        kept,
        by_name.get("last year's"),
        (by_name["sister brand"],),
        tuple(plain_pictures(spec)),
    )


def trials(banner: Banner, seed: Sequence[int]) -> Iterator[Trial]:
    """All candidates for `banner`; other random numbers for every `seed`."""
    rng, image = np.random.default_rng(list(seed)), banner.image
    for family, journey in JOURNEYS.items():
        yield Trial(family, Group.GENUINE, journey(rng, image))
    for family, change in (CHANGES | FILTERS).items():
        edit = change(rng, image)
        yield Trial(family, Group.EDITED, served(rng, edit.picture), replace(edit, picture=_NOTHING))
    others = [*banner.changed, *((family, alter(rng, image)) for family, alter in NEAR_MISSES.items())]
    others.append(("something small added", _with_something_added(rng, image)))
    soft = _soft(image)
    for family, changed in others:
        away = _away(soft, _soft(changed))
        if away is not None:
            yield from _near_misses(rng, family, image, changed, away)
    barred = (image, _with_a_bar(rng, image))
    yield from _on_the_way(rng, "a bar beside the portrait", _PORTRAIT, barred, placed=True, thickness=_BAR)
    if banner.earlier is not None:
        yield Trial("last year's", Group.KIN, served(rng, banner.earlier))
    for other in banner.kin:
        if visible_change(image, other):
            yield Trial("of the same brand", Group.KIN, served(rng, other))
    for family, picture in banner.plain:
        yield Trial(family, Group.STRANGER, served(rng, picture))
    yield Trial("a stranger's banner", Group.STRANGER, served(rng, banner.stranger))
    yield Trial("served at 200", Group.SMALL_GENUINE, served(rng, image, _SMALL))


_NOTHING = Image.new("RGB", (1, 1))
_PORTRAIT = "screenshot with portrait"
#: what sticks out from under the portrait by less is no more than its rim, in pixels at 1584
_BAR = 12.0
#: words that people add; none: a dot
_ADDED = ("", "open to work", "#hiring", "ex-Orvella", "CEO", "2026")
#: a change of the whole picture has no place
_EVERYWHERE = frozenset({"recoloured", "greyscale", "mirrored", "blurred away", "other photograph"})


def _near_misses(
    rng: np.random.Generator, family: str, image: Image.Image, changed: Image.Image, away: Mask
) -> Iterator[Trial]:
    """A near miss as it is served, on a rougher way where it still shows after it, and sometimes small."""
    placed = family not in _EVERYWHERE
    body = served(rng, changed)
    width = Image.open(io.BytesIO(body)).width
    yield Trial(family, Group.NEAR_MISS, body, changes=changed_boxes(away, width) if placed else None)
    if rng.random() < _ROUGH_SHARE:
        way = list(JOURNEYS)[int(rng.integers(len(JOURNEYS)))]
        yield from _on_the_way(rng, family, way, (image, changed), placed=placed)
    if rng.random() < _SMALL_SHARE:
        yield Trial(family, Group.SMALL_NEAR_MISS, served(rng, changed, _SMALL))


def _on_the_way(
    rng: np.random.Generator,
    family: str,
    way: str,
    pictures: tuple[Image.Image, Image.Image],
    *,
    placed: bool,
    thickness: float = 0.0,
) -> Iterator[Trial]:
    """The second of `pictures`, the first one changed, on `way`; nothing where the change no longer shows."""
    seed = int(rng.integers(1 << 30))
    bodies = [JOURNEYS[way](np.random.default_rng(seed), picture) for picture in pictures]
    before, after = (Image.open(io.BytesIO(one)).convert("RGB") for one in bodies)
    still = _away(_soft(before), _soft(after))
    if still is not None and _as_thick(still, thickness):
        changes = changed_boxes(still, after.width) if placed else None
        yield Trial(family, Group.NEAR_MISS, bodies[1], changes=changes)


def _as_thick(away: Mask, thickness: float) -> bool:
    """Whether what is marked is somewhere so many pixels thick (at 1584), not only the sliver of a change."""
    side = round(thickness * away.shape[1] / _MASTER)
    return side < 2 or bool(cv2.erode(away.astype(np.uint8), np.ones((side, side), dtype=np.uint8)).any())


def _with_a_bar(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    """`image` with a bar where the rim of a portrait will be, or near it."""
    wide, high = image.size
    angle, away = rng.uniform(-2.6, 0.2), wide * rng.uniform(0.12, 0.17)
    x, y = 0.15 * wide + away * math.cos(angle), 0.88 * high + away * math.sin(angle)
    along, across = wide * rng.uniform(0.012, 0.05), wide * rng.uniform(0.005, 0.013)
    turned = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    sides = np.array([(-across, -along), (across, -along), (across, along), (-across, along)]) @ turned.T
    changed = image.copy()
    colour = tuple(int(v) for v in rng.integers(0, 256, 3))
    ImageDraw.Draw(changed).polygon([(x + dx, y + dy) for dx, dy in sides.tolist()], fill=colour)
    return changed


def _with_something_added(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    """`image` with a word or a sign in any colour, anywhere."""
    changed = image.copy()
    draw, (wide, high) = ImageDraw.Draw(changed), image.size
    size = wide * rng.uniform(0.009, 0.018)
    x, y = rng.uniform(0.02, 0.85) * wide, rng.uniform(0.05, 0.9) * high
    colour = tuple(int(v) for v in rng.integers(0, 256, 3))
    word = str(rng.choice(_ADDED))
    if word:
        draw.text((x, y), word, font=ImageFont.load_default(size), fill=colour)
    else:
        draw.ellipse((x, y, x + size, y + size), fill=colour)
    return changed


def changed_boxes(away: Mask, width: int) -> tuple[Box, ...]:
    """A box for every place that is marked in `away`, in the pixels of a candidate `width` wide."""
    reach = max(1, round(_SLACK * away.shape[1] / _MASTER))
    side = 2 * reach + 1
    near = cv2.dilate(away.astype(np.uint8), np.ones((side, side), dtype=np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(near, connectivity=4)
    scale = width / away.shape[1]
    return tuple(
        (
            int(left * scale),
            int(top * scale),
            round((left + wide) * scale),
            round((top + high) * scale),
        )
        for left, top, wide, high, _ in boxes[1:].tolist()
    )


def _away(before: npt.NDArray[np.int16], after: npt.NDArray[np.int16]) -> Mask | None:
    """Where two soft pictures differ; None where nobody could see it (as `visible_change` counts)."""
    red, green, blue = (
        np.abs(before[..., plane] - after[..., plane]) > _CHANGED_LEVELS for plane in range(3)
    )
    away: Mask = red | green | blue
    return away if away.sum() * (_MASTER / away.shape[1]) ** 2 >= _CHANGED_PIXELS else None


def _soft(image: Image.Image) -> npt.NDArray[np.int16]:
    return np.asarray(image.filter(ImageFilter.BoxBlur(1)), dtype=np.int16)
