"""An open browser that visits one page at a time. Needs the extra `browser`."""

from __future__ import annotations

import asyncio
import math
import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import Browser, Error, Playwright

from auditor.errors import SourceUnavailable
from auditor.model.address import is_linkedin
from auditor.model.capture import Capture, CaptureFormat, CaptureStatus
from auditor.model.employee import Employee
from auditor.model.hosts import COUNTRY_HOSTS, LEAST_PAUSE
from auditor.model.message import Message, say
from auditor.ports import SourceContext
from auditor.sources._browser import as_tmpdir, launch, start_driver
from auditor.sources._traffic import Visit, authority
from auditor.sources._visit import close_quietly, fetch, visit
from auditor.sources._visit_limits import (
    ALL_ALLOWED,
    LARGEST_FILE,
    NONE_ALLOWED,
    QuietHours,
    Robots,
    read_robots,
)
from auditor.sources.public_page import NAME, PublicPageSettings, names_linkedin

#: hosts of linkedin.com's pictures, reachable once linkedin.com itself is permitted
PICTURE_HOSTS = ("media.licdn.com", "static.licdn.com")
VISITS_PER_BROWSER = 500
MOST_ATTEMPTS = 2
#: seconds between two profiles of linkedin.com, whatever the policy says
LEAST_SECONDS = LEAST_PAUSE
ROBOTS_SECONDS = 15.0
STOP_SECONDS = 10


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
        self._robots: dict[str, Robots] = {}
        #: why a host's robots.txt could not be read, in words
        self._unread: dict[str, str] = {}
        self._quiet = QuietHours.of(settings.quiet_hours, context.policy.roster.time_zone)
        hosts = settings.allowed_hosts
        self._linkedin = names_linkedin(hosts)
        self._hosts = (*hosts, *PICTURE_HOSTS, COUNTRY_HOSTS) if self._linkedin else hosts
        self._random = random.Random()
        since = (datetime.now(UTC) - max(self._opened)).total_seconds() if self._opened else math.inf
        self._next_visit = time.monotonic() + max(0.0, self._pause() - max(0.0, since))

    @property
    def notices(self) -> tuple[Message, ...]:
        """What is said of the source as a whole."""
        permission = self._context.policy.permission
        if not self._linkedin or permission is None:
            return ()
        return (
            say(
                "robots.txt of linkedin.com is not asked: the permission recorded in the policy "
                "({basis}, {first} to {last}) outranks it",
                basis=permission.basis,
                first=permission.decided_on,
                last=permission.ends_on,
            ),
        )

    def start(self) -> None:
        """Start the browser now, so that a missing one is reported before anything else happens."""
        self._runner.run(self._ensure_browser())

    def close(self) -> None:
        """End the browser; nothing stays behind."""
        try:
            self._runner.run(self._stop())
        finally:
            self._runner.close()

    def fetch(self, employee: Employee) -> Capture:
        """Visit the person's page. Failures are returned as a status."""
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
        forbidden = self._ask_robots(employee.profile_url)
        if forbidden:
            return self._capture(employee, forbidden)
        return self._capture(employee, *self._attempts(employee.profile_url))

    def _attempts(self, address: str) -> tuple[Visit, int]:
        """Visit, and once more where the network failed; every attempt keeps the pace and the caps."""
        attempts = 0
        while True:
            attempts += 1
            # noted before, so that nothing that goes wrong on the way makes the next one come early
            self._opened.append(datetime.now(UTC))
            try:
                done = self._runner.run(self._visit(address, last=attempts == MOST_ATTEMPTS))
            finally:
                self._next_visit = time.monotonic() + self._pause()
            again = done.status is CaptureStatus.NETWORK_ERROR and attempts < MOST_ATTEMPTS
            if not again or self._held_back() or not self._wait():
                break
            if done.http_status is None:  # no answer came: that may be the browser's own doing
                self._runner.run(self._stop())
        self._visits += 1
        if done.status is CaptureStatus.OK and not self.allows(done.final_url):
            done = Visit(CaptureStatus.WRONG_PAGE, done.final_url, trouble="the page led to another host")
        return done, attempts

    def _pause(self) -> float:
        """Seconds until the next visit, random each time."""
        pause = self._settings.seconds_between + self._random.uniform(-1, 1) * self._settings.jitter
        return max(LEAST_SECONDS if self._linkedin else 0.0, pause)

    def _ask_robots(self, address: str) -> Visit | None:
        """Why robots.txt of the host keeps us from an address; None where it does not.

        It is asked once a run and host. Where the recorded permission speaks, it is not asked.
        """
        host = authority(address)
        if self.is_permitted(host):
            return None
        if host not in self._robots:
            refused = self._read_robots(host, address)
            if refused:
                return refused
        if self._robots[host].allow(address):
            return None
        if self._robots[host] is NONE_ALLOWED:
            cause = self._unread[host]
            trouble = "robots.txt of the host could not be read" + (f" ({cause})" if cause else "")
            trouble += ", so nothing of it is opened for now"
            return Visit(CaptureStatus.NOT_ATTEMPTED, trouble=trouble)
        return Visit(CaptureStatus.NOT_ATTEMPTED, trouble="robots.txt of the host forbids it", final=True)

    def _read_robots(self, host: str, address: str) -> Visit | None:
        """Read the host's robots.txt; the refusal where the site refuses already there."""
        where = f"{urlsplit(address).scheme}://{host}/robots.txt"
        done, body = self._runner.run(self._fetch(where))
        status = done.http_status
        if done.status is CaptureStatus.RATE_LIMITED and status in (429, 503, 999):
            return done
        if status is not None and 400 <= status < 500:
            self._robots[host] = ALL_ALLOWED
        else:
            self._robots[host] = read_robots(body) if done.status is CaptureStatus.OK else NONE_ALLOWED
            self._unread[host] = str(done.trouble)
        return None

    async def _fetch(self, address: str) -> tuple[Visit, bytes]:
        seconds = min(ROBOTS_SECONDS, self._settings.visit_seconds)
        done, body = Visit(CaptureStatus.NETWORK_ERROR, address), b""
        for attempt in range(1, MOST_ATTEMPTS + 1):
            try:
                browser = await self._ensure_browser()
                done, body = await fetch(browser, address, seconds, self._reaches, LARGEST_FILE)
            except (Error, ConnectionError):
                await self._stop()
            except SourceUnavailable:  # it did start before: once more
                if attempt == MOST_ATTEMPTS:
                    raise
            if done.status is not CaptureStatus.NETWORK_ERROR or done.http_status or self._context.stopping():
                break
        return done, body

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
        return address.startswith(("http://", "https://")) and (host in allowed or self.is_permitted(host))

    def is_permitted(self, host: str) -> bool:
        """True for a host of linkedin.com, where the policy names it: so the permission covers it."""
        return self._linkedin and is_linkedin(host)

    def _reaches(self, address: str) -> bool:
        """Whether a page may make the browser ask for this address."""
        return self.allows(address) or (self._linkedin and authority(address) in PICTURE_HOSTS)

    def _wait(self) -> bool:
        while (left := self._next_visit - time.monotonic()) > 0:
            if self._context.stopping():
                return False
            time.sleep(min(left, 0.2))
        return not self._context.stopping()

    async def _visit(self, address: str, *, last: bool) -> Visit:
        try:
            browser = await self._ensure_browser()
            limit, top_card = self._settings.visit_seconds, self._settings.keep_top_card
            return await visit(browser, address, limit, self._reaches, top_card=top_card)
        except (Error, ConnectionError) as trouble:
            await self._stop()
            reason = (str(trouble).splitlines() or ["no reason given"])[0][:160]
            words = f"the browser ended: {reason}"
            return Visit(CaptureStatus.NETWORK_ERROR, address, trouble=words)
        except SourceUnavailable as trouble:  # it did start before: once more
            if last:
                raise
            return Visit(CaptureStatus.NETWORK_ERROR, address, trouble=trouble.message)

    async def _ensure_browser(self) -> Browser:
        if self._browser and self._visits and self._visits % VISITS_PER_BROWSER == 0:
            await self._stop()
        if self._browser is None or not self._browser.is_connected():
            await self._stop()
            with as_tmpdir(self._folder):
                self._playwright = await start_driver()
                self._browser = await launch(self._playwright, self._hosts, self._settings.browser)
        return self._browser

    async def _stop(self) -> None:
        browser, playwright = self._browser, self._playwright
        self._browser = self._playwright = None
        if browser:
            await close_quietly(browser.close, STOP_SECONDS)
        if playwright:
            await close_quietly(playwright.stop, STOP_SECONDS)

    def _capture(self, employee: Employee, done: Visit, attempts: int = 1) -> Capture:
        return Capture(
            employee_id=employee.employee_id,
            url=employee.profile_url or "",
            final_url=done.final_url,
            status=done.status,
            captured_at=datetime.now(UTC),
            source=NAME,
            format=CaptureFormat.PAGE,
            http_status=done.http_status,
            attempts=attempts,
            artifacts=tuple(done.artifacts),
            trouble=done.trouble,
            retry_after=done.retry_after,
            final=done.final,
        )
