"""The audit period: one calendar month. A run may be spread over its days."""

from __future__ import annotations

from datetime import date, timedelta


def period_of(day: date) -> str:
    """The period a day belongs to, as `2026-11`."""
    return f"{day:%Y-%m}"


def is_last_day(day: date) -> bool:
    """Whether the period ends with this day."""
    return period_of(day) != period_of(day + timedelta(days=1))
