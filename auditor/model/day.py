"""The day of a run as the rules may ask about it: it notes for how long their answers hold."""

from __future__ import annotations

import calendar
from datetime import date
from typing import TypeAlias


class Day:
    """A day that can be compared with others and has a year and a month.

    Between `first` and `last`, all that was asked of it so far has the same answer. `date` is the day itself:
    whoever goes by more of it than is asked in one of these ways calls `tie`.
    """

    __slots__ = ("date", "first", "last")
    __hash__ = None  # type: ignore[assignment]  # a cache would answer without noting the question

    def __init__(self, day: date) -> None:
        self.date = day
        self.first, self.last = date.min, date.max

    def __lt__(self, other: date) -> bool:
        return not self >= other

    def __le__(self, other: date) -> bool:
        return not self > other

    def __gt__(self, other: date) -> bool:
        later = self.date > other
        if later:
            self.first = max(self.first, date.fromordinal(other.toordinal() + 1))
        else:
            self.last = min(self.last, other)
        return later

    def __ge__(self, other: date) -> bool:
        reached = self.date >= other
        if reached:
            self.first = max(self.first, other)
        else:
            self.last = min(self.last, date.fromordinal(other.toordinal() - 1))
        return reached

    def __eq__(self, other: object) -> bool:
        return self.tie() == other

    def __str__(self) -> str:
        return str(self.tie())

    @property
    def year(self) -> int:
        """The calendar year."""
        year = self.date.year
        self._hold(date(year, 1, 1), date(year, 12, 31))
        return year

    @property
    def month(self) -> int:
        """The month of the calendar year."""
        year, month = self.date.year, self.date.month
        self._hold(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
        return month

    def tie(self) -> date:
        """The day, by which what is asked holds for it alone."""
        self._hold(self.date, self.date)
        return self.date

    def _hold(self, first: date, last: date) -> None:
        self.first, self.last = max(self.first, first), min(self.last, last)


#: a day to judge by, for what compares it or asks for its year and month only
OnDay: TypeAlias = date | Day
