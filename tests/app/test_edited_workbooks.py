"""A workbook that a person filled in where the reports lie is never written over, and is read once."""

import pytest

from auditor.app.edited_workbooks import WrittenWorkbooks, filled_in, forget_workbook, mark_read
from auditor.model.document import Workbook


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "2026-11-22-01"
    folder.mkdir()
    (folder / "audit.xlsx").write_bytes(b"as written")
    written = WrittenWorkbooks(folder)
    written.keep([folder / "audit.xlsx"])
    written.save()
    return folder


def test_an_untouched_workbook_is_written_over_and_not_read(folder):
    book = Workbook("audit.xlsx", "en", ())
    assert filled_in(folder.parent) == ()
    assert WrittenWorkbooks(folder).spared(book).file_name == "audit.xlsx"


def test_a_filled_in_workbook_is_spared_and_read_until_it_was(folder):
    book, path = Workbook("audit.xlsx", "en", ()), folder / "audit.xlsx"
    path.write_bytes(b"as HR saved it")
    assert filled_in(folder.parent) == (path,)
    assert WrittenWorkbooks(folder).spared(book).file_name == "audit_2.xlsx"
    mark_read([path])
    assert filled_in(folder.parent) == ()
    path.write_bytes(b"as HR saved it again")
    assert filled_in(folder.parent) == (path,)


def test_a_list_that_cannot_be_read_reads_nothing(folder):
    (folder / "audit.xlsx").write_bytes(b"as HR saved it")
    (folder / ".workbooks.json").write_text("[1", "utf-8")
    assert filled_in(folder.parent) == ()


def test_a_file_that_is_gone_is_forgotten(folder):
    (folder / "audit.xlsx").write_bytes(b"as HR saved it")
    forget_workbook(folder / "audit.xlsx")
    assert filled_in(folder.parent) == ()
