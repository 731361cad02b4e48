"""Reports, letters and notices use the agreed terms; words that mislead or accuse never occur."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest
from babel.messages.pofile import read_po

from auditor.language.words import words_of
from auditor.reports import LANGUAGES
from auditor.reports.messages import message_table
from tests.whole import ROOT

LOCALE = ROOT / "auditor" / "language" / "locale"
NOTICES = ROOT / "auditor" / "notices" / "words.tsv"
#: patterns that must occur nowhere in a language; a personnel file and a folder are no case
NEVER = {
    "nl": (
        r"\bdossier|tuchtmaatregel|vertrekkende medewerker|uitgesteld|\buitstel\b|aanmaning|\been mens\b"
        r"|niet te controleren|uitdienst-|beschuldig|niet geprobeerd|\bernst\b|\bnorm\b|(?<!geen )\bbewijs\b"
        r"|kant van|(?<!auditor )\brun\b"
    ),
    "fr": (
        r"\ble dossier (se|était|continue)|clore le dossier|dossier de sortie|\bsortants?\b|délai de grâce"
        r"|la discipline|interpell|interrog|boîtes? aux lettres|\bplainte\b|mise en demeure|gravité"
        r"|comptes sociaux|reclassé|personnes lues|mis en cause|côté entreprise|les deux côtés|\bpreuve\b"
        r"|\bpassage\b|votre facilité|essayées?\b"
    ),
    "de": (
        r"mahnung|karenz|\bf[aä]ll(es|e)?\b|schweregrad|ausgesetzt|(?<!vor)aussetzung|ausscheidende"
        r"|mitarbeitende person|\bim dienst\b|seite der (ausscheidenden )?person|seite des unternehmens"
        r"|beide seiten|\bl[aä]ufe?[ns]?\b(?! weiter)|beschuldig|vorwurf|auf verdacht|(?<!profil)\bslogan"
        r"|gescheitert|bequemlichkeit|letzter arbeitstag"
    ),
    "en": (
        r"leaver's side|not attempted|\bdossier\b|accused|\bdunning\b|stands in no roster|on a guess\b(?<!"
        r"contacted on a guess)|leaves the house|have deleted what|for your convenience"
    ),
}
#: what stands for the agreed terms, by the catalogues' key
TERMS = {
    "Former employee": (
        "Former employee",
        "Oud-medewerker",
        "Ancien collaborateur",
        "Ehemalige/r Beschäftigte/r",
    ),
    "Source and age": ("Source and age", "Waar gezien", "Source constatée", "Quelle und Alter"),
    "Confirmation": ("Confirmation", "Hoe aangetoond", "Justificatif", "Nachweis"),
    "Could not verify": (
        "Could not verify",
        "Kon niet worden nagegaan",
        "N'a pas pu être vérifié",
        "Nicht prüfbar",
    ),
    "A person must look": (
        "Needs a human check",
        "Eerst zelf bekijken",
        "À vérifier par une personne",
        "Manuell prüfen",
    ),
    "Waived until": ("Waived until", "Uitzondering tot", "Dérogation jusqu'au", "Ausnahme bis"),
    "Roster is wrong": (
        "Roster is wrong",
        "Personeelslijst klopt niet",
        "Liste du personnel erronée",
        "Personalliste fehlerhaft",
    ),
    "Not verifiable this time": (
        "Not verifiable this time",
        "Deze keer niet na te gaan",
        "N'a pas pu être vérifié cette fois",
        "Diesmal nicht prüfbar",
    ),
    "Roster check": (
        "Roster check",
        "Controle personeelslijst",
        "Contrôle de la liste du personnel",
        "Prüfung der Personalliste",
    ),
    "Run info": ("Run info", "Over deze controle", "À propos du contrôle", "Über diesen Prüflauf"),
    "Severity": ("Severity", "Prioriteit", "Priorité", "Priorität"),
    "Criterion": ("Criterion", "Onderdeel", "Critère", "Kriterium"),
    "Roster": ("Roster", "Personeelslijst", "Liste du personnel", "Personalliste"),
    "Run": ("Run", "Controle", "Contrôle", "Prüflauf"),
    "Last day": (
        "Last day",
        "Laatste dag in dienst",
        "Dernier jour de contrat",
        "Letzter Tag des Arbeitsverhältnisses",
    ),
    "Left, waiting time": (
        "Left, grace period",
        "Uit dienst, wachttijd",
        "Sorti, délai d'attente",
        "Ausgeschieden, Schonfrist",
    ),
}


def texts(language: str) -> list[str]:
    """Everything that is said in a language: catalogue, letters and kits, notices."""
    body = (LOCALE / language / "LC_MESSAGES" / "auditor.po").read_bytes()
    found: list[str] = []
    for entry in read_po(io.BytesIO(body)):
        if entry.id:
            found += [entry.string] if isinstance(entry.string, str) else list(entry.string)
    found += [row[language] for row in message_table().values()]
    rows = csv.DictReader(NOTICES.read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [*found, *(row[language] for row in rows)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_mislead_or_accuse_never_occur(language: str) -> None:
    wrong = re.compile(NEVER[language], re.IGNORECASE)
    assert [text for text in texts(language) if wrong.search(text)] == []


@pytest.mark.parametrize("term", TERMS)
def test_the_agreed_terms_are_used(term: str) -> None:
    spoken = tuple(words_of(language).say(term) for language in ("en", "nl", "fr", "de"))
    assert spoken == TERMS[term]


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_of_people_have_a_singular(language: str) -> None:
    """No text says "1 personen": whatever counts people has two forms, or a fixed total."""
    plural = re.compile(r"\{n\} (people|persons|personen|personnes|Personen|profielen|profils|Profile)\b")
    body = (LOCALE / language / "LC_MESSAGES" / "auditor.po").read_bytes()
    single = [entry.string for entry in read_po(io.BytesIO(body)) if entry.id and isinstance(entry.id, str)]
    assert [text for text in single if plural.search(text)] == []


def test_french_has_no_break_spaces_before_its_tall_signs() -> None:
    french = words_of("fr")
    said = french.say("This run cannot be trusted: {reason}", reason="a : b")
    assert "\u00a0: a : b" in said


def test_french_says_the_first_of_a_month_and_its_hours() -> None:
    assert words_of("fr").day(date(2026, 10, 1)) == "1er octobre 2026"
    assert words_of("fr").day(date(2026, 10, 21)) == "21 octobre 2026"
    assert words_of("fr").moment(datetime(2026, 10, 1, 14, 5, tzinfo=UTC)) == "1er octobre 2026 14 h 05 UTC"
