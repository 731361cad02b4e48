"""What stands on the profile page of an invented person."""

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
        """What a right reading gives; None where the link leads to no organisation."""
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
        """Whether the role goes on; None where the row shows no dates."""
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
