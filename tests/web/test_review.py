"""Review: what a person must look at, and answers that stand in the one register."""

import pytest

from auditor.app.latest_report import LatestReport
from auditor.model.decision import DecisionReason
from auditor.store.decisions import DecisionStore
from auditor.web.desk import DeskSettings
from tests.feedback.firm import MONTHS, RIGHT, WRONG, Firm
from tests.web.serving import served


@pytest.fixture
def own(tmp_path):
    """A firm of its own, for tests that answer."""
    firm = Firm(tmp_path)
    firm.audit(MONTHS[0], {"0101": WRONG, "0102": WRONG, "0103": RIGHT, "0104": RIGHT})
    settings = DeskSettings(firm.policy.path, tmp_path / "reports", "Els", tmp_path / "people.csv")
    with served(settings) as made:
        made.firm = firm
        yield made


def address(firm, number):
    return f"/review/one?show=open&finding={firm.finding(number).finding.fingerprint}"


def stored(firm):
    return [(str(d.word), d.decided_by, d.applied, d.reason) for d in DecisionStore(firm.store.engine).all()]


def answer(browser, path, word, **more):
    fields = browser.get(path).form("/review/answer")
    return browser.post("/review/answer", {**fields, "word": word, **more})


def test_the_lists_show_who_is_meant_and_what_was_seen(browser):
    opened = browser.get("/review?show=open")
    assert "Anneke Voorbeeld" in opened.words
    assert "Erik Vertrokken" in opened.words
    assert "Chloë" not in opened.words
    found = browser.get("/review?show=open&q=0102")
    assert "Bram Verzonnen" in found.words
    assert "Anneke" not in found.words
    assert "There is nothing in this list" in browser.get("/review?show=conflicts").words


def test_a_finding_shows_its_evidence_and_the_words_that_differ(browser, firm):
    page = browser.get(address(firm, "0101"))
    assert "Saved page" in page.words
    assert "<mark>" in page.text
    assert "Planner at Noordlicht Energie" in page.words


def test_an_answer_is_kept_with_who_and_leads_to_the_next(own):
    browser = own.browser()
    following = answer(browser, address(own.firm, "0101"), "fixed")
    assert "Kept." in following.words
    assert "Bram Verzonnen" in following.words
    assert stored(own.firm) == [("fixed", "Els", True, None)]
    assert "Fixed" in browser.get("/review?show=answered").words


def test_a_waiver_without_a_reason_says_so_where_it_was_given(own):
    page = answer(own.browser(), address(own.firm, "0101"), "waived", until="2027-01-31")
    assert "not applied" in page.words
    assert "The reason of the waiver is missing" in page.words
    assert "0101" in own.browser().get("/review?show=rejected").words


def test_two_who_answer_differently_are_shown_to_both_and_one_takes_it_back(own):
    one, two = own.browser(), own.browser()
    path = address(own.firm, "0101")
    first, second = one.get(path).form("/review/answer"), two.get(path).form("/review/answer")
    one.post("/review/answer", {**first, "word": "fixed"})
    seen = two.post("/review/answer", {**second, "word": "asked"})
    assert "There are two different answers; neither was applied." in seen.words
    assert [one[3] for one in stored(own.firm)] == [DecisionReason.TWO_ANSWERS] * 2
    assert "Look at" not in one.get("/").words or "two different answers" in one.get("/").words
    back = two.post("/review/undo", two.get(path).form("/review/undo"))
    assert "The answer was taken back." in back.words
    answer(two, path, "asked")
    assert stored(own.firm)[-1][:3] == ("asked", "Els", True)


def test_a_page_of_an_older_run_is_refused(own):
    browser = own.browser()
    fields = browser.get(address(own.firm, "0101")).form("/review/answer")
    own.firm.audit(MONTHS[1], {"0101": WRONG, "0102": RIGHT})
    page = browser.post("/review/answer", {**fields, "word": "fixed"})
    assert page.status == 409
    assert "A new run has ended" in page.words
    assert stored(own.firm) == []


def test_the_next_run_heeds_what_was_answered(own):
    answer(own.browser(), address(own.firm, "0101"), "asked")
    before = own.firm.finding("0101")
    own.firm.audit(MONTHS[1], {"0101": WRONG, "0102": WRONG})
    assert own.firm.finding("0101").more_days == before.more_days + 30
    assert LatestReport(own.firm.policy.path)().run.facts.today == MONTHS[1]


@pytest.mark.parametrize("word", ["", "taken_back' OR 1=1", "leave the firm"])
def test_an_unknown_answer_is_refused(own, word):
    assert answer(own.browser(), address(own.firm, "0101"), word).status == 409
    assert stored(own.firm) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Choose an answer first."),
        ("nl", "Kies eerst een antwoord."),
        ("de", "Bitte zuerst eine Antwort"),
    ],
)
def test_what_is_in_the_way_is_said_in_the_language_of_the_desk(browser, firm, language, said):
    opened = browser.get("/review?show=open")
    browser.post("/language", {**opened.form("/language"), "language": language})
    refused = answer(browser, address(firm, "0101"), "")
    assert refused.status == 409
    assert said in refused.words
