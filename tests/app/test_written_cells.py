"""A new workbook's cells are the same to the quick reader as to the careful one."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from auditor.app.workbook_content import open_cells, rest_digest, rest_of_new
from auditor.model.document import CellKind, Column, Grid, Heading, Link, Page, Picture, Table, Workbook
from auditor.writers import xlsx
from auditor.writers.xlsx import write_xlsx
from tests.rules.subjects import PICTURES

COLUMNS = (
    Column("text", "Text & <sign>", 20),
    Column("number", "Number", 12, CellKind.NUMBER),
    Column("share", "Share", 12, CellKind.SHARE),
    Column("day", "Day", 12, CellKind.DATE),
    Column("moment", "Moment", 12, CellKind.DATETIME),
    Column("link", "Link", 20, CellKind.LINK),
    Column("answer", "Answer", 20, CellKind.CHOICE, editable=True, choices=("fixed", "asked")),
)
LINK = Link("https://a.example/?x=1&y=2", "there")
NOON = datetime(2026, 11, 22, 12, 0, 59, tzinfo=UTC)
ROWS = (
    ("=1+1", 0, 0.5, date(1900, 1, 1), NOON, None, "fixed"),
    ("  spaces\nand a line  ", 12_345_678, 1 / 3, date(1900, 3, 1), None, LINK, ""),
    ("_x000D_ _x005F_ x005F_ \x07 \t", -1.5e-7, 1, date(2026, 11, 22), NOON, Link("", "none"), ""),
    ("Ünïcødé 😀 نص", 1e21, 0, date(9999, 12, 31), datetime(2000, 1, 1, tzinfo=UTC), "text", None),
    ("", None, float("nan"), "soon", "", "", "asked"),
)
PAGE = Page("p", "Page", (20, 20), (Heading("A heading"), Grid(COLUMNS[:2], (("a", 1),))))


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("most_in_memory", [5_000, 1])
def test_both_give_the_same_digest(tmp_path, monkeypatch, language, most_in_memory):
    monkeypatch.setattr(xlsx, "MOST_IN_MEMORY", most_in_memory)
    PICTURES["current"].save(tmp_path / "banner.png")
    shown = (Column("picture", "Picture", 20, CellKind.PICTURE),)
    tables = (
        PAGE,
        Table("t", "People", COLUMNS, ROWS, lead=("People", "of November"), alerts=("Mind!",)),
        Table("pictures", "Seen", shown, ((Picture((tmp_path / "banner.png").read_bytes(), "seen"),),)),
        Table("empty", "Empty", COLUMNS, (), empty="nobody"),
    )
    book = Workbook("a.xlsx", "A", tables, language=language)
    (path,) = write_xlsx(book, tmp_path)
    ranges, rest = rest_of_new(path, open_cells(book))
    assert ranges == {"People": ("G5:G9",)}
    assert rest == rest_digest(path, ranges)
    assert rest != rest_digest(path, {})
