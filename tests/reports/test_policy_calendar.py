"""The policy's own days in one calendar: review, seasons, and nothing past."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from auditor.model.company import BannerRole, Company, ReferenceBanner
from auditor.reports.documents.policy_calendar import policy_calendar
from tests.reports.invented import report as invented_report

CURRENT = BannerRole.CURRENT
BANNERS = (
    ReferenceBanner("Summer", CURRENT, b"", date(2026, 6, 1), date(2026, 8, 31), 30),
    ReferenceBanner("Winter", CURRENT, b"", date(2027, 12, 1), date(2028, 2, 29), 30),
    ReferenceBanner("Old", BannerRole.PREVIOUS, b"", date(2027, 1, 1), date(2027, 2, 1)),
)


def events(**changes):
    report = invented_report()
    company = Company("Noordlicht", (), (), banners=BANNERS)
    run = replace(report.run, today=date(2027, 1, 10))
    report = replace(report, run=run, companies={"Noordlicht": company}, **changes)
    made = policy_calendar(report)
    return [(one.day.isoformat(), one.summary, one.uid) for file in made for one in file.events]


def test_the_review_with_its_notice_and_every_season_to_come():
    found = [one[:2] for one in events(review_due=date(2027, 11, 22))]
    assert found == [
        ("2027-10-23", "Review the LinkedIn policy by 22 November 2027"),
        ("2027-11-22", "Yearly review of the LinkedIn policy is due"),
        ("2027-12-01", "Noordlicht: banner “Winter” begins"),
        ("2028-02-29", "Noordlicht: last day of banner “Winter”"),
        ("2028-03-30", "Noordlicht: banner “Winter” is accepted for the last time"),
    ]


def test_a_later_file_moves_the_entries_instead_of_adding_some():
    before, after = events(review_due=date(2027, 11, 22)), events(review_due=date(2028, 1, 5))
    assert {one[2] for one in before} == {one[2] for one in after}
    assert len({one[2] for one in before}) == 5


def test_without_a_day_to_come_there_is_no_file():
    report = invented_report()
    assert policy_calendar(replace(report, companies={}, review_due=None)) == ()
