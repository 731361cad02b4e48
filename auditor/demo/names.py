"""Names, job titles and towns that nobody bears: built from parts, by language."""

from __future__ import annotations

from random import Random

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
