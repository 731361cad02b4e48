"""Opens the desk in a real browser, and keeps what its pages asked for and complained about."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Browser, Page, async_playwright

from auditor.sources._browser import launch
from tests.reports.browsing import Visit
from tests.web.serving import Served

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 400, "height": 800}
#: rules of axe that are held to, whatever their weight
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: lets a browser in at a desk and gives what `look` finds; further arguments: the browser's context
Visiting = Callable[..., Any]
Look = Callable[[Page], Awaitable[Any]]


@contextmanager
def browser() -> Iterator[Visiting]:
    """One browser for many visits; each has a context of its own. A visit fails where a page wrote to the
    console, crashed, or asked another host."""
    with asyncio.Runner() as runner:
        playwright = runner.run(async_playwright().start())
        try:
            shared = runner.run(launch(playwright, ("127.0.0.1",), ""))
            yield lambda desk, look, **context: runner.run(_visit(shared, desk, look, context))
            runner.run(shared.close())
        finally:
            runner.run(playwright.stop())


async def _visit(shared: Browser, desk: Served, look: Look, context: dict[str, Any]) -> Any:
    opened = await shared.new_context(**{"viewport": WIDE, "base_url": desk.address, **context})
    try:
        page = await opened.new_page()
        page.set_default_timeout(10_000)
        seen = Visit(page)
        page.on("request", lambda request: seen.asked.append(request.url))
        page.on("console", lambda message: seen.said.append(message.text))
        page.on("pageerror", lambda trouble: seen.said.append(str(trouble)))
        page.on("dialog", lambda dialog: seen.said.append(f"dialog {dialog.message}"))
        await page.goto(desk.access.new_link())
        await page.wait_for_url(f"{desk.address}/")
        found = await look(page)
        assert seen.said == []
        assert [one for one in seen.asked if not one.startswith((f"{desk.address}/", "data:"))] == []
        return found
    finally:
        await opened.close()


async def faults(page: Page) -> list[str]:
    """What axe finds serious or critical on the page: its rule and the first place."""
    await page.evaluate(f"{AXE_SCRIPT}; 0")
    options = {"runOnly": TAGS, "resultTypes": ["violations"]}
    found = await page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]


async def sideways(page: Page) -> int:
    """How many pixels the page can be scrolled sideways."""
    return int(await page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
