"""One visit to one public page: open, wait for the banner, take what the browser received."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from urllib.parse import urljoin

from playwright.async_api import Browser, BrowserContext, CDPSession, Error, Page

from auditor.files.reading import MEGABYTE
from auditor.model.capture import Artifact, ArtifactKind, CaptureStatus
from auditor.sources._saved_pictures import PICTURE_LIMIT, missing_picture
from auditor.sources._traffic import LARGEST_PAGE, MOST_DOCUMENTS, Traffic, Visit

BANNER_SECONDS = 4
BROKEN_SECONDS = 0.3
CLOSE_SECONDS = 5
BLOCKED = ("*.woff", "*.woff2", "*.ttf", "*.mp4", "*.webm", "*.m3u8", "ws://*", "wss://*")
_GONE = ("has been closed", "crashed", "Connection closed", "Target closed", "Session closed")
_COVER = """(() => {
  const image = document.querySelector('img.cover-img__image, img[data-embed-id="cover-image"]');
  if (!image) return null;
  const source = image.getAttribute('src') || '';
  return source && !source.startsWith('data:') ? source : image.getAttribute('data-delayed-url') || source;
})()"""
_LENGTH = "document.documentElement ? document.documentElement.outerHTML.length : 0"


async def visit(
    browser: Browser,
    address: str,
    seconds: float,
    reaches: Callable[[str], bool],
    *,
    top_card: bool = False,
) -> Visit:
    """Visit `address` in a fresh context, bounded by `seconds` in all; trouble becomes a status.

    Only addresses that `reaches` allows are asked for, and one profile. Raises playwright's Error only
    when the browser itself, or the page in it, is gone.
    """
    traffic = Traffic(address, reaches)

    async def read(page: Page, session: CDPSession) -> Visit:
        return await _read(page, session, traffic, seconds, top_card=top_card)

    return await _visit(browser, traffic, seconds, read)


async def fetch(
    browser: Browser, address: str, seconds: float, reaches: Callable[[str], bool], largest: int
) -> tuple[Visit, bytes]:
    """Ask for a plain file, of which the first `largest` bytes are kept; as a visit otherwise."""
    traffic = Traffic(address, reaches, largest)

    async def read(page: Page, _session: CDPSession) -> Visit:
        try:
            await page.goto(address, wait_until="commit", timeout=seconds * 1000)
        except Error as trouble:
            return _failed_navigation(str(trouble), traffic)
        return Visit(CaptureStatus.OK, page.url, traffic.status)

    done = await _visit(browser, traffic, seconds, read, scripts=False)
    if len(traffic.body) >= largest:  # the rest was not wanted
        done = Visit(CaptureStatus.OK, address, traffic.status)
    return done, traffic.body


async def _visit(
    browser: Browser,
    traffic: Traffic,
    seconds: float,
    read: Callable[[Page, CDPSession], Coroutine[Any, Any, Visit]],
    *,
    scripts: bool = True,
) -> Visit:
    context: BrowserContext | None = None
    try:
        async with asyncio.timeout(seconds):
            context = await browser.new_context(
                viewport={"width": 1280, "height": 900},
                locale="en-US",
                service_workers="block",
                accept_downloads=False,
                java_script_enabled=scripts,
            )
            done = await _open(context, traffic, read)
    except TimeoutError:
        done = Visit(CaptureStatus.TIMEOUT, traffic.address, trouble=f"no complete page within {seconds:g} s")
    except Error:
        if traffic.ended is None:
            raise
        done = traffic.ended
    except Exception as trouble:  # whatever a page did to get here: it is no reason to ask it again
        words = f"the page could not be handled ({type(trouble).__name__})"
        done = Visit(CaptureStatus.UNREADABLE, traffic.address, trouble=words)
    finally:
        if context is not None:
            await close_quietly(context.close, CLOSE_SECONDS)
    return traffic.ended or done


def _is_gone(message: str) -> bool:
    return any(words in message for words in _GONE)


async def close_quietly(close: Callable[[], Awaitable[None]], seconds: float) -> None:
    """Close a part of the browser within `seconds`; one that is gone, or does not answer, is left."""
    try:
        async with asyncio.timeout(seconds):
            await close()
    except (Error, TimeoutError, ConnectionError):
        pass


async def _open(
    context: BrowserContext, traffic: Traffic, read: Callable[[Page, CDPSession], Coroutine[Any, Any, Visit]]
) -> Visit:
    page = await context.new_page()
    # the browser is started so that it opens none; were it to, the window is closed and the visit is over
    context.on("page", lambda other: traffic.end(CaptureStatus.UNREADABLE, "the page opens another window"))
    session = await context.new_cdp_session(page)
    await traffic.watch(page, session)
    await session.send("Network.setBlockedURLs", {"urls": list(BLOCKED)})
    await session.send("Page.setPrerenderingAllowed", {"isAllowed": False})
    return await _unless_over(read(page, session), traffic)


async def _unless_over(reading: Coroutine[Any, Any, Visit], traffic: Traffic) -> Visit:
    """The reading, given up as soon as the visit is over, or the page's own request breaks off (reading
    on would hang)."""
    read = asyncio.ensure_future(reading)
    over = asyncio.ensure_future(traffic.over.wait())
    broken = asyncio.ensure_future(traffic.broken.wait())
    try:
        await asyncio.wait({read, over, broken}, return_when=asyncio.FIRST_COMPLETED)
        if not read.done() and not over.done():
            await asyncio.wait({read, over}, timeout=BROKEN_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if traffic.ended:
            return traffic.ended
        if read.done():
            return read.result()
        reason = next(iter(traffic.failed.values()), "no reason given")
        return Visit(CaptureStatus.NETWORK_ERROR, traffic.address, trouble=f"the page broke off: {reason}")
    finally:
        for task in (read, over, broken):
            task.cancel()
        await asyncio.gather(read, over, broken, return_exceptions=True)


async def _read(
    page: Page, session: CDPSession, traffic: Traffic, seconds: float, *, top_card: bool
) -> Visit:
    try:
        await page.goto(traffic.address, wait_until="domcontentloaded", timeout=seconds * 1000)
    except Error as trouble:
        return _failed_navigation(str(trouble), traffic)
    html = await _content(page, session, traffic)
    done = Visit(CaptureStatus.OK, page.url, traffic.status)
    done.artifacts.append(Artifact(ArtifactKind.MAIN, html.encode("utf-8", "replace"), page.url, "text/html"))
    banner = await _banner(page, session, traffic)
    if banner:
        done.artifacts.append(banner)
    if top_card:
        done.artifacts.extend(await _top_card(page))
    return done


def _failed_navigation(message: str, traffic: Traffic) -> Visit:
    first = (message.splitlines() or ["no reason given"])[0][:120]
    if traffic.ended:
        return traffic.ended
    if "Timeout" in first:
        return Visit(CaptureStatus.TIMEOUT, traffic.address, trouble="the page did not come in time")
    if _is_gone(first):
        raise Error(message)
    if "Download is starting" in first:
        return Visit(
            CaptureStatus.UNREADABLE,
            traffic.address,
            traffic.status,
            "the site sent a file instead of a page",
        )
    code = first.split("net::", 1)[-1].split(" ", 1)[0] if "net::" in first else first
    trouble = f"the page could not be fetched: {code}"
    return Visit(CaptureStatus.NETWORK_ERROR, traffic.address, traffic.status, trouble)


async def _content(page: Page, session: CDPSession, traffic: Traffic) -> str:
    """The page's text once it has stopped sending the browser elsewhere."""
    while True:
        if traffic.navigations >= MOST_DOCUMENTS:
            traffic.end(CaptureStatus.UNREADABLE, "the page keeps reloading itself")
        before = traffic.navigations
        try:
            length = await _evaluate(session, _LENGTH)
            if not isinstance(length, int) or length > LARGEST_PAGE:
                traffic.end(
                    CaptureStatus.UNREADABLE, f"the page is larger than {LARGEST_PAGE // 1_000_000} MB"
                )
            if traffic.ended:
                return ""
            html = await page.content()
        except Error as trouble:
            if _is_gone(str(trouble)):
                raise
            await page.wait_for_load_state("domcontentloaded")
            await asyncio.sleep(0.05)
            continue
        await asyncio.sleep(0.05)
        if traffic.navigations == before:
            return html


async def _evaluate(session: CDPSession, expression: str) -> Any:
    """Ask the page something out of reach of its own scripts."""
    tree = await session.send("Page.getFrameTree")
    world = await session.send("Page.createIsolatedWorld", {"frameId": tree["frameTree"]["frame"]["id"]})
    question = {"expression": expression, "contextId": world["executionContextId"], "returnByValue": True}
    return (await session.send("Runtime.evaluate", question))["result"].get("value")


async def _banner(page: Page, session: CDPSession, traffic: Traffic) -> Artifact | None:
    """The banner's bytes as the browser received them; an empty body says why there are none."""
    written: str | None = await _evaluate(session, _COVER)
    if not written or written.startswith("data:"):
        return None
    try:
        address = urljoin(page.url, written)
    except ValueError:
        return missing_picture(written, "the banner's address is none")
    waited = 0.0
    while address not in traffic.pictures and address not in traffic.failed and waited < BANNER_SECONDS:
        await asyncio.sleep(0.05)
        waited += 0.05
    response = traffic.pictures.get(address)
    if response is None or not response.ok:
        reason = (
            f"answered {response.status}" if response else traffic.failed.get(address, "not loaded in time")
        )
        return missing_picture(written, f"the banner's picture: {reason}")
    try:
        body = await response.body()
    except Error:
        return missing_picture(written, "the banner's picture broke off")
    if len(body) > PICTURE_LIMIT:
        return missing_picture(written, f"the banner's picture is larger than {PICTURE_LIMIT // MEGABYTE} MB")
    return Artifact(ArtifactKind.BANNER, body, written, await response.header_value("content-type") or "")


async def _top_card(page: Page) -> list[Artifact]:
    try:
        picture = await page.locator("section.top-card-layout").first.screenshot(
            type="jpeg", quality=80, timeout=3000
        )
    except Error:
        return []
    return [Artifact(ArtifactKind.TOP_CARD, picture, page.url, "image/jpeg")]
