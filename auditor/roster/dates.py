"""Reads one cell as a day, with explicit formats; which order a column has is decided for it as a whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from auditor.model.accents import without_accents
from auditor.roster.words import folded, visible, word_list


class NotADateError(ValueError):
    """The text is no day of the calendar in the given order; `unfit`: it is one in the other order."""

    def __init__(self, text: str, *, unfit: bool = False) -> None:
        super().__init__(text)
        self.unfit = unfit


class DayOrder(StrEnum):
    """Which number of `03-04-2026` is the day."""

    DAY_FIRST = "day-month"
    MONTH_FIRST = "month-day"


@dataclass(frozen=True, slots=True)
class ColumnOrder:
    """The order chosen for a column. `undecided`: its values fit both orders."""

    order: DayOrder
    undecided: bool = False


#: A year from which a date can mean "no end", and the first that an end of employment can have.
_NO_END_YEAR = 2099
_EARLIEST_YEAR = 1902
#: the days that do: those that systems put there themselves, unlike `30-09-0226`
_MARKS = ({1}, {12, 31}, {12, 30})
#: the days from which computers count
_FIRST_DAYS = (date(1904, 1, 1), date(1970, 1, 1))
_LAST_SERIAL = 2_958_465
_SERIALS = range(20_000, 80_001)
#: a time of day; what else stands behind a date may take it back
_TIME = (
    r"(?:[T, ]+\d{1,2}(?:h|(?:[:.h]\d{2}){1,2}(?:[.,]\d{1,9})?)"
    r"(?: ?[ap]\.?m\.?| ?h| uhr| uur)?(?: ?(?:z|utc|gmt))?(?: ?[+-]\d{2}:?\d{2})?)?"
)
_NUMERIC = re.compile(r"(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{4}|\d{2})" + _TIME + "$", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(" + _TIME + ")$", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?$")
_DIGITS = re.compile(r"\d{8}$")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?$")
_ZONED = re.compile(r"(Z|[+-]\d{2}:?\d{2})$", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"^(maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ma|di|wo|do|vr|za|zo|lundi|mardi"
    r"|mercredi|jeudi"
    r"|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim|montag|dienstag|mittwoch|donnerstag"
    r"|freitag|samstag"
    r"|sonntag|mo|mi|fr|sa|so|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed"
    r"|thu|fri|sat|sun)"
    r"[.,]*\s+(?=\d|[a-z])",
    re.IGNORECASE,
)
_GAP = r"[\s\-./,'’]"
_DAY_IN_WORDS = r"(?P<day>\d{1,2})(?:(?:er|ste|de|e|st|nd|rd|th)\b)?"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_IN_WORDS = tuple(
    re.compile(order + r"\.?" + _TIME + "$", re.IGNORECASE)
    for order in (
        f"{_DAY_IN_WORDS}{_GAP}*(?P<month>[a-z]+){_GAP}*{_YEAR}",
        f"(?P<month>[a-z]+){_GAP}*{_DAY_IN_WORDS}{_GAP}+{_YEAR}",
        rf"(?P<year>\d{{4}}){_GAP}*(?P<month>[a-z]+){_GAP}*(?P<day>\d{{1,2}})",
    )
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan janvier janv januar january janner",
            "februari feb fevrier fev fevr februar february febr",
            "maart mrt maa mars marz march mar mrz",
            "april apr avril avr",
            "mei mai may",
            "juni jun juin june",
            "juli jul juillet juil july",
            "augustus aug aout august",
            "september sep sept septembre",
            "oktober okt octobre oct october",
            "november nov novembre",
            "december dec decembre dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}


def column_order(texts: Iterable[str], fallback: DayOrder) -> ColumnOrder | None:
    """The order in which every value of a column is a day; None where no value tells.

    Where the values contradict each other, the order of most of them; `fallback` on a tie.
    """
    seen: Counter[str] = Counter()
    for text in texts:
        match = _NUMERIC.match(_WEEKDAY.sub("", text.strip()))
        if match is not None:
            seen[_leaning(int(match[1]), int(match[2]), _full_year(match[3]))] += 1
    for day, month in (("day", "month"), ("day no end", "month no end")):
        if seen[day] != seen[month]:
            return ColumnOrder(DayOrder.DAY_FIRST if seen[day] > seen[month] else DayOrder.MONTH_FIRST)
    decided = seen["day"] or seen["month"]
    return ColumnOrder(fallback, undecided=not decided) if decided or seen["either"] else None


def doubtful_days(texts: Iterable[str], order: DayOrder) -> frozenset[str]:
    """The values of a column that fit both orders, where its other values prove that it mixes the two.

    A value is sure where every telling one with its sign between the numbers (`-`, `/`) speaks for `order`.
    """
    either: dict[str, set[str]] = {}
    telling: dict[str, set[str]] = {}
    for text in texts:
        match = _NUMERIC.match(_WEEKDAY.sub("", text.strip()))
        if match is None:
            continue
        sign = text.strip("0123456789 ")[:1]
        leaning = _leaning(int(match[1]), int(match[2]), _full_year(match[3]))
        if leaning == "either":
            either.setdefault(sign, set()).add(text)
        elif leaning in ("day", "month"):
            telling.setdefault(sign, set()).add(leaning)
    if len(set().union(*telling.values())) < 2:
        return frozenset()
    sure = {"day" if order is DayOrder.DAY_FIRST else "month"}
    return frozenset(text for sign, found in either.items() if telling.get(sign) != sure for text in found)


def _leaning(first: int, second: int, year: int) -> str:
    """Which order a value speaks for; a no-end mark speaks softly, it is often a fixed text."""
    if first <= 12 and second <= 12:
        return "same" if first == second else "either"
    side = "day" if second <= 12 else "month"
    return side if year < _NO_END_YEAR else f"{side} no end"


def means_no_end(text: str) -> bool:
    """True for an empty cell and for every way in which firms write "no end date"."""
    plain = visible(text)
    if not plain or not any(sign.isalnum() for sign in plain):
        return True
    if any(sign.isalpha() for sign in plain) and folded(plain) in word_list("no end date"):
        return True
    if _NUMBER.match(plain) and int(float(plain)) in (0, 1, _LAST_SERIAL):
        return True
    digits = re.findall(r"\d+", plain)
    if len(digits) >= 3 and set("".join(digits[:3])) == {"0"}:
        return True
    match = _NUMERIC.match(plain)
    if match is None:
        return False
    # a format with two digits shows 31-12-9999 so
    year = 9999 if match[3] == "99" and {int(match[1]), int(match[2])} == {12, 31} else _full_year(match[3])
    return year >= _NO_END_YEAR and _is_mark(int(match[1]), int(match[2]), year)


def is_no_end_day(day: date) -> bool:
    """True for the days that stand for "no end": 31-12-9999, 01-01-1900, 01-01-1970 and their kin."""
    return day in _FIRST_DAYS or (not is_of_our_time(day) and _is_mark(day.day, day.month, day.year))


def is_of_our_time(day: date) -> bool:
    """False for a day on which nobody of today's roster begins or ends."""
    return _EARLIEST_YEAR <= day.year < _NO_END_YEAR


def _is_mark(first: int, second: int, year: int) -> bool:
    return year == date.max.year or {first, second} in _MARKS


def may_be_short(text: str, order: DayOrder) -> bool:
    """True for a number that may be a day written without zero and signs, `30926`, not Excel's day number."""
    if not re.fullmatch(r"\d{5}", text):
        return False
    if _full_year(text[3:]) < 2000:
        return False
    pairs = [(int(text[0]), int(text[1:3])), (int(text[:2]), int(text[2]))]
    ordered = pairs if order is DayOrder.DAY_FIRST else [(month, day) for day, month in pairs]
    return any(1 <= month <= 12 and 1 <= day <= 31 for day, month in ordered)


def read_day(text: str, order: DayOrder, zone: str, *, epoch_1904: bool = False) -> date:
    """The day that a cell holds. Raises NotADateError where it holds none."""
    plain = visible(text).strip(" '\"")
    # "mar 3 2026" is a day in March, "mar. 3 mars 2026" a Tuesday
    for written in dict.fromkeys((plain, _WEEKDAY.sub("", plain))):
        for reader in (_iso, _numeric, _eight_digits, _serial, _in_words):
            day = reader(written, order, zone, epoch_1904)
            if day is not None:
                return day
    raise NotADateError(text)


def looks_like_day(text: str) -> bool:
    """True for a day in either order, and for what means "no end date"."""
    try:
        read_day(text, DayOrder.DAY_FIRST, "UTC")
    except NotADateError as trouble:
        return trouble.unfit or means_no_end(text)
    return True


def _iso(text: str, order: DayOrder, zone: str, epoch_1904: bool) -> date | None:
    match = _ISO.match(text)
    if match is None:
        return None
    day = _day(int(match[1]), int(match[2]), int(match[3]), text)
    if match[4] and _ZONED.search(text) and not is_no_end_day(day):
        try:
            moment = datetime.fromisoformat(text.replace("/", "-").replace("z", "Z"))
        except ValueError:
            raise NotADateError(text) from None
        return moment.astimezone(ZoneInfo(zone)).date()
    return day


def _numeric(text: str, order: DayOrder, zone: str, epoch_1904: bool) -> date | None:
    match = _NUMERIC.match(text)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[2]), _full_year(match[3])
    day, month = (first, second) if order is DayOrder.DAY_FIRST else (second, first)
    return _day(year, month, day, text)


def _eight_digits(text: str, order: DayOrder, zone: str, epoch_1904: bool) -> date | None:
    if _DIGITS.match(text) is None:
        return None
    if text[:2] in ("18", "19", "20", "21", "99") and text[4:6] <= "12":
        return _day(int(text[:4]), int(text[4:6]), int(text[6:]), text)
    return _day(int(text[4:]), int(text[2:4]), int(text[:2]), text)


def _serial(text: str, order: DayOrder, zone: str, epoch_1904: bool) -> date | None:
    match = _SERIAL.match(text)
    if match is None or int(match[1]) not in _SERIALS:
        return None
    return serial_day(int(match[1]), epoch_1904=epoch_1904)


def serial_day(serial: int, *, epoch_1904: bool = False) -> date:
    """The day of an Excel serial number (61 and up; below that Excel's calendar is not ours)."""
    return (date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)) + timedelta(days=serial)


def _in_words(text: str, order: DayOrder, zone: str, epoch_1904: bool) -> date | None:
    plain = without_accents(text.casefold())
    for pattern in _IN_WORDS:
        match = pattern.match(plain)
        if match is not None and match["month"] in _MONTHS:
            return _day(_full_year(match["year"]), _MONTHS[match["month"]], int(match["day"]), text)
    return None


def without_period(title: str) -> str:
    """The name of a sheet without the year, quarter or month that it is of: `Leavers Q3 2026`."""
    words = _PERIOD.sub(" ", folded(title)).split()
    return " ".join(word for word in words if word not in _MONTHS) or title


_PERIOD = re.compile(r"\b(?:(?:19|20)\d{2}|[qkt][1-4]|\d{1,2})\b")


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year <= 69 else 1900)


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        unfit = day <= 12 < month <= 31
        raise NotADateError(text, unfit=unfit) from None
