"""How a person's name stands in the roster and on the page, and whether both are one person."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from auditor.demo.people import full_name

#: first and family names of people whom no table of given names knows by this writing
_HOSTILE = (
    ("ליאור", "בן-דרור"), ("نور", "الحسيني"), ("Đặng", "Thu Hồng"), ("O", "Li"), ("Ng", "U"),
    ("Ægir", "Þórsson"), ("Zoë", "d’Hondt-Æbelø"), ("María José", "de la Cruz y Vega"), ("Łukasz", "Żółć"),
    ("Анна", "Кузнецова"), ("Siobhán", "Ní Dhomhnaill"), ("Abd al-Rahman", "ibn Saud"), ("雅", "林"),
    ("İlkay", "Gündoğan-Öz"), ("Nguyễn", "Văn A"), ("Jan", "In 't Veld"), ("Ana", "Do Ó"), ("Xi", "Xi"),
)  # fmt: skip
_STYLE = {ord("a") + i: 0x1D41A + i for i in range(26)} | {ord("A") + i: 0x1D400 + i for i in range(26)}


def styled(text: str) -> str:
    """The text in bold letters of the mathematical alphabet, as headline generators write it."""
    return text.translate(_STYLE)


Form = Callable[[str, str, str, Random], str]


@dataclass(frozen=True, slots=True)
class NameForm:
    """A way in which the page's name differs. `same`: it is the person's own page. False: it is somebody
    else's, or nobody can tell without asking; then nothing of the page may be judged. `weight`: how often it
    comes up. `hostile`: for names in every script too."""

    name: str
    same: bool
    shown: Form
    weight: int = 4
    hostile: bool = True


def _initial(first: str, last: str, _language: str, _random: Random) -> str:
    return f"{first} {last.rsplit(maxsplit=1)[-1][0]}."


def _without_accents(first: str, last: str, _language: str, _random: Random) -> str:
    kept = unicodedata.normalize("NFKD", f"{first} {last}")
    return "".join(sign for sign in kept if not unicodedata.combining(sign))


def _stranger(_first: str, _last: str, language: str, random: Random) -> str:
    other = {"nl": "fr", "fr": "de", "de": "en", "en": "nl"}[language]
    return " ".join(full_name(other, random))


def _relative(first: str, last: str, language: str, random: Random) -> str:
    while (other := full_name(language, random)[0]) == first:
        pass
    return f"{other} {last}"


def _namesake(first: str, last: str, language: str, random: Random) -> str:
    while (other := full_name(language, random)[1]) == last:
        pass
    return f"{first} {other}"


#: the table: what the page shows -> is it the person's page?
FORMS: tuple[NameForm, ...] = (
    NameForm("as in the roster", True, lambda first, last, _l, _r: f"{first} {last}", 140),
    NameForm("in capitals", True, lambda first, last, _l, _r: f"{first} {last}".upper(), hostile=False),
    NameForm("with an emoji", True, lambda first, last, _l, _r: f"{first} {last} 🚀"),
    NameForm("with pronouns", True, lambda first, last, _l, _r: f"{first} {last} (she/her)"),
    NameForm("with degrees", True, lambda first, last, _l, _r: f"{first} {last}, MSc, PhD", hostile=False),
    NameForm("with a title in front", True, lambda first, last, _l, _r: f"Dr. {first} {last}", hostile=False),
    NameForm("family name cut to its initial", True, _initial, hostile=False),
    NameForm("without accents", True, _without_accents, hostile=False),
    NameForm("family name first, with a comma", True, lambda first, last, _l, _r: f"{last}, {first}", 2,
             hostile=False),
    NameForm("letters of another style", True,
             lambda first, last, _l, _r: styled(f"{first} {last}"), 3, hostile=False),
    NameForm("decomposed letters", True,
             lambda first, last, _l, _r: unicodedata.normalize("NFD", f"{first} {last}")),
    NameForm("no-break spaces and direction marks", True,
             lambda first, last, _l, _r: f"\u200e{first}\u00a0{last}\u200f"),
    NameForm("a stranger", False, _stranger, 6),
    NameForm("a relative of the same family name", False, _relative, 3, hostile=False),
    NameForm("somebody of the same first name", False, _namesake, 3, hostile=False),
)  # fmt: skip
_ONE_IN = 12


def roster_name(language: str, random: Random) -> tuple[str, str, bool]:
    """First and family name, and whether it is one of the hostile ones."""
    if random.randrange(_ONE_IN) == 0:
        return (*random.choice(_HOSTILE), True)
    return (*full_name(language, random), False)
