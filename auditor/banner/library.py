"""The reference banners, read, hashed and made ready for comparing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from PIL import Image

from auditor.banner.bands import Bands
from auditor.banner.bars import bars
from auditor.banner.comparison import Prepared
from auditor.banner.fingerprint import Fingerprint, fingerprint
from auditor.banner.picture import BLACK, LANCZOS, WHITE, Picture, PictureTrouble, decode
from auditor.banner.search import SearchPlan, SearchView, Sighting, glance, look, plan_search
from auditor.banner.texture import steep_share
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
    fingerprint: Fingerprint
    steep: float
    stripes: tuple[int, int, int, int]
    transparent: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class PreparedReference:
    """A reference with its prepared picture."""

    reference: ReferenceBanner
    held: PreparedPicture

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


def sightings(view: SearchView, library: BannerLibrary, bands: Bands) -> dict[str, list[Sighting]]:
    """Where each picture of the library may lie, by its digest; those that lie nowhere are left out."""
    held = {reference.held.digest: reference.held for reference in library.references}
    glances = {key: glance(view, one.plan) for key, one in held.items()}
    least = max(bands.glance_below, max(glances.values()) - _HOPELESS_GLANCE)
    found = {key: look(view, held[key].plan) for key, fit in glances.items() if fit >= least}
    return {key: places for key, places in found.items() if places[0].fit >= bands.unrelated_below}


def prepare(banners: Sequence[ReferenceBanner]) -> BannerLibrary:
    """The library of `banners`. Raises ValueError that names a reference whose file is no picture."""
    return BannerLibrary(tuple(PreparedReference(banner, _held(banner)) for banner in banners))


def over_black(library: BannerLibrary) -> BannerLibrary:
    """The references with transparent parts, as they look on black; the others are left out."""
    seen = (one.reference for one in library.references if one.held.transparent > TRANSPARENT)
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
    image = master(picture)
    return PreparedPicture(
        hashlib.sha256(body).hexdigest(),
        (picture.width, picture.height),
        Prepared(image),
        plan_search(image),
        fingerprint(image),
        steep_share(image),
        bars(image),
        picture.transparent,
    )


def master(picture: Picture) -> Image.Image:
    """The picture at no more than the width that LinkedIn keeps."""
    image = picture.image()
    if image.width <= MASTER_WIDTH:
        return image
    return image.resize((MASTER_WIDTH, max(8, round(image.height * MASTER_WIDTH / image.width))), LANCZOS)
