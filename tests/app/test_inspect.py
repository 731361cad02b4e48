"""Files are tied to their rows of the manifest, wherever the command is called from."""

import pytest

from auditor.app.inspect import PageToRead, inspect_banner, inspect_name, pages_of
from auditor.errors import UsageError

MANIFEST = "file\tasked_url\thttp_status\tfinal_url\n"


def test_a_page_takes_its_row_by_name_and_a_page_without_one_stands_alone(tmp_path):
    manifest = tmp_path / "pages.tsv"
    manifest.write_text(MANIFEST + "a.html\thttps://x.example/in/a\t200\t\n", "utf-8")
    known, unknown = tmp_path / "a.html", tmp_path / "b.html"
    assert pages_of([known, unknown], manifest) == [
        PageToRead(known, "https://x.example/in/a", 200, ""),
        PageToRead(unknown),
    ]


def test_without_files_every_row_is_read_beside_the_manifest(tmp_path):
    manifest = tmp_path / "pages.tsv"
    manifest.write_text(MANIFEST + "a.html\t\tnone\t\n", "utf-8")
    assert pages_of([], manifest) == [PageToRead(tmp_path / "a.html", "", None, "")]


def test_a_page_without_a_name_tells_nothing_either_way():
    assert inspect_name("Anna Maes", "LinkedIn Member")["given"] == "unsure"


def test_a_reference_that_is_no_picture_is_refused(tmp_path):
    path = tmp_path / "reference.png"
    path.write_bytes(b"no picture")
    with pytest.raises(UsageError, match="reference"):
        list(inspect_banner(path, []))
