"""Collect: the next person, the watched folder, files that are dropped."""

import time

import pytest

from auditor.web.desk import DeskSettings
from auditor.web.pages.collect import safe_name
from tests.feedback.firm import MASKED, RIGHT, Firm, page, slug
from tests.pages.other_html import auth_wall
from tests.web.serving import served


@pytest.fixture
def own(tmp_path):
    """A firm before its first run."""
    firm = Firm(tmp_path)
    firm._write_roster()
    settings = DeskSettings(
        firm.policy.path, tmp_path / "reports", "Els", tmp_path / "people.csv", tmp_path / "inbox"
    )
    with served(settings, watching=True) as made:
        made.firm = firm
        yield made


def soon(browser, text, seconds=6):
    """The page once it says something."""
    until = time.monotonic() + seconds
    while True:
        found = browser.get("/collect")
        if text in found.words or time.monotonic() > until:
            return found
        time.sleep(0.1)


def test_a_page_saved_into_the_folder_is_read_and_the_next_person_comes_up(own):
    browser = own.browser()
    first = browser.get("/collect")
    assert "4 pages are still wanted out of 4" in first.words
    assert first.text.count('<img src="data:image/svg+xml;base64,') == 3, "how a page is saved"
    assert '<details class="drawings" open>' in first.text
    assert f"https://www.linkedin.com/in/{slug('0101')}" in first.text
    (own.firm.folder / "inbox" / "Anneke.html").write_text(page("0101", RIGHT, slug("0101")), "utf-8")
    then = soon(browser, "3 pages are still wanted")
    assert "Anneke Voorbeeld Read. Full page." in then.words
    assert '<details class="drawings">' in then.text, "whoever has saved one page knows how"
    assert "Headline: seen" in then.words
    assert f"https://www.linkedin.com/in/{slug('0102')}" in then.text


def test_a_masked_page_says_what_to_ask_for_and_a_wall_what_to_do(own):
    browser = own.browser()
    browser.get("/collect")
    (own.firm.folder / "inbox" / "a.html").write_text(page("0101", MASKED, slug("0101")), "utf-8")
    (own.firm.folder / "inbox" / "b.html").write_text(auth_wall(), "utf-8")
    found = soon(browser, "private window.")
    assert "ask the person for the export" in soon(browser, "ask the person").words
    assert "This page does not show the profile." in found.words
    assert "Left in the folder b.html" in found.words
    gone = browser.post("/collect/delete", found.form("/collect/delete", file="b.html"))
    assert "The file was deleted." in gone.words


def test_the_run_reads_what_was_collected(own):
    browser = own.browser()
    for number in ("0101", "0102"):
        fields = browser.get("/collect").form("/collect/drop")
        content = page(number, RIGHT, slug(number)).encode()
        assert "Read." in browser.post("/collect/drop", fields, {"files": ("page.html", content)}).words
    browser.post("/run/start", browser.get("/").form("/run/start"))
    until = time.monotonic() + 60
    while own.desk.progress.running and time.monotonic() < until:
        time.sleep(0.1)
    month = browser.get("/")
    assert "The run has ended" in month.words
    reported = own.desk.latest()
    read = {
        one.employee.employee_id
        for one in reported.scope.examinations
        if one.trials and str(one.status) == "ok"
    }
    assert read == {"0101", "0102"}


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../../etc/passwd.html", "passwd.html"),
        ("..\\..\\windows\\x.html", "x.html"),
        ("C:\\a:b?.html", "a-b-.html"),
        ("..", "page.html"),
        ("", "page.html"),
        ("Anneke Voorbeeld | LinkedIn.html", "Anneke Voorbeeld - LinkedIn.html"),
        ("a\x00b\nc.html", "a-b-c.html"),
        ("x" * 300 + ".html", "x" * 150 + ".html"),
    ],
)
def test_a_dropped_files_name_never_leads_out_of_the_folder(name, safe):
    assert safe_name(name) == safe


def test_a_dropped_file_with_a_path_in_its_name_lands_in_the_folder(own):
    browser = own.browser()
    fields = browser.get("/collect").form("/collect/drop")
    browser.post("/collect/drop", fields, {"files": ("../../outside.html", b"<html>nothing</html>")})
    assert not list(own.firm.folder.parent.glob("outside.html"))
    assert not (own.firm.folder / "outside.html").exists()
    assert (own.firm.folder / "inbox" / "outside.html").exists()
