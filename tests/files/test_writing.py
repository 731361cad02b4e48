"""A file is written whole or not at all, for the eyes it is meant for."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from auditor.errors import ReportError
from auditor.files.writing import temporary_neighbour, write_atomic, write_document

posix = pytest.mark.skipif(os.name != "posix", reason="the system knows no such modes")


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


@posix
@pytest.mark.parametrize(("mode", "file", "folder"), [(0o600, 0o600, 0o700), (0o644, 0o644, 0o755)])
def test_file_and_folder_are_for_the_same_eyes(tmp_path, mode, file, folder):
    path = tmp_path / "new" / "a.txt"
    before = os.umask(0o022)  # the program itself sets a stricter one
    try:
        write_atomic(path, "é", mode)
    finally:
        os.umask(before)
    assert (path.read_bytes(), mode_of(path), mode_of(path.parent)) == (b"\xc3\xa9", file, folder)


@posix
@pytest.mark.parametrize("before", [0o600, 0o640])
def test_a_file_of_the_user_keeps_its_mode(tmp_path, before):
    path = tmp_path / "policy.yaml"
    path.write_text("old")
    path.chmod(before)
    write_atomic(path, "new", mode=None)
    assert (path.read_text(), mode_of(path)) == ("new", before)


def test_an_interrupted_writing_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")

    def write():
        with temporary_neighbour(path) as aside:
            aside.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write()
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("a.txt", "old")]


def test_a_document_that_is_open_gets_a_sibling(tmp_path):
    (tmp_path / "~$a.xlsx").touch()
    (tmp_path / "a.xlsx").write_text("open")
    assert write_document(tmp_path, "a.xlsx", b"new").name == "a_copy.xlsx"
    assert (tmp_path / "a.xlsx").read_text() == "open"


def test_a_document_that_cannot_be_written_is_a_report_error(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ReportError, match="could not be written"):
        write_document(tmp_path / "file", "a.csv", b"x")


def test_many_who_write_one_file_at_once_leave_one_whole_file(tmp_path):
    path = tmp_path / "log-anchor.json"
    written = [str(number) * 100_000 for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda text: [write_atomic(path, text) for _ in range(25)], written))
    assert path.read_text("utf-8") in written
    assert list(tmp_path.iterdir()) == [path]
