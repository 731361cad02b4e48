"""A whole month at the desk: pages saved one by one, the run, unclear ones answered, cases ticked; the
workbook says the same, and the next month heeds it."""

import os
import time
from datetime import UTC, datetime, timedelta

from openpyxl import load_workbook

from auditor.app.publish import stored_report
from auditor.app.registry import policy_of
from auditor.app.run_audit import run_audit
from auditor.app.run_plan import RunRequest, prepare
from auditor.model.case import StepState
from auditor.offboarding.step_notes import answers_of
from auditor.proof.pages.visitor import full_page
from auditor.reports.documents.audit_workbook import exception_workbooks
from auditor.store.cases import StepNoteStore
from auditor.web.desk import DeskSettings
from auditor.writers.xlsx import write_xlsx
from tests.feedback.firm import _LANGUAGE, _LINK, HEAD, POLICY, RIGHT, WRONG
from tests.pages.people import BannerForm, Person, Role
from tests.web.serving import served

#: sixty people: how many of each there are
STAFF, WRONG_ONES, UNCLEAR, GONE = 60, range(1, 7), range(7, 10), range(10, 13)
UNCLEAR_HEADLINE = "Planner at Noordlicht"
STATUS = {"fixed": "Fixed", "asked": "Asked"}


def name(n):
    letters = "abcdefghijklmnopqrstuvwxyz"
    return f"Person {letters[n // 26]}{letters[n % 26]}elien Verzonnen"


def slug(n):
    return f"invented-{n:04}"


def saved(n, headline=""):
    here = Role("Planner", "Noordlicht Energie", _LINK, "2020-01")
    shows = WRONG if n in WRONG_ONES else UNCLEAR_HEADLINE if n in UNCLEAR else RIGHT
    person = Person(
        slug(n), name(n), headline or shows, BannerForm(None), (here,), _LANGUAGE, shown_employer=here
    )
    return full_page(person, "2024")


def make(folder):
    for one in ("config", "saved", "inbox"):
        (folder / one).mkdir()
    policy = POLICY.format(language="en").replace(
        "ladder: [saved_pages]", "ladder: [saved_pages], saved_pages: {folder: ../saved}"
    )
    (folder / "config" / "policy.yaml").write_text(policy, "utf-8")
    left = datetime.now(UTC).date() - timedelta(days=60)
    rows = [
        f"{n:04};{name(n)};{'' if n in GONE else 'active'};2020-01-01;{left if n in GONE else ''};Planner;"
        f"https://www.linkedin.com/in/{slug(n)}\n"
        for n in range(1, STAFF + 1)
    ]
    (folder / "people.csv").write_text(HEAD + "".join(rows), "utf-8")


def play(desk, browser, folder):
    """Save the page of whoever comes up, as HR does, until nobody is wanted."""
    collector = desk.desk.collector()
    for turn in range(STAFF):
        page = browser.get("/collect")
        address = page.links("https://www.linkedin.com/in/")[0]
        n = int(address.rstrip("/").rpartition("-")[2])
        (folder / "inbox" / f"{name(n)} _ LinkedIn.html").write_text(saved(n), "utf-8")
        until = time.monotonic() + 20
        while len(collector.wanted()) > STAFF - 1 - turn and time.monotonic() < until:
            time.sleep(0.02)
    assert "Every page that is wanted is there." in browser.get("/collect").words
    return [one.person.employee_id for one in reversed(collector.arrivals())]


def run(desk, browser):
    browser.post("/run/start", browser.get("/").form("/run/start"))
    until = time.monotonic() + 60
    while desk.desk.progress.running and time.monotonic() < until:
        time.sleep(0.05)
    assert "The run has ended" in browser.get("/").words


def review(browser):
    """Answer every finding that is open; returns the answers by employee number."""
    given = {}
    page = browser.get("/review?show=open")
    for link in page.links("/review/one"):
        one = browser.get(link)
        fields, row = one.form("/review/answer"), one.words
        number = next(f"{n:04}" for n in (*WRONG_ONES, *UNCLEAR, *GONE) if name(n) in row)
        word = "asked" if int(number) % 2 else "fixed"
        browser.post("/review/answer", {**fields, "word": word, "remark": f"said {word}"})
        given.setdefault(number, set()).add(STATUS[word])
    return given


def rows_of(report, folder):
    """What every sheet of a report's workbook says in its rows, by heading."""
    for sheet in load_workbook(write_xlsx(exception_workbooks(report)[0], folder)[0]).worksheets:
        heads = None
        for cells in sheet.iter_rows(values_only=True):
            if heads is None and "Employee no." in cells:
                heads = cells
            elif heads is not None:
                yield dict(zip(heads, cells, strict=False))


def test_a_month_at_the_desk(tmp_path, monkeypatch):
    monkeypatch.setattr("auditor.web.desk.LOOK_EVERY", 0.05)
    settings = DeskSettings(
        tmp_path / "config" / "policy.yaml", tmp_path / "reports", "Els", tmp_path / "people.csv",
        tmp_path / "inbox",
    )  # fmt: skip
    make(tmp_path)
    with served(settings, watching=True) as desk:
        browser = desk.browser()
        order = play(desk, browser, tmp_path)
        assert sorted(order) == [f"{n:04}" for n in range(1, STAFF + 1)], order
        assert set(order[: len(GONE)]) == {f"{n:04}" for n in GONE}, "leavers come first"
        run(desk, browser)
        figures = desk.desk.latest().run.facts.counts
        assert figures["people"] == STAFF
        flagged = {f"{n:04}" for n in (*WRONG_ONES, *UNCLEAR, *GONE)}
        assert {one.finding.employee_id for one in desk.desk.latest().findings} == flagged
        given = review(browser)
        assert set(given) == flagged
        for link in browser.get("/leavers").links("/leavers/one"):
            fields = browser.get(link).form("/leavers/tick")
            browser.post(
                "/leavers/tick", {**fields, "state": "done", "evidence": "seen by Els", "done_on": ""}
            )
        store, policy = desk.desk.store, policy_of(settings.policy)
        ticked = answers_of(StepNoteStore(store.engine).all())
        assert [one.state for one in ticked.values()] == [StepState.DONE] * len(GONE)

        # the workbook says what the desk says
        report = stored_report(store, desk.desk.latest().run, policy)
        listed = browser.get("/review?show=open")
        rows = [
            row
            for row in rows_of(report, tmp_path / "sent")
            if row.get("Finding") and row.get("Employee no.")
        ]
        assert {row["Employee no."] for row in rows} == flagged
        assert all(row["Name"] in listed.words for row in rows)
        assert f"{len(rows)} cases" in listed.words
        before = {one.finding.fingerprint: one for one in desk.desk.latest().findings}

        # the next month heeds it
        later = desk.desk.today + timedelta(days=28)
        for number in (1, 2):  # one put it right, one did not
            path = next((tmp_path / "saved").rglob(f"{name(number)} _ LinkedIn.html"))
            path.write_text(saved(number, RIGHT if number == 2 else ""), "utf-8")
            moment = time.mktime(later.timetuple()) + 3600
            os.utime(path, (moment, moment))
        request = RunRequest(settings.roster, settings.policy, settings.output, today=later, resume=False)
        end = run_audit(prepare(request, policy, store), store, lambda: False)
        assert end.report is not None
        after = {
            one.finding.employee_id: one for one in end.report.findings if one.finding.rule_id == "HDL001"
        }
        assert after["0001"].more_days == before[after["0001"].finding.fingerprint].more_days + 30
        assert str(after["0002"].state) == "resolved"
        told = {}
        for row in rows_of(end.report, tmp_path / "later"):
            for text in STATUS.values():
                if any(cell == text for cell in row.values()):
                    told.setdefault(row["Employee no."], set()).add(text)
        assert told == given
        assert dict(end.report.case_answers) == ticked
        assert "Asked" in browser.get("/review?show=answered").words
