"""A damaged key is refused: a new one in its place would forget whom the old one knew."""

import pytest

from auditor.app.pseudonyms import Pseudonyms
from auditor.errors import StoreError
from auditor.files.keys import new_key, read_key


@pytest.mark.parametrize("rest", [b"", b"\x01" * 5, b"\x00" * 32, b"ab" * 20])
def test_a_damaged_key_is_refused_and_left_as_it_is(tmp_path, rest):
    Pseudonyms(tmp_path).of("7")
    (path,) = tmp_path.glob("pseudonym-*.key")
    path.write_bytes(rest)
    for ask in (Pseudonyms(tmp_path).of, Pseudonyms(tmp_path).all_of):
        with pytest.raises(StoreError, match="is damaged") as caught:
            ask("7")
        assert "Put it back from a backup" in caught.value.hint
    assert path.read_bytes() == rest


def test_a_folder_in_the_place_of_a_key_is_refused(tmp_path):
    (tmp_path / "a.key").mkdir()
    with pytest.raises(StoreError, match="is damaged"):
        read_key(tmp_path / "a.key", "hint")


def test_a_key_is_made_once_in_one_piece_and_for_its_owner_only(tmp_path):
    path = tmp_path / "state" / "a.key"
    assert read_key(path, "hint") == b""
    key = new_key(path)
    assert (len(key), new_key(path), read_key(path, "hint")) == (32, key, key), "the first one stays"
    assert path.stat().st_mode & 0o077 == 0
    assert [one.name for one in path.parent.iterdir()] == ["a.key"]
    assert Pseudonyms(tmp_path).of("7") == Pseudonyms(tmp_path).of("7")
