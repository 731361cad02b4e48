"""A day that is asked about notes between which days the answers stay the same."""

from datetime import date

import pytest

from auditor.model.company import BannerRole, ReferenceBanner, standing_banners
from auditor.model.day import Day

TODAY = date(2026, 11, 22)
EARLIER, LATER = date(2026, 11, 10), date(2026, 12, 5)
OPEN = (date.min, date.max)


def held(question):
    day = Day(TODAY)
    answer = question(day)
    return answer, (day.first, day.last)


@pytest.mark.parametrize(
    ("question", "answer", "days"),
    [
        (lambda day: None, None, OPEN),
        (lambda day: day > EARLIER, True, (date(2026, 11, 11), date.max)),
        (lambda day: day > LATER, False, (date.min, LATER)),
        (lambda day: day > TODAY, False, (date.min, TODAY)),
        (lambda day: day >= EARLIER, True, (EARLIER, date.max)),
        (lambda day: day >= TODAY, True, (TODAY, date.max)),
        (lambda day: day >= LATER, False, (date.min, date(2026, 12, 4))),
        (lambda day: day <= LATER, True, (date.min, LATER)),
        (lambda day: day <= EARLIER, False, (date(2026, 11, 11), date.max)),
        (lambda day: day < LATER, True, (date.min, date(2026, 12, 4))),
        (lambda day: day < EARLIER, False, (EARLIER, date.max)),
        (lambda day: EARLIER <= day <= LATER, True, (EARLIER, LATER)),
        (lambda day: max(LATER, TODAY) < day, False, (date.min, LATER)),
        (lambda day: day.year, 2026, (date(2026, 1, 1), date(2026, 12, 31))),
        (lambda day: day.month, 11, (date(2026, 11, 1), date(2026, 11, 30))),
        (lambda day: day == TODAY, True, (TODAY, TODAY)),
        (lambda day: f"{day}", "2026-11-22", (TODAY, TODAY)),
        (lambda day: day.tie(), TODAY, (TODAY, TODAY)),
        (lambda day: day > date.max, False, OPEN),
        (lambda day: day >= date.min, True, OPEN),
    ],
)
def test_the_answer_and_the_days_between_which_it_stays(question, answer, days):
    assert held(question) == (answer, days)


@pytest.mark.parametrize("question", [hash, lambda day: day - EARLIER, lambda day: day.weekday()])
def test_whatever_else_is_asked_is_an_error(question):
    with pytest.raises((TypeError, AttributeError)):
        question(Day(TODAY))


def test_a_banner_holds_until_its_days_of_grace_are_over():
    banner = ReferenceBanner("Summer", BannerRole.CURRENT, b"", EARLIER, date(2026, 11, 20), grace_days=5)
    answer, days = held(lambda day: standing_banners((banner,), day))
    assert answer == (banner,)
    assert days == (date(2026, 11, 21), date(2026, 11, 25))
