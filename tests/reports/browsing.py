"""Opens written pages in a real browser and keeps what they asked for and complained about."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from auditor.sources._browser import launch

#: for every text on the page: its words and the contrast of its ink with what lies behind it
CONTRASTS = """() => {
  const parse = (colour) => {
    const parts = colour.match(/[\\d.]+/g).map(Number);
    return { rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1 };
  };
  const light = (rgb) => {
    const linear = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = rgb.map((v) => linear(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const { rgb, alpha } = parse(getComputedStyle(at).backgroundColor);
      if (alpha === 1) return rgb;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const words = walker.currentNode.textContent.trim();
    const node = walker.currentNode.parentElement;
    if (!words || !node.getClientRects().length || node.matches("script,style,noscript")) continue;
    const style = getComputedStyle(node);
    const ink = node.closest("svg") ? style.fill : style.color;
    const [a, b] = [light(parse(ink).rgb), light(behind(node))].sort((x, y) => y - x);
    found.push([words.slice(0, 40), (a + 0.05) / (b + 0.05)]);
  }
  return found;
}"""


@dataclass
class Visit:
    """An open page. `asked` lists all addresses it wanted, `said` its console and its crashes."""

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


#: opens the page of a file and gives what the second argument finds there; further ones: its context
Visiting = Callable[..., Any]


@contextmanager
def browser() -> Iterator[Visiting]:
    """One browser for many visits; each has a context of its own."""
    with asyncio.Runner() as runner:
        playwright = runner.run(async_playwright().start())
        try:
            shared = runner.run(launch(playwright, (), ""))
            yield lambda path, look, **context: runner.run(_visit(shared, path, look, context))
            runner.run(shared.close())
        finally:
            runner.run(playwright.stop())


async def _visit(
    shared: Browser, path: Path, look: Callable[[Visit], Awaitable[Any]], context: dict[str, Any]
) -> Any:
    opened = await shared.new_context(**{"viewport": {"width": 1280, "height": 900}, **context})
    try:
        page = await opened.new_page()
        seen = Visit(page)
        page.on("request", lambda request: seen.asked.append(request.url))
        page.on("console", lambda message: seen.said.append(message.text))
        page.on("pageerror", lambda trouble: seen.said.append(str(trouble)))
        page.on("dialog", lambda dialog: seen.said.append(f"dialog {dialog.message}"))
        await page.goto(path.as_uri())
        return await look(seen)
    finally:
        await opened.close()
