"""The language in which somebody is addressed: the law first, then the person, then the entity."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale

from auditor.domain.company import Company
from auditor.domain.employee import Employee
from auditor.reporters._words import LANGUAGES

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
    """Two letters for a country as people write it (`be`, `België`, `Germany`); empty if not known."""
    plain = text.strip()
    if len(plain) == 2:
        return {"UK": "GB"}.get(plain.upper(), plain.upper())
    return _country_names().get(plain.casefold(), "")


@lru_cache
def _country_names() -> dict[str, str]:
    return {
        name.casefold(): code
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if len(code) == 2
    }
