"""Months and periods of the calendar, and the clock of a time zone."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def period_of(day: date) -> str:
    """The period a day belongs to, as `2026-11`."""
    return f"{day:%Y-%m}"


def wants_report(left: int, day: date, *, learnt: bool, refused: bool) -> bool:
    """Whether a call of the period's run writes its reports: always, but for a call that learnt nothing
    while `left` people wait for another day."""
    return left == 0 or learnt or refused or is_last_day(day)


def is_last_day(day: date) -> bool:
    """Whether the period ends with this day."""
    return period_of(day) != period_of(day + timedelta(days=1))


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def months_after(day: date, months: int) -> date:
    """The same day so many months later."""
    return months_before(day, -months)


def months_between(first: date, last: date) -> int:
    """Full calendar months from `first` to `last`."""
    return max(0, (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day))


def local(moment: datetime | None, zone: str) -> datetime | None:
    """The moment on the clock of a time zone; as it is where the zone is not known or its clock is
    past the calendar's end."""
    if moment is None or moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OverflowError):
        return moment
