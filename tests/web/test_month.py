"""Month: health and next steps first, the figures of the report, hostile texts harmless, four languages."""

import pytest

from auditor.web.desk import DeskSettings
from tests.feedback.firm import MONTHS, NAMES, WRONG, Firm
from tests.web.serving import served


def test_what_to_do_next_stands_above_the_figures(browser):
    page = browser.get("/")
    words = page.words
    assert "1 departure is still open." in words
    assert words.index("What to do next") < words.index("In figures")
    assert "People in the roster" in words


def test_before_the_first_run_every_page_says_what_to_do(tmp_path):
    firm = Firm(tmp_path)
    firm._write_roster()
    settings = DeskSettings(firm.policy.path, tmp_path / "reports", "Els", tmp_path / "people.csv")
    with served(settings) as made:
        browser = made.browser()
        assert "No run has ended yet" in browser.get("/").words
        for path in ("/review", "/leavers", "/people", "/review/one?finding=x", "/leavers/one?case=x"):
            page = browser.get(path)
            assert (page.status, "Collect" in page.words) == (200, True)
        assert browser.get("/settings").status == 200


def test_a_desk_without_a_roster_says_how_to_give_one(tmp_path, firm):
    with served(DeskSettings(firm.policy.path, tmp_path / "reports", "Els")) as made:
        browser = made.browser()
        assert "auditor desk --roster FILE" in browser.get("/").words
        assert "auditor desk --roster FILE" in browser.get("/collect").words
        assert "Anneke" in browser.get("/people").words


@pytest.mark.parametrize(
    ("language", "month", "collect"),
    [
        ("nl", "Maand", "Verzamelen"),
        ("fr", "Mois", "Collecter"),
        ("de", "Monat", "Sammeln"),
        ("en", "Month", "Collect"),
    ],
)
def test_the_language_is_chosen_in_the_browser(desk, language, month, collect):
    browser = desk.browser()
    fields = browser.get("/").form("/language")
    page = browser.post("/language", {**fields, "language": language})
    assert f'<html lang="{language}">' in page.text
    assert month in page.words
    for path in ("/", "/collect", "/review", "/leavers", "/people", "/settings"):
        assert browser.get(path).status == 200
    assert month != collect


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def test_hostile_names_and_headlines_are_only_text(tmp_path, monkeypatch):
    monkeypatch.setitem(NAMES, "0101", f"Anneke {HOSTILE} Voorbeeld".replace(";", ","))
    firm = Firm(tmp_path, titles={"0101": "{{7*7}} ${7*7} <b>Planner</b>"})
    firm.audit(MONTHS[0], {"0101": f"{WRONG} {HOSTILE}", "0102": WRONG})
    with served(
        DeskSettings(firm.policy.path, tmp_path / "reports", HOSTILE, tmp_path / "people.csv")
    ) as made:
        browser = made.browser()
        paths = [
            "/",
            "/collect",
            "/review?show=all",
            "/leavers",
            "/people",
            "/settings",
            "/people/one?person=0101",
        ]
        paths += browser.get("/review?show=all").links("/review/one")
        paths += [f"/people?q={HOSTILE.replace(' ', '%20')}", "/review?show=%3Cscript%3E&q=%3Cscript%3E"]
        for path in paths:
            page = browser.get(path)
            assert page.status == 200
            assert "<script>alert" not in page.text
            assert "<img src=x" not in page.text
            assert "49" not in page.text.replace(made.access.cookie, "") or "{{7*7}}" not in page.words
