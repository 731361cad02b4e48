"""The kinds of values in a policy, with every limit on numbers, texts and dates."""

from __future__ import annotations

import logging
import pathlib
import re
import unicodedata
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from auditor.config.mistakes import nearest

if TYPE_CHECKING:
    from sqlalchemy import URL

#: the range of dates in a policy
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
DAY_WORDS = f"a date from {FIRST_DAY} to {LAST_DAY}"
ZONE_WORDS = "a time zone such as Europe/Brussels"

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ZONE = re.compile(r"[A-Za-z][\w+-]*(/[\w+-]+)*", re.ASCII)
#: characters that change the writing direction and can disguise a text
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

#: pairs of typographic quotation marks, as a word processor puts them
_QUOTES = frozenset({"“”", "„“", "„”", "””", "«»", "»«", "‹›", "‘’", "‚‘", "‚’", "’’"})
_QUOTE_SIGNS = frozenset("".join(_QUOTES)) - {"’"}


def one_line(text: str) -> str:
    """Return the text. Raises ValueError if it contains invisible characters."""
    for sign in text:
        if sign in _TURNING or unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp"):
            raise ValueError(f"must not contain the invisible character U+{ord(sign):04X}")
    return text


def unquoted(text: str) -> str:
    """The text without typographic quotation marks around all of it, which YAML takes for a part of it."""
    inner = text[1:-1].strip()
    around = text[:1] + text[-1:]
    return inner if around in _QUOTES and inner and not _QUOTE_SIGNS.intersection(inner) else text


def several_lines(text: str) -> str:
    """Return the text, which may contain line breaks. Raises ValueError as `one_line` does."""
    one_line(text.replace("\n", " "))
    return text


def read_day(value: Any) -> date:
    """Return a date within the allowed range. Raises ValueError for times, numbers and other texts."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise ValueError("must be a date such as 2026-11-30; there is no such day") from None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError("must be a date such as 2026-11-30")
    if not FIRST_DAY <= value <= LAST_DAY:
        raise ValueError(f"must be {DAY_WORDS}")
    return value


def read_zone(text: str) -> str:
    """The name of a time zone that this computer knows. Raises ValueError."""
    try:
        if _ZONE.fullmatch(text):
            ZoneInfo(text)
            return text
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    near = nearest(text[:100], sorted(available_timezones()))
    raise ValueError(f"must be {ZONE_WORDS}{near}")


def in_words(text: str) -> Any:
    """The allowed values in words, for the documentation and for messages."""
    return Field(json_schema_extra={"words": text})


def fitting(pattern: str, words: str) -> Any:
    """A text that is empty or matches the pattern."""

    def check(text: str) -> str:
        if text and not re.fullmatch(pattern, text):
            raise ValueError(f"must be {words}")
        return text

    return Annotated[Path, AfterValidator(check), in_words(words)]


def whole(least: int, most: int) -> Any:
    """A whole number from `least` to `most`."""
    return Annotated[int, Field(strict=True, ge=least, le=most)]


#: every finite number; `Within` and `Share` narrow it
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Share = Annotated[Number, Field(ge=0, le=1)]
#: a number of days before or after something
Days = whole(0, 366)
#: a number of people a month
Sample = whole(0, 1_000_000)
#: a number of processes
Workers = whole(0, 256)

#: may be empty
Line = Annotated[str, StringConstraints(max_length=300), AfterValidator(one_line), AfterValidator(unquoted)]
Name = Annotated[Line, StringConstraints(min_length=1)]
Path = Annotated[str, StringConstraints(max_length=1000), AfterValidator(one_line)]
#: one or more sentences
Prose = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=4000),
    AfterValidator(several_lines),
]
Day = Annotated[date, BeforeValidator(read_day), in_words(DAY_WORDS)]
Zone = Annotated[str, AfterValidator(read_zone), in_words(ZONE_WORDS)]
#: these three may be empty
Variable: Any = fitting(r"[A-Za-z_][A-Za-z0-9_]{0,99}", "the name of an environment variable")
WebAddress: Any = fitting(r"https://\S+", "an address that begins with https://")
Country: Any = fitting(r"[A-Za-z]{2}", "the two letters of a country, such as NL")
_VARIABLE = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*")


def checked_address(text: str) -> str:
    """Return the address as typed. Raises ValueError without quoting it, as it may contain a password."""
    if text.startswith("env:"):
        if not _VARIABLE.fullmatch(text):
            raise ValueError("behind env: there must be the name of an environment variable")
        return text
    scheme, sign, _ = text.partition("://")
    if not sign:
        raise ValueError("must be an address such as mailto://... or msteams://..., or env:NAME")
    try:
        from apprise import Apprise
    except ImportError:  # the audit does not wait for it; `doctor` and every run say that it is missing
        return text
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    if Apprise.instantiate(text, suppress_exceptions=True) is None:
        raise ValueError(f"Apprise does not understand this {scheme}:// address")
    return text


FORGETFUL = "this store forgets everything; name a file, or leave the address out"


def definite_address(text: str, folder: pathlib.Path) -> str:
    """The address, a relative SQLite file counted from `folder`; `env:NAME` stays as it is.

    Raises ValueError, without quoting the address: it may hold a password.
    """
    if _VARIABLE.fullmatch(text):
        return text
    if not re.match(r"sqlite:|postgresql(\+psycopg)?://.", text):
        raise ValueError("must begin with postgresql:// or sqlite:///, or be env:NAME")
    import sqlalchemy as sa  # here: it takes half a second, and most policies name no store

    try:
        url = sa.make_url(text)
    except (sa.exc.ArgumentError, ValueError):
        raise ValueError("is not the address of a database") from None
    if url.get_backend_name() != "sqlite":
        if url.port is not None and not 0 < url.port < 65536:
            raise ValueError("names a port that does not exist")
        return text
    return f"sqlite:///{_file(text, url, folder)}"


def _file(text: str, url: URL, folder: pathlib.Path) -> pathlib.Path:
    name = url.database or ""
    if not name.strip() or ":memory:" in name.casefold() or url.query or name.casefold().startswith("file:"):
        raise ValueError(FORGETFUL if not url.query or "memory" in text else "must name a file and no more")
    if url.host or url.username or not text.startswith("sqlite:///"):
        raise ValueError("must begin with sqlite:///, with three strokes before the file")
    path = folder.absolute() / name
    if path.exists() and not path.is_file():
        raise ValueError(f"{path} is no file that a store can be kept in")
    return path
