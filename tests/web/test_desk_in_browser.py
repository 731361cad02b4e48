"""The desk in a real browser: every page, four languages, by keyboard alone, live, and without scripts."""

import base64
import threading
import time

import pytest

from auditor.app.brand import NewBanner, add_banner
from auditor.app.registry import policy_of
from auditor.web.desk import DeskSettings, RunEvents
from tests.feedback.firm import MONTHS, RIGHT, WRONG, Firm, page, slug
from tests.feedback.leaving import STILL, LeavingFirm
from tests.web.browsing import NARROW, browser, faults, sideways
from tests.web.serving import served
from tests.web.test_settings import picture

pytestmark = pytest.mark.browser

LOOKS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "400 px": {"viewport": NARROW},
}
#: what has the focus: its name, its text, and whether one sees it and its outline
FOCUSED = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  at.dataset.reached = 1;
  const inside = box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  return [at.tagName, at.outerHTML.slice(0, 80), inside && outlined];
}"""
#: what can be reached by Tab and was not; of several buttons for one choice, one is reached
MISSED = """() => [...document.querySelectorAll('a[href], button, select, summary, input:not([type=hidden])')]
  .filter(one => one.checkVisibility() && !one.dataset.reached && one.type !== 'radio' && !one.disabled)
  .map(one => one.outerHTML.slice(0, 80))"""
BOX = """figure => {
  const box = figure.getBoundingClientRect();
  return [box.left, box.top, box.width].map(Math.round);
}"""
PLACES = ("/", "/collect", "/review?show=all", "/leavers", "/people", "/doors", "/settings")


class PicturedFirm(LeavingFirm):
    """One profile shows a banner of its own."""

    def page(self, number, headline, shown):
        made = super().page(number, headline, shown)
        if number != "0103":
            return made
        source = f"data:image/png;base64,{base64.b64encode(picture('black')).decode()}"
        figure = f'<figure class="cover-img"><img class="cover-img__image" src="{source}"></figure>'
        return made.replace(
            '<div class="top-card-layout__card', f'{figure}<div class="top-card-layout__card', 1
        )


@pytest.fixture(scope="module")
def visit():
    with browser() as visiting:
        yield visiting


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("firm")
    firm = PicturedFirm(folder)
    drawn = folder / "banner.png"
    drawn.write_bytes(picture())
    (entity,) = firm.policy.companies
    add_banner(firm.policy.path, NewBanner(drawn, entity, "Autumn", "current"), MONTHS[0])
    firm.policy = policy_of(firm.policy.path)
    firm.audit(
        MONTHS[0], {"0101": WRONG, "0102": WRONG, "0103": RIGHT, "0104": WRONG, "0201": STILL, "0202": "gone"}
    )
    settings = DeskSettings(
        firm.policy.path, folder / "reports", "Els", folder / "people.csv", folder / "inbox"
    )
    with served(settings, watching=True) as made:
        made.firm = firm
        yield made


@pytest.fixture
def collecting(tmp_path):
    """A desk before the first run: everybody's page is wanted."""
    firm = Firm(tmp_path)
    firm._write_roster()
    settings = DeskSettings(
        firm.policy.path, tmp_path / "reports", "Els", tmp_path / "people.csv", tmp_path / "inbox"
    )
    with served(settings, watching=True) as made:
        made.firm = firm
        yield made


def all_places(desk):
    """The address of every kind of page."""
    plain = desk.browser()
    cases = plain.get("/review?show=all").links("/review/one")
    return (
        *PLACES,
        cases[0],
        banner_case(desk),
        plain.get("/leavers").links("/leavers/one")[0],
        "/people/one?person=0101",
        "/no-such-page",
    )


def banner_case(desk):
    return f"/review/one?show=all&finding={desk.firm.finding('0103', 'BNR001').finding.fingerprint}"


@pytest.mark.parametrize("how", LOOKS)
def test_every_page_is_sound_and_fits_the_window(desk, visit, how):
    async def look(page):
        found = {}
        for place in all_places(desk)[:-1]:
            await page.goto(place)
            found[place] = (await faults(page), await sideways(page))
        return found

    found = visit(desk, look, **LOOKS[how])
    assert found == dict.fromkeys(found, ([], 0))
    assert len(found) == 11


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_every_page_is_sound_in_each_language_in_a_small_window(desk, visit, language):
    async def look(page):
        await page.select_option("#language", language)
        async with page.expect_navigation():
            await page.click("footer button")
        found = {}
        for place in all_places(desk)[:-1]:
            await page.goto(place)
            said = await page.get_attribute("html", "lang")
            found[place] = (said, await faults(page), await sideways(page))
        return found

    found = visit(desk, look, viewport=NARROW)
    assert found == dict.fromkeys(found, (language, [], 0))


def test_an_unclear_case_is_answered_by_keys_alone(desk, visit):
    async def look(page):
        await page.goto("/review?show=open")
        seen, steps = [], []
        for key in ("j", "j", "k"):
            async with page.expect_navigation():
                await page.keyboard.press(key)
            steps.append(page.url)
        first = await page.inner_text("h1")
        assert steps[0] == steps[2] != steps[1]
        await page.keyboard.press("2")
        seen.append(await page.is_visible("input[name=until]"))
        await page.keyboard.press("3")
        seen += [await page.is_checked("#word-asked"), await page.is_visible("input[name=until]")]
        seen.append(await page.evaluate("document.activeElement.id"))
        async with page.expect_navigation():
            await page.keyboard.press("Enter")
        seen.append(await page.inner_text("main [role=status]"))
        await page.keyboard.press("u")
        await page.wait_for_url("**/review?show=open")
        await page.goto("/review?show=answered")
        return first, seen, await page.inner_text("main")

    first, seen, answered = visit(desk, look)
    assert seen == [True, True, False, "word-asked", "Kept."]
    assert first in answered


def test_single_keys_can_be_switched_off_and_on_again(desk, visit):
    async def look(page):
        await page.goto(banner_case(desk))
        seen = [await page.is_visible("kbd")]
        for word in ("off", "on"):
            async with page.expect_navigation():
                await page.click(f"text=Switch single keys {word}")
            await page.keyboard.press("3")
            seen += [await page.is_visible("kbd"), await page.is_checked("#word-asked")]
        return seen

    assert visit(desk, look) == [True, False, False, True, True]


def test_keys_typed_into_a_field_are_text(desk, visit):
    async def look(page):
        await page.goto(banner_case(desk))
        await page.focus("#remark")
        await page.keyboard.type("just 3 jokes")
        return await page.input_value("#remark"), await page.is_checked("#word-asked")

    assert visit(desk, look) == ("just 3 jokes", False)


def test_everything_is_reached_by_tab_and_seen_to_be(desk, visit):
    async def look(page):
        unseen, missed = [], []
        for place in ("/", "/collect", banner_case(desk), all_places(desk)[8], "/settings"):
            await page.goto(place)
            await page.keyboard.press("Tab")
            assert await page.evaluate("document.activeElement.className") == "skip"
            reached = set()
            for _ in range(200):
                facts = await page.evaluate(FOCUSED)
                if facts[0] == "BODY":
                    break
                if not facts[2]:
                    unseen.append(facts[1])
                reached.add(facts[1])
                await page.keyboard.press("Tab")
            missed += await page.evaluate(MISSED)
        return unseen, missed

    assert visit(desk, look) == ([], [])


def test_the_skip_link_leads_past_the_menu(desk, visit):
    async def look(page):
        await page.goto("/review")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        assert await page.evaluate("document.activeElement.id") == "main"
        await page.keyboard.press("Tab")
        return await page.evaluate("document.activeElement.closest('main') !== null")

    assert visit(desk, look)


def test_two_banners_are_compared_in_five_ways(desk, visit):
    async def look(page):
        await page.goto(banner_case(desk))

        async def boxes():
            return [await page.eval_on_selector(f"figure.{one}", BOX) for one in ("seen", "ours")]

        async def pressed():
            return await page.eval_on_selector_all(
                ".modes [aria-pressed=true]", "all => all.map(one => one.dataset.mode)"
            )

        seen, ours = await boxes()
        assert (seen[1], seen[2]) == (ours[1], ours[2])  # beside each other
        assert seen[0] + seen[2] <= ours[0]
        await page.click("[data-mode=wide]")
        seen, ours = await boxes()
        assert (seen[0], seen[2]) == (ours[0], ours[2])
        assert seen[1] < ours[1]
        assert seen[2] > 1000
        await page.click("[data-mode=over]")
        seen, ours = await boxes()
        assert seen == ours
        await page.focus("#slide")
        await page.keyboard.press("End")
        assert await page.eval_on_selector(".ours", "one => getComputedStyle(one).opacity") == "1"
        await page.keyboard.press("Home")
        assert await page.eval_on_selector(".ours", "one => getComputedStyle(one).opacity") == "0"
        await page.click("[data-mode=blink]")
        for hidden in ("hidden", "visible"):
            await page.wait_for_function(
                "state => getComputedStyle(document.querySelector('.ours')).visibility === state", arg=hidden
            )
        await page.click("[data-mode=differences]")
        await page.wait_for_function("() => document.querySelector('.differences img').naturalWidth > 0")
        assert not await page.is_visible(".pair")
        assert await pressed() == ["differences"]
        assert await faults(page) == []
        return await page.eval_on_selector_all(
            ".compare img", "all => all.map(one => one.naturalWidth > 100)"
        )

    assert visit(desk, look) == [True, True, True]


def test_the_next_person_comes_up_by_itself(collecting, visit):
    folder = collecting.firm.folder / "inbox"

    async def look(page_):
        await page_.goto("/collect")
        titles, taken = [await page_.title()], []
        for number in ("0101", "0102"):
            before = await page_.inner_text("p.name bdi")
            (folder / f"{number}.html").write_text(page(number, RIGHT, slug(number)), "utf-8")
            began = time.monotonic()
            await page_.wait_for_function(
                "name => (document.querySelector('p.name bdi') || {}).innerText !== name", arg=before
            )
            await page_.wait_for_load_state()
            taken.append(time.monotonic() - began)
            titles.append(await page_.title())
        return (
            titles,
            taken,
            await page_.inner_text("ul.arrivals"),
            await page_.get_attribute("#open", "href"),
        )

    titles, taken, arrived, address = visit(collecting, look)
    assert max(taken) < 3
    assert [title.split()[0] for title in titles] == ["4", "3", "2"]
    assert "Anneke Voorbeeld" in arrived
    assert "Bram Verzonnen" in arrived
    assert slug("0103") in address


def test_what_is_being_typed_is_not_lost_when_something_arrives(collecting, visit):
    folder = collecting.firm.folder / "inbox"

    async def look(page_):
        await page_.goto("/collect")
        (folder / "export.zip").write_bytes(b"PK\x05\x06" + b"\0" * 18)
        await page_.wait_for_selector("input[name=person]")
        await page_.focus("input[name=person]")
        await page_.keyboard.type("01")
        (folder / "a.html").write_text(page("0101", RIGHT, slug("0101")), "utf-8")
        await page_.wait_for_timeout(2000)
        typed = await page_.input_value("input[name=person]")
        await page_.focus("#files")
        await page_.wait_for_selector("text=Anneke Voorbeeld")
        return typed

    assert visit(collecting, look) == "01"


def test_files_dropped_anywhere_on_the_page_are_taken(collecting, visit):
    async def look(page_):
        await page_.goto("/collect")
        async with page_.expect_navigation():
            await page_.evaluate(
                """texts => {
                  const carried = new DataTransfer();
                  texts.forEach((text, n) => carried.items.add(new File([text], `page ${n}.html`)));
                  document.querySelector('h1').dispatchEvent(
                    new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true }));
                }""",
                [page(number, RIGHT, slug(number)) for number in ("0101", "0104")],
            )
        return await page_.inner_text("ul.arrivals"), await page_.inner_text("#left")

    arrived, left = visit(collecting, look)
    assert "Anneke Voorbeeld" in arrived
    assert "Dirk Fictief" in arrived
    assert left.startswith("2 pages are still wanted")


def test_a_run_is_watched_paused_and_finished(collecting, visit, monkeypatch):
    step = threading.Semaphore(2)

    def stepwise(progress):
        def told(done, total):
            progress(done, total)
            step.acquire(timeout=30)

        return RunEvents(progress=told)

    monkeypatch.setattr("auditor.web.desk.RunEvents", stepwise)
    monkeypatch.setattr("auditor.web.pages.month.TELL_EVERY", 0.1)
    for number in ("0101", "0102", "0103", "0104"):
        folder = collecting.firm.folder / "evidence" / "saved_pages"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}.html").write_text(page(number, RIGHT, slug(number)), "utf-8")

    async def look(page_):
        await page_.focus("form[action='/run/start'] button")
        await page_.keyboard.press("Enter")
        await page_.wait_for_selector("#progress")
        await page_.evaluate("window.same = true")
        await page_.wait_for_function("() => document.getElementById('progress').value >= 1")
        during = await page_.inner_text("#progress-text")
        assert await page_.evaluate("window.same")
        assert await faults(page_) == []
        await page_.click("form[action='/run/pause'] button")
        while not collecting.desk.progress.stopping:
            await page_.wait_for_timeout(50)
        step.release(100)
        await page_.wait_for_selector("text=The run was paused.")
        paused = await page_.inner_text("#progress-text")
        await page_.click("form[action='/run/start'] button")
        await page_.wait_for_selector("text=The run has ended", timeout=20_000)
        return during, paused, await page_.inner_text("main")

    during, paused, ended = visit(collecting, look)
    assert "of 5 people" in during  # with the one who left long ago
    assert paused.endswith(("1", "2", "3"))
    assert "What to do next" in ended
    assert "People in the roster" in ended


def test_without_scripts_one_reads_answers_and_collects(desk, visit):
    case = f"/review/one?show=open&finding={desk.firm.finding('0104').finding.fingerprint}"

    async def look(page_):
        texts = []
        for place in all_places(desk)[:-1]:
            await page_.goto(place)
            texts.append(await page_.locator("h1").inner_text())
        await page_.goto(banner_case(desk))
        assert await page_.locator("figure img:visible").count() == 3
        await page_.goto(case)
        await page_.locator("#word-fixed").check()
        await page_.locator("form.answer button").click()
        assert await page_.locator("main [role=status]").inner_text() == "Kept."
        await page_.goto("/collect")
        made = page("0102", RIGHT, slug("0102")).encode()
        await page_.locator("#files").set_input_files(
            [{"name": "b.html", "mimeType": "text/html", "buffer": made}]
        )
        await page_.locator("#drop button").click()
        await page_.locator("noscript a").wait_for()
        return texts, await page_.locator("ul.arrivals").inner_text()

    texts, arrived = visit(desk, look, java_script_enabled=False)
    assert all(texts)
    assert "Bram Verzonnen" in arrived
