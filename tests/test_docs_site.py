"""The documentation builds without a warning, its links lead somewhere, and it asks nobody for anything."""

import asyncio
import re
import runpy
import subprocess
import sys
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.async_api import async_playwright
from ruamel.yaml import YAML

from auditor.app.message_texts import message_texts
from auditor.model.rule import outcome_word
from auditor.sources._browser import launch
from tests.rules.subjects import subject

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
TRANSLATED = sorted(path for path in DOCS.glob("nl/*.md") if path.name != "index.md")


class Page(HTMLParser):
    """The ids of a page, where its links lead, and what a browser would load with it."""

    def __init__(self, path):
        super().__init__()
        self.path, self.language, self.ids, self.links, self.loaded = path, "", set(), [], []
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids.add(found.get("id"))
        self.language = found.get("lang", self.language) if tag == "html" else self.language
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        elif tag in ("link", "script", "img", "source", "iframe"):
            self.loaded += [found[name] for name in ("href", "src") if found.get(name)]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The built pages by their path in the site; building fails on the first warning."""
    folder = tmp_path_factory.mktemp("site")
    gates = dict(runpy.run_path(str(ROOT / "scripts" / "test.py"))["GATES"])
    command = [one.replace(".cache/site", str(folder)) for one in gates["documentation"]]
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return {path.relative_to(folder).as_posix(): Page(path) for path in folder.rglob("*.html")}


def is_foreign(address):
    return bool(urlsplit(address).scheme or urlsplit(address).netloc)


def test_every_link_leads_to_a_place(site):
    lost = []
    for name, page in site.items():
        for address in (*page.links, *page.loaded):
            parts = urlsplit(address)
            if is_foreign(address):
                continue
            target = (page.path.parent / unquote(parts.path)).resolve() if parts.path else page.path
            known = next((one for one in site.values() if one.path == target), None)
            if not target.is_file() or (
                parts.fragment and known and unquote(parts.fragment) not in known.ids
            ):
                lost.append((name, address))
    assert lost == []


def test_pages_load_nothing_from_elsewhere(site):
    assert [one for page in site.values() for one in page.loaded if is_foreign(one)] == []
    folder = site["index.html"].path.parent
    styles = "".join(path.read_text("utf-8") for path in folder.rglob("*.css"))
    assert re.findall(r"(?:url\(|@import)\s*[\"']?\s*(?:https?:)?//[^)\"']*", styles) == []


@pytest.mark.browser
def test_a_browser_asks_nobody_while_pages_are_read_and_searched(site):
    folder = site["index.html"].path.parent
    asked = []

    async def read():
        async with async_playwright() as playwright:
            browser = await launch(playwright, (), "")
            page = await browser.new_page()
            page.on("request", lambda request: asked.append(request.url))
            await page.goto((folder / "messages.html").as_uri())
            await page.goto((folder / "search.html").as_uri() + "?q=STORE_IN_USE")
            await page.wait_for_selector("#search-results li a")
            await browser.close()

    asyncio.run(read())
    assert asked
    assert [one for one in asked if not one.startswith(folder.as_uri())] == []


def test_every_message_has_its_place(site):
    anchors = site["messages.html"].ids
    assert [one.code for one in message_texts() if one.code.lower().replace("_", "-") not in anchors] == []


def test_the_walk_through_of_add_a_rule_works(tmp_path):
    page = (DOCS / "add-a-rule.md").read_text("utf-8")
    code = re.search(r"```python\n(.*?)```", page, re.DOTALL)[1]
    cases = YAML(typ="safe").load(re.search(r"```yaml\n(.*?)```", page, re.DOTALL)[1])
    file = tmp_path / "hdl002_calm_headline.py"
    file.write_text(code, "utf-8")
    rule = runpy.run_path(str(file))["RULE"]
    assert len(cases["gets_wrong"]) > 200
    assert len(cases["cases"]) == 4
    for case in cases["cases"]:
        outcome = rule.check(subject(case), rule.settings())
        assert f"{outcome_word(outcome)} {outcome.code}" == case["expect"], case["case"]


@pytest.mark.parametrize(
    "page", sorted(set(DOCS.glob("nl/*.md")) - {DOCS / "nl" / "index.md"}), ids=lambda path: path.name
)
def test_a_translation_is_of_the_page_as_it_is_now(page):
    """Its last line names the page that it translates and the start of that page's SHA-256."""
    named = re.search(r"<!-- translates: (\S+) ([0-9a-f]{12}) -->", page.read_text("utf-8"))
    assert named, "say which page it translates"
    original = (page.parent / named[1]).read_bytes()
    assert sha256(original).hexdigest()[:12] == named[2], (
        f"{named[1]} has changed: translate what is new, then python3 scripts/docs.py --translated"
    )


def test_a_page_says_its_language(site):
    languages = {(name.startswith("nl/"), page.language) for name, page in site.items()}
    assert languages == {(True, "nl"), (False, "en")}


def test_every_picture_of_the_docs_is_shown_somewhere():
    shown = "".join(path.read_text("utf-8") for path in (*DOCS.rglob("*.md"), ROOT / "README.md"))
    pictures = [path for path in DOCS.rglob("*") if path.suffix in (".png", ".jpg")]
    assert [path.name for path in pictures if path.name not in shown] == []
