# ruff: noqa: E501 - word lists are wide
"""A seeded generator of rosters with known truth: four languages, every state, the usual mess."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.roster.making import TODAY

HEADINGS = {
    "nl": "Personeelsnummer|Roepnaam|Voorvoegsel|Achternaam|Werkgever|Status|Datum in dienst|Datum uit dienst|LinkedIn-profiel|Functie|Type medewerker|Zakelijk e-mailadres|BSN",
    "fr": "Matricule|Prénom|Particule|Nom de famille|Société|Statut|Date d'entrée|Date de sortie|Profil LinkedIn|Fonction|Type de contrat|E-mail professionnel|Numéro national",
    "de": "Personalnummer|Vorname|Vorsatzwort|Nachname|Gesellschaft|Beschäftigungsstatus|Eintrittsdatum|Austrittsdatum|LinkedIn-Profil|Stellenbezeichnung|Mitarbeitertyp|Dienstliche E-Mail|Geburtsdatum",
    "en": "Employee ID|First name|Surname prefix|Last name|Company|Employment status|Hire date|Termination date|LinkedIn URL|Job title|Worker type|Work email|National ID",
}
WORDS = {
    "nl": {
        "active": "In dienst|Actief|ACTIEF",
        "absent": "Ouderschapsverlof|Langdurig ziek",
        "left": "Uit dienst|uit-dienst",
        "ambiguous": "Inactief|Gepensioneerd",
        "soon": "Nog niet gestart",
        "dead": "Overleden",
    },
    "fr": {
        "active": "En service|Actif",
        "absent": "Congé parental|Crédit-temps",
        "left": "Sorti|Hors service",
        "ambiguous": "Inactif|Retraité",
        "soon": "À venir",
        "dead": "Décédée",
    },
    "de": {
        "active": "Aktiv|beschäftigt",
        "absent": "Elternzeit|Beurlaubt",
        "left": "Ausgeschieden|ausgetreten",
        "ambiguous": "Inaktiv|gekündigt",
        "soon": "Zukünftig",
        "dead": "Verstorben",
    },
    "en": {
        "active": "Active|Employed",
        "absent": "On leave|Parental Leave",
        "left": "Terminated|Leaver",
        "ambiguous": "Inactive|Retired",
        "soon": "Pre-hire",
        "dead": "Deceased",
    },
}
EXTERNAL = {"nl": "Uitzendkracht", "fr": "Intérimaire", "de": "Leiharbeiter", "en": "Contractor"}
STAFF = {"nl": "Bediende", "fr": "CDI", "de": "Angestellter", "en": "Regular"}
NO_END = {
    "nl": "|31/12/9999|onbepaald|-",
    "fr": "|indéterminée|31/12/9999",
    "de": "|unbefristet|31.12.9999",
    "en": "|12/31/9999|2999-12-31",
}
FORMATS = {
    "nl": "{d:02}-{m:02}-{y}",
    "fr": "{d:02}/{m:02}/{y}",
    "de": "{d}.{m}.{y}",
    "en": "{m:02}/{d:02}/{y}",
}
FIRST = [
    "Zofie",
    "Aart",
    "Brecht",
    "Çağla",
    "Dörte",
    "Élise",
    "Fenna",
    "Günther",
    "Håkon",
    "Iñaki",
    "Jérôme",
    "Käthe",
    "Loïc",
    "Maëlle",
    "Noor",
    "Øyvind",
    "Pieter",
    "Renée",
    "Søren",
    "Ümit",
]
LAST = [
    "Verzonnen",
    "Bedacht",
    "Fictief",
    "Inventé",
    "Erfunden",
    "Madeup",
    "Fabriqué",
    "Ausgedacht",
    "Null",
    "None",
    "Papier",
    "Karton",
    "O'Bedenk",
    "Proef-Konijn",
]
PREFIX = {"nl": "van der|de|van|'t", "fr": "de la|du|d'", "de": "von|zu", "en": "de|van"}
KINDS = (
    ("active", 40), ("leaver_overdue", 8), ("leaver_grace", 4), ("excluded", 4), ("future_starter", 4), ("long_leave", 5),
    ("leaving_soon", 4), ("contractor_active", 5), ("contractor_ended", 3), ("rehired", 4), ("transferred", 4), ("renewed", 4),
    ("left without end", 2), ("active past end", 2), ("inactive without end", 2), ("unknown word", 1), ("broken end", 2),
    ("end before start", 1), ("deceased", 1), ("two contracts", 3),
)  # fmt: skip


@dataclass
class World:
    """The text of a roster and, for each key, the name and the state that a right reading gives."""

    language: str
    lines: list[str] = field(default_factory=list)
    truth: dict[str, tuple[str, str]] = field(default_factory=dict)
    people: int = 0

    def text(self) -> str:
        return "\n".join(self.lines) + "\n"


def make_world(seed: int, people: int, language: str) -> World:
    """A shuffled roster of so many people in one language."""
    draw = random.Random(seed)
    world = World(language)
    rows: list[list[str]] = []
    for index in range(people):
        kind = draw.choices([name for name, _ in KINDS], [weight for _, weight in KINDS])[0]
        key, name, state, lines = _Maker(draw, language, index).make(kind)
        world.truth[key] = (name, state)
        rows.extend(lines)
    draw.shuffle(rows)
    world.people = people
    world.lines = [HEADINGS[language].replace("|", ";"), *(";".join(row) for row in rows)]
    return world


class _Maker:
    """Makes one person of a kind: the rows as HR writes them, and the truth about them."""

    def __init__(self, draw: random.Random, language: str, index: int) -> None:
        self.draw = draw
        self.language = language
        self.number = f"{index + 1:06}"
        self.first, self.last = draw.choice(FIRST), f"{draw.choice(LAST)}"
        self.prefix = draw.choice(PREFIX[language].split("|")) if draw.random() < 0.3 else ""
        self.entity = draw.choice(("Acme BV", "Globex NV", "Initech GmbH"))
        self.index = index

    def make(self, kind: str) -> tuple[str, str, str, list[list[str]]]:
        key, state, rows = self._rows(kind)
        glue = "" if self.prefix == "d'" else " "
        name = f"{self.first} {self.prefix}{glue if self.prefix else ''}{self.last}"
        return key, name, state, rows

    def _rows(self, kind: str) -> tuple[str, str, list[list[str]]]:
        past, near, far = self._ago(20, 300), self._ago(1, 14), self._ago(420, 900)
        simple: dict[str, tuple[str, str, date | str | None, str]] = {
            "active": ("active", "active", None, ""),
            "leaver_overdue": ("left", "leaver_overdue", past, ""),
            "leaver_grace": ("left", "leaver_grace", near, ""),
            "excluded": ("left", "excluded", far, ""),
            "long_leave": ("absent", "long_leave", None, ""),
            "leaving_soon": ("active", "leaving_soon", self._ago(-60, 0), ""),
            "contractor_active": ("active", "contractor_active", None, "external"),
            "contractor_ended": ("left", "contractor_ended", past, "external"),
            "left without end": ("left", "conflict", None, ""),
            "active past end": ("active", "conflict", past, ""),
            "inactive without end": ("ambiguous", "conflict", None, ""),
            "unknown word": ("unknown", "conflict", None, ""),
            "broken end": ("active", "conflict", "31-11-2026 ?", ""),
            "end before start": ("left", "conflict", date(2001, 5, 20), ""),
            "deceased": ("dead", "excluded", None, ""),
        }
        start = self._ago(1_000, 6_000)
        if kind in simple:
            word, state, end, worker = simple[kind]
            return self.number, state, [self._row(word, start, end, worker=worker)]
        if kind == "future_starter":
            return (
                self.number,
                kind,
                [self._row(self.draw.choice(("soon", "active")), self._ago(-200, -1), None)],
            )
        return self._several(kind, start)

    def _several(self, kind: str, start: date) -> tuple[str, str, list[list[str]]]:
        ended = start + timedelta(days=400)
        closed = self._row("left", start, ended)
        if kind == "rehired":
            return self.number, "active", [closed, self._row("active", self._ago(30, 500), None)]
        if kind == "two contracts":
            return (
                self.number,
                "active",
                [self._row("active", start, None), self._row("active", start, None, title="Second")],
            )
        if kind == "renewed":
            fresh = f"9{self.number}"
            return (
                fresh,
                "active",
                [closed, self._row("active", ended + timedelta(days=1), None, number=fresh)],
            )
        if kind == "transferred":
            fresh = f"8{self.number}"
            other = next(one for one in ("Globex NV", "Acme BV") if one != self.entity)
            return (
                fresh,
                "active",
                [closed, self._row("active", ended + timedelta(days=1), None, number=fresh, entity=other)],
            )
        raise ValueError(kind)

    def _row(
        self,
        word: str,
        start: date,
        end: date | str | None,
        *,
        number: str = "",
        entity: str = "",
        worker: str = "",
        title: str = "",
    ) -> list[str]:
        told = "Schemerzone" if word == "unknown" else self.draw.choice(WORDS[self.language][word].split("|"))
        types = EXTERNAL if worker else STAFF
        return [
            number or self.number,
            self.first,
            self.prefix,
            self.last,
            entity or self.entity,
            told,
            self._day(start),
            self._end(end),
            f"https://www.linkedin.com/in/p-{self.language}-{self.index}/",
            title or "Planner",
            types[self.language],
            f"p{self.index}@acme.example",
            f"9999{self.index:07}",
        ]

    def _end(self, end: date | str | None) -> str:
        if end is None:
            return self.draw.choice(NO_END[self.language].split("|"))
        return end if isinstance(end, str) else self._day(end)

    def _day(self, day: date) -> str:
        return FORMATS[self.language].format(d=day.day, m=day.month, y=day.year)

    def _ago(self, least: int, most: int) -> date:
        return TODAY - timedelta(days=self.draw.randint(least, most))
