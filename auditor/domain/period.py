"""The audit period: one calendar month. A run may be spread over its days."""

from __future__ import annotations

from datetime import date, timedelta


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
