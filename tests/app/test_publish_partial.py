"""A month is never withheld: files cannot refuse, and every call that learnt something writes its report."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

import pytest
from openpyxl import load_workbook

from auditor.app import evidence_ladder as evidence
from auditor.app import registry as families
from auditor.app import run_audit as auditing
from auditor.app import run_plan as ground
from auditor.app.publish import write_reports
from auditor.findings.assessment import Group
from auditor.reports.documents.audit_workbook import exception_workbooks
from auditor.reports.documents.findings_json import findings_content
from auditor.reports.documents.month_page import month_page
from auditor.reports.scope import whole
from auditor.reports.sheets.unverified import unverified_table
from auditor.reports.trend import months_of
from auditor.sources.saved_pages import SOURCE as SAVED_PAGES
from tests.app.test_run_audit_rate_limits import DAY, page_of, row, write
from tests.pages.other_html import auth_wall, checkpoint, not_found, organisation, script_stub


def saved_from(address, page):
    origin = f"https://www.linkedin.com{address}"
    return f"<!DOCTYPE html>\n<!-- saved from url=({len(origin):04}){origin} -->\n{page}"


def wall_of(number):
    inside = quote(f"https://www.linkedin.com/in/ondara-{number}", safe="")
    return saved_from(f"/authwall?trk=bf&sessionRedirect={inside}", auth_wall())


def of_profile(number, page):
    return saved_from(f"/in/ondara-{number}", page)


@pytest.fixture
def saved(firm):
    """The firm with good saved pages of everybody, and how to put another file in the place of one."""
    folder = firm / "saved"
    folder.mkdir()
    moment = datetime.combine(DAY, datetime.min.time(), UTC).timestamp()

    def put(number, page):
        path = folder / f"profile {number}.html"
        path.write_text(page, "utf-8")
        os.utime(path, (moment, moment))

    for number in range(1, 7):
        put(number, of_profile(number, page_of(f"ondara-{number}").decode()))
    return put


@pytest.fixture
def known(monkeypatch, site):
    sources = {"public_page": site.source(), "saved_pages": SAVED_PAGES}
    for module in (evidence, ground, families):
        monkeypatch.setattr(module, "sources", lambda: sources)
    return sources


def call(firm, site, ladder, day=DAY, publish=None, stopping=lambda: False):
    policy = families.policy_of(firm / "config" / "policy.yaml")
    settings = {"public_page": site.settings, "saved_pages": SAVED_PAGES.settings()}
    policy = replace(
        policy, ladder=tuple(ladder), source_settings=settings, evidence_days={"saved_pages": 3660}
    )
    store = ground.open_store(policy)
    request = ground.RunRequest(
        firm / "people.csv", policy.path, firm / "reports", today=day, captures=firm / "saved"
    )
    return auditing.run_audit(ground.prepare(request, policy, store), store, stopping, publish=publish)


def reasons(end):
    return {cells[0]: cells[5] for cells in unverified_table(whole(end.report)).rows}


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (wall_of(3), "The saved page is LinkedIn's sign-in page"),
        (of_profile(3, script_stub()), "The saved page is an error page of LinkedIn"),
        (of_profile(3, checkpoint()), "The saved page is LinkedIn's security check"),
        (of_profile(3, not_found("ondara-3")), "The saved page says that the profile was not found"),
    ],
)
def test_a_file_of_no_use_holds_up_nobody_and_is_named(firm, site, saved, known, page, said):
    saved(3, page)
    end = call(firm, site, ["saved_pages"])
    assert (end.left, end.paused, end.report.run.left) == (0, False, 0)
    assert str(end.report.health.verdict) == "sound"
    assert [end.report.run.counts[group] for group in Group] == [5, 1, 0]
    reason = reasons(end)["3"]
    assert said in reason
    assert "profile 3.html" in reason
    assert "Save the profile again, signed out." in reason
    again = call(firm, site, ["saved_pages"], DAY + timedelta(days=1))
    assert again.run_id != end.run_id, "the first run is finished"


def test_a_saved_wall_beside_a_site_that_refuses_and_one_that_does_not(firm, site, saved, known):
    saved(3, wall_of(3))
    end = call(firm, site, ["saved_pages", "public_page"])
    assert site.asked == ["ondara-3"], "only the one whose file is of no use"
    assert (end.left, reasons(end)) == (0, {})
    site.asked.clear()
    site.refuse_from = 0
    refused = call(firm, site, ["saved_pages", "public_page"], DAY + timedelta(days=32))
    assert (refused.left, refused.paused) == (1, False)
    assert refused.report.run.left == 1
    assert "profile 3.html" in reasons(refused)["3"]


def test_nobody_is_asked_twice_and_the_partial_report_says_what_it_is(firm, site, known):
    folder = []

    def publish(report, place):
        folder.append(place)
        write_reports(report, place)

    reports = []
    for day in range(3):
        site.share = 2
        reports.append(call(firm, site, ["public_page"], DAY + timedelta(days=day), publish).report)
    assert sorted(site.asked) == [f"ondara-{n}" for n in range(1, 7)]
    assert [report.run.left for report in reports] == [4, 2, 0]
    assert [findings_content(report)["run"]["partial"] for report in reports] == [True, True, False]
    assert [[report.run.counts[group] for group in Group] for report in reports] == [
        [2, 4, 0],
        [4, 2, 0],
        [6, 0, 0],
    ]
    said = "Partial report: 4 people have not been reached yet."
    (book,) = exception_workbooks(reports[0])
    assert any(said in getattr(block, "text", "") for block in book.tables[0].blocks)
    assert said in month_page(reports[0])[0].text
    assert "Partial report" not in month_page(reports[2])[0].text
    names = {path.name for path in folder[0].glob("*.xlsx")}
    assert len(set(folder)) == 1
    assert names == {"linkedin-audit_all_2026-11.xlsx"}, "the same file is written again"


def test_what_hr_filled_in_meanwhile_is_never_written_over(firm, site, known):
    site.share = 2
    path = call(firm, site, ["public_page"], DAY, write_reports).folder / "linkedin-audit_all_2026-11.xlsx"
    book = load_workbook(path)
    book["Summary"]["A1"] = "typed by HR"
    book.save(path)
    site.share = 9
    end = call(firm, site, ["public_page"], DAY + timedelta(days=1), write_reports)
    assert load_workbook(path)["Summary"]["A1"].value == "typed by HR"
    assert (end.folder / "linkedin-audit_all_2026-11_2.xlsx").exists()


def test_a_call_that_learns_nothing_leaves_the_report_alone(firm, site, known):
    site.share = 2
    call(firm, site, ["public_page"])
    site.share = 0
    end = call(firm, site, ["public_page"], DAY + timedelta(days=1))
    assert (end.report, end.left, end.paused) == (None, 4, True)


def test_a_month_that_was_never_finished_is_no_point_of_the_trend(firm, site, known):
    site.share = 2
    first = call(firm, site, ["public_page"], date(2026, 11, 3))
    assert months_of(whole(first.report)) == {date(2026, 11, 1): {}}
    site.share = 99
    second = call(firm, site, ["public_page"], date(2026, 12, 3))
    assert set(months_of(whole(second.report))) == {date(2026, 12, 1)}
    third = call(firm, site, ["public_page"], date(2027, 1, 3))
    assert set(months_of(whole(third.report))) == {date(2026, 12, 1), date(2027, 1, 1)}


def test_what_a_part_of_the_people_cannot_bear_out_is_not_held_back_for_good(firm, site, known):
    """Twelve newly failing people of the first day look like a changed page; among all forty they do not."""
    write(firm, [row(n) for n in range(1, 41)])
    call(firm, site, ["public_page"], date(2026, 10, 5))
    site.headline, site.share = "Cyclist and speaker", 12
    part = call(firm, site, ["public_page"], date(2026, 11, 3)).report
    assert not [f for f in part.findings if f.finding.rule_id == "HDL001"]
    assert str(part.health.verdict) == "degraded"
    site.headline, site.share = "Planner at Vintergloed", 99
    rest = call(firm, site, ["public_page"], date(2026, 11, 4)).report
    assert len([f for f in rest.findings if f.finding.rule_id == "HDL001"]) == 12
    assert str(rest.health.verdict) == "sound"


def test_a_company_page_saved_as_a_profile_is_named(firm, site, saved, known):
    saved(3, of_profile(3, organisation("company", "vintergloed", "Vintergloed")))
    end = call(firm, site, ["saved_pages"])
    assert end.left == 0
    assert [end.report.run.counts[group] for group in Group] == [5, 1, 0]
