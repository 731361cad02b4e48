"""Invented people and what a visitor must be able to read of them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Link:
    """A link as written in a page, and the page it leads to; `slug` None: to no organisation."""

    href: str
    kind: str = "company"
    slug: str | None = None

    @property
    def facts(self) -> dict[str, str] | None:
        return {"kind": self.kind, "slug": self.slug} if self.slug else None


@dataclass(frozen=True)
class Role:
    """One role. No `started`: the row shows no dates. `started` without `ended`: ongoing."""

    title: str
    company: str
    link: Link | None = None
    started: str | None = None
    ended: str | None = None

    @property
    def current(self) -> bool | None:
        return None if self.started is None else self.ended is None


@dataclass(frozen=True)
class Group:
    """Several roles at one employer under one header. `linked_rows` False: only the header links."""

    roles: tuple[Role, ...]
    linked_rows: bool = True


@dataclass(frozen=True)
class BannerForm:
    """How the banner element is written. `html` None: no such element; `url` what must be read."""

    html: str | None
    state: str = "unseen"
    url: str | None = None


@dataclass(frozen=True)
class Language:
    """Words of one page language; a right reader needs none of them."""

    locale: str
    lang: str
    present: str
    duration: str
    experience: str
    sign_in: str
    months: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """Everything that stands on a person's page."""

    slug: str
    name: str
    headline: str | None
    banner: BannerForm
    experience: tuple[Role | Group, ...]
    language: Language
    #: None: the card names no employer
    shown_employer: Role | None = None
    host: str = "www.linkedin.com"
    strangers: tuple[Link, ...] = field(default=())

    @property
    def roles(self) -> tuple[Role, ...]:
        """All roles in page order, groups taken apart."""
        parts = (part.roles if isinstance(part, Group) else (part,) for part in self.experience)
        return tuple(role for roles in parts for role in roles)


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
