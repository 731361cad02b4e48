"""Working days by country: no weekends, no public holidays."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays

from auditor.reporters._languages import country_code

_ONE_DAY = timedelta(days=1)


def is_working_day(day: date, country: str) -> bool:
    """Whether people work on a day; where the country is not known only weekends are free."""
    calendar = _calendar(country_code(country))
    return day.weekday() < 5 if calendar is None else bool(calendar.is_working_day(day))


def working_day(day: date, country: str, *, backward: bool = False) -> date:
    """The day itself where it is a working day, else the next one, or the one before."""
    step = -_ONE_DAY if backward else _ONE_DAY
    while not is_working_day(day, country):
        day += step
    return day


@lru_cache
def _calendar(code: str) -> holidays.HolidayBase | None:
    try:
        return holidays.country_holidays(code) if code else None
    except NotImplementedError:
        return None
