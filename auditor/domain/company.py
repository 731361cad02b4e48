"""One legal entity as the policy describes it: its names, its pages, its banners, its templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from auditor.domain.profile import PageLink


class BannerRole(StrEnum):
    """What a reference banner is to an entity."""

    CURRENT = "current"
    PREVIOUS = "previous"
    SISTER = "sister"
    LINKEDIN_DEFAULT = "linkedin_default"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ReferenceBanner:
    """One known banner. `body` is the picture file as it lies in the brand folder.

    A CURRENT banner holds from `valid_from` to `valid_to` (both inclusive, None = open); after
    `valid_to` it still counts as current for `grace_days`.
    """

    name: str
    role: BannerRole
    body: bytes
    valid_from: date | None = None
    valid_to: date | None = None
    grace_days: int = 0
    language: str = ""
    tier: str = ""


@dataclass(frozen=True, slots=True)
class CompanyName:
    """A name by which the entity may be called in a headline or a position.

    `needs_connector`: an ordinary word (Orange, Bol), a mention only behind at/bij/chez/bei.
    """

    text: str
    needs_connector: bool = False


@dataclass(frozen=True, slots=True)
class HeadlineTemplate:
    """A headline as the policy wants it; language and tier empty = for everyone."""

    text: str
    language: str = ""
    tier: str = ""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What the letters of an entity say about itself; empty = a placeholder for a person to fill.

    `region` of a Belgian entity: flanders, wallonia, german_speaking or brussels (the place of work).
    """

    hr_name: str = ""
    hr_phone: str = ""
    howto_url: str = ""
    recovery_url: str = ""
    authority: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Company:
    """An entity of the group. `pages` are its own pages (also former slugs and numeric ids);
    `sister_pages` belong to other entities; `namesake_pages` to strangers of the same name."""

    entity: str
    names: tuple[CompanyName, ...]
    pages: tuple[PageLink, ...]
    page_address: str = ""
    sister_pages: tuple[PageLink, ...] = ()
    sister_names: tuple[CompanyName, ...] = ()
    namesake_pages: tuple[PageLink, ...] = ()
    banners: tuple[ReferenceBanner, ...] = ()
    templates: tuple[HeadlineTemplate, ...] = ()
    language: str = ""
    country: str = ""
    #: the order in which this entity's evidence is tried; empty = the policy's order
    ladder: tuple[str, ...] = ()
    letters: LetterFacts = LetterFacts()
