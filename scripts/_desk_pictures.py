"""The desk's pages as pictures, on the invented company's audit."""

from __future__ import annotations

import asyncio
import base64
import os
import re
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.async_api import Page, async_playwright

import auditor.app.collect
import auditor.web.desk
from auditor.demo.addresses import banner_address
from auditor.demo.banners import banner_of
from auditor.demo.pages.profile import profile_page
from auditor.demo.people import Person, invent
from auditor.demo.world import SEED
from auditor.sources._browser import launch
from auditor.web.desk import DeskSettings
from tests.web.serving import Served, served

#: the day of the pictures, so that what is entered is fresh, and the day when later pages are collected
TODAY = datetime.now(UTC).date()
NEXT_MONTH = TODAY + timedelta(days=43)
#: where an HR officer's folder would be; the real one is a temporary folder
FOLDER = "H:\\HR\\LinkedIn\\inbox"
LADDER = "ladder: [saved_pages, public_page]\n  evidence_days: {saved_pages: 31}"
WIDE: dict[str, Any] = {"viewport": {"width": 1240, "height": 900}}
DARK: dict[str, Any] = {**WIDE, "color_scheme": "dark"}
NARROW: dict[str, Any] = {"viewport": {"width": 400, "height": 860}, "device_scale_factor": 1.5}
#: pages that are saved into the folder before the picture of Collect is taken
SAVED = 4
#: between two pages that somebody saves
PACE = timedelta(seconds=35)


def draw_desk(output: Path, pictures: Path) -> list[Path]:
    """Draw the pages of the demo whose reports are in `output`; the pictures' paths."""
    world = output / "demo" / "sound-64"
    policy = world / "config" / "policy.yaml"
    text = policy.read_text("utf-8")
    policy.write_text(text.replace("ladder: [public_page]", LADDER), "utf-8")
    settings = DeskSettings(policy, output, "Griet", world / "roster.xlsx", world / "inbox")
    drawn = []
    for today, wanted in ((TODAY, november), (NEXT_MONTH, january)):
        _let_it_be(today)
        with served(settings, watching=True) as desk:
            drawn += asyncio.run(_draw(desk, wanted(desk), pictures))
    return drawn


def _let_it_be(today: date) -> None:
    for module in (auditor.web.desk, auditor.app.collect):
        patch.object(module, "today_of", lambda _policy, _today=None: today).start()


#: a picture's name -> the browser's look, the page, the height of the window
Wanted = dict[str, tuple[dict[str, Any], str, int]]


def november(desk: Served) -> Wanted:
    """The month that was audited, and a departure that somebody works on."""
    plain = desk.browser()
    cases = plain.get("/review?show=open").links("/review/one")
    banner = next(one for one in cases if "which=seen" in plain.get(one).text)
    departure = plain.get("/leavers").links("/leavers/one")[4]
    case = plain.get(departure)
    plain.post("/leavers/looked", case.form("/leavers/looked"))
    for step, evidence in (("O04", "No clause wanted"), ("O05", "Two super admins remain")):
        (number,) = re.findall(rf'name="step" value="([^"]+{step})"', case.text)
        fields = case.form("/leavers/tick", step=number)
        plain.post(
            "/leavers/tick", {**fields, "state": "done", "evidence": evidence, "done_on": TODAY.isoformat()}
        )
    return {
        "desk-month": (WIDE, "/", 900),
        "desk-month-dark": (DARK, "/", 900),
        "desk-review": (WIDE, banner, 1180),
        "desk-review-narrow": (NARROW, banner, 860),
        "desk-departure": (WIDE, departure, 900),
    }


def january(desk: Served) -> Wanted:
    """Everybody's page is too old; some have been saved anew."""
    save_pages(desk)
    return {"desk-collect": (WIDE, "/collect", 1060)}


async def _draw(desk: Served, wanted: Wanted, pictures: Path) -> list[Path]:
    drawn = []
    async with async_playwright() as playwright:
        browser = await launch(playwright, ("127.0.0.1",), "")
        for name, (look, place, height) in wanted.items():
            context = await browser.new_context(**look)
            page = await context.new_page()
            await page.goto(f"{desk.address}{desk.access.new_link()}")
            await page.wait_for_url(f"{desk.address}/")
            await page.goto(f"{desk.address}{place}")
            if place == "/collect":
                await page.eval_on_selector(".how code", "(one, folder) => one.textContent = folder", FOLDER)
            drawn.append(await _shoot(page, pictures / f"{name}.png", height))
            await context.close()
        await browser.close()
    return drawn


async def _shoot(page: Page, path: Path, height: int) -> Path:
    size = page.viewport_size
    assert size is not None
    await page.set_viewport_size({"width": size["width"], "height": height})
    await page.wait_for_timeout(300)
    await page.screenshot(path=path)
    return path


def save_pages(desk: Served) -> None:
    """What HR would do: save some wanted people's pages into the folder, the newest last."""
    people = {f"/in/{one.slug}/": one for one in invent(64, SEED)}
    collector = desk.desk.collector()
    moment = datetime.combine(NEXT_MONTH, datetime.min.time(), UTC).timestamp() + 36_000
    saved = 0
    for one in collector.wanted():
        person = next(
            (p for end, p in people.items() if end.strip("/") in (one.employee.profile_url or "")), None
        )
        if person is None or saved == SAVED:
            continue
        origin = (one.employee.profile_url or "").partition("/in/")[0]
        path = collector.inbox / f"{person.slug}.html"
        path.write_text(saved_page(person, origin), "utf-8")
        os.utime(path, (moment, moment))
        collector.take(path, one.employee)
        saved += 1
    found = enumerate(collector.arrivals())
    collector._arrivals = [replace(one, at=one.at - n * PACE) for n, one in found][::-1]


def saved_page(person: Person, origin: str) -> str:
    """The page as one file, its banner inside."""
    picture = base64.b64encode(banner_of(person)).decode()
    address = banner_address(person).replace("&", "&amp;")
    return profile_page(person, origin).replace(f"{origin}{address}", f"data:image/jpeg;base64,{picture}")
