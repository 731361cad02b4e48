"""What stands beside the cells for answers is the same after sorting and saving again, and only then."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import load_workbook

from auditor.app.workbook_content import open_cells, rest_digest
from auditor.model.document import CellKind, Column, Table, Workbook
from auditor.writers.xlsx import write_xlsx

COLUMNS = (
    Column("name", "Name", 20),
    Column("seen", "Seen on", 12, CellKind.DATE),
    Column("answer", "Answer", 20, editable=True),
)
ROWS = (("Tjeerd", date(2026, 11, 3), ""), ("Femke", date(2026, 11, 4), ""))
BOOK = Workbook("a.xlsx", "A", (Table("t", "People", COLUMNS, ROWS, lead=("People", "of November")),))


@pytest.fixture
def path(tmp_path):
    return write_xlsx(BOOK, tmp_path)[0]


def test_the_cells_to_fill_in_are_below_the_headings_only():
    # two lines of lead, the headings in row 3, two people
    assert open_cells(BOOK) == (("C4:C5",),)
    assert open_cells(Workbook("b.xlsx", "B", (Table("t", "People", COLUMNS, ()),))) == ((),)


@pytest.mark.parametrize(
    ("cells", "same"),
    [
        ({"C4": "fixed"}, True),
        ({"A4": "Femke", "B4": date(2026, 11, 4), "A5": "Tjeerd", "B5": date(2026, 11, 3), "C5": "x"}, True),
        ({"B4": date(2026, 11, 5)}, False),
        ({"A4": "Femke"}, False),
        ({"C3": "Another question"}, False),
        ({"C6": "below the people"}, False),
        ({"D4": "beside the table"}, False),
    ],
)
def test_only_answers_and_the_order_of_rows_leave_the_rest_as_it_was(path, cells, same):
    ranges = {"People": ("C4:C5",)}
    before = rest_digest(path, ranges)
    book = load_workbook(path)
    for place, value in cells.items():
        book["People"][place] = value
    book.save(path)
    assert (rest_digest(path, ranges) == before) is same
