"""A rule that nobody but its own file knows: every report prints its words, its owner and its due day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from auditor.language.words import _read, untranslated, words_of
from auditor.model.report import RuleText
from auditor.model.rule import CodeWords, Criterion, Failed
from auditor.reports.documents.fix_kit import fix_kits
from auditor.reports.scope import whole
from auditor.reports.sheets.all_people import people_table
from auditor.reports.sheets.findings import findings_table
from auditor.reports.sheets.legend import legend_page
from tests.reports.departing import company
from tests.reports.invented import RULES, TODAY, examined, person, report, tracked

OWN = CodeWords(
    "PLAIN_ADDRESS",
    "The address is the long one.",
    "It looks unkempt on a card.",
    "Shorten it.",
    "employee",
    9,
)
NEW = RuleText("XYZ001", "Short address", {}, words=(OWN,))
FAILED = Failed("PLAIN_ADDRESS", "m", "short", "long")


def made(rule=NEW, language="nl"):
    someone = examined(person(), {"XYZ001": FAILED})
    return report((someone,), (tracked(someone, "XYZ001"),), rules=(*RULES, rule), language=language)


def cells(table):
    keys = [column.key for column in table.columns]
    return dict(zip(keys, table.rows[0], strict=True))


@pytest.mark.parametrize(
    ("about", "criterion"), [(Criterion.OTHER, "Short address"), (Criterion.BANNER, "Banner")]
)
def test_its_words_stand_in_the_workbook(about, criterion):
    row = cells(findings_table(whole(made(replace(NEW, about=about)))))
    assert row["criterion"] == criterion
    assert row["seen"].splitlines()[0] == OWN.says
    assert row["why"] == OWN.why
    assert row["action"].splitlines()[1:] == [OWN.do], "below the one step for the person"
    assert row["owner"] == words_of("nl").say("Employee")
    assert row["due"] == TODAY + timedelta(days=9) == date(2026, 12, 1)


def test_the_person_is_told_how_to_fix_it():
    kit = replace(made(), companies={"Noordlicht NV": company(country="NL")})
    page, *_ = fix_kits(kit)
    assert "Shorten it" in repr(page.blocks)


def test_somebody_who_fails_only_it_does_not_look_clean():
    row = cells(people_table(whole(made())))
    assert row["xyz001"] == row["result"] == words_of("nl").say("Does not meet the standard")


def test_the_legend_lists_its_codes():
    assert OWN.says in repr(legend_page(whole(made())))


def test_what_the_rules_say_is_translated_and_what_a_new_one_says_is_counted():
    shipped = {place for rule in RULES for place in (f"rules/{rule.id}", f"rules/{rule.id.lower()}")}
    texts = [
        one.id
        for one in _read("auditor.pot")
        if any(place.split("_")[0] in shipped for place, _ in one.locations)
    ]
    assert len(texts) > 100
    assert untranslated(texts) == {}
    missing = untranslated(NEW.texts)
    assert {language: len(texts) for language, texts in missing.items()} == {"nl": 4, "fr": 4, "de": 4}
