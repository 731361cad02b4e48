"""The dates of a role on a signed-in page, told without the words of any language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from auditor.language.written_dates import UNREADABLE_END, read_period_end
from auditor.model.observed import Observed, Present, Unseen


@dataclass(frozen=True, slots=True)
class Period:
    """The dates of a role in the page's own words, and whether it goes on.

    `saved_until`: the last month (months since the year 0) in which an ongoing role can have had the length
    that the page gives it.
    """

    started: str | None
    ended: str | None
    current: Observed[bool]
    saved_until: int | None = None


NO_PERIOD = Period(None, None, Unseen("the row shows no dates"))
_BETWEEN = (
    re.compile(r"\s+[-–—−~〜]\s+"),
    re.compile(r"\s*[–—~〜]\s*"),
    re.compile(r"(?<=\d{4})-(?=\d{4})"),
)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d{1,4}")
#: years
_LONGEST_LENGTH = 80
#: years that can stand on a profile, in the calendars that the site writes
_YEARS = range(1900, 2700)


def read_period(text: str, seen_on: date) -> Period | None:
    """`A - B · duration`: ongoing where B has no digit, over where it has a year; None for any other text.

    A place may stand where dates are expected, so that A must hold a year.
    """
    dates, _, length = text.partition(" · ")
    parts = next((found for sign in _BETWEEN if len(found := sign.split(dates.strip())) > 1), [])
    year = _year(parts[0]) if len(parts) == 2 and parts[1].strip() else None
    if year is None:
        return None
    started, ended = (part.strip() for part in parts)
    if not _DIGIT.search(ended):
        going_on = any(sign.isalpha() for sign in ended)
        current = Present(True) if going_on else Unseen("the end of the role cannot be read")
        latest = _last_month(year, length) if going_on else None
        return Period(started, None if going_on else ended, current, latest)
    return Period(started, ended, _is_over(ended, seen_on))


def _last_month(year: int, length: str) -> int | None:
    """The last month in which a role of this length can have begun in `year`, counted as late as its
    numbers allow: two are years and months, one may be either, and further words may mean months."""
    numbers = [int(one) for one in _NUMBER.findall(length)]
    if not 1 <= len(numbers) <= 2 or max(numbers) > _LONGEST_LENGTH:
        return None
    months = numbers[1] if len(numbers) == 2 else 11
    return 12 * year + 11 + 12 * numbers[0] + months


def _is_over(ended: str, seen_on: date) -> Observed[bool]:
    if _year(ended) is None:
        return Unseen("the end of the role cannot be read")
    by_words = read_period_end(ended, seen_on)
    if by_words == Present(False) or (isinstance(by_words, Unseen) and by_words.reason == UNREADABLE_END):
        return Present(False)
    return Unseen("the end of the role lies after the day of the evidence")


def _year(text: str) -> int | None:
    found = _YEAR.search(text)
    return int(found.group()) if found and int(found.group()) in _YEARS else None


def first_period(texts: Iterable[str], seen_on: date) -> Period | None:
    """The first of these texts that is a period."""
    return next((found for text in texts if (found := read_period(text, seen_on))), None)
