"""Whoever was not assessed is counted and listed at the desk: rejected rows, people to settle."""

from dataclasses import replace

import pytest

from auditor.language.words import words_of
from auditor.model.health import HealthVerdict
from auditor.model.message import Message
from auditor.reports.not_assessed import rejected_lines
from auditor.web.desk import DeskSettings
from tests.feedback.firm import MONTHS
from tests.feedback.leaving import GONE, STAFF, LeavingFirm, TornFirm
from tests.web.serving import served

SAID = "2 of 9 rows of the roster were rejected; whoever stands in them was not assessed"
LINE = "2 rows of the roster were rejected; whoever stands in them was not assessed (rows 6-7)."
REASONS = (
    "The number of fields in row 6 is 2 instead of 7",
    "The number of fields in row 7 is 3 instead of 7",
)


class UnclearFirm(LeavingFirm):
    """The roster says of one person what nobody understands, and of one that she is on leave."""

    def more_rows(self):
        return [
            "0301;Hanne Onduidelijk;zwevend;2020-01-01;;Planner;\n",
            "0302;Ilse Afwezig;parental leave;2020-01-01;;Planner;\n",
            *super().more_rows(),
        ]


def desk_of(firm):
    """A desk of the firm after a month in which nobody has a finding."""
    firm.audit(MONTHS[0], {**STAFF, "0201": GONE, "0202": GONE})
    return served(DeskSettings(firm.policy.path, firm.folder / "reports", "Els", firm.folder / "people.csv"))


@pytest.fixture(scope="module")
def torn(tmp_path_factory):
    with desk_of(TornFirm(tmp_path_factory.mktemp("torn") / "firm")) as made:
        yield made


@pytest.fixture(scope="module")
def unclear(tmp_path_factory):
    with desk_of(UnclearFirm(tmp_path_factory.mktemp("unclear") / "firm")) as made:
        yield made


def test_rejected_rows_are_a_task_that_leads_to_them(torn):
    browser = torn.browser()
    page = browser.get("/")
    assert "2 rows of the roster were rejected; correct them." in page.words
    assert "Nothing is waiting for you" not in page.words
    (link,) = page.links("/people?")
    listed = browser.get(link)
    assert "Rejected rows of the roster" in listed.words
    for reason in REASONS:
        assert reason in listed.words
    assert "Nobody has left" not in browser.get("/leavers").words


@pytest.mark.parametrize("path", ["/review", "/review?show=open", "/leavers", "/people?q=torenburcht"])
def test_a_page_that_lists_nobody_says_who_was_not_assessed(torn, path):
    page = torn.browser().get(path)
    assert f"This run cannot be trusted: {SAID}" in page.words
    assert "2 rows of the roster were rejected; correct them." in page.words
    assert page.links("/people?show=not_assessed")


def test_rows_that_the_next_run_will_reject_are_said_where_pages_are_collected(torn):
    assert LINE in torn.browser().get("/collect").words


def test_rejected_rows_stand_in_every_search_for_somebody_who_may_be_in_them(torn):
    assert REASONS[0] in torn.browser().get("/people?show=not_assessed&q=gerda").words


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_rejected_rows_are_told_as_the_reports_word_them(torn, language):
    browser = torn.browser()
    browser.post("/language", {**browser.get("/").form("/language"), "language": language})
    words = words_of(language)
    (line,) = rejected_lines(torn.desk.latest().scope.report.rows, words)
    assert " ".join(line.split()) in browser.get("/").words
    template = "The number of fields in row {row} is {n} instead of {m}: {raw}"
    told = words.say(template, row=6, n=2, m=7, raw="").rstrip(":\u00a0 ")
    assert told in browser.get("/people?show=not_assessed").words


def test_people_of_whom_something_must_be_settled_are_a_task_and_stand_first_in_the_list(unclear):
    browser = unclear.browser()
    page = browser.get("/")
    assert "1 person was not assessed, for a reason that must be settled first." in page.words
    (link,) = page.links("/people?")
    words = browser.get(link).words
    assert "The status in the roster is not known or has two meanings: zwevend" in words
    assert "Correct the status in the roster" in words
    assert words.index("Hanne Onduidelijk") < words.index("Ilse Afwezig")
    assert "Anneke" not in words, "who was assessed"
    assert "Zelda" not in words, "who is left out by right is counted and not named"
    assert "1 person not assessed. Left out" in words
    assert "Rejected rows" not in words


def test_who_was_not_assessed_is_searched_too(unclear):
    words = unclear.browser().get("/people?show=not_assessed&q=0302").words
    assert "Ilse Afwezig" in words
    assert "Hanne Onduidelijk" not in words


def test_a_month_in_which_everybody_was_assessed_says_so(browser):
    words = browser.get("/people?show=not_assessed").words
    assert "Nobody else is left out" in words
    assert "rejected" not in words + browser.get("/").words


def test_nothing_is_called_done_while_the_run_cannot_be_trusted(tmp_path):
    with desk_of(LeavingFirm(tmp_path / "firm")) as made:
        browser, latest = made.browser(), made.desk.latest
        assert "Nothing is waiting for you." in browser.get("/").words
        scope = latest().scope
        reasons = (Message("the pages changed"),)
        health = replace(scope.report.health, verdict=HealthVerdict.DEGRADED, reasons=reasons)
        unsound = replace(scope.report, health=health)
        latest._reported = replace(latest(), scope=replace(scope, report=unsound))
        page = browser.get("/")
        assert "Nothing is waiting for you." not in page.words
        assert "Find out first why this run cannot be trusted." in page.words
        assert "This run cannot be trusted: the pages changed" in browser.get("/review").words
