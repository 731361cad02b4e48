"""Workbooks and checklists returned with the words of earlier reports are read as before."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from auditor.feedback.vocabulary import plain, vocabulary
from auditor.reports import LANGUAGES, checklist_words, key_words
from tests.feedback.firm import MONTHS, Firm
from tests.feedback.test_workbook import READ_ON, SAME, SPOKEN, UNTIL, is_the_waiver

#: headings and answers as the reports wrote them before, in the order en, nl, fr, de
BEFORE = {
    ("column", "severity"): ("Severity", "Ernst", "Gravité", "Schweregrad"),
    ("column", "criterion"): ("Criterion", "Norm", "Critère", "Kriterium"),
    ("column", "evidence"): ("Evidence", "Bewijs", "Preuve", "Nachweis"),
    ("column", "manager"): ("Manager", "Leidinggevende", "Responsable", "Führungskraft"),
    ("column", "owner"): ("Owner", "Eigenaar", "Responsable de l'action", "Zuständig"),
    ("column", "waived_until"): ("Waived until", "Uitgesteld tot", "Dérogation jusqu'au", "Ausgesetzt bis"),
    ("column", "last_day"): ("Last day", "Laatste dag", "Dernier jour", "Letzter Arbeitstag"),
    ("column", "side"): ("Side", "Kant", "Côté", "Seite"),
    ("column", "evidence_wanted"): (
        "Evidence wanted",
        "Gewenst bewijs",
        "Preuve attendue",
        "Gewünschter Nachweis",
    ),
    ("decision", "waived"): ("Waived until", "Uitgesteld tot", "Dérogation jusqu'au", "Ausgesetzt bis"),
    ("decision", "roster_wrong"): (
        "Roster is wrong",
        "Lijst klopt niet",
        "Liste erronée",
        "Liste fehlerhaft",
    ),
}


@pytest.mark.parametrize("place", BEFORE)
def test_every_earlier_word_is_still_known(place):
    kind, code = place
    words = vocabulary((*key_words(), *checklist_words()))
    for word in BEFORE[place]:
        assert (words.column(word) if kind == "column" else words.decisions[plain(word)]) == code, word


def test_an_earlier_word_never_takes_the_place_of_a_word_of_today():
    for keys in (key_words(), checklist_words()):
        words = vocabulary(keys)
        for key in keys:
            for word in key.words if str(key.kind) == "column" else ():
                assert words.column(word) == key.code, word


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_with_earlier_headings_and_answers_and_without_its_keys_is_read(tmp_path, language):
    at = LANGUAGES.index(language)
    firm = Firm(tmp_path / "firm", language)
    firm.audit(MONTHS[0], SAME)
    book = load_workbook(firm.workbook())
    sheet = book.worksheets[1]
    columns = {}
    for cell in sheet[1]:
        for (kind, code), words in SPOKEN.items():
            if kind == "column" and cell.value == words[language]:
                columns[code] = cell.column
                cell.value = BEFORE.get((kind, code), dict(enumerate([cell.value] * 4)))[at]
    row = next(r for r in range(2, 9) if sheet.cell(r, columns["employee_no"]).value == "0101")
    for code, value in (
        ("decision", BEFORE["decision", "waived"][at]),
        ("waived_until", UNTIL),
        ("remark", "agreed"),
    ):
        sheet.cell(row, columns[code]).value = value
    for extra in (name for name in book.sheetnames if name not in (book.sheetnames[0], sheet.title, "_keys")):
        del book[extra]
    keys = book["_keys"]
    for one in range(keys.max_row, 0, -1):
        if keys.cell(one, 1).value != "run":
            keys.delete_rows(one)
    sheet.title = "Oud"
    book.save(tmp_path / "back.xlsx")
    assert is_the_waiver(firm.take(tmp_path / "back.xlsx", READ_ON))
