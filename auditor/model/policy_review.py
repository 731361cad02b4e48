"""The yearly review of the policy: when it is due, and what changed since the last one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from auditor.model.dates import months_after

EVERY_MONTHS = 12
#: so long before the day people are told
NOTICE_DAYS = 30


@dataclass(frozen=True, slots=True)
class PolicyReview:
    """A review that somebody signed. `settings` are all settings of that day by place, as texts."""

    day: date
    signed_by: str
    policy_sha256: str
    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SettingChange:
    """A setting that differs; empty where it was not, or is not any more."""

    setting: str
    before: str
    after: str


def due_day(reviews: Sequence[PolicyReview], begun: date) -> date:
    """The day of the next review: a year after the last one, or after the first run."""
    return months_after(max((one.day for one in reviews), default=begun), EVERY_MONTHS)


def notice_day(due: date) -> date:
    """The day from which people are told that a review is coming."""
    return due - timedelta(days=NOTICE_DAYS)


def changes_since(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[SettingChange, ...]:
    """The settings that differ, by place."""
    places = sorted({*before, *now})
    changes = (SettingChange(one, before.get(one, ""), now.get(one, "")) for one in places)
    return tuple(change for change in changes if change.before != change.after)
