from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import auditor.reports.sheets
from auditor.model.document import Table, Workbook
from auditor.reports.documents.audit_workbook import exception_workbooks
from auditor.reports.sheet import sheets
from tests.reports.invented import examined, person, report

ORDER = [
    "summary", "findings", "leavers", "could_not_verify", "not_assessed", "roster_check", "decisions",
    "all_people", "trend", "legend", "run_info", "_keys",
]  # fmt: skip

A_SHEET = """
from auditor.model.document import Column, Table
from auditor.reports.sheet import Sheet

def make(scope):
    rows = tuple((one,) for one in scope.people)
    return Table("employee_numbers", "Numbers", (Column("number", "No.", 9),), rows)

SHEET = Sheet(order=45, make=make, when=lambda scope: scope.entity is None)
"""


def keys(workbook: object) -> list[str]:
    assert isinstance(workbook, Workbook)
    return [part.key for part in workbook.tables]


@pytest.fixture
def another_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "employee_numbers.py").write_text(A_SHEET, "utf-8")
    monkeypatch.setattr(auditor.reports.sheets, "__path__", [*auditor.reports.sheets.__path__, str(tmp_path)])
    sheets.cache_clear()
    yield
    sheets.cache_clear()


def test_the_sheets_stand_in_their_order_and_the_keys_are_hidden() -> None:
    (workbook,) = exception_workbooks(report((examined(person(), {}),), ()))
    assert keys(workbook) == ORDER
    assert isinstance(workbook, Workbook)
    assert [part.key for part in workbook.tables if isinstance(part, Table) and part.hidden] == ["_keys"]


@pytest.mark.usefixtures("another_sheet")
def test_a_new_sheet_is_one_file() -> None:
    people = [
        replace(person(), employee_id=number, entity=entity) for number, entity in (("1", "A"), ("2", "B"))
    ]
    whole, *parts = exception_workbooks(report(tuple(examined(one, {}) for one in people), ()))
    assert keys(whole) == [*ORDER[:4], "employee_numbers", *ORDER[4:]]
    assert isinstance(whole, Workbook)
    assert whole.tables[4].rows == (("1",), ("2",))  # type: ignore[union-attr]
    assert [keys(part) for part in parts] == [ORDER, ORDER], "`when` keeps it out of an entity's workbook"
