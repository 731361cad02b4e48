"""The picture of the month: complete in itself, readable for all, harmless whatever people are called."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from auditor.language.words import LANGUAGES
from auditor.model.document import Grid, HtmlText, Page, Paragraph
from auditor.model.finding import FindingState
from auditor.model.health import HealthVerdict
from auditor.model.report import AuditReport
from auditor.model.roster import RosterNotice
from auditor.model.rule import Failed, Passed
from auditor.reports.documents.audit_workbook import exception_workbooks
from auditor.reports.documents.month_page import month_page
from auditor.reports.month.findings import COLUMNS, listed_findings
from auditor.reports.month.markup import Thumbnails
from auditor.reports.scope import whole
from auditor.reports.trend import calendar_months
from auditor.writers.plain_file import write_plain
from tests.reports import browsing
from tests.reports.adopting import WALLED, carrying, firm
from tests.reports.browsing import CONTRASTS, Visit, Visiting
from tests.reports.invented import (
    DEGRADED,
    SOUND,
    WRONG_HEADLINE,
    banner,
    examined,
    old_banner,
    person,
    report,
    sixty,
    tracked,
)

browser = pytest.mark.browser
HOSTILE = (
    '</script><img src=x onerror="window.pwned=1">',
    "<!--<script>",
    "'\"><svg onload=window.pwned=1>",
    "\u202eevil\u2066 {name} ${n} $title",
    "\ud800half\x00\u2028line",
    "شركة الاختراع",
)


def text_of(made: AuditReport) -> str:
    (document,) = month_page(made)
    assert isinstance(document, HtmlText)
    return document.text


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found.group(1))


def written(made: AuditReport, folder: Path) -> Path:
    (path,) = write_plain(month_page(made)[0], folder)
    return path


def many(count: int) -> AuditReport:
    people, findings = [], []
    pictures = [old_banner(seed) for seed in range(6)]
    for n in range(count):
        employee = person(f"{n:06d}", name=f"Invented Person Number {n}", entity=f"Firm {n % 7}")
        failed = (
            pictures[n % 6] if n % 10 == 0 else replace(WRONG_HEADLINE, observed=f"Engineer, cyclist {n}")
        )
        one = examined(employee, {"BNR001" if n % 10 == 0 else "HDL001": failed})
        people.append(one)
        findings.append(tracked(one, one.results[0].rule_id))
    return report(
        tuple(people), tuple(findings), standard_banners={f"Firm {n}": banner(90 + n) for n in range(7)}
    )


@pytest.fixture(scope="module", params=[5_000, pytest.param(20_000, marks=pytest.mark.long)])
def count(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def thousands(count: int) -> AuditReport:
    return many(count)


# --- what stands in the file ---


@pytest.mark.parametrize("made", [report(), sixty()], ids=["nobody", "sixty"])
def test_only_its_own_style_and_script_may_run_and_nothing_is_loaded(made: AuditReport) -> None:
    page = text_of(made)
    rules = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])  # type: ignore[index]
    allowed = dict(rule.split(" ", 1) for rule in rules.split("; "))
    assert allowed["default-src"] == allowed["base-uri"] == allowed["form-action"] == "'none'"
    assert allowed["img-src"] == "data:"
    for tag in ("style", "script"):
        body = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert body
        digest = base64.b64encode(hashlib.sha256(body[1].encode()).digest()).decode()
        assert allowed[f"{tag}-src"] == f"'sha256-{digest}'"
    assert not re.search(r"<link|@import|url\(|<iframe|<object|<base|\ssrc=|\sstyle=|\son\w+=", page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_language_of_the_report(language: str) -> None:
    page = text_of(replace(sixty(), language=language))
    assert f'<html lang="{language}">' in page
    heading = {"en": "Findings", "nl": "Bevindingen", "fr": "Constats", "de": "Feststellungen"}[language]
    assert re.search(rf'<h2 id="findings-heading">{heading}</h2>', page)
    words = data_of(page)["words"]
    assert all(words.values())
    if language != "en":
        english = data_of(text_of(sixty()))["words"]
        same = {key for key in words if words[key] == english[key]}
        assert len(same) <= 2, f"left in English: {same}"


def test_a_run_that_is_not_sound_says_so_before_any_figure() -> None:
    page = text_of(replace(sixty(), health=DEGRADED))
    alert = page.index('class="notice grave" role="alert"')
    assert alert < page.index("<h2")
    assert "the site refused 4 visits" in page
    assert "run is sound" not in page
    assert "The run is sound: its results may be used." in text_of(report(health=SOUND))
    assert "Apart from this the run is sound" in text_of(replace(sixty(), health=SOUND)), "it has no leavers"


def test_the_figures_are_those_of_the_report() -> None:
    page = text_of(sixty())
    figures = dict(re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", page))
    assert (figures["People in the roster"], figures["Open findings"], figures["Waived findings"]) == (
        "60",
        "40",
        "1",
    )
    rows = data_of(page)["rows"]
    assert len(rows) == 42
    states = [row[COLUMNS.index("state")] for row in rows]
    assert states.index("resolved") >= 40, "what asks for nothing stands last"
    severities = [row[COLUMNS.index("severity")] for row in rows[:40]]
    assert severities == sorted(severities)


def test_it_begins_with_what_to_do_as_the_summary_has_it_then_the_month_then_the_findings() -> None:
    page = text_of(sixty())
    headings = re.findall(r"<h2[^>]*>([^<]*)</h2>", page)
    assert headings[:5] == ["What to do first", "In figures", "Adoption", "Trend", "Findings"]
    steps = page.split('id="first-heading"')[1].split("</section>")[0]
    (summary,) = [
        part
        for part in exception_workbooks(sixty())[0].tables  # type: ignore[union-attr]
        if isinstance(part, Page) and part.key == "summary"
    ]
    (grid,) = [one for one in summary.blocks if isinstance(one, Grid) and one.columns[0].key == "name"]
    assert re.findall(r'class="who">([^<]*)<', steps) == [html.escape(row[0]) for row in grid.rows]
    (counted,) = re.findall(r'<p class="quiet">([^<]*)</p>', steps)
    assert counted.startswith("Correct the roster: ")
    said = [one.text for one in summary.blocks if isinstance(one, Paragraph)]
    assert counted in said, "everybody's next step, not only that of the first ten"


def test_tiles_that_look_like_a_sum_add_up() -> None:
    for made in (sixty(), firm(45), firm(1), report()):
        for tiles in re.findall(r'<dl class="figures">(.*?)</dl>', text_of(made)):
            total, *parts = map(int, re.findall(r"</dt><dd>(\d+)</dd>", tiles))
            assert len(parts) == 3
            assert total == sum(parts)


def test_many_remarks_are_folded_and_what_is_grave_never_is() -> None:
    remarks = tuple(RosterNotice("F08", f"Remark {n}.", facts=(("days", f"{n}"),)) for n in (41, 42, 43))
    page = text_of(report(notices=remarks))
    assert re.search(r'<details class="notice mild"><summary>3 remarks on this run</summary>', page)
    assert "<details" not in page[: page.index("<h2")].replace('<details class="notice mild">', "")
    grave = text_of(report(notices=tuple(RosterNotice("F07", f"No leavers {n}.") for n in range(4))))
    assert "<details" not in grave[: grave.index("<h2")]


def test_a_month_with_too_few_people_draws_no_share() -> None:
    page = text_of(firm(1))
    bars = page.split('class="bars"')[1].split("</ul>")[0]
    assert bars.count("too few to say") == 2 * 3, "once for the eye and once for the ear"
    assert 'class="fill' not in bars
    assert "1 of the one person checked" in bars
    unseen = replace(firm(1), examinations=(carrying(0, WALLED),))
    assert "nobody could be checked" in text_of(unseen)
    assert "0 of the 0" not in text_of(unseen)


def test_a_month_without_figures_breaks_the_line_of_adoption() -> None:
    page = text_of(firm(45))
    lines = re.findall(r'<path d="([^"]*)" class="line banner">', page)
    assert [path.count("M") for path in lines] == [1, 2], "the swatch, and the line with the gap of May"


def test_what_asks_for_nothing_has_no_due_day_and_what_is_late_is_marked() -> None:
    examination = examined(person(), {"HDL001": WRONG_HEADLINE})
    late = tracked(examination, "HDL001", FindingState.OPEN, date(2026, 9, 1))
    for state, is_late in ((FindingState.OPEN, 1), (FindingState.RESOLVED, 0)):
        listed = listed_findings(whole(report((examination,), (replace(late, state=state),))))
        row = dict(zip(COLUMNS, listed.rows[0], strict=True))
        assert row["late"] == is_late
        assert (listed.texts[int(row["due"])] != "") == bool(is_late)


def test_the_standard_banner_is_shown_even_where_the_page_had_none_of_its_own() -> None:
    default = Failed("BANNER_LINKEDIN_DEFAULT", "LinkedIn's own", "Autumn 2026", "LinkedIn's default banner")
    examination = examined(person(), {"BNR001": default, "HDL001": WRONG_HEADLINE})
    findings = tuple(tracked(examination, rule) for rule in ("BNR001", "HDL001"))
    made = report((examination,), findings, standard_banners={"Noordlicht NV": banner(1)})
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in listed_findings(whole(made)).rows]
    places = {row["severity"]: (row["seen_picture"], row["our_picture"]) for row in rows}
    assert places == {1: (-1, -1), 2: (-1, 0)}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_texts_from_outside_stay_texts(hostile: str) -> None:
    page = text_of(hostile_report(hostile))
    assert len(re.findall("<script", page)) == 2
    assert len(re.findall("</script", page)) == 2
    assert "<img" not in page
    assert "<svg onload" not in page
    data_of(page)


def hostile_report(hostile: str) -> AuditReport:
    failed = Failed(
        hostile,
        hostile,
        hostile,
        hostile,
        remedy=hostile,
        pictures=(("seen", hostile.encode("utf-8", "replace")),),
    )
    employee = person(
        hostile, name=hostile, entity=hostile, manager=hostile, profile_url="javascript:window.pwned=1"
    )
    one = examined(employee, {"HDL001": failed, "XYZ999": Passed("OK")})
    other = examined(person("2", entity="B"), {})
    health = replace(SOUND, verdict=HealthVerdict.DEGRADED, reasons=(hostile,))
    waived = replace(tracked(one, "HDL001"), state=FindingState.WAIVED, note=hostile)
    notice = RosterNotice("F07", hostile, facts=(("file", hostile),))
    made = report((one, other), (tracked(one, "HDL001"), waived), health=health, notices=(notice,))
    return replace(made, run=replace(made.run, roster_name=hostile, id=hostile))


def test_pictures_are_small_and_stop_at_the_limit() -> None:
    thumbnails = Thumbnails(limit=6000)
    places = [thumbnails.place(banner(seed)) for seed in range(8)]
    assert places[0] == 0
    assert places[-1] == -1
    assert thumbnails.left_out == places.count(-1)
    assert thumbnails.place(banner(0)) == 0, "a picture that is there already costs nothing"
    assert Thumbnails().place(b"no picture") == Thumbnails().place(b"") == -1


def test_without_thumbnails_no_banner_is_shown() -> None:
    assert data_of(text_of(replace(sixty(), thumbnails="none")))["pictures"] == []


def test_thousands_of_people_make_a_page_of_bearable_size(count: int, thousands: AuditReport) -> None:
    page = text_of(thousands)
    assert len(page.encode("utf-8", "replace")) < 500 * count
    assert len(data_of(page)["rows"]) == count


def test_what_does_not_fit_is_said() -> None:
    listed = listed_findings(whole(sixty()), largest_text=9000)
    assert 0 < len(listed.rows) < 42
    assert listed.left_out == 42 - len(listed.rows)


def test_months_without_a_run_leave_a_gap() -> None:
    known: dict[date, dict[str, int]] = {date(2026, 11, 1): {}, date(2026, 8, 1): {}, date(2025, 1, 1): {}}
    months = calendar_months(known, 13)
    assert [month for month, _ in months][:2] == [date(2025, 11, 1), date(2025, 12, 1)]
    assert len(months) == 13
    assert [month for month, counts in months if counts is not None] == [date(2026, 8, 1), date(2026, 11, 1)]


# --- in a real browser ---


@pytest.fixture(scope="module")
def visit() -> Iterator[Visiting]:
    with browsing.browser() as visiting:
        yield visiting


def seen(look: str) -> str:
    return f"Array.from(document.querySelectorAll('#list {look}'), (node) => node.textContent)"


@browser
def test_it_opens_without_network_and_without_complaint(visit: Visiting, tmp_path: Path) -> None:
    path = written(sixty(), tmp_path)

    async def look(opened: Visit) -> None:
        await opened.page.wait_for_selector("#list li")
        images = await opened.page.evaluate(
            "Promise.all(Array.from(document.images, (i) => i.decode().then(() => [i.alt, i.naturalWidth])))"
        )
        assert images
        assert all(alt and width == 320 for alt, width in images)
        beside = await opened.page.evaluate(seen(".pictures"))
        assert beside
        assert set(beside) == {"Banner seenOur banner"}, "each banner seen stands beside the standard one"
        assert [one for one in opened.asked if not one.startswith(("data:", "file:"))] == []
        assert len([one for one in opened.asked if one.startswith("file:")]) == 1
        assert opened.said == []

    visit(path, look, java_script_enabled=True)


@browser
def test_everything_is_read_without_a_script(visit: Visiting, tmp_path: Path) -> None:
    path = written(sixty(), tmp_path)

    async def look(opened: Visit) -> None:
        page = opened.page
        cards = page.locator("noscript .finding, main .finding")
        assert await cards.count() == 42
        await expect(cards.first).to_contain_text("Still shows a current position linked to our company page")
        await expect(page.locator("#filter")).to_be_hidden()
        assert await page.get_by_role("link", name="Open profile 1009").count() == 1

    visit(path, look, java_script_enabled=False)


@browser
def test_the_findings_are_filtered_and_counted_aloud(visit: Visiting, tmp_path: Path) -> None:
    path = written(sixty(), tmp_path)

    async def look(opened: Visit) -> None:
        page = opened.page
        count = page.locator("#count")
        assert await count.get_attribute("aria-live") == "polite"
        await expect(count).to_have_text("Findings shown: 40 of 42 – Page 1 of 2")
        await page.get_by_label("Entity", exact=True).select_option(label="Zuiderzon BV")
        await expect(count).to_have_text("Findings shown: 14 of 42")
        assert all("Zuiderzon BV" in about for about in await page.evaluate(seen(".about")))
        await page.get_by_label("Severity", exact=True).select_option(label="High")
        await expect(count).to_have_text("Findings shown: 2 of 42")
        await page.get_by_role("button", name="Clear the filters").click()
        await expect(count).to_have_text("Findings shown: 40 of 42 – Page 1 of 2")
        await page.get_by_label("Status", exact=True).select_option(label="Waived")
        await expect(count).to_have_text("Findings shown: 1 of 42")
        assert "Agreed until 2027-02-01" in (await page.evaluate(seen("dd")))[2]
        await page.get_by_label("Status", exact=True).select_option("all")
        await page.get_by_label("Search").fill("FRANCOIS cyclist")
        await expect(count).to_have_text("Findings shown: 6 of 42")
        await page.get_by_label("Search").fill("nobody is called this")
        await expect(page.locator("#count")).to_contain_text("no finding fits")
        await expect(page.locator("#list li")).to_have_count(0)

    visit(path, look)


@browser
def test_it_is_used_by_keyboard_alone(visit: Visiting, tmp_path: Path) -> None:
    path = written(sixty(), tmp_path)
    focused = "document.activeElement.id || document.activeElement.textContent"

    async def look(opened: Visit) -> None:
        page = opened.page
        await page.keyboard.press("Tab")
        assert await page.evaluate(focused) == "Skip to the findings"
        assert await page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
        assert await page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        await page.keyboard.press("Enter")
        assert await page.evaluate(focused) == "findings"
        for wanted in ("text", "entity", "state", "severity", "criterion"):
            await page.keyboard.press("Tab")
            assert await page.evaluate(focused) == f"filter-{wanted}"
        await page.focus("#next")
        await page.keyboard.press("Enter")
        assert await page.evaluate(focused) == "findings-heading"
        await expect(page.locator("#place")).to_have_text("Page 2 of 2")
        assert await page.is_disabled("#next")
        await expect(page.locator("#list li")).to_have_count(15)

    visit(path, look)


@browser
def test_a_screen_reader_finds_its_way(visit: Visiting, tmp_path: Path) -> None:
    path = written(replace(sixty(), health=DEGRADED), tmp_path)

    async def look(opened: Visit) -> None:
        page = opened.page
        for landmark in ("banner", "main", "contentinfo", "search"):
            assert await page.get_by_role(landmark).count() >= 1, landmark
        levels = await page.evaluate(
            "Array.from(document.querySelectorAll('h1,h2,h3,h4'), (node) => Number(node.tagName[1]))"
        )
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        for unnamed in (
            "Array.from(document.querySelectorAll('input,select'), (n) => n.labels.length)",
            "Array.from(document.querySelectorAll('table'), (n) => n.caption?.textContent.length || 0)",
            "Array.from(document.querySelectorAll('img'), (n) => n.alt.length)",
            "Array.from(document.querySelectorAll('button'), (n) => n.textContent.length)",
        ):
            assert 0 not in await page.evaluate(unnamed), unnamed
        chart = page.get_by_role("img", name="Line chart: open findings")
        assert await chart.count() == 1
        captions = "Array.from(document.querySelectorAll('details caption'), (node) => node.textContent)"
        assert "Open findings by severity" in await page.evaluate(captions), "the figures stand in a table"
        bars = await page.get_by_role("img", name=re.compile("checked")).count()
        assert bars == 3, "each bar of adoption says its figures"
        assert await page.get_by_role("alert").count() == 1

    visit(path, look)


@browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_is_readable_in_light_and_dark(visit: Visiting, tmp_path: Path, scheme: str) -> None:
    path = written(replace(sixty(), health=DEGRADED), tmp_path)

    async def look(opened: Visit) -> None:
        await opened.page.evaluate(
            "document.querySelectorAll('details').forEach((node) => { node.open = true; })"
        )
        pale = [found for found in await opened.page.evaluate(CONTRASTS) if found[1] < 4.5]
        assert pale == []

    visit(path, look, color_scheme=scheme)


@browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_a_telephone(visit: Visiting, tmp_path: Path, language: str) -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitänskajütentürschlüsselanhänger" * 2
    made = replace(sixty(), language=language)
    first = replace(
        made.examinations[0], employee=replace(made.examinations[0].employee, full_name=long, entity=long)
    )
    path = written(replace(made, examinations=(first, *made.examinations[1:])), tmp_path)

    async def look(opened: Visit) -> None:
        wide = await opened.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0

    visit(path, look, viewport={"width": 360, "height": 740})


@browser
@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_that_somebody_is_called_can_run(visit: Visiting, tmp_path: Path, hostile: str) -> None:
    path = written(hostile_report(hostile), tmp_path)

    async def look(opened: Visit) -> None:
        page = opened.page
        await page.wait_for_selector("#list li")
        assert await page.evaluate("window.pwned") is None
        assert (
            await page.evaluate("document.querySelectorAll('img,svg[onload],script:not([id])').length") == 1
        )
        assert await page.evaluate("document.querySelectorAll('a[href^=javascript]').length") == 0
        assert opened.said == []
        name = await page.inner_text("#list li h3 bdi")
        assert (
            name == " ".join(re.sub("[\x00\u202e\u2066\ud800\u2028]", " ", hostile).split()) or "half" in name
        )

    visit(path, look)


@browser
def test_thousands_of_findings_are_still_quick(
    visit: Visiting, tmp_path: Path, count: int, thousands: AuditReport
) -> None:
    path = written(thousands, tmp_path)

    async def look(opened: Visit) -> None:
        page = opened.page
        await expect(page.locator("#list li")).to_have_count(25)
        started = time.monotonic()
        await page.get_by_label("Search").fill(f"cyclist {count - 1:06d}")
        await expect(page.locator("#count")).to_contain_text("Findings shown: 1 of")
        assert time.monotonic() - started < 5
        assert opened.said == []

    visit(path, look)
