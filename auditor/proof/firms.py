"""The invented group of a seed: four firms that no seed before had, and an organisation of the same name."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from auditor.proof.pages.signed_in import NOISE_NUMBER

_HEADS = (
    "Brand", "Kwel", "Vlier", "Hage", "Zwaan", "Tarn", "Öster", "Crê", "Bréch", "Møl", "Wyn", "Quil", "Stol",
    "Rad", "Fjel", "Lumi", "Grü", "Pelt", "Nor", "Sauv", "Oud", "Iver", "Dux", "Hjor",
)  # fmt: skip
_TAILS = (
    "emoor", "voort", "quarz", "lume", "beke", "dric", "haven", "stad", "tal", "wick", "onne", "zand",
    "berra", "lof", "mark", "rode", "vik", "sen", "ger", "mont", "ley", "dael", "horst", "ville",
)  # fmt: skip
_TRADES = {
    "nl": ("Techniek", "Logistiek", "Bouw & Infra", "Zorg", "Verzekeringen", "Groep"),
    "fr": ("Énergies", "Conseil", "Santé", "Assurances", "& Fils", "Groupe"),
    "de": ("Systeme", "Versicherung", "Maschinenbau", "& Söhne", "Gruppe", "Energie"),
    "en": ("Partners", "Energy", "Insurance", "& Sons", "Health", "Group"),
}
_FORMS = {"nl": "B.V.", "fr": "SA", "de": "GmbH", "en": "Ltd"}
#: country, main language and the other languages of its people
_SEATS = (("NL", "nl", "en"), ("FR", "fr", "en"), ("DE", "de", "en"), ("IE", "en", "nl"))


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm of the group. `slug`, `number`: its page; `other_slug`, `other_number`: the page of another
    organisation that bears the same name. `told`: its people were informed of the checks in time."""

    entity: str
    name: str
    short: str
    slug: str
    number: str
    other_slug: str
    other_number: str
    country: str
    languages: tuple[str, ...]
    told: bool = True

    def page(self, *, by_number: bool = False) -> str:
        """The address of its page."""
        return f"https://www.linkedin.com/company/{self.number if by_number else self.slug}"


def group_of(seed: int) -> tuple[Firm, ...]:
    """The firms; the last one's people may not be checked yet."""
    random = Random(f"firms/{seed}")
    heads, tails = random.sample(_HEADS, 4), random.sample(_TAILS, 4)
    numbers = random.sample(range(20_000_000, 90_000_000), 8)
    firms = []
    for place, (country, *languages) in enumerate(_SEATS):
        short = heads[place] + tails[place]
        trade = random.choice(_TRADES[languages[0]])
        name = f"{short} {trade}"
        slug = "-".join(name.casefold().replace("&", "and").split())
        firms.append(
            Firm(
                entity=f"{name} {_FORMS[languages[0]]}",
                name=name,
                short=short,
                slug=slug,
                # the pages of signed-in viewers are full of this number where it proves nothing
                number=NOISE_NUMBER if place == 0 else str(numbers[2 * place]),
                other_slug=f"{slug}-{random.choice(('bakery', 'choir', 'yachts', 'archive'))}",
                other_number=str(numbers[2 * place + 1]),
                country=country,
                languages=tuple(languages),
                told=place < len(_SEATS) - 1,
            )
        )
    return tuple(firms)


def sister_of(firm: Firm, group: tuple[Firm, ...]) -> Firm:
    """Another firm of the group."""
    return group[(group.index(firm) + 1) % 3]
