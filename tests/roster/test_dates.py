# ruff: noqa: E501 - lists of dates are wide
"""Days as people and systems write them."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.roster.dates import (
    ColumnOrder,
    DayOrder,
    NotADateError,
    column_order,
    doubtful_days,
    means_no_end,
    read_day,
)

DAY, MONTH = DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("01-07-2026", date(2026, 7, 1)),
        ("1/7/2026", date(2026, 7, 1)),
        ("1.7.26", date(2026, 7, 1)),
        ("01-07-69", date(2069, 7, 1)),
        ("01-07-70", date(1970, 7, 1)),
        ("2026-07-01", date(2026, 7, 1)),
        ("2026-07-01 00:00:00", date(2026, 7, 1)),
        ("01-07-2026 00:00", date(2026, 7, 1)),
        ("20260701", date(2026, 7, 1)),
        ("01072026", date(2026, 7, 1)),
        ("46000", date(2025, 12, 9)),
        ("2026-10-31T23:00:00Z", date(2026, 11, 1)),
        ("2026-10-31T22:30:00+00:00", date(2026, 10, 31)),
        ("2026-07-31T22:30:00.000Z", date(2026, 8, 1)),
        ("1 januari 2026", date(2026, 1, 1)),
        ("1er janvier 2026", date(2026, 1, 1)),
        ("1. Januar 2026", date(2026, 1, 1)),
        ("15 mrt. 2026", date(2026, 3, 15)),
        ("15 août 2026", date(2026, 8, 15)),
        ("15. März 2026", date(2026, 3, 15)),
        ("Mar 3, 2026", date(2026, 3, 3)),
        ("mar. 3 mars 2026", date(2026, 3, 3)),
        ("3-okt-26", date(2026, 10, 3)),
        ("31/12/9999", date(9999, 12, 31)),
        ("vr. 18-09-2026", date(2026, 9, 18)),
        ("Thu 2026-09-17", date(2026, 9, 17)),
        ("18 sep 2026 00:00:00", date(2026, 9, 18)),
        ("Sep 18, 2026, 12:00 AM", date(2026, 9, 18)),
        ("2026-sep-18", date(2026, 9, 18)),
    ],
)
def test_a_day_is_read(text: str, expected: date) -> None:
    assert read_day(text, DAY, "Europe/Brussels") == expected


@pytest.mark.parametrize(
    "text",
    ["31-11-2026", "volgt nog", "00-01-2026", "12345678901", "29-02-2025", "ziek", "1-1", "sep 2026", "september '26"],
)  # fmt: skip
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(NotADateError):
        read_day(text, DAY, "Europe/Brussels")


@pytest.mark.parametrize(
    "written", ["18-07-2026", "18/07/26 10:30", "2026-07-18", "18 juli 2026", "18. Juli 2026", "July 18, 2026", "za 18-07-2026"]
)  # fmt: skip
@pytest.mark.parametrize(
    "behind",
    ["?", "(vervallen)", "- rétractée", "of later", "bis 31.12.2027", "to be confirmed", ", aufgehoben", "10:00 verschoben"],
)  # fmt: skip
def test_words_behind_a_date_may_take_it_back(written: str, behind: str) -> None:
    assert read_day(written, DAY, "Europe/Brussels") == date(2026, 7, 18)
    with pytest.raises(NotADateError):
        read_day(f"{written} {behind}", DAY, "Europe/Brussels")


@pytest.mark.parametrize(
    "text",
    ["", "-", "–", "n.v.t.", "onbepaald", "heden", "indéterminée", "CDI", "unbefristet", "31/12/9999", "12/31/9999",
     "31-12-2999", "2958465", "00-00-0000", "0000-00-00", "0", "NULL", "aujourd'hui", "à durée indéterminée", "31.12.99", "12/31/99",
     "01-01-2100", "30-12-9999"],
)  # fmt: skip
def test_marks_of_no_end(text: str) -> None:
    assert means_no_end(text)


@pytest.mark.parametrize(
    "text",
    [
        "1.12.2026",
        "1-1-2026",
        "volgt nog",
        "0.5.2026",
        "31-12-2026",
        "10000000",
        "?-12-2026 x",
        "31-08-99",
        "30-09-2206",
    ],
)
def test_what_is_no_mark_of_no_end(text: str) -> None:
    assert not means_no_end(text)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["03-04-2026", "25-04-2026"], ColumnOrder(DAY)),
        (["03-04-2026", "04/25/2026"], ColumnOrder(MONTH)),
        (["03-04-2026"], ColumnOrder(DAY, undecided=True)),
        (["03-03-2026", "2026-01-01", ""], None),
        (["03-04-2026", "12/31/9999"], ColumnOrder(MONTH)),
        (["25-04-2026", "12/31/9999"], ColumnOrder(DAY)),
        (["25-04-2026", "04/25/2026"], ColumnOrder(DAY)),
    ],
)
def test_the_order_of_a_column(texts: list[str], expected: ColumnOrder | None) -> None:
    assert column_order(texts, DAY) == expected


@pytest.mark.parametrize(
    ("texts", "doubtful"),
    [
        (["25/04/2026", "04/03/2026"], set()),
        (["25/04/2026", "04/26/2026", "04/03/2026", "04/04/2026"], {"04/03/2026"}),
        (["25-04-2026", "26-04-2026", "04/27/2026", "04/03/2026", "04-03-2026"], {"04/03/2026"}),
        (["25/04/2026", "12/31/9999", "04/03/2026"], set()),
    ],
)
def test_a_column_that_mixes_orders_leaves_some_days_in_doubt(texts: list[str], doubtful: set[str]) -> None:
    assert doubtful_days(texts, DAY) == doubtful
