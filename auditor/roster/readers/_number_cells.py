"""What a number of a spreadsheet shows: a day where its format is one, else its digits."""

from __future__ import annotations

import re
from datetime import date, timedelta

_BUILT_IN_DAYS = frozenset({14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_LAST_SERIAL = 2_958_465


def is_day_format(number: int, code: str) -> bool:
    """True where a number format shows a day."""
    if number in _BUILT_IN_DAYS:
        return True
    plain = _QUOTED.sub("", code).lower().split(";")[0]
    return bool(re.search(r"[dyj]", plain)) and "general" not in plain and "standard" not in plain


def padding_of(code: str) -> int:
    """How many digits a format like 000000 fills up to; 0 for other formats."""
    plain = code.split(";", maxsplit=1)[0].replace('"', "")
    return len(plain) if len(plain) > 1 and set(plain) == {"0"} else 0


def shown_number(text: str, *, is_day: bool, padding: int, epoch_1904: bool) -> str:
    """A stored number as a text: an ISO day, or its digits without a tail of zeros."""
    try:
        value = float(text)
    except ValueError:
        return text
    if is_day and 0 < value < _LAST_SERIAL + 1:
        return str(_day(value, epoch_1904=epoch_1904))
    if value != value or abs(value) >= 1e15:
        return text
    if value == int(value):
        return str(int(value)).zfill(padding)
    return repr(value)


def _day(value: float, *, epoch_1904: bool) -> date | str:
    whole = int(value)
    if epoch_1904:
        whole += 1_462
    if whole > _LAST_SERIAL:
        return "9999-12-31"
    if whole < 61:
        return "1900-01-01"
    return date(1899, 12, 30) + timedelta(days=whole)
