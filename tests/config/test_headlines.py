"""A slip in a name or a headline template is told at loading, before it accuses everybody."""

import re

import pytest

from auditor.config.headlines import checked_template, several_names
from auditor.config.kinds import unquoted
from auditor.config.schema import TemplateSection
from auditor.headline.template import COMPANY_WORDS, TITLE_WORDS


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{functei} bij {bedrijf}", "unknown placeholder {functei}; did you mean {functie}?"),
        ("{Funktion} bei {Unternemen}", "did you mean {unternehmen}?"),
        ("{job title} at {}", "unknown placeholder {}; known are {job title} and {company}"),
        ("{voornaam} van {bedrijf}", "unknown placeholder {voornaam}; known are"),
        ("{role at {employer}", "a curly bracket stands alone"),
        ("role} at {employer}", "a curly bracket stands alone"),
        ("{{role}} at {{employer}}", "a curly bracket stands alone"),
        ("{poste} chez {société} [| #team", "a square bracket stands alone"),
        ("(functie) bij (bedrijf)", "write {functie} in curly brackets instead of (functie)"),
        ("{titre} chez <Entreprise>", "write {Entreprise} in curly brackets instead of <Entreprise>"),
        ("[Stelle] bei {Firma}", "write {Stelle} in curly brackets instead of [Stelle]"),
        ("«poste» chez «entreprise»", "instead of «poste»"),
        ("%role% at %employer%", "instead of %role%"),
        ("Functie bij bedrijf", "title and company stand there as plain words"),
        ("job title @ company name", "title and company stand there as plain words"),
        ("{functie} bij {bedrijf}, {role} at {company}", "stand there twice"),
    ],
)
def test_a_template_that_nobody_could_meet_is_refused(text, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        checked_template(text)


@pytest.mark.parametrize(
    "text",
    [
        "{Job  Title} at {COMPANY}",
        "{intitulé du poste} chez {société} [| équipe {société}]",
        "Building bridges (since 1911) #zonnepaneel",
        "Proud of our company",
        "{role} @ {employer} | 100% {employer}",
        "{functie} (m/v) bij {bedrijf} – samen < beter",
        *(f"{{{word}}} – {{firma}}" for word in sorted(TITLE_WORDS)),
        *(f"{{role}} – {{{word}}}" for word in sorted(COMPANY_WORDS)),
    ],
)
def test_what_a_template_may_hold_is_left_alone(text):
    assert checked_template(text) == text


@pytest.mark.parametrize(
    ("text", "entity", "several"),
    [
        ("Zonnepaneel, Zonnepaneel Benelux", "Zonnepaneel NV", True),
        ("Zonnepaneel Benelux, zonnepaneel", "Elders", True),
        ("Zonnepaneel, ZP", "Zonnepaneel", True),
        ("ZP; Dakkracht", "Elders", True),
        ("ZP | Dakkracht", "Elders", True),
        ("Bakker, De Wit & Co", "Advocaten", False),
        ("Bakker, De Wit & Co", "bakker, de wit & co", False),
        ("Dakkracht, Inc.", "Dakkracht", False),
        ("Dakkracht Noord, S.A.", "Dakkracht", False),
        ("Dakkracht, GmbH & Co. KG", "Dakkracht", False),
        ("Dakkracht Adviseurs, Recht & Geld", "Dakkracht", False),
        ("Zonnepaneel Benelux", "Zonnepaneel", False),
        ("Zonnepaneel,", "Zonnepaneel", False),
    ],
)
def test_a_list_of_names_in_one_text_is_known(text, entity, several):
    assert several_names(text, entity) is several


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("“{functie} bij {bedrijf}”", "{functie} bij {bedrijf}"),
        ("„{Funktion} bei {Firma}“", "{Funktion} bei {Firma}"),
        ("«\u00a0{poste} chez {société}\u00a0»", "{poste} chez {société}"),
        ("‘{role} at {employer}’", "{role} at {employer}"),
        ("“{role}” at “{employer}”", "“{role}” at “{employer}”"),
        ("’t {bedrijf}", "’t {bedrijf}"),
    ],
)
def test_quotation_marks_around_a_whole_text_are_no_part_of_it(typed, text):
    assert TemplateSection(text=typed).text == text
    assert unquoted("“”") == "“”"
