"""What could be read of a profile; every field says whether it was seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from auditor.model.observed import Absent, Observed, Present, Unseen, state_word

#: the parts of the fields `positions` (or `topcard_company`) and `banner` that some evidence never shows
COMPANY_LINK, BANNER_PICTURE = "company_link", "banner_picture"


class PageKind(StrEnum):
    """What a page turned out to be."""

    PROFILE_FULL = "profile_full"
    PROFILE_MASKED = "profile_masked"
    #: saved by somebody who was signed in, and accepted by the policy
    PROFILE_SIGNED_IN = "profile_signed_in"
    NOT_FOUND = "not_found"
    AUTH_WALL = "auth_wall"
    THROTTLED_999 = "throttled_999"
    CHALLENGE = "challenge"
    LOGIN = "login"
    WRONG_PAGE = "wrong_page"
    COMPANY_PAGE = "company_page"
    LOGGED_IN = "logged_in"
    UNREADABLE = "unreadable"
    #: not a page at all: the member's export, a vendor's record, an attestation
    RECORD = "record"


class BannerKind(StrEnum):
    """Whose picture the banner is."""

    CUSTOM = "custom"
    DEFAULT = "default"


class PageLinkKind(StrEnum):
    """The three sorts of pages an organisation can have."""

    COMPANY = "company"
    SCHOOL = "school"
    SHOWCASE = "showcase"


@dataclass(frozen=True, slots=True)
class PageLink:
    """An organisation's page: its sort and its decoded, case-folded slug or numeric id."""

    kind: PageLinkKind
    slug_or_id: str


@dataclass(frozen=True, slots=True)
class Banner:
    """The banner a page shows. `picture` holds the bytes where the source brought them.

    `trouble` says why there are none (not loaded, too large ...).
    """

    kind: BannerKind
    address: str = ""
    picture: bytes | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class CompanyShown:
    """An organisation as a page shows it; `page` is Absent where the employer has no page."""

    name: str
    page: Observed[PageLink]


@dataclass(frozen=True, slots=True)
class Position:
    """One role. `current` is Unseen where the page gives no dates; `started` and `ended` are the
    page's own words ("Sep 2020", "2009"), None where it gives none."""

    title: Observed[str]
    company_name: str
    company_page: Observed[PageLink]
    current: Observed[bool]
    started: str | None = None
    ended: str | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """What an organisation's page states of itself; `number` is the site's id, empty where it gives none."""

    name: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What could be read of a person's profile.

    `positions` Present(()) means: the list was seen and is empty. `positions_whole` is False where
    further positions may exist beside those seen, so that they prove no absence. `final` addresses
    and dates stand on the capture. `organisation`: whose page it is where it is no person's. `own_profile`:
    whether the member saw the page, who sees more of it than others; None where it cannot be told.
    `saved_until`: the last day whose state the page can show by its own words; None where it does not tell.
    """

    page_kind: PageKind
    slug: str | None
    full_name: Observed[str]
    headline: Observed[str]
    banner: Observed[Banner]
    topcard_company: Observed[CompanyShown]
    positions: Observed[tuple[Position, ...]]
    locale: str | None = None
    layout: str = ""
    notes: tuple[str, ...] = ()
    positions_whole: bool = True
    organisation: Organisation | None = None
    own_profile: bool | None = None
    saved_until: date | None = None

    def fields(self) -> dict[str, Observed[object]]:
        """The observed fields by name, for coverage counts."""
        return {
            "full_name": self.full_name,
            "headline": self.headline,
            "banner": self.banner,
            "topcard_company": self.topcard_company,
            "positions": self.positions,
        }

    def field_states(self) -> dict[str, str]:
        """`present`, `absent` or `unseen` per field, for noticing a changed layout.

        An empty list of positions and LinkedIn's default banner count as absent: on most pages at
        once they mean a changed page, not a changed staff.
        """
        states = {name: state_word(value) for name, value in self.fields().items()}
        if isinstance(self.positions, Present) and not self.positions.value:
            states["positions"] = "absent"
        if isinstance(self.banner, Present) and self.banner.value.kind is BannerKind.DEFAULT:
            states["banner"] = "absent"
        return states


def nothing_seen(page_kind: PageKind, reason: str, slug: str | None = None) -> Profile:
    """The profile of a page that shows nothing about the person."""
    unseen = Unseen(reason)
    return Profile(page_kind, slug, unseen, unseen, unseen, unseen, unseen)


def current_companies(profile: Profile) -> tuple[CompanyShown, ...] | None:
    """Employers of the rows that are shown as ongoing, each once; None where that cannot be seen."""
    return _companies(profile, current=True)


def past_companies(profile: Profile) -> tuple[CompanyShown, ...] | None:
    """Employers of the rows that are shown as ended, each once; None where that cannot be seen."""
    return _companies(profile, current=False)


def _companies(profile: Profile, *, current: bool) -> tuple[CompanyShown, ...] | None:
    if not isinstance(profile.positions, Present):
        return () if isinstance(profile.positions, Absent) else None
    rows = profile.positions.value
    if rows and all(isinstance(row.current, Unseen) for row in rows):
        return None
    chosen = tuple(
        CompanyShown(row.company_name, row.company_page)
        for row in rows
        if isinstance(row.current, Present) and row.current.value is current
    )
    if not chosen and not (profile.positions_whole and all(isinstance(row.current, Present) for row in rows)):
        # a row without dates may be the one that is looked for
        return None
    return tuple(dict.fromkeys(chosen))
