from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import auditor.reports.sheets
from auditor.language.words import words_of
from auditor.model.document import Grid, Table, Workbook
from auditor.model.message import say
from auditor.model.report import SourceNote
from auditor.model.returned import KeyKind
from auditor.reports.documents.audit_workbook import exception_workbooks
from auditor.reports.keys import key_words
from auditor.reports.scope import whole
from auditor.reports.sheet import sheets
from auditor.reports.sheets.run_info import run_info_page
from tests.reports.invented import WRONG_HEADLINE, examined, person, report, tracked


def keys(workbook: object) -> list[str]:
    assert isinstance(workbook, Workbook)
    return [part.key for part in workbook.tables]


@pytest.fixture
def another_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    page = (Path(__file__).parents[2] / "docs" / "architecture.md").read_text("utf-8")
    example = page.split("```python\n")[1].split("```")[0]
    once = example.replace("order=85", "order=45, when=lambda scope: scope.entity is None")
    (tmp_path / "invented_managers.py").write_text(once, "utf-8")
    monkeypatch.setattr(auditor.reports.sheets, "__path__", [*auditor.reports.sheets.__path__, str(tmp_path)])
    sheets.cache_clear()
    yield
    sheets.cache_clear()


def test_a_new_sheet_is_one_file(request: pytest.FixtureRequest) -> None:
    people = [
        replace(person(), employee_id=number, entity=entity) for number, entity in (("1", "A"), ("2", "B"))
    ]
    people = [examined(replace(one, manager="Mia"), {"HDL001": WRONG_HEADLINE}) for one in people]
    made = report(tuple(people), tuple(tracked(one, "HDL001") for one in people))
    before = keys(exception_workbooks(made)[0])
    request.getfixturevalue("another_sheet")
    whole, *parts = exception_workbooks(made)
    place = before.index("not_assessed")
    assert keys(whole) == [*before[:place], "managers", *before[place:]]
    assert isinstance(whole, Workbook)
    assert whole.tables[place].rows == (("Mia", 2),)  # type: ignore[union-attr]
    assert [keys(part) for part in parts] == [before, before], "`when` keeps it out of an entity's workbook"


def test_the_columns_that_hr_fills_in_are_known_to_the_keys() -> None:
    words = words_of("en")
    filled_in = {
        column.key
        for sheet in sheets()
        if sheet.returned
        for column in sheet.returned(words)
        if column.editable
    }
    known = {key.code for key in key_words() if key.kind is KeyKind.COLUMN}
    assert {"decision", "waived_until", "remark", "letter", "new_address"} <= filled_in <= known
    made = exception_workbooks(report())[0]
    assert isinstance(made, Workbook)
    tables = [part for part in made.tables if isinstance(part, Table)]
    assert {column.key for table in tables for column in table.columns if column.editable} == filled_in


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Saved page: sign-in page 'x.html': save the profile again, signed out, once it is shown"),
        (
            "nl",
            "Bewaarde pagina: aanmeldpagina ‘x.html’: bewaar het profiel opnieuw, uitgelogd, zodra het te "
            "zien is",
        ),
    ],
)
def test_what_a_source_says_of_its_folder_stands_in_the_language_of_the_workbook(
    language: str, said: str
) -> None:
    note = say("sign-in page '{file}': save the profile again, signed out, once it is shown", file="x.html")
    made = report()
    run = replace(made.run, source_notes=(SourceNote("saved_pages", note),))
    page = run_info_page(whole(replace(made, run=run, language=language)))
    cells = [cell for block in page.blocks if isinstance(block, Grid) for row in block.rows for cell in row]
    assert said in cells
