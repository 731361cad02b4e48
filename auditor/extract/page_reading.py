"""What was read of a saved page, as a small file in the page's place: written once, read by every later run.

Such a file holds the audited facts of one person and nothing else of the page.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from auditor.extract._record import main_object
from auditor.model.capture import Capture, CaptureFormat
from auditor.model.observed import Absent, Observed, Present, Unseen
from auditor.model.profile import (
    Banner,
    BannerKind,
    CompanyShown,
    PageKind,
    PageLink,
    PageLinkKind,
    Position,
    Profile,
    nothing_seen,
)
from auditor.ports import Extractor

T = TypeVar("T")
DAMAGED = "the kept reading of the page is damaged"


def facts_to_keep(profile: Profile) -> dict[str, Any]:
    """The audited facts of a page as plain JSON values; `read` makes the same profile of them."""
    return {
        "page_kind": str(profile.page_kind),
        "slug": profile.slug,
        "full_name": _kept(profile.full_name, str),
        "headline": _kept(profile.headline, str),
        "banner": _kept(profile.banner, _kept_banner),
        "topcard_company": _kept(profile.topcard_company, _kept_company),
        "positions": _kept(profile.positions, lambda rows: [_kept_position(row) for row in rows]),
        "positions_whole": profile.positions_whole,
        "layout": profile.layout,
        "locale": profile.locale,
        "notes": list(profile.notes),
        "own_profile": profile.own_profile,
        "saved_until": profile.saved_until.isoformat() if profile.saved_until else None,
    }


def read(capture: Capture) -> Profile:
    """The profile that was read when the page was handed over; a damaged file shows nothing."""
    content = main_object(capture)
    try:
        return _profile((content or {})["profile"])
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        return nothing_seen(PageKind.UNREADABLE, DAMAGED)


def _profile(facts: Mapping[str, Any]) -> Profile:
    until = facts["saved_until"]
    return Profile(
        page_kind=PageKind(facts["page_kind"]),
        slug=_text_or_none(facts["slug"]),
        full_name=_observed(facts["full_name"], str),
        headline=_observed(facts["headline"], str),
        banner=_observed(facts["banner"], _banner),
        topcard_company=_observed(facts["topcard_company"], _company),
        positions=_observed(facts["positions"], lambda rows: tuple(map(_position, rows))),
        locale=_text_or_none(facts["locale"]),
        layout=str(facts["layout"]),
        notes=tuple(map(str, facts["notes"])),
        positions_whole=bool(facts["positions_whole"]),
        own_profile=None if facts["own_profile"] is None else bool(facts["own_profile"]),
        saved_until=date.fromisoformat(until) if until else None,
    )


def _kept(observed: Observed[T], keep: Callable[[T], Any]) -> dict[str, Any]:
    if isinstance(observed, Present):
        return {"present": keep(observed.value)}
    return {"unseen": str(observed.reason)} if isinstance(observed, Unseen) else {"absent": True}


def _observed(facts: Mapping[str, Any], make: Callable[[Any], T]) -> Observed[T]:
    if "present" in facts:
        return Present(make(facts["present"]))
    return Unseen(str(facts["unseen"])) if "unseen" in facts else Absent()


def _text_or_none(value: Any) -> str | None:
    return None if value is None else str(value)


def _kept_banner(banner: Banner) -> dict[str, Any]:
    picture = base64.b64encode(banner.picture).decode("ascii") if banner.picture else ""
    return {
        "kind": str(banner.kind), "address": banner.address, "picture": picture, "trouble": banner.trouble
    }  # fmt: skip


def _banner(facts: Mapping[str, Any]) -> Banner:
    picture = base64.b64decode(facts["picture"], validate=True)
    return Banner(BannerKind(facts["kind"]), str(facts["address"]), picture or None, str(facts["trouble"]))


def _kept_company(company: CompanyShown) -> dict[str, Any]:
    return {"name": company.name, "page": _kept(company.page, _kept_link)}


def _company(facts: Mapping[str, Any]) -> CompanyShown:
    return CompanyShown(str(facts["name"]), _observed(facts["page"], _link))


def _kept_link(link: PageLink) -> list[str]:
    return [str(link.kind), link.slug_or_id]


def _link(facts: list[str]) -> PageLink:
    return PageLink(PageLinkKind(facts[0]), str(facts[1]))


def _kept_position(row: Position) -> dict[str, Any]:
    return {
        "title": _kept(row.title, str),
        "company": row.company_name,
        "page": _kept(row.company_page, _kept_link),
        "current": _kept(row.current, bool),
        "started": row.started,
        "ended": row.ended,
    }


def _position(facts: Mapping[str, Any]) -> Position:
    return Position(
        title=_observed(facts["title"], str),
        company_name=str(facts["company"]),
        company_page=_observed(facts["page"], _link),
        current=_observed(facts["current"], bool),
        started=_text_or_none(facts["started"]),
        ended=_text_or_none(facts["ended"]),
    )


EXTRACTOR = Extractor(CaptureFormat.PAGE_READING, read)
