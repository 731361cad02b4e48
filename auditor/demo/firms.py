"""The invented group: three firms, the places their people worked before, and how each writes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Employer:
    """An organisation on a profile. `path` is its page on the site, "" where it has no page."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Firm:
    """One entity of the group. `languages` are those its people work in, the main one first; `hr_name` and
    `hr_phone` are whom its letters name."""

    entity: str
    name: str
    short: str
    code: str
    slug: str
    numeric_id: int
    country: str
    languages: tuple[str, ...]
    town: str
    industry: str
    slogan: str
    earlier_slogan: str
    mail_domain: str
    hr_name: str
    hr_phone: str
    former_slug: str = ""

    @property
    def path(self) -> str:
        """The firm's page on the site."""
        return f"/company/{self.slug}"

    @property
    def employer(self) -> Employer:
        """The firm as people list it: by its name, linked to its page."""
        return Employer(self.name, self.path)


GROUP = "Drievoet group"

WATER = Firm(
    entity="Zilverbeke Waterwerken NV",
    name="Zilverbeke Waterwerken",
    short="Zilverbeke",
    code="ZB",
    slug="zilverbeke-waterwerken",
    former_slug="zilverbeke-hydro",
    numeric_id=90417731,
    country="BE",
    languages=("nl", "fr", "en"),
    town="Kwelvoorde",
    industry="Water Supply and Irrigation Systems",
    slogan="Clear water, every day",
    earlier_slogan="A century of pumping",
    mail_domain="zilverbeke.example",
    hr_name="Griet Wouterloot",
    hr_phone="+32 2 555 01 23",
)
FREIGHT = Firm(
    entity="Korrelveen Logistiek B.V.",
    name="Korrelveen Logistiek",
    short="Korrelveen",
    code="KV",
    slug="korrelveen-logistiek",
    numeric_id=90417736,
    country="NL",
    languages=("nl", "en"),
    town="Oosterturf",
    industry="Freight and Package Transportation",
    slogan="Moving with care",
    earlier_slogan="Always on the road",
    mail_domain="korrelveen.example",
    hr_name="Sjoerd Hallinga",
    hr_phone="+31 20 555 01 23",
)
CRYSTAL = Firm(
    entity="Lindquarz Systeme GmbH",
    name="Lindquarz Systeme",
    short="Lindquarz",
    code="LQ",
    slug="lindquarz-systeme",
    numeric_id=90417742,
    country="DE",
    languages=("de", "en"),
    town="Nebelthal",
    industry="Measuring and Control Instrument Manufacturing",
    slogan="Precision that lasts",
    earlier_slogan="Sensors for tomorrow",
    mail_domain="lindquarz.example",
    hr_name="Almut Wiesenbach",
    hr_phone="+49 30 23125 123",
)
FIRMS = (WATER, FREIGHT, CRYSTAL)


def sister_of(firm: Firm) -> Firm:
    """Another firm of the group."""
    return FIRMS[(FIRMS.index(firm) + 1) % len(FIRMS)]


#: another organisation whose name begins like ours; its page is not ours
NAMESAKE = Employer("Korrelveen Logistiek", "/company/korrelveen-zaden")

#: where people worked before, or work beside
ELSEWHERE = (
    Employer("Wolkenrand Advies", "/company/wolkenrand-advies"),
    Employer("Steenlicht College", "/school/steenlicht-college/"),
    Employer("Atelier Brumevent", ""),
    Employer("Mossgate & Partners", "/company/mossgate-&-partners"),
    Employer("Tannenglas Messtechnik", "/company/tannenglas"),
    Employer("Duinpaviljoen Oostwaaier", ""),
    Employer("Fernwick Data", "/company/fernwick.data"),
    Employer("Coopérative Valclair", "/company/coop%C3%A9rative-valclair"),
)
SCHOOLS = (
    Employer("Hogeschool Zandloper", "/school/hogeschool-zandloper/"),
    Employer("Institut Clairval", "/school/institut-clairval/"),
    Employer("Technische Akademie Nebelthal", "/school/ta-nebelthal/"),
    Employer("Fernwick College", "/school/fernwick-college/"),
)
