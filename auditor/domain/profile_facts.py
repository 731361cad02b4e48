"""A profile as plain JSON facts, one object per page (`inspect page`)."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.domain.observed import Observed, Present, state_word, value_or_none
from auditor.domain.profile import (
    Banner,
    CompanyShown,
    PageKind,
    PageLink,
    Position,
    Profile,
    current_companies,
    past_companies,
)

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
        "notes": [note for note in profile.notes if not note.startswith("company ")],
    }
    if profile.page_kind is PageKind.COMPANY_PAGE:
        facts["company"] = _organisation(profile)
    return facts


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


def _organisation(profile: Profile) -> Facts:
    said = dict(note.split(": ", 1) for note in profile.notes if note.startswith("company "))
    return {
        "name": said.get("company name") or None,
        "slug": profile.slug,
        "numeric_id": said.get("company id") or None,
    }
