"""One visit to one public page: open, wait for the banner, take what the browser received."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from playwright.async_api import Browser, BrowserContext, Error, Frame, Page, Request, Response

from auditor.domain.capture import Artifact, ArtifactKind, CaptureStatus

BANNER_SECONDS = 4
BROKEN_SECONDS = 0.3
CLOSE_SECONDS = 5
LARGEST_PAGE = 25_000_000
LARGEST_PICTURE = 15_000_000
REFUSING = frozenset({401, 403, 429, 451, 999})
#: a page that sends the browser on more often than this is a loop
MOST_NAVIGATIONS = 3
BLOCKED = ("*.woff", "*.woff2", "*.ttf", "*.mp4", "*.webm", "*.m3u8")
_COVER = """() => {
  const image = document.querySelector('img.cover-img__image, img[data-embed-id="cover-image"]');
  if (!image) return null;
  const source = image.getAttribute('src') || '';
  return source && !source.startsWith('data:') ? source : image.getAttribute('data-delayed-url') || source;
}"""


@dataclass(slots=True)
class Visit:
    """What a visit gave. `status` is OK when a page came, whatever the page turns out to be."""

    status: CaptureStatus
    final_url: str = ""
    http_status: int | None = None
    trouble: str = ""
    retry_after: float | None = None
    artifacts: list[Artifact] = field(default_factory=list)


class ReloadLoop(Exception):
    """The page keeps sending the browser elsewhere."""


@dataclass  # without slots: Playwright marks the object whose methods it calls
class _Traffic:
    """The responses and failures seen so far, by address."""

    pictures: dict[str, Response] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    navigations: int = 0
    main: Response | None = None
    refused: Response | None = None
    broken: asyncio.Event = field(default_factory=asyncio.Event)

    def on_response(self, response: Response) -> None:
        if response.request.resource_type == "image":
            self.pictures[response.url] = response
        elif response.request.is_navigation_request() and response.frame.parent_frame is None:
            self.main = response
            if response.status in REFUSING and self.refused is None:
                self.refused = response

    def on_failure(self, request: Request) -> None:
        self.failed[request.url] = request.failure or "failed"
        # a navigation that a script replaced by another one is aborted, not broken
        if _is_the_page(request) and "ERR_ABORTED" not in self.failed[request.url]:
            self.broken.set()

    def on_navigation(self, frame: Frame) -> None:
        if frame.parent_frame is None:
            self.navigations += 1


def _is_the_page(request: Request) -> bool:
    """True for the page itself, not for a frame inside it."""
    if not request.is_navigation_request():
        return False
    try:
        return request.frame.parent_frame is None
    except Error:  # the frame is not there yet: so the page is just beginning
        return True


async def visit(browser: Browser, address: str, seconds: float, *, top_card: bool = False) -> Visit:
    """Visit `address` in a fresh context, bounded by `seconds` in all; trouble becomes a status.

    Raises playwright's Error only when the browser itself is gone.
    """
    context: BrowserContext | None = None
    try:
        async with asyncio.timeout(seconds):
            context = await browser.new_context(
                viewport={"width": 1280, "height": 900},
                locale="en-US",
                service_workers="block",
                accept_downloads=False,
            )
            return await _open(context, address, seconds, top_card=top_card)
    except TimeoutError:
        return Visit(CaptureStatus.TIMEOUT, address, trouble=f"no complete page within {seconds:g} s")
    except ReloadLoop:
        return Visit(CaptureStatus.UNREADABLE, address, trouble="the page keeps reloading itself")
    finally:
        if context is not None:
            await _quietly(context.close)


async def _quietly(close: Callable[[], Awaitable[None]]) -> None:
    try:
        async with asyncio.timeout(CLOSE_SECONDS):
            await close()
    except (Error, TimeoutError):
        pass


async def _open(context: BrowserContext, address: str, seconds: float, *, top_card: bool) -> Visit:
    page = await context.new_page()
    traffic = _Traffic()
    page.on("response", traffic.on_response)
    page.on("requestfailed", traffic.on_failure)
    page.on("framenavigated", traffic.on_navigation)
    session = await context.new_cdp_session(page)
    await session.send("Network.enable")
    await session.send("Network.setBlockedURLs", {"urls": list(BLOCKED)})
    return await _unless_broken(_read(page, traffic, address, seconds, top_card=top_card), traffic, address)


async def _unless_broken(reading: Coroutine[Any, Any, Visit], traffic: _Traffic, address: str) -> Visit:
    """The reading, given up as soon as the page's own request breaks off (reading on would hang)."""
    read = asyncio.ensure_future(reading)
    broken = asyncio.ensure_future(traffic.broken.wait())
    try:
        await asyncio.wait({read, broken}, return_when=asyncio.FIRST_COMPLETED)
        if not read.done():
            await asyncio.wait({read}, timeout=BROKEN_SECONDS)
        if read.done():
            return read.result()
        reason = next(iter(traffic.failed.values()))
        return Visit(CaptureStatus.NETWORK_ERROR, address, trouble=f"the page broke off: {reason}")
    finally:
        read.cancel()
        broken.cancel()


async def _read(page: Page, traffic: _Traffic, address: str, seconds: float, *, top_card: bool) -> Visit:
    try:
        response = await page.goto(address, wait_until="domcontentloaded", timeout=seconds * 1000)
    except Error as trouble:
        return _failed_navigation(address, str(trouble), traffic)
    response = traffic.refused or traffic.main or response
    refused = await _refusal(page, response)
    if refused:
        return refused
    html = await _content(page, traffic)
    if traffic.refused:
        return await _refusal(page, traffic.refused) or Visit(CaptureStatus.RATE_LIMITED, page.url)
    if len(html) > LARGEST_PAGE:
        return Visit(CaptureStatus.UNREADABLE, page.url, trouble="the page is larger than 25 MB")
    done = Visit(CaptureStatus.OK, page.url, response.status if response else None)
    done.artifacts.append(Artifact(ArtifactKind.MAIN, html.encode("utf-8", "replace"), page.url, "text/html"))
    banner = await _banner(page, traffic)
    if banner:
        done.artifacts.append(banner)
    if top_card:
        done.artifacts.extend(await _top_card(page))
    return done


def _failed_navigation(address: str, message: str, traffic: _Traffic) -> Visit:
    first = message.splitlines()[0]
    if "Timeout" in first:
        return Visit(CaptureStatus.TIMEOUT, address, trouble="the page did not come in time")
    if "has been closed" in first or "Target crashed" in first or "Page crashed" in first:
        raise Error(message)
    answered = traffic.refused or traffic.main
    status = answered.status if answered else None
    code = first.split("net::", 1)[-1].split(" ", 1)[0] if "net::" in first else first[:120]
    if status in REFUSING:
        return Visit(CaptureStatus.RATE_LIMITED, address, status, f"the site answered {status}")
    return Visit(CaptureStatus.NETWORK_ERROR, address, status, f"the page could not be fetched: {code}")


async def _refusal(page: Page, response: Response | None) -> Visit | None:
    """Statuses that end the visit whatever the body says."""
    if response is None:
        return None
    status = response.status
    if status in REFUSING:
        wait = await response.header_value("retry-after")
        seconds = float(wait) if wait and wait.isdigit() else None
        return Visit(CaptureStatus.RATE_LIMITED, page.url, status, f"the site answered {status}", seconds)
    if status >= 500:
        return Visit(CaptureStatus.NETWORK_ERROR, page.url, status, f"the site answered {status}")
    size = await response.header_value("content-length")
    if size and size.isdigit() and int(size) > LARGEST_PAGE:
        return Visit(CaptureStatus.UNREADABLE, page.url, status, "the page is larger than 25 MB")
    return None


async def _content(page: Page, traffic: _Traffic) -> str:
    """The page's text once it has stopped sending the browser elsewhere."""
    while True:
        if traffic.navigations > MOST_NAVIGATIONS:
            raise ReloadLoop
        before = traffic.navigations
        try:
            html = await page.content()
        except Error as trouble:
            if "navigating" not in str(trouble):
                raise
            await page.wait_for_load_state("domcontentloaded")
            continue
        await asyncio.sleep(0.05)
        if traffic.navigations == before:
            return html


async def _banner(page: Page, traffic: _Traffic) -> Artifact | None:
    """The banner's bytes as the browser received them; an empty body says why there are none."""
    written: str | None = await page.evaluate(_COVER)
    if not written or written.startswith("data:"):
        return None
    address = urljoin(page.url, written)
    waited = 0.0
    while address not in traffic.pictures and address not in traffic.failed and waited < BANNER_SECONDS:
        await asyncio.sleep(0.05)
        waited += 0.05
    response = traffic.pictures.get(address)
    if response is None or not response.ok:
        reason = (
            f"answered {response.status}" if response else traffic.failed.get(address, "not loaded in time")
        )
        return Artifact(ArtifactKind.BANNER, b"", written, trouble=f"the banner's picture: {reason}")
    try:
        body = await response.body()
    except Error:
        return Artifact(ArtifactKind.BANNER, b"", written, trouble="the banner's picture broke off")
    if len(body) > LARGEST_PICTURE:
        return Artifact(
            ArtifactKind.BANNER, b"", written, trouble="the banner's picture is larger than 15 MB"
        )
    return Artifact(ArtifactKind.BANNER, body, written, await response.header_value("content-type") or "")


async def _top_card(page: Page) -> list[Artifact]:
    try:
        picture = await page.locator("section.top-card-layout").first.screenshot(
            type="jpeg", quality=80, timeout=3000
        )
    except Error:
        return []
    return [Artifact(ArtifactKind.TOP_CARD, picture, page.url, "image/jpeg")]


def authority(address: str) -> str:
    """`host` or `host:port` of an address, lower case."""
    return urlsplit(address).netloc.rsplit("@", 1)[-1].casefold()
