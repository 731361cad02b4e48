"""Values of cells as texts and days; a date that can be read in two ways is not read at all."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from openpyxl.utils.datetime import from_excel

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d.*)?$")
_DAY_MONTH = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4})$")
#: day numbers of the years 2000 to 2100, as spreadsheets count them
_SERIALS = range(36_526, 73_051)


class UnreadableDate(ValueError):
    """Something stands in the cell, but not a day that can be told for sure."""


def text_of(value: object) -> str:
    """A cell's value as text; whole numbers without a decimal point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value)


def trimmed(value: object) -> str:
    """A cell's text without padding, also of invisible signs."""
    return " ".join(text_of(value).replace("\u200b", "").replace("\ufeff", "").split())


def day_of(value: object, *, day_first: bool) -> date | None:
    """The day of a cell, None where it is empty. Raises UnreadableDate.

    `day_first`: a date such as 3/4/2026, typed as text, means the third of April.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _serial(value)
    text = trimmed(value)
    return _day_of_text(text, day_first) if text else None


def _serial(value: float) -> date:
    if int(value) not in _SERIALS:
        raise UnreadableDate(str(value))
    day = from_excel(int(value))
    assert isinstance(day, datetime)
    return day.date()


def _day_of_text(text: str, day_first: bool) -> date:
    iso, other = _ISO.match(text), _DAY_MONTH.match(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if other:
            first, second, year = int(other[1]), int(other[3]), int(other[4])
            if first > 12 or first == second or day_first or other[2] == ".":
                return date(year, second, first)
            if second > 12:
                return date(year, first, second)
    except ValueError:
        pass
    raise UnreadableDate(text)
