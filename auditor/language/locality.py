"""What follows from where somebody works: the language of a letter by law, and the working days."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

import holidays

from auditor.language.words import LANGUAGES
from auditor.model.company import Company
from auditor.model.employee import Employee

#: the language that the place of work prescribes in Belgium
_REGIONS = {"flanders": "nl", "wallonia": "fr", "german_speaking": "de"}
_BELGIAN = ("nl", "fr", "de")


def known_language(tag: str) -> str:
    """The language of a tag such as `nl-BE`; empty where it is none of the four."""
    short = re.split("[-_]", tag.strip().casefold())[0]
    return short if short in LANGUAGES else ""


def letter_languages(employee: Employee, company: Company) -> tuple[str, ...]:
    """The language that counts, then that of an added translation where the person's differs.

    In Belgium the place of work decides, in Brussels the person between Dutch and French. Empty where
    the policy does not tell the language of a Belgian place of work.
    """
    own, entity = known_language(employee.language), known_language(company.language)
    if country_code(company.country) != "BE":
        return (own or entity or "en",)
    place = _REGIONS.get(company.letters.region, "")
    if company.letters.region == "brussels":
        place = next((one for one in (own, entity) if one in ("nl", "fr")), "")
    elif not place and entity in _BELGIAN:
        place = entity
    if not place:
        return ()
    return (place, own) if own and own != place else (place,)


def country_code(text: str) -> str:
    """A policy's two letters for a country as the lists have them: `BE` for `be`, `GB` for `uk`."""
    code = text.strip().upper()
    return "GB" if code == "UK" else code


_ONE_DAY = timedelta(days=1)


def is_working_day(day: date, country: str) -> bool:
    """Whether people work on a day; where the country is not known only weekends are free."""
    calendar = _calendar(country_code(country))
    return day.weekday() < 5 if calendar is None else bool(calendar.is_working_day(day))


def working_day(day: date, country: str, *, backward: bool = False) -> date:
    """The day itself where it is a working day, else the next one, or the one before."""
    step = -_ONE_DAY if backward else _ONE_DAY
    while not is_working_day(day, country):
        day += step
    return day


@lru_cache
def _calendar(code: str) -> holidays.HolidayBase | None:
    try:
        return holidays.country_holidays(code) if code else None
    except NotImplementedError:
        return None
