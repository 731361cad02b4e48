"""The member's page in a real browser: from the link to green by keyboard alone and how it looks."""

from __future__ import annotations

import asyncio
import time

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import async_playwright

from auditor.demo.consent_site import SECRET
from auditor.sources._browser import launch
from tests.app.consenting import member_of, number_of
from tests.web.member_serving import served_member

pytestmark = pytest.mark.browser

GREEN = {
    "nl": "Alles wat te zien was, klopt.",
    "fr": "Tout ce qui a pu être vu est correct.",
    "de": "Alles, was zu sehen war, stimmt.",
    "en": "Everything that could be seen is right.",
}
LOOKS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "400 px": {"viewport": {"width": 400, "height": 800}},
    "without scripts": {"java_script_enabled": False},
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: what has the focus: its name and whether one sees it and its outline
FOCUSED = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  at.dataset.reached = 1;
  const inside = box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
  return [at.tagName, at.innerText || at.outerHTML.slice(0, 80), inside && style.outlineStyle !== 'none'];
}"""
MISSED = """() => [...document.querySelectorAll('a[href], button, summary, textarea, input')]
  .filter(one => one.type !== 'hidden' && one.checkVisibility() && !one.dataset.reached)
  .map(one => one.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INVENTED_APP_SECRET", SECRET)
        with served_member(tmp_path_factory.mktemp("member") / "firm") as made:
            yield made


@pytest.fixture(scope="module")
def visit(served):
    """Opens a page for each visit; fails where it wrote to the console or asked elsewhere."""
    with asyncio.Runner() as runner:
        playwright = runner.run(async_playwright().start())
        shared = runner.run(launch(playwright, ("127.0.0.1",), ""))

        async def one(look, **context):
            opened = await shared.new_context(
                **{"viewport": {"width": 1280, "height": 900}, "base_url": served.address, **context}
            )
            page = await opened.new_page()
            page.set_default_timeout(10_000)
            said, asked = [], []
            page.on("console", lambda message: said.append(message.text))
            page.on("pageerror", lambda trouble: said.append(str(trouble)))
            page.on("request", lambda request: asked.append((request.url, request.headers.get("referer"))))
            try:
                found = await look(page)
            finally:
                await opened.close()
            assert [one for one in said if "403 (Forbidden)" not in one] == []
            for address, referrer in asked:
                assert address.startswith((served.address, served.door.site.origin)), address
                foreign = not address.startswith(served.address)
                assert not (foreign and referrer and served.address in referrer), (
                    "a referrer was sent to another"
                )
            return found

        yield lambda look, **context: runner.run(one(look, **context))
        runner.run(shared.close())
        runner.run(playwright.stop())


async def faults(page):
    await page.evaluate(f"{AXE_SCRIPT}; 0")
    options = {"runOnly": TAGS, "resultTypes": ["violations"]}
    found = await page.evaluate("options => axe.run(document, options)", options)
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"]]


async def tab_to(page, wanted, most=40):
    """Press Tab until an element with this text has the focus, and see it there."""
    for _ in range(most):
        await page.keyboard.press("Tab")
        _, text, visible = await page.evaluate(FOCUSED)
        assert visible, text
        if wanted in text:
            return
    raise AssertionError(f"{wanted} was not reached")


@pytest.mark.parametrize("language", GREEN)
def test_from_the_mail_to_green_by_keyboard_alone(served, visit, language):
    served.door.speaks(0, language)
    served.door.consents.withdraw(number_of(0), served.door.today)
    served.door.site.signed_in = number_of(0)
    connect = {"nl": "LinkedIn koppelen", "fr": "Connecter LinkedIn", "de": "LinkedIn verbinden"}
    presses = []

    async def look(page):
        begun = time.monotonic()
        await page.goto(served.path(0))
        presses.append("the link in the mail")
        assert await page.get_attribute("html", "lang") == language
        assert served.path(0) not in page.url
        assert await faults(page) == []
        await tab_to(page, connect.get(language, "Connect LinkedIn"))
        await page.keyboard.press("Enter")
        presses.append("connect")
        await page.wait_for_selector("text=Let this app read your data?")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        presses.append("allow")
        await page.wait_for_selector(f"text={GREEN[language]}")
        assert await faults(page) == []
        return time.monotonic() - begun

    seconds = visit(look)
    assert len(presses) == 3
    assert seconds < 60


@pytest.mark.parametrize("how", LOOKS)
def test_the_page_is_sound_and_fits_the_window_before_and_after(served, visit, how):
    served.door.speaks(1, "en")
    served.door.site.change(member_of(1, "Keeps bees"))
    served.door.consents.withdraw(number_of(1), served.door.today)
    served.door.site.signed_in = number_of(1)

    async def sound(page):
        if how == "without scripts":
            return
        assert await faults(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0

    async def look(page):
        await page.goto(served.path(1))
        await sound(page)
        await page.click("text=Hand over a file")
        await page.click("text=Fill in the short form")
        await sound(page)
        await page.click("button:has-text('Connect LinkedIn')")
        await page.click("button[value=yes]")
        await page.wait_for_selector("text=Something differs")
        await sound(page)
        await page.click("button:has-text('I object')")
        await page.wait_for_selector("text=You have objected.")
        await sound(page)
        await page.click("button:has-text('Take the objection back')")
        await page.wait_for_selector("text=The objection was taken back.")
        await page.goto("/m/invite/nothing")
        await sound(page)

    visit(look, **LOOKS[how])


def test_everything_is_reached_by_tab(served, visit):
    async def look(page):
        await page.goto(served.path(2))
        for _ in range(40):
            await page.keyboard.press("Tab")
            name, text, visible = await page.evaluate(FOCUSED)
            assert name == "BODY" or visible, text
        return await page.evaluate(MISSED)

    assert visit(look) == []
