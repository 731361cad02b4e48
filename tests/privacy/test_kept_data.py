"""Every field that the store keeps of a person has a category, and letters and the record name each one."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from auditor.model.employee import Employee, RosterState
from auditor.model.kept_data import COLUMNS, EMPLOYEE_FIELDS, Kept, profile_data, staff_data
from auditor.reports import LANGUAGES
from auditor.reports.documents.letters import REPORTER
from auditor.reports.messages import kept_words, message
from auditor.store.persons import person_tables
from tests.reports.departing import company, leaver, leavers_report, text_of
from tests.reports.invented import TODAY

SAID = [kind for kind in Kept if kind is not Kept.ORDER]


def test_every_stored_field_of_a_person_has_a_category():
    assert set(EMPLOYEE_FIELDS) == {field.name for field in fields(Employee)}
    assert {name: set(columns) for name, columns in COLUMNS.items()} == {
        table.name: {column.name for column in table.columns} for table in person_tables()
    }


def test_every_category_is_said_once():
    assert sorted((*staff_data(), *profile_data())) == sorted(SAID)


@pytest.mark.parametrize("form", ["formal", "informal"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_letter_and_exit_note_name_every_category_and_claim_no_only(language, form):
    own = company(country="NL")
    soon = leaver("78", None, RosterState.LEAVING_SOON, last_day=TODAY + timedelta(days=9), language=language)
    gone = leavers_report(leaver(language=language), own=own, letter_form=form)
    leaving = replace(leavers_report(soon, own=own, letter_form=form, looks={}), findings=())
    for report in (gone, leaving):
        text = next(text_of(one.blocks) for one in REPORTER.make(report) if one.file_name.endswith(".docx"))
        for kind in SAID:
            assert message(f"kept.{kind}", language, form) in text, kind
        (sentence,) = (one for one in text.split("\n") if kept_words(staff_data(), language, form) in one)
        assert not {"only", "alleen", "uniquement", "seulement", "nur"} & set(sentence.split())


def test_the_record_names_the_same_categories(firm):
    record = firm.privacy("record").stdout
    for kind in staff_data():
        assert message(f"kept.{kind}", "en", "formal") in record
