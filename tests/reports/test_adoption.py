"""Adoption in the workbook: shares that say how sure they are, gaps where nothing is known, no ranking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from auditor.language.words import LANGUAGES, words_of
from auditor.model.document import Grid, Heading, Page, Workbook
from auditor.model.report import AuditReport
from auditor.model.rule import Criterion
from auditor.reports.adoption import (
    answers,
    campaigns,
    coverage_words,
    entity_groups,
    monthly_shares,
    share_words,
    shares_of,
    team_groups,
)
from auditor.reports.documents.audit_workbook import exception_workbooks
from auditor.reports.scope import whole
from auditor.reports.sheets.adoption import adoption_page
from auditor.writers.xlsx import write_xlsx
from tests.reports.adopting import OTHER_BANNER, SUMMER, UNSEEN, carrying, company, firm, month
from tests.reports.invented import report

EN = words_of("en")


def share(judged: int, passed: int, people: int = 20) -> Any:
    counts = {"banner_people": people, "banner_judged": judged, "banner_passed": passed}
    return shares_of(counts)[Criterion.BANNER]


def grids(page: Page) -> dict[str, Grid]:
    found, heading = {}, ""
    for block in page.blocks:
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Grid):
            found[heading] = block
    return found


@pytest.mark.parametrize(
    ("judged", "passed", "words"),
    [
        # Wilson by hand, 8 of 10: (0.8 + 0.19207) / 1.38415 = 0.7167, give or take 0.2266
        (10, 8, "80% (between 49% and 94%)"),
        (10, 0, "0% (between 0% and 28%)"),
        (9, 9, "too few to say"),
        (0, 0, "nobody could be checked"),
        (20, 15, "75%"),
        (20_000, 19_600, "98%"),  # between 97.8 and 98.2: in whole per cent there is nothing to add
    ],
)
def test_a_share_says_how_sure_it_is(judged: int, passed: int, words: str) -> None:
    assert share_words(share(judged, passed), EN) == words


def test_months_without_figures_are_a_gap_and_never_zero() -> None:
    earlier = (
        replace(month(7, 20, 10), counts={"people": 60, "read": 20}),  # an older version
        month(8, 20, 10),
        month(10, 40, 30),
    )
    made = report(tuple(carrying(n) for n in range(12)), trend=earlier)
    scope = whole(made)
    months = monthly_shares(scope, answers(scope))
    known = [(one.month, shares[Criterion.BANNER].share if shares else None) for one, shares in months]
    assert known == [(8, 0.5), (9, None), (10, 0.75), (11, 1.0)]
    left = whole(replace(made, run=replace(made.run, left=3)))
    assert monthly_shares(left, answers(left))[-1] == (date(2026, 11, 1), {}), (
        "a part of the people is no month"
    )


def test_small_groups_do_not_stand_alone_and_teams_stand_by_name() -> None:
    people = [carrying(n, OTHER_BANNER, entity="A", manager="Zoë") for n in range(10)]
    people += [carrying(n, entity="B", manager="Adam") for n in range(10, 20)]
    people += [carrying(n, entity="C", manager="Bea") for n in range(20, 29)]
    found = answers(whole(report(tuple(people))))
    assert [group.name for group in entity_groups(found)] == ["A", "B"]
    teams = team_groups(found)
    assert [(team.name, team.people) for team in teams] == [("Adam", 10), ("Zoë", 10)]
    assert [team.shares[Criterion.BANNER].passed for team in teams] == [10, 0]


def test_a_campaign_is_followed_since_its_first_day() -> None:
    people = [carrying(n) for n in range(8)] + [carrying(8 + n, SUMMER) for n in range(4)]
    people += [carrying(20 + n, UNSEEN) for n in range(3)]
    made = report(
        tuple(people),
        companies={"Noordlicht NV": company()},
        trend=(month(8, 20, 10), replace(month(9, 20, 10), banners=None), month(10, 40, 10)),
    )
    scope = whole(made)
    autumn, summer = campaigns(scope, answers(scope))
    assert [(one.month, share.passed if share else None) for one, share in autumn.months] == [
        (10, 10),
        (11, 8),
    ]
    assert autumn.months[-1][1].judged == 12  # type: ignore[union-attr]
    assert [(one.month, share.passed if share else None) for one, share in summer.months] == [
        (6, None), (7, None), (8, 10), (9, None), (10, 0), (11, 4),
    ]  # fmt: skip


def test_the_coverage_counts_all_staff() -> None:
    people = (*(carrying(n) for n in range(5)), *(carrying(5 + n, UNSEEN, UNSEEN, UNSEEN) for n in range(2)))
    said = coverage_words(answers(whole(report(people))), EN)
    assert said.startswith("5 of 7 employees could be checked (71%).")


def test_the_workbook_draws_it_as_its_own_chart(tmp_path: Path) -> None:
    book = exception_workbooks(firm(45))[0]
    assert isinstance(book, Workbook)
    (path,) = write_xlsx(book, tmp_path)
    sheet = openpyxl.load_workbook(path)["Adoption"]
    (chart,) = sheet._charts
    assert len(chart.series) == 3
    page = next(part for part in book.tables if part.key == "adoption")
    assert isinstance(page, Page)
    rows = grids(page)["The last thirteen months"].rows
    may = next(row for row in rows if row[0] == "May 2026")
    assert may[1:] == (None, None, None, None)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [0, 1, 45])
def test_no_employee_is_named(size: int, language: str) -> None:
    made: AuditReport = firm(size, language)
    page = adoption_page(whole(made))
    assert "Invented Person" not in repr(page)
