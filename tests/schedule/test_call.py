"""The month's audit is due once a month, and stays due until it was done."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.schedule.call import EndedRun, is_due, last_start

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def done(text, *, complete=True):
    return EndedRun(date.fromisoformat(text), complete)


@pytest.mark.parametrize(
    ("runs", "today", "day", "due"),
    [
        ([], "2026-11-22", 1, True),
        ([done("2026-11-01")], "2026-11-22", 1, False),
        ([done("2026-10-31")], "2026-11-01", 1, True),
        ([done("2026-10-02"), done("2026-11-01")], "2026-11-01", 1, False),
        ([done("2026-11-14")], "2026-11-15", 15, True),
        ([done("2026-10-20")], "2026-11-14", 15, False),
        ([done("2026-09-20")], "2026-11-03", 15, True),
        ([done("2026-11-03")], "2026-11-15", 15, True),
        ([done("2026-12-28")], "2027-01-01", 1, True),
        ([done("2026-11-02", complete=False)], "2026-11-03", 1, True),
        ([done("2026-11-30", complete=False)], "2026-12-02", 15, False),
        ([done("2026-11-20", complete=False)], "2026-12-16", 15, True),
    ],
    ids=[
        "no run yet", "done this month", "the month begins", "done today", "the day comes round",
        "done since the day", "a missed month is made good early", "and the next one comes as ever",
        "new year", "people were left out", "its month is over", "and the next is due",
    ],
)  # fmt: skip
def test_due(runs, today, day, due):
    assert is_due(runs, date.fromisoformat(today), day) is due


@given(DAYS, st.integers(1, 28))
def test_the_last_start_is_the_nearest_such_day(today, day):
    start = last_start(today, day)
    assert start.day == day
    assert 0 <= (today - start).days < 31


@given(st.lists(DAYS), DAYS, st.integers(1, 28))
def test_a_complete_run_of_today_is_always_enough(days, today, day):
    assert not is_due([*(EndedRun(one, False) for one in days), EndedRun(today, True)], today, day)
