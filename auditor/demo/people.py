"""The invented people, their names and headlines: the cast once, and then as many more as asked for."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import cycle
from random import Random

from auditor.demo.careers import Job, Plot, Spell, career, other_employer, spells
from auditor.demo.cases import CAST, Address, Case, Headline
from auditor.demo.firms import FIRMS, Firm
from auditor.demo.truth import ExpectedPerson
from auditor.model.employee import NEVER_OPENED

_FIRST = {
    "nl": "Jorinde Sietske Wybren Tjalle Femkje Roelof Aukje Bauke Liesbrecht Gerwin Hylke Marijtje Sjoerdje "
    "Teunis Brechtje Evertjan Nynke Olger Pleuntje Rinske Wubbe Dieuwertje Ysbrand Klaske",
    "fr": "Zoé Amaury Clémence Ghislain Maëlys Thibault Ondine Séverin Apolline Bertille Cyriaque Delphin "
    "Églantine Fulbert Honorine Isaure Léontine Mahaut Octave Perrine Quitterie Rosalie Sixtine Urbain",
    "de": "Friedlinde Hartwig Irmtraud Jörn Kunigunde Leberecht Mechthild Notker Ortrud Reinhild Sieglinde "
    "Traugott Ulf Volkmar Walburga Wendelin Adelheid Burkhard Dietlind Eginhard Gerlind Heimo Isolde Lorenz",
    "en": "Alderic Briony Cressida Dorian Elspeth Farrell Gwendoline Hesper Ignatius Jocosa Kester Lettice "
    "Merrin Nigella Orson Peregrine Quenby Rosamund Sorrel Tamsin Ulric Verity Wystan Yestin",
}
_LAST = {
    "nl": (
        "Kwel Zand Mist Turf Wind Riet Klei Duin Veen Schor Wilg Molen",
        "brinker haver rooster wieke stuiver kreek lantaarn gaarde bolder spoel dorser wimpel",
    ),
    "fr": (
        "Brume Clair Vent Roche Fonte Givre Orme Saule Tuile Plume Marne Grêle",
        "val oiseau court mont lanterne bise loup fort sel bois pré son",
    ),
    "de": (
        "Nebel Quarz Tannen Silber Wolken Kiesel Laub Moor Raben Hafer Glas Stern",
        "thaler acker schmied wieser brunner zeiger kamp horn leuchter rieder mahler fink",
    ),
    "en": (
        "Fern Moss Thistle Amber Hollow Pebble Rook Candle Larch Wren Barley Slate",
        "wick gate brook field ridge combe stead thorpe mere holt sworth dale",
    ),
}
_TITLES = {
    "nl": (
        "Planner",
        "Inkoper",
        "Projectleider",
        "Accountmanager",
        "Onderhoudstechnicus",
        "Magazijnbeheerder",
    ),
    "fr": (
        "Responsable achats",
        "Technicien de maintenance",
        "Comptable",
        "Assistante RH",
        "Ingénieur procédés",
    ),
    "de": ("Einkäufer", "Projektleiterin", "Softwareentwickler", "Buchhalterin", "Servicetechniker"),
    "en": ("Process Engineer", "Data Analyst", "Buyer", "Product Owner", "Warehouse Planner", "HR Advisor"),
}
_TOWNS = {
    "nl": ("Kwelvoorde", "Oosterturf", "Rietmonde"),
    "fr": ("Brumeval-sur-Orme", "Clairfont"),
    "de": ("Nebelthal", "Quarzingen"),
    "en": ("Kwelvoorde", "Fernwick Harbour"),
}
_PREFIXES = ("van der", "van den", "de", "ter")
_ONE_IN_SIX = 1 / 6


def full_name(language: str, random: Random) -> tuple[str, str]:
    """A first name and a family name (Dutch ones sometimes with their prefix in front)."""
    heads, tails = _LAST[language]
    last = random.choice(heads.split()) + random.choice(tails.split())
    if language == "nl" and random.random() < _ONE_IN_SIX:
        last = f"{random.choice(_PREFIXES)} {last}"
    return random.choice(_FIRST[language].split()), last


def job_title(language: str, random: Random) -> str:
    """A job title as the roster holds it."""
    return random.choice(_TITLES[language])


def town(language: str, random: Random) -> str:
    """The place on the profile."""
    return random.choice(_TOWNS[language])


CONNECTORS = {"nl": "bij", "fr": "chez", "de": "bei", "en": "at"}
_FORMER = {"nl": "Voormalig", "fr": "Ancien", "de": "Ehemaliger", "en": "Former"}


def headline_text(wording: Headline, plot: Plot, language: str) -> str | None:
    """The headline, or None where the profile has none."""
    return _WORDINGS[wording](plot, CONNECTORS[language], _FORMER[language])


Wording = Callable[[Plot, str, str], str | None]

_WORDINGS: dict[Headline, Wording] = {
    Headline.EXACT: lambda plot, at, _: f"{plot.title} {at} {plot.firm.name}",
    Headline.SHORT_NAME: lambda plot, at, _: f"{plot.title} {at} {plot.firm.short}",
    Headline.LEGAL_NAME: lambda plot, at, _: f"{plot.title} {at} {plot.firm.entity}",
    Headline.EXTRAS: lambda plot, at, _: f"{plot.title} {at} {plot.firm.name} | Lean | Excel",
    Headline.SENIOR: lambda plot, at, _: f"Senior {plot.title} {at} {plot.firm.name}",
    Headline.OTHER_FIRM: lambda plot, at, _: f"{plot.earlier_title} {at} {other_employer(plot).name}",
    Headline.NO_TITLE: lambda plot, _at, _: plot.firm.name,
    Headline.NO_COMPANY: lambda plot, _at, _: plot.title,
    Headline.PAST: lambda plot, at, former: f"{former} {plot.title} {at} {plot.firm.name}",
    Headline.ELSEWHERE_EX_OURS: lambda plot, at, _: (
        f"{plot.earlier_title} {at} {other_employer(plot).name} | ex-{plot.firm.short}"
    ),
    Headline.MISSING: lambda _plot, _at, _: None,
}
#: fewer people would leave situations out
SMALLEST = 60
#: more would take days to look at
LARGEST = 20_000


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person: what the roster says, what the profile shows, and the case it stands for.

    `slug` is the decoded vanity name; `headline` None = the profile has none.
    """

    index: int
    number: str
    first: str
    last: str
    mail: str
    language: str
    firm: Firm
    title: str
    town: str
    slug: str
    case: Case
    spells: tuple[Spell, ...]
    headline: str | None
    jobs: tuple[Job, ...]
    #: the page is laid out as in 2026, not as in 2024
    new_layout: bool

    @property
    def name(self) -> str:
        """The full name, as in the roster."""
        return f"{self.first} {self.last}"

    @property
    def is_asked_for(self) -> bool:
        """True where an audit opens the profile."""
        return (
            self.case.state not in NEVER_OPENED
            and self.case.address is Address.GIVEN
            and self.case.name != "shared_address"
        )

    def key(self, purpose: str) -> str:
        """A stable string of hexadecimal digits for one purpose (a picture's address, a draw)."""
        return hashlib.sha256(f"{self.slug}/{purpose}".encode()).hexdigest()

    def expected(self) -> ExpectedPerson:
        """The truth about this person."""
        return ExpectedPerson(self.number, self.name, self.case.name, self.case.state, self.case.truth)


def invent(count: int, seed: int) -> tuple[Person, ...]:
    """`count` people, the same for the same seed. Raises ValueError below `SMALLEST` and above `LARGEST`."""
    if not SMALLEST <= count <= LARGEST:
        raise ValueError(f"the invented company has {SMALLEST} to {LARGEST} people")
    random = Random(seed)
    taken: set[str] = set()
    people: list[Person] = []
    for index, case in enumerate(_cases(count, random)):
        person = _person(index, case, random, taken)
        if case.address is Address.COPIED:
            person = replace(person, slug=people[-1].slug)
        people.append(person)
    return tuple(people)


def _cases(count: int, random: Random) -> Iterator[Case]:
    yield from CAST
    added = [case for case in CAST if case.common]
    yield from random.choices(added, [case.common for case in added], k=count - len(CAST))


_WORKPLACES = [(firm, language) for firm in FIRMS for language in firm.languages]


def _person(index: int, case: Case, random: Random, taken: set[str]) -> Person:
    firm, language = _WORKPLACES[index % len(_WORKPLACES)]
    if case.firm is not None:
        firm, language = case.firm, case.firm.languages[index % len(case.firm.languages)]
    first, last = _new_name(language, random, taken)
    title, earlier = _two_titles(language, random)
    contracts = spells(case, random)
    plot = Plot(firm, title, earlier, contracts[-1], random)
    return Person(
        index=index,
        number=f"{firm.code}{1001 + index}",
        first=first,
        last=last,
        mail=f"{_ascii(first)}.{_ascii(last)}@{firm.mail_domain}",
        language=language,
        firm=firm,
        title=title,
        town=town(language, random),
        slug=_slug(first, last, index),
        case=case,
        spells=contracts,
        headline=headline_text(case.headline, plot, language),
        jobs=career(case.work, plot),
        new_layout=index % 2 == 0,
    )


def _new_name(language: str, random: Random, taken: set[str]) -> tuple[str, str]:
    for attempt in cycle((False, False, False, True)):
        first, last = full_name(language, random)
        if attempt:
            last = f"{last}-{full_name(language, random)[1].split()[-1]}"
        mark = _ascii(first + last)
        if mark not in taken:
            taken.add(mark)
            return first, last
    raise AssertionError("unreachable: cycle does not end")


def _two_titles(language: str, random: Random) -> tuple[str, str]:
    title = job_title(language, random)
    while (earlier := job_title(language, random)) == title:
        pass
    return title, earlier


def _ascii(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "".join(folded.casefold().split())


def _slug(first: str, last: str, index: int) -> str:
    words = "-".join(f"{first} {last}".casefold().split())
    tail = hashlib.sha256(f"{index}/{words}".encode()).hexdigest()[:8]
    return unicodedata.normalize("NFC", f"{words}-{tail}" if index % 3 else words)
