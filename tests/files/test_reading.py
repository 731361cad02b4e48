"""A file that people name: a plain one, of no more than the agreed size, never waited for."""

import os
import tracemalloc
from pathlib import Path

import pytest

from auditor.files.reading import FileTooLarge, NoPlainFile, read_file, try_to_read, why_unread


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices of POSIX")
@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("none", FileNotFoundError, "there is no such file"),
        ("folder", IsADirectoryError, "is a folder"),
        ("pipe", NoPlainFile, "is not an ordinary file"),
        ("/dev/zero", NoPlainFile, "is not an ordinary file"),
        ("large", FileTooLarge, "is larger than 10 bytes"),
        ("a\0b", ValueError, "cannot be read (PYTHON)"),
    ],
)
def test_what_is_not_read_and_why(tmp_path, name, kind, words):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large").write_bytes(b"x" * 11)
    with pytest.raises(kind) as caught:
        read_file(tmp_path / name, 10)
    # how Python words it differs between its versions
    assert why_unread(caught.value, 10) == words.replace("PYTHON", str(caught.value))
    assert try_to_read(tmp_path / name, 10).trouble


def test_a_file_of_just_the_size_is_read(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 10)
    assert read_file(tmp_path / "a", 10) == try_to_read(tmp_path / "a", 10).body == b"x" * 10


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
def test_a_pipe_is_read_where_it_is_allowed():
    out, into = os.pipe()
    os.write(into, b"rows")
    os.close(into)
    assert read_file(Path(f"/dev/fd/{out}"), 10, pipes=True) == b"rows"


def test_a_short_file_reserves_no_more_than_it_holds(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 100_000)
    tracemalloc.start()
    try:
        assert len(read_file(tmp_path / "a", 400_000_000)) == 100_000
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
