"""A month in which nothing changed: nobody is examined again, and the reports say what they would say."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from auditor.app import examine as pipeline
from auditor.app import run_audit
from auditor.app.eligibility import register_of
from auditor.app.publish import write_reports
from auditor.app.registry import policy_of
from auditor.app.run_plan import RunRequest, prepare
from auditor.model.employee import RosterState
from auditor.model.rule import Undetermined
from auditor.store import runs, tables
from auditor.store.objections import marks_of
from tests.feedback.firm import MASKED, MONTHS, NAMES, RIGHT, WRONG, Firm
from tests.whole import findings, timeless

SEEN = MONTHS[0] - timedelta(days=1)
PAGES = {"0101": RIGHT, "0102": WRONG, "0103": MASKED, "0104": None}
WITH_PAGE = {"0101", "0102", "0103"}


@pytest.fixture(scope="module")
def first_month(tmp_path_factory):
    firm = Firm(tmp_path_factory.mktemp("first") / "firm")
    firm.audit(MONTHS[0], PAGES, SEEN)
    return firm


@pytest.fixture
def looked_at(monkeypatch):
    """Employee numbers of those whom a rule looked at."""
    found = set()
    check = pipeline._check

    def noted(subject, rule):
        found.add(subject.employee.employee_id)
        return check(subject, rule)

    monkeypatch.setattr(pipeline, "_check", noted)
    return found


def told(firm):
    """All that the last run's reports say, without moments."""
    folder = firm.folder / "made" / firm.report.run.id
    files = write_reports(firm.report, folder)
    books = {
        path.name: [
            [[_timeless(cell.value) for cell in row] for row in sheet.iter_rows()]
            for sheet in load_workbook(path).worksheets
        ]
        for path in files
        if path.suffix == ".xlsx"
    }
    assert books
    return _timeless(str(timeless(findings(firm.folder / "made"))).replace(str(firm.folder), "")), books


def _timeless(value):
    moment = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.]*|\b\d\d:\d\d\b"
    return re.sub(moment, "", value) if isinstance(value, str) else value


@pytest.mark.parametrize("again", [MONTHS[0], MONTHS[1]])
def test_nobody_is_looked_at_again_and_the_reports_say_the_same(
    first_month, tmp_path, looked_at, monkeypatch, again
):
    firm, other = first_month.copied_to(tmp_path / "with"), first_month.copied_to(tmp_path / "without")
    firm.audit(again, PAGES, SEEN)
    assert looked_at == set()
    monkeypatch.setattr(run_audit, "examining_version", lambda *_: "")
    other.audit(again, PAGES, SEEN)
    assert looked_at == set(NAMES)
    assert firm.report.run.counts == other.report.run.counts
    assert told(firm) == told(other)
    assert firm.finding("0102").first_seen == MONTHS[0]


def change_policy(old, new):
    def change(firm, pages):
        text = firm.policy.path.read_text("utf-8")
        assert old in text
        firm.policy.path.write_text(text.replace(old, new), "utf-8")
        firm.policy = policy_of(firm.policy.path)

    return change


def another_headline(firm, pages):
    pages["0101"] = WRONG


def a_page_that_comes(firm, pages):
    pages["0104"] = RIGHT


def a_page_that_goes(firm, pages):
    pages["0101"] = None


def another_title(firm, pages):
    firm.titles["0102"] = "Fitter"


def pages_of_each_other(firm, pages):
    one, two = firm.address("0101"), firm.address("0102")
    firm.addresses |= {"0101": two, "0102": one}


@pytest.mark.parametrize(
    ("change", "whom"),
    [
        (another_headline, {"0101"}),
        (a_page_that_comes, {"0104"}),
        (a_page_that_goes, {"0101"}),
        (another_title, {"0102"}),
        (pages_of_each_other, {"0101", "0102"}),
        (change_policy("{job title} at", "{job title} with"), set(NAMES)),
        (change_policy("saved_pages: 3660", "saved_pages: 40"), set(NAMES)),
        (change_policy("[Noordlicht Energie]", "[Noordlicht Energie, Noordlicht]"), set(NAMES)),
    ],
)
def test_whom_something_changed_about_is_looked_at_again(first_month, tmp_path, looked_at, change, whom):
    firm, pages = first_month.copied_to(tmp_path / "firm"), dict(PAGES)
    change(firm, pages)
    firm.audit(MONTHS[0] + timedelta(days=1), pages, SEEN)
    assert looked_at == whom


def test_a_changed_page_changes_the_verdict_and_an_old_one_is_none(first_month, tmp_path, looked_at):
    firm = first_month.copied_to(tmp_path / "firm")
    change_policy("saved_pages: 3660", "saved_pages: 40")(firm, None)
    firm.audit(MONTHS[0], PAGES, SEEN)
    looked_at.clear()
    firm.audit(SEEN + timedelta(days=40), {**PAGES, "0101": WRONG}, SEEN)
    assert looked_at == {"0101"}
    assert firm.finding("0101").first_seen == SEEN + timedelta(days=40)
    looked_at.clear()
    report = firm.audit(SEEN + timedelta(days=41), PAGES, SEEN)
    assert looked_at == WITH_PAGE
    outcomes = [
        one.results[0].outcome for one in report.examinations if one.employee.employee_id in WITH_PAGE
    ]
    assert all(isinstance(one, Undetermined) and "older than 40 days" in str(one.reason) for one in outcomes)


def test_another_version_of_the_program_looks_at_everybody(first_month, tmp_path, looked_at, monkeypatch):
    firm = first_month.copied_to(tmp_path / "firm")
    monkeypatch.setattr("auditor.app.unchanged.program_version", lambda: "another")
    firm.audit(MONTHS[1], PAGES, SEEN)
    assert looked_at == set(NAMES)


def test_whoever_leaves_or_objects_is_not_said_to_be_as_before(first_month, tmp_path, looked_at):
    firm = first_month.copied_to(tmp_path / "firm")
    register_of(firm.policy, firm.store.engine).record(marks_of(("0101",), firm.address("0101")), MONTHS[0])
    firm.left_out = {"0102"}
    firm.more_rows = lambda: [
        f"0102;{NAMES['0102']};left;2020-01-01;2026-08-01;Planner;{firm.address('0102')}\n"
    ]
    report = firm.audit(MONTHS[1], PAGES, SEEN)
    people = {one.employee.employee_id: one for one in report.examinations}
    assert people["0101"].employee.roster_state is RosterState.EXCLUDED
    assert people["0101"].results == ()
    assert people["0102"].employee.roster_state is RosterState.LEAVER_OVERDUE
    # who has no page is told of the files that belong to nobody, which are others now
    assert looked_at - {"0104"} == {"0102"}


def test_what_was_held_back_afterwards_is_examined_again(first_month, tmp_path, looked_at):
    firm = first_month.copied_to(tmp_path / "firm")
    table = tables.examinations
    with firm.store.engine.connect() as connection:
        stored = connection.execute(sa.select(table.c.employee_id, table.c.basis)).all()
    assert {key for key, basis in stored if basis} == set(NAMES)
    held_back = [one for one in firm.report.examinations if one.employee.employee_id == "0102"]
    with firm.store.engine.begin() as connection:
        runs._revise(connection, firm.report.run.id, held_back)
    firm.audit(MONTHS[1], PAGES, SEEN)
    assert looked_at == {"0102"}


def test_a_run_of_a_few_people_does_not_stand_in_for_the_month_before(first_month, tmp_path, looked_at):
    firm = first_month.copied_to(tmp_path / "firm")
    request = RunRequest(
        roster=firm.folder / "people.csv", policy=firm.policy.path, output=firm.folder / "reports",
        captures=firm.folder / "saved", today=date(2026, 9, 25), resume=False, limit=1,
    )  # fmt: skip
    assert run_audit.run_audit(prepare(request, firm.policy, firm.store), firm.store, lambda: False).report
    firm.audit(MONTHS[1], PAGES, SEEN)
    assert looked_at == set()
