"""Invented people and what a visitor must be able to read of them."""

from __future__ import annotations

from auditor.proof.pages.people import BannerForm, Group, Language, Link, Person, Role

__all__ = ["BannerForm", "Group", "Language", "Link", "Person", "Role"]


def position_facts(role: Role) -> dict[str, object]:
    """The facts a right reading gives of a role on a full page."""
    return {
        "company": role.company,
        "company_page": role.link.facts if role.link else None,
        "title": role.title,
        "current": role.current,
        "started": role.started,
        "ended": role.ended,
    }


def seen(text: str | None) -> dict[str, object]:
    """The facts of a text that is present, or of one that could not be seen."""
    return {"state": "present", "text": text} if text else {"state": "unseen", "text": None}


ABSENT_TEXT = {"state": "absent", "text": None}
UNSEEN_EMPLOYER = {"state": "unseen", "name": None, "page": None}
ABSENT_EMPLOYER = {"state": "absent", "name": None, "page": None}
UNSEEN_BANNER = {"state": "unseen", "url": None}
NO_FACTS: dict[str, object] = {
    "banner": UNSEEN_BANNER,
    "headline": seen(None),
    "topcard_company": UNSEEN_EMPLOYER,
    "positions": [],
    "current_companies": None,
    "past_companies": None,
}


def employer_facts(role: Role) -> dict[str, object]:
    """The facts of the employer that the top card shows."""
    return {"state": "present", "name": role.company, "page": role.link.facts if role.link else None}


def company_lists(roles: tuple[Role, ...]) -> dict[str, object]:
    """Current and past employers, each once, in page order; None where no row shows dates."""
    if all(role.current is None for role in roles):
        return {"current_companies": None, "past_companies": None}
    undated = any(role.current is None for role in roles)
    lists: dict[str, object] = {}
    for name, wanted in (("current_companies", True), ("past_companies", False)):
        found: list[dict[str, object]] = []
        for role in roles:
            entry = {"name": role.company, "page": role.link.facts if role.link else None}
            if role.current is wanted and entry not in found:
                found.append(entry)
        # a row without dates may belong to either list, so that no list is surely empty
        lists[name] = found or (None if undated else [])
    return lists
