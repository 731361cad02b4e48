"""The page as a real browser shows it to a visitor: only allowed hosts, slowly, never past a wall."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated

from auditor.errors import SourceUnavailable, hint_of_extra
from auditor.language.words import mark
from auditor.model.address import is_linkedin, profile_slug
from auditor.model.hosts import HOST_WORDS, read_host
from auditor.model.limits import Checked, Within
from auditor.model.policy import Permission
from auditor.ports import OpenSource, Source, SourceContext
from auditor.sources._visit_limits import SPAN_WORDS, checked_span

NAME = "public_page"
PROFILE_WORDS = "the address of a profile, beginning with https:// or http://"


def checked_profile(text: str) -> str:
    """The text, which may be empty. Raises ValueError where it is no profile's address."""
    if text and not (text.startswith(("https://", "http://")) and profile_slug(text)):
        raise ValueError(f"must be {PROFILE_WORDS}")
    return text


@dataclass(frozen=True, slots=True)
class PublicPageSettings:
    """`allowed_hosts`: the only hosts (`name` or `name:port`) that are opened. `seconds_between`:
    the pause between two visits, in seconds. `jitter`: by at most how many
    seconds that pause varies at random. `daily_cap`: visits per day.
    `hourly_cap`: visits per hour; 0 = no hourly limit. `quiet_hours`: such as "22:00-06:00", in the
    policy's time zone, in which nothing is opened. `visit_seconds`: the limit of a whole visit.
    `cool_down_hours`: the wait after a refusal; it doubles with each further one. `control_profile`:
    the address of a public profile of the company's own, asked first, which tells "we are refused" from
    "this person's page". `browser`: path or name of a browser to use. `keep_top_card`: also keep a
    picture of the top card as evidence."""

    allowed_hosts: tuple[Annotated[str, Checked(read_host, HOST_WORDS)], ...] = ()
    seconds_between: Annotated[float, Within(0, 3600)] = 45.0
    jitter: Annotated[float, Within(0, 3600)] = 15.0
    daily_cap: Annotated[int, Within(1, 100_000)] = 60
    hourly_cap: Annotated[int, Within(0, 100_000)] = 0
    quiet_hours: Annotated[str, Checked(checked_span, SPAN_WORDS)] = ""
    visit_seconds: Annotated[float, Within(1, 600)] = 60.0
    cool_down_hours: Annotated[float, Within(0, 720)] = 24.0
    control_profile: Annotated[str, Checked(checked_profile, PROFILE_WORDS)] = ""
    browser: str = ""
    keep_top_card: bool = False


def refuse_without_permission(hosts: tuple[str, ...], permission: Permission | None, today: date) -> None:
    """Raises SourceUnavailable when linkedin.com is among the hosts without a permission in force."""
    if not names_linkedin(hosts):
        return
    terms = "LinkedIn's terms forbid automated reading without its permission"
    hint = (
        "Use saved pages or the members' own exports (source saved_pages, member_export ...), or record the "
        "permission in the policy: permission: decided_by, basis, decided_on, ends_on."
    )
    if permission is None:
        raise SourceUnavailable(
            f"public_page is off for linkedin.com: {terms}, and the policy records none.",
            hint,
            code="PERMISSION_MISSING",
        )
    if today > permission.ends_on:
        raise SourceUnavailable(
            f"public_page is off: the permission ended on {permission.ends_on}; {terms}.",
            hint,
            code="PERMISSION_MISSING",
        )
    if today < permission.decided_on:
        raise SourceUnavailable(
            f"public_page is off: the permission starts on {permission.decided_on}.",
            hint,
            code="PERMISSION_MISSING",
        )


def refuse_bad_numbers(settings: PublicPageSettings) -> None:
    """Raises SourceUnavailable for a number that is none, endless or negative: it would end the pace."""
    for field in fields(settings):
        value = getattr(settings, field.name)
        if isinstance(value, (int, float)) and not (math.isfinite(value) and value >= 0):
            raise SourceUnavailable(
                f"public_page is off: {field.name} is {value}.",
                "Set it to 0 or more in the policy.",
                code="PUBLIC_PAGE_SETTINGS",
            )


def names_linkedin(hosts: tuple[str, ...]) -> bool:
    """Whether a host of linkedin.com is among them."""
    return any(is_linkedin(host.split(":", 1)[0]) for host in hosts)


@contextmanager
def open_public_pages(settings: PublicPageSettings, context: SourceContext) -> Iterator[OpenSource]:
    """Start the browser. Raises SourceUnavailable without an allowed host, a permission or a browser."""
    if not settings.allowed_hosts:
        raise SourceUnavailable(
            "public_page is off: the policy allows no host.",
            "Set sources.public_page.allowed_hosts.",
            code="PUBLIC_PAGE_SETTINGS",
        )
    refuse_bad_numbers(settings)
    refuse_without_permission(settings.allowed_hosts, context.policy.permission, context.today)
    with _packages():
        from auditor.sources._browser import temporary_folder
        from auditor.sources._public_pages import PublicPages
    with temporary_folder() as folder:
        pages = PublicPages(settings, context, folder)
        try:
            pages.start()
            yield pages
        finally:
            pages.close()


def start_browser(settings: PublicPageSettings) -> None:
    """Start the browser that the settings ask for, and end it again. Raises SourceUnavailable."""
    with _packages():
        from auditor.sources._browser import try_one
    asyncio.run(try_one(settings.browser))


@contextmanager
def _packages() -> Iterator[None]:
    """What is imported within needs the extra `browser`. Raises SourceUnavailable without it."""
    try:
        yield
    except ImportError:
        raise SourceUnavailable(
            "Opening pages in a browser needs packages that are not installed (playwright).",
            hint_of_extra("browser"),
            code="PACKAGES_MISSING",
        ) from None


SOURCE = Source(
    name=NAME,
    summary="the public page as a real headless browser shows it; allowed hosts only",
    settings=PublicPageSettings,
    reach=frozenset({"full_name", "headline", "banner", "topcard_company", "positions"}),
    open=open_public_pages,
    touches_network=True,
    evidence_days=31,
    try_out=start_browser,
    title=mark("Public page"),
    needs=mark("a recorded permission of the site; visitors see only a part of most pages"),
    takes=mark("seconds for each person, at a slow pace"),
)
