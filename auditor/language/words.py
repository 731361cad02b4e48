"""The words of the reports, in four languages: gettext catalogues that a translator can edit.

English sentences are the keys. `locale/<language>/LC_MESSAGES/auditor.po` holds each language (also
English, so that a firm can change a word); `locale/auditor.pot` lists every text the program uses.
The .po files are read as they are: no compiled copy can be out of date.
"""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib import resources

from babel.dates import format_date, format_skeleton
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from auditor.model.message import Text

LANGUAGES = ("en", "nl", "fr", "de")
DOMAIN = "auditor"
#: where the catalogues say that a text comes from a rule, before the rule's id
RULE_TEXTS = "rules/"
#: where days are written day first
REGIONS = {"en": "en_GB"}
_GERMAN_ZONES = {"CET": "MEZ", "CEST": "MESZ"}
_FRENCH_SPACE = re.compile(r"(?<=\S) (?=[:;?!»])|(?<=«) (?=\S)")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def mark(text: str) -> str:
    """Marks a text for the catalogues where it cannot be translated on the spot."""
    return text


def spaced(text: str, language: str) -> str:
    """A text as its language sets it: in French a no-break space stands before : ; ? ! and inside « »."""
    return _FRENCH_SPACE.sub("\u00a0", text) if language == "fr" else text


@dataclass(frozen=True, slots=True)
class Words:
    """Says things in one language. Texts without a translation are said in English."""

    language: str
    catalogue: gettext.NullTranslations

    def say(self, text: str, /, **facts: object) -> str:
        """The text in this language with its {facts} filled in."""
        return _fill(spaced(self.catalogue.gettext(text), self.language), text, facts) if text else ""

    def count(self, one: str, many: str, number: int, /, **facts: object) -> str:
        """The form for this number; `{n}` is the number."""
        chosen = spaced(self.catalogue.ngettext(one, many, number), self.language)
        return _fill(chosen, one if number == 1 else many, {"n": self.number(number), **facts})

    def render(self, text: Text) -> str:
        """A message in this language, its days in words; a plain text as it is."""
        if isinstance(text, str):
            return text
        facts = {name: self.fact(value) for name, value in text.facts}
        if text.counted:
            return self.count(*text.counted, int(facts.pop("n")), **facts)
        return self.say(text.id, **facts)

    def labelled(self, label: str, value: object) -> str:
        """A label with its value, such as Due: 6 October 2026; French puts a space before the colon."""
        return f"{label}\u00a0: {value}" if self.language == "fr" else f"{label}: {value}"

    def fact(self, value: Text) -> str:
        """A fact as sentences hold it: a message in this language, a day in ISO form written out; everything
        else stays."""
        if not isinstance(value, str):
            return self.render(value)
        if not _ISO_DAY.fullmatch(value):
            return value
        try:
            return self.day(date.fromisoformat(value))
        except ValueError:
            return value

    def number(self, value: float) -> str:
        """A number as this language writes it."""
        return format_decimal(value, locale=self.language)

    def share(self, value: float) -> str:
        """A share between 0 and 1 as a percentage."""
        return format_percent(value, locale=self.language)

    def day(self, value: date | None) -> str:
        """A day in words, such as 6 October 2026."""
        if value is None:
            return self.say("not known")
        text = format_date(value, "long", locale=REGIONS.get(self.language, self.language))
        return text.replace("1 ", "1er ", 1) if self.language == "fr" and value.day == 1 else text

    def month(self, value: date) -> str:
        """A month in words, such as October 2026."""
        return str(format_skeleton("yMMMM", value, locale=self.language))

    def short_month(self, value: date) -> str:
        """A month without its year in few letters, such as Oct."""
        return str(format_skeleton("MMM", value, locale=self.language))

    def moment(self, value: datetime | None) -> str:
        """A day and time with its zone, such as 6 October 2026 14:05 CEST."""
        if value is None:
            return self.say("not known")
        time = f"{value:%H h %M}" if self.language == "fr" else f"{value:%H:%M}"
        zone = value.tzname() or ""
        zone = _GERMAN_ZONES.get(zone, zone) if self.language == "de" else zone
        return f"{self.day(value.date())} {time} {zone}".rstrip()


def words_of(language: str) -> Words:
    """The words of a language tag such as `nl` or `nl-BE`; English where the language is not known."""
    short = re.split("[-_]", language.lower())[0]
    known = short if short in LANGUAGES else "en"
    return Words(known, _translations(known))


def missing_texts() -> list[str]:
    """What the catalogues lack: `nl: no text for "..."`, or a text that lost one of its {facts}.

    Empty when all four languages are complete. The program calls it at start. What only rules say may be
    missing: it is said in English, and `untranslated` counts it.
    """
    template = _read("auditor.pot")
    missing: list[str] = []
    for language in LANGUAGES:
        catalogue = _read(f"{language}/LC_MESSAGES/{DOMAIN}.po")
        for wanted in template:
            if wanted.id and not all(place.startswith(RULE_TEXTS) for place, _ in wanted.locations):
                missing.extend(f"{language}: {gap}" for gap in _gaps(wanted.id, catalogue))
    return missing


def untranslated(texts: Iterable[str]) -> dict[str, list[str]]:
    """By language, which of these texts are said in English for want of a translation; English has all."""
    listed = list(texts)
    found = {}
    for language in LANGUAGES:
        catalogue = _read(f"{language}/LC_MESSAGES/{DOMAIN}.po")
        missing = [text for text in listed if language != "en" and _gaps(text, catalogue)]
        if missing:
            found[language] = missing
    return found


def _gaps(wanted: str | Sequence[str], catalogue: Catalog) -> list[str]:
    first = wanted if isinstance(wanted, str) else wanted[0]
    found = catalogue.get(first)
    string = (found.string or "") if found else ""
    texts = [string] if isinstance(string, str) else list(string)
    if not all(texts) or (found and found.fuzzy):
        return [f'no text for "{first}"']
    facts = set(_PLACEHOLDER.findall(first if isinstance(wanted, str) else wanted[1]))
    return [
        f'the text for "{first}" has other {{facts}}: "{text}"'
        for text in texts
        if (set(_PLACEHOLDER.findall(text)) | {"n"}) != facts | {"n"}
    ]


def _fill(translated: str, english: str, facts: Mapping[str, object]) -> str:
    if not facts:
        return translated
    for template in (translated, english):
        if set(_PLACEHOLDER.findall(template)) <= set(facts):
            return _PLACEHOLDER.sub(lambda found: str(facts[found.group(1)]), template)
    return english


def _read(path: str) -> Catalog:
    file = resources.files("auditor.language").joinpath("locale", *path.split("/"))
    return read_po(io.BytesIO(file.read_bytes())) if file.is_file() else Catalog()


@lru_cache
def _translations(language: str) -> gettext.NullTranslations:
    compiled = io.BytesIO()
    write_mo(compiled, _read(f"{language}/LC_MESSAGES/{DOMAIN}.po"))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
