"""A profile and a roster as plain JSON facts (`inspect page`, `inspect roster`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from auditor.errors import RosterError
from auditor.model.address import profile_slug
from auditor.model.employee import RosterState
from auditor.model.observed import Observed, Present, state_word, value_or_none
from auditor.model.profile import (
    Banner,
    CompanyShown,
    Organisation,
    PageKind,
    PageLink,
    Position,
    Profile,
    current_companies,
    past_companies,
)
from auditor.model.roster import Population

Facts = dict[str, object]


def profile_facts(file: str, profile: Profile) -> Facts:
    """The facts of one page: what was seen, what is absent, what could not be seen.

    `current_companies` and `past_companies` are None where the page cannot show them.
    """
    facts: Facts = {
        "file": file,
        "page_kind": str(profile.page_kind),
        "slug": profile.slug,
        "locale": profile.locale,
        "banner": _banner(profile.banner),
        "headline": {"state": state_word(profile.headline), "text": value_or_none(profile.headline)},
        "topcard_company": _topcard_company(profile.topcard_company),
        "positions": [_position(one) for one in value_or_none(profile.positions) or ()],
        "current_companies": _companies(current_companies(profile)),
        "past_companies": _companies(past_companies(profile)),
        "notes": list(profile.notes),
    }
    if profile.page_kind is PageKind.PROFILE_SIGNED_IN or profile.own_profile is not None:
        facts.update(_signed_in_facts(profile))
    if profile.page_kind is PageKind.COMPANY_PAGE:
        stated = profile.organisation or Organisation("")
        facts["company"] = {
            "name": stated.name or None,
            "slug": profile.slug,
            "numeric_id": stated.number or None,
        }
    return facts


def _signed_in_facts(profile: Profile) -> Facts:
    """What is told of an accepted signed-in page besides: links by number, and how much is in the file."""
    banner = _banner(profile.banner)
    address = str(banner["url"] or "")
    saved = bool(address) and "://" not in address and not address.startswith("data:")
    rows = value_or_none(profile.positions) or ()
    listed = "complete" if profile.positions_whole else "partial"
    return {
        "full_name": value_or_none(profile.full_name),
        "own_profile": profile.own_profile,
        "layout": profile.layout or None,
        "experience": listed if isinstance(profile.positions, Present) else "unseen",
        "banner": {**banner, "url": None if saved else banner["url"], "file": address if saved else None},
        "positions": [{**_position(one), "company_page": _numbered(one.company_page)} for one in rows],
    }


def _numbered(page: Observed[PageLink]) -> Facts | None:
    link = value_or_none(page)
    if link is None:
        return None
    number = link.slug_or_id if link.slug_or_id.isdigit() else None
    return {"kind": str(link.kind), "slug": None if number else link.slug_or_id, "id": number}


def _banner(banner: Observed[Banner]) -> Facts:
    if not isinstance(banner, Present):
        return {"state": "unseen", "url": None}
    return {"state": str(banner.value.kind), "url": banner.value.address or None}


def _topcard_company(company: Observed[CompanyShown]) -> Facts:
    shown = value_or_none(company)
    return {"state": state_word(company), **(_company(shown) if shown else {"name": None, "page": None})}


def _company(company: CompanyShown) -> Facts:
    return {"name": company.name, "page": _page(company.page)}


def _companies(companies: Iterable[CompanyShown] | None) -> list[Facts] | None:
    if companies is None:
        return None
    facts = [_company(one) for one in companies]
    # an absent and an unseen page look the same here
    return [one for index, one in enumerate(facts) if one not in facts[:index]]


def _page(page: Observed[PageLink]) -> Facts | None:
    link = value_or_none(page)
    return {"kind": str(link.kind), "slug": link.slug_or_id} if link else None


def _position(position: Position) -> Facts:
    return {
        "company": position.company_name,
        "company_page": _page(position.company_page),
        "title": value_or_none(position.title),
        "current": value_or_none(position.current),
        "started": position.started,
        "ended": position.ended,
    }


def roster_facts(outcome: Population | RosterError) -> dict[str, Any]:
    """The people and the fate of every row; of a refused file why it was refused.

    People who vanished since the last roster stand in no row and are not listed.
    """
    if isinstance(outcome, RosterError):
        return {
            "accepted": False,
            "error": f"{outcome.code}: {outcome.plain_message}",
            "people": [],
            "rows": [],
        }
    people = [
        {
            "key": one.employee_id,
            "full_name": one.full_name,
            "roster_state": str(one.roster_state),
            "profile_slug": profile_slug(one.profile_url) if one.profile_url else None,
            "last_day": one.last_day.isoformat() if one.last_day else None,
        }
        for one in outcome.employees
        if one.roster_state is not RosterState.VANISHED
    ]
    rows = [{"row": one.row, "fate": str(one.fate), "code": one.code} for one in outcome.reading.rows]
    return {"accepted": True, "error": None, "people": people, "rows": rows}


def roster_details(population: Population) -> dict[str, Any]:
    """Further facts for a person who looks: the mapping found, counts and every notice."""
    reading = population.reading
    notices = [
        {"code": one.code, "sheet": one.sheet, "row": one.row, "message": one.message}
        for one in population.notices
    ]
    mapping = [{"heading": heading, "field": name} for heading, name in reading.mapping]
    return {"mapping": mapping, "counts": reading.counts(), "notices": notices}
