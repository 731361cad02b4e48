"""The headlines that people write, from the table beside this file, with what a right reader makes of
them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from auditor.files.tables import package_rows
from auditor.proof.firms import Firm
from auditor.proof.names import styled

AT = {"nl": "bij", "fr": "chez", "de": "bei", "en": "at"}
TITLES = {
    "nl": ("Planner", "Inkoper", "Projectleider", "Verpleegkundige", "Teamleider Logistiek", "HR-adviseur"),
    "fr": ("Comptable", "Responsable achats", "Chargé d'affaires", "Assistante RH", "Ingénieur procédés"),
    "de": ("Einkäufer", "Projektleiterin", "Softwareentwickler", "IT-Systemadministratorin", "Buchhalterin"),
    "en": (
        "Data Analyst",
        "Buyer",
        "C++ Developer",
        "Head of R&D",
        "HR Business Partner",
        "Process Engineer",
    ),
}
#: other employers; none is of the group
ELSEWHERE = (
    "Wolkenrand Advies",
    "Atelier Brumevent",
    "Mossgate & Partners",
    "Tannenglas Messtechnik",
    "Fernwick Data",
    "Coopérative Valclair",
    "虹橋灯台",
    "Duinpaviljoen Oostwaaier",
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A line of the table. `in_service`: pass, fail or open (a person must say); `leaver`: present, past,
    none or open."""

    name: str
    language: str
    text: str
    in_service: str
    leaver: str
    weight: int

    def written(self, firm: Firm, title: str, earlier: str, elsewhere: str, language: str) -> str:
        """The headline of somebody."""
        at = AT[language]
        usual = f"{title} {at} {firm.name}"
        return self.text.format(
            title=title,
            at=at,
            name=firm.name,
            short=firm.short,
            entity=firm.entity,
            earlier=earlier,
            elsewhere=elsewhere,
            TITLE=title.upper(),
            AT=at.upper(),
            NAME=firm.name.upper(),
            small=usual.casefold(),
            styled=styled(usual),
            nbsp=usual.replace(" ", "\u00a0"),
            near=_one_letter_wrong(firm),
            cut=firm.name[: max(3, len(firm.short) - 2)],
        )


def _one_letter_wrong(firm: Firm) -> str:
    middle = len(firm.short) // 2
    other = "x" if firm.short[middle] != "x" else "k"
    return firm.name.replace(firm.short, firm.short[:middle] + other + firm.short[middle + 1 :])


WORDINGS: tuple[Wording, ...] = tuple(
    Wording(row["name"], row["language"], row["text"], row["in_service"], row["leaver"], int(row["weight"]))
    for row in package_rows("auditor.proof", "headlines.tsv")
)


def two_titles(language: str, random: Random) -> tuple[str, str]:
    """The roster's title and another one."""
    first, second = random.sample(TITLES[language], 2)
    return first, second
