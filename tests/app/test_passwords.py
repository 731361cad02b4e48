"""A workbook opens with the policy's password only, and is never left open where one is wanted."""

from types import SimpleNamespace

import pytest
from openpyxl import Workbook

from auditor.app.passwords import lock, password_of, unlocked, unlocker_of
from auditor.errors import ReportError, UsageError

POLICY = SimpleNamespace(reports_password_env="WORKBOOK_SECRET")


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "book.xlsx"
    Workbook().save(path)
    return path


def test_locked_it_opens_with_its_password_only(book, monkeypatch):
    plain = book.read_bytes()
    lock([book], "geheim-ë")
    locked = book.read_bytes()
    assert locked != plain
    assert unlocked(locked, "geheim-ë") == plain
    with pytest.raises(UsageError):
        unlocked(locked, "another")
    monkeypatch.setenv("WORKBOOK_SECRET", "another")
    assert unlocker_of(POLICY)(locked) == locked


def test_a_password_that_is_named_and_not_set_ends_the_command(monkeypatch):
    monkeypatch.delenv("WORKBOOK_SECRET", raising=False)
    with pytest.raises(UsageError, match="WORKBOOK_SECRET"):
        password_of(POLICY)
    assert password_of(SimpleNamespace(reports_password_env="")) == ""


def test_a_workbook_that_cannot_be_locked_is_taken_away(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"no workbook")
    with pytest.raises(ReportError):
        lock([path], "geheim")
    assert not path.exists()


def test_a_plain_workbook_stays_as_it_is():
    assert unlocked(b"PK\x03\x04 no workbook at all", "x") == b"PK\x03\x04 no workbook at all"
