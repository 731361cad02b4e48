"""One legal entity as the policy describes it: its names, its pages, its banners, its templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from auditor.model.day import OnDay
from auditor.model.profile import PageLink


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

    def holds_on(self, today: OnDay | None, *, grace: bool = True) -> bool:
        """Whether people may carry it on `today` (None: dates are not looked at), days of grace included
        unless `grace` is False."""
        if self.role is not BannerRole.CURRENT:
            return False
        if today is None:
            return True
        if self.valid_from is not None and today < self.valid_from:
            return False
        days = timedelta(days=self.grace_days if grace else 0)
        return self.valid_to is None or today <= self.valid_to + days


@dataclass(frozen=True, slots=True)
class BannerBands:
    """Where a match ends and where another picture begins, in units of the banner distance, as
    `auditor banner calibrate` measured them; None: the shipped value."""

    match_below: float | None = None
    differs_above: float | None = None


def standing_banners(banners: Sequence[ReferenceBanner], today: OnDay) -> tuple[ReferenceBanner, ...]:
    """The banners that people are asked to carry on `today`, in the order of the policy.

    Of each language and tier the newest that holds, by its first day; several where they begin on the same
    day. A banner in its days of grace stands only while no other holds.
    """
    holding = [one for one in banners if one.holds_on(today, grace=False)]
    holding = holding or [one for one in banners if one.holds_on(today)]
    newest: dict[tuple[str, str], date] = {}
    for one in holding:
        key = (one.language, one.tier)
        newest[key] = max(newest.get(key, date.min), one.valid_from or date.min)
    return tuple(one for one in holding if (one.valid_from or date.min) == newest[one.language, one.tier])


def standing_banner(
    banners: Sequence[ReferenceBanner], today: date, *, language: str = "", tier: str = ""
) -> ReferenceBanner | None:
    """The standing banner of `today` that fits a tier and a language best; None where there is none."""

    def fit(banner: ReferenceBanner) -> tuple[bool, bool, bool]:
        return bool(banner.tier), banner.language == language, not banner.language

    fitting = [one for one in standing_banners(banners, today) if one.tier in ("", tier)]
    return max(fitting, key=fit, default=None)


def open_ended(banners: Sequence[ReferenceBanner]) -> tuple[tuple[ReferenceBanner, ...], ...]:
    """The sets of current banners, each of one language and tier, that all hold without end: people may
    carry any of them for ever, which is rarely meant."""
    alike: dict[tuple[str, str], list[ReferenceBanner]] = {}
    for one in banners:
        if one.role is BannerRole.CURRENT and one.valid_to is None:
            alike.setdefault((one.language, one.tier), []).append(one)
    return tuple(tuple(group) for group in alike.values() if len(group) > 1)


@dataclass(frozen=True, slots=True)
class CompanyName:
    """A name by which the entity may be called in a headline or a position.

    `needs_connector`: an ordinary word (Orange, Bol), a mention only behind at/bij/chez/bei; None where
    the policy does not say.
    """

    text: str
    needs_connector: bool | None = None


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
    banner_bands: BannerBands = BannerBands()
    templates: tuple[HeadlineTemplate, ...] = ()
    language: str = ""
    country: str = ""
    #: the order in which this entity's evidence is tried; empty = the policy's order
    ladder: tuple[str, ...] = ()
    letters: LetterFacts = LetterFacts()
