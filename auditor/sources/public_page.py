"""The page as a real browser shows it to a visitor: only allowed hosts, slowly, never past a wall."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from playwright.async_api import Browser, Error, Playwright, async_playwright

from auditor.domain.address import is_linkedin
from auditor.domain.capture import Capture, CaptureFormat, CaptureStatus
from auditor.domain.employee import Employee
from auditor.domain.policy import Permission
from auditor.errors import SourceUnavailable
from auditor.ports import OpenSource, Source, SourceContext
from auditor.sources._browser import launch
from auditor.sources._quiet_hours import QuietHours
from auditor.sources._temporary import as_tmpdir, temporary_folder
from auditor.sources._visit import Visit, authority, visit

#: hosts of linkedin.com's pictures, reachable once linkedin.com itself is permitted
PICTURE_HOSTS = ("media.licdn.com", "static.licdn.com")
#: a visitor is sent on to the host of his own country
COUNTRY_HOSTS = "*.linkedin.com"
VISITS_PER_BROWSER = 500
MOST_ATTEMPTS = 2


@dataclass(frozen=True, slots=True)
class PublicPageSettings:
    """`allowed_hosts`: the only hosts (`name` or `name:port`) that are opened. `seconds_between`
    and `jitter`: the pause between two visits, in seconds. `daily_cap`: visits a day.
    `hourly_cap`: visits an hour, 0 = no limit of its own. `quiet_hours`: such as "22:00-06:00", in the
    policy's time zone, in which nothing is opened. `visit_seconds`: the limit of a whole visit.
    `cool_down_hours`: the wait after a refusal; it doubles with each further one. `control_profile`:
    the address of a public profile of the company's own, asked first, which tells "we are refused" from
    "this person's page". `browser`: path or name of a browser to use. `keep_top_card`: also keep a
    picture of the top card as evidence."""

    allowed_hosts: tuple[str, ...] = ()
    seconds_between: float = 45.0
    jitter: float = 15.0
    daily_cap: int = 60
    hourly_cap: int = 0
    quiet_hours: str = ""
    visit_seconds: float = 60.0
    cool_down_hours: float = 24.0
    control_profile: str = ""
    browser: str = ""
    keep_top_card: bool = False


def refuse_without_permission(hosts: tuple[str, ...], permission: Permission | None, today: date) -> None:
    """Raises SourceUnavailable when linkedin.com is among the hosts without a permission in force."""
    if not any(is_linkedin(host.split(":", 1)[0]) for host in hosts):
        return
    terms = "LinkedIn's terms forbid automated reading without its permission"
    hint = (
        "Use saved pages or the members' own exports (source saved_pages, member_export ...), or record the "
        "permission in the policy: permission: decided_by, basis, decided_on, ends_on."
    )
    if permission is None:
        raise SourceUnavailable(
            f"public_page is off for linkedin.com: {terms}, and the policy records none.", hint
        )
    if today > permission.ends_on:
        raise SourceUnavailable(
            f"public_page is off: the permission ended on {permission.ends_on}; {terms}.", hint
        )
    if today < permission.decided_on:
        raise SourceUnavailable(
            f"public_page is off: the permission starts on {permission.decided_on}.", hint
        )


class PublicPages:
    """An open browser that visits one person's page at a time."""

    def __init__(self, settings: PublicPageSettings, context: SourceContext, folder: Path) -> None:
        self._settings = settings
        self._context = context
        self._folder = folder
        self._runner = asyncio.Runner()
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._visits = 0
        self._opened = list(context.visited)
        self._quiet = QuietHours.of(settings.quiet_hours, context.policy.roster.time_zone)
        self._next_visit = 0.0
        hosts = settings.allowed_hosts
        linkedin = any(is_linkedin(host.split(":", 1)[0]) for host in hosts)
        self._hosts = (*hosts, *PICTURE_HOSTS, COUNTRY_HOSTS) if linkedin else hosts
        self._random = random.Random()

    def start(self) -> None:
        """Start the browser now, so that a missing one is told before anything else happens."""
        self._runner.run(self._ensure_browser())

    def close(self) -> None:
        """End the browser; nothing stays behind."""
        try:
            self._runner.run(self._stop())
        finally:
            self._runner.close()

    def bring(self, employee: Employee) -> Capture:
        """Visit the person's page. What goes wrong is a status."""
        if not employee.profile_url:
            note = employee.address_note.replace("_", " ")
            trouble = f"no usable profile address ({note})" if note else "no profile address on file"
            return self._capture(employee, Visit(CaptureStatus.NO_URL, trouble=trouble))
        if not self.allows(employee.profile_url):
            trouble = "the address is not on a host that the policy allows"
            return self._capture(employee, Visit(CaptureStatus.NO_URL, trouble=trouble))
        held_back = self._held_back()
        if held_back:
            return self._capture(employee, Visit(CaptureStatus.NOT_ATTEMPTED, trouble=held_back))
        if not self._wait():
            return self._capture(employee, Visit(CaptureStatus.NOT_ATTEMPTED, trouble="stopped by the user"))
        attempts, done = self._runner.run(self._visit(employee.profile_url))
        self._visits += 1
        self._opened.extend([datetime.now(UTC)] * attempts)
        pause = self._settings.seconds_between + self._random.uniform(-1, 1) * self._settings.jitter
        self._next_visit = time.monotonic() + max(0.0, pause)
        return self._capture(employee, done, attempts)

    def _held_back(self) -> str:
        """Why nothing may be opened now; empty when it may."""
        now = datetime.now(UTC)
        if self._quiet.cover(now):
            return "it is the quiet hours of the policy"
        day = sum(1 for at in self._opened if at > now - timedelta(days=1))
        hour = sum(1 for at in self._opened if at > now - timedelta(hours=1))
        if day >= self._settings.daily_cap:
            return "the day's cap is reached"
        return "the hour's cap is reached" if 0 < self._settings.hourly_cap <= hour else ""

    def allows(self, address: str) -> bool:
        """True when the address is http(s) and its host is one that the policy allows."""
        host = authority(address)
        allowed = {entry.casefold() for entry in self._settings.allowed_hosts}
        bare = host.split(":", 1)[0]
        country = any(is_linkedin(entry) for entry in allowed) and is_linkedin(bare) and host == bare
        return address.startswith(("http://", "https://")) and (host in allowed or country)

    def _wait(self) -> bool:
        while (left := self._next_visit - time.monotonic()) > 0:
            if self._context.stopping():
                return False
            time.sleep(min(left, 0.2))
        return not self._context.stopping()

    async def _visit(self, address: str) -> tuple[int, Visit]:
        attempts = 0
        while True:
            attempts += 1
            try:
                browser = await self._ensure_browser()
                done = await visit(
                    browser, address, self._settings.visit_seconds, top_card=self._settings.keep_top_card
                )
            except (Error, ConnectionError) as trouble:
                await self._stop()
                done = Visit(
                    CaptureStatus.NETWORK_ERROR, address, trouble=f"the browser ended: {_first_line(trouble)}"
                )
            except SourceUnavailable as trouble:  # it did start before: once more
                if attempts == MOST_ATTEMPTS:
                    raise
                done = Visit(CaptureStatus.NETWORK_ERROR, address, trouble=trouble.message)
            final = done.status is not CaptureStatus.NETWORK_ERROR or self._context.stopping()
            if final or attempts == MOST_ATTEMPTS:
                break
        if done.status is CaptureStatus.OK and not self.allows(done.final_url):
            done = Visit(CaptureStatus.WRONG_PAGE, done.final_url, trouble="the page led to another host")
        return attempts, done

    async def _ensure_browser(self) -> Browser:
        if self._browser and self._visits and self._visits % VISITS_PER_BROWSER == 0:
            await self._stop()
        if self._browser is None or not self._browser.is_connected():
            await self._stop()
            with as_tmpdir(self._folder):
                self._playwright = await async_playwright().start()
                self._browser = await launch(self._playwright, self._hosts, self._settings.browser)
        return self._browser

    async def _stop(self) -> None:
        browser, playwright = self._browser, self._playwright
        self._browser = self._playwright = None
        for end in (browser.close if browser else None, playwright.stop if playwright else None):
            if end is None:
                continue
            try:
                async with asyncio.timeout(10):
                    await end()
            except (Error, TimeoutError, ConnectionError):
                continue

    def _capture(self, employee: Employee, done: Visit, attempts: int = 1) -> Capture:
        return Capture(
            employee_id=employee.employee_id,
            url=employee.profile_url or "",
            final_url=done.final_url,
            status=done.status,
            captured_at=datetime.now(UTC),
            source=SOURCE.name,
            format=CaptureFormat.PAGE,
            http_status=done.http_status,
            attempts=attempts,
            artifacts=tuple(done.artifacts),
            trouble=done.trouble,
            retry_after=done.retry_after,
        )


def _first_line(trouble: Exception) -> str:
    return (str(trouble).splitlines() or ["no reason given"])[0][:160]


@contextmanager
def open_public_pages(settings: PublicPageSettings, context: SourceContext) -> Iterator[OpenSource]:
    """Start the browser. Raises SourceUnavailable without an allowed host, a permission or a browser."""
    if not settings.allowed_hosts:
        raise SourceUnavailable(
            "public_page is off: the policy allows it no host.", "Set sources.public_page.allowed_hosts."
        )
    refuse_without_permission(settings.allowed_hosts, context.policy.permission, context.today)
    with temporary_folder() as folder:
        pages = PublicPages(settings, context, folder)
        try:
            pages.start()
            yield pages
        finally:
            pages.close()


SOURCE = Source(
    name="public_page",
    summary="the public page as a real headless browser shows it; allowed hosts only",
    settings=PublicPageSettings,
    reach=frozenset({"full_name", "headline", "banner", "topcard_company", "positions"}),
    open=open_public_pages,
    touches_network=True,
    evidence_days=31,
)
