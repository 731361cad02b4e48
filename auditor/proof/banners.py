"""The banners of a seed: what the firms ask for, and a pool of pictures that people carry, with their
truth."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

import numpy as np
from PIL import Image

from auditor.banner.alterations import JOURNEYS, NEAR_MISSES, served, visible_change
from auditor.demo.banners import landscape, served_jpeg
from auditor.proof.drawn_banners import Spec, edits, invent, render
from auditor.proof.editor import CHANGES, FILTERS
from auditor.proof.firms import Firm, sister_of

#: the systems of the drawings that hold enough lines to be told apart
_DRAWABLE = (0, 1, 2, 3, 4, 5, 6)
_PHOTOGRAPHS = 8


@dataclass(frozen=True, slots=True)
class Kind:
    """A line of the table. `in_service`: pass, fail, open (nobody can tell from it) or either (it is right,
    and may be left to a person); `leaver`: ours, other or open; `weight`: how often people carry it."""

    name: str
    in_service: str
    leaver: str
    weight: int


_CUT_BY_TURNING = (
    "turned, white corners", "turned by 3 to 5°", "turned and zoomed", "40 to 60 % in sight",
)  # fmt: skip
#: the table: what the picture is -> what it means in service, what it means with a leaver
KINDS: tuple[Kind, ...] = (
    Kind("the standard, as the site serves it", "pass", "ours", 40),
    *(Kind(name, "pass", "ours", 3) for name in JOURNEYS),
    *(Kind(name, "pass", "ours", 3) for name in CHANGES if name not in _CUT_BY_TURNING),
    # where less than 60 % of the banner is in sight, a person is asked
    *(Kind(name, "either", "open", 2) for name in _CUT_BY_TURNING[:-1]),
    Kind("40 to 60 % in sight", "open", "open", 3),
    *(Kind(name, "either", "open", 2) for name in FILTERS),
    Kind("last season's", "fail", "ours", 6),
    Kind("last season's, zoomed", "fail", "ours", 3),
    Kind("a firm of the group's", "fail", "other", 4),
    Kind("another year or slogan", "fail", "open", 4),
    *(Kind(name, "fail", "open", 2) for name in NEAR_MISSES),
    Kind("own photograph", "fail", "other", 10),
    Kind("another firm's banner", "fail", "other", 6),
)  # fmt: skip
#: LinkedIn's default has an address and needs no picture; a picture may not be in the file
DEFAULT = Kind("LinkedIn's default", "fail", "other", 14)
NOT_LOADED = Kind("not loaded", "open", "open", 5)


@dataclass(frozen=True, slots=True)
class Carried:
    """A picture that people of a firm carry, with its number in the pool."""

    kind: Kind
    firm: str
    number: int
    body: bytes

    @property
    def file(self) -> str:
        """The name of its file, as the site names a picture by the moment of its upload."""
        return f"{1_700_000_000_000 + self.number}.jpg"


def _spec(seed: int, place: int, firm: Firm) -> Spec:
    index = _DRAWABLE[(seed + place) % len(_DRAWABLE)] + 9 * place
    return replace(invent(seed, index), brand=firm.name, small="Annual Review 2026")


def last_season(spec: Spec) -> Spec:
    """The banner of the year before."""
    return replace(spec, small="Annual Review 2025", slogan="A century of pumping", accent=spec.main)


@lru_cache(maxsize=16)
def _drawn(spec: Spec) -> Image.Image:
    return render(spec)


def standards(seed: int, group: tuple[Firm, ...]) -> dict[str, tuple[bytes, bytes]]:
    """This season's and last season's banner of each firm, as files, by the firm's entity."""
    found = {}
    for place, firm in enumerate(group):
        spec = _spec(seed, place, firm)
        found[firm.entity] = (_png(_drawn(spec)), _png(_drawn(last_season(spec))))
    return found


def _png(image: Image.Image) -> bytes:
    body = io.BytesIO()
    image.save(body, "PNG", compress_level=1)
    return body.getvalue()


def pool(seed: int, group: tuple[Firm, ...], size: int) -> Iterator[Carried]:
    """About `size` pictures for the firms whose people are checked; of sixty or more, every kind once at
    least."""
    firms = [firm for firm in group if firm.told]
    random = Random(f"banners/{seed}")
    wanted = [kind for kind in KINDS for _ in range(max(1, round(kind.weight * size / _ALL)))]
    random.shuffle(wanted)
    wanted = wanted if size >= len(KINDS) else wanted[:size]
    for number, kind in enumerate(wanted):
        place = number % len(firms)
        rng = np.random.default_rng([seed, number])
        body = _PAINTERS.get(kind.name, _changed)(kind.name, rng, _Scene(seed, group, place))
        if body is not None:
            yield Carried(kind, firms[place].entity, number, body)


_ALL = sum(kind.weight for kind in KINDS)


@dataclass(frozen=True, slots=True)
class _Scene:
    seed: int
    group: tuple[Firm, ...]
    place: int

    @property
    def spec(self) -> Spec:
        return _spec(self.seed, self.place, self.group[self.place])

    @property
    def image(self) -> Image.Image:
        return _drawn(self.spec)


_Painter = Callable[[str, np.random.Generator, _Scene], bytes | None]


def _standard(_name: str, rng: np.random.Generator, scene: _Scene) -> bytes:
    return served(rng, scene.image)


def _changed(name: str, rng: np.random.Generator, scene: _Scene) -> bytes | None:
    """A journey, a change of the editor, a filter, or a near miss (None where nobody could see it)."""
    if name in JOURNEYS:
        return JOURNEYS[name](rng, scene.image)
    if name in NEAR_MISSES:
        seen = NEAR_MISSES[name](rng, scene.image)
        return served(rng, seen) if visible_change(scene.image, seen) else None
    return served(rng, {**CHANGES, **FILTERS}[name](rng, scene.image).picture)


def _last(_name: str, rng: np.random.Generator, scene: _Scene) -> bytes:
    return served(rng, _drawn(last_season(scene.spec)))


def _last_zoomed(_name: str, rng: np.random.Generator, scene: _Scene) -> bytes:
    return JOURNEYS["zoomed by up to 8 %"](rng, _drawn(last_season(scene.spec)))


def _sister(_name: str, rng: np.random.Generator, scene: _Scene) -> bytes:
    sister = sister_of(scene.group[scene.place], scene.group)
    place = scene.group.index(sister)
    return served(rng, _drawn(_spec(scene.seed, place, sister)))


def _edited(_name: str, rng: np.random.Generator, scene: _Scene) -> bytes | None:
    made = [spec for _, spec in edits(scene.spec)]
    image = _drawn(made[int(rng.integers(len(made)))])
    return served(rng, image) if visible_change(scene.image, image) else None


def _photograph(_name: str, rng: np.random.Generator, scene: _Scene) -> bytes:
    return served_jpeg(landscape(f"{scene.seed}/{int(rng.integers(_PHOTOGRAPHS))}"))


def _stranger(_name: str, rng: np.random.Generator, scene: _Scene) -> bytes:
    index = _DRAWABLE[int(rng.integers(len(_DRAWABLE)))] + 900
    return served(rng, _drawn(invent(scene.seed + 1, index)))


_PAINTERS: dict[str, _Painter] = {
    "the standard, as the site serves it": _standard,
    "last season's": _last,
    "last season's, zoomed": _last_zoomed,
    "a firm of the group's": _sister,
    "another year or slogan": _edited,
    "own photograph": _photograph,
    "another firm's banner": _stranger,
}
