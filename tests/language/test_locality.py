from __future__ import annotations

from datetime import date

import pytest

from auditor.language.locality import country_code, is_working_day, working_day


@pytest.mark.parametrize(
    ("country", "day", "working"),
    [
        ("BE", date(2026, 7, 21), False),
        ("be", date(2026, 7, 21), False),
        ("NL", date(2026, 7, 21), True),
        ("NL", date(2026, 4, 27), False),
        ("FR", date(2026, 7, 14), False),
        ("DE", date(2026, 10, 3), False),
        ("de", date(2028, 10, 3), False),
        ("BE", date(2026, 11, 22), False),  # a Sunday
        ("", date(2026, 12, 25), True),  # no country: only weekends are known
        ("Atlantis", date(2026, 12, 25), True),
        ("ZZ", date(2026, 12, 26), False),
    ],
)
def test_days_off_are_those_of_the_country(country: str, day: date, working: bool) -> None:
    assert is_working_day(day, country) is working


def test_a_day_off_is_left_in_the_wanted_direction() -> None:
    christmas = date(2026, 12, 25)  # a Friday
    assert working_day(christmas, "BE") == date(2026, 12, 28)
    assert working_day(christmas, "NL") == date(2026, 12, 28)
    assert working_day(christmas, "BE", backward=True) == date(2026, 12, 24)
    assert working_day(date(2026, 12, 23), "BE") == date(2026, 12, 23)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("be", "BE"), (" NL ", "NL"), ("uk", "GB"), ("", "")],
)
def test_the_letters_of_a_country_may_be_small(typed: str, code: str) -> None:
    assert country_code(typed) == code
