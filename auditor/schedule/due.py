"""Is the month's audit due?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from auditor.domain.period import period_of


@dataclass(frozen=True, slots=True)
class EndedRun:
    """A run that was reported: its day, and whether everybody was attempted."""

    day: date
    complete: bool


def is_due(runs: Iterable[EndedRun], today: date, monthly_on: int) -> bool:
    """Whether no audit was finished since the month's day came round last.

    A month that was missed stays due after its end, until it is made good or the next one begins.
    A run that left people out may be gone on with in its own calendar month, so it is still due then.
    """
    since = last_start(today, monthly_on)
    return not any(run.day >= since and _settled(run, today) for run in runs)


def last_start(today: date, monthly_on: int) -> date:
    """The latest day of the month's number (1 to 28) that is not in the future."""
    month = today if today.day >= monthly_on else today.replace(day=1) - timedelta(days=1)
    return month.replace(day=monthly_on)


def _settled(run: EndedRun, today: date) -> bool:
    return run.complete or period_of(run.day) < period_of(today)
