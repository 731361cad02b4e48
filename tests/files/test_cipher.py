"""Encryption with a key outside the store."""

import pytest

from auditor.errors import StoreError
from auditor.files.cipher import Cipher


def test_what_is_encrypted_opens_with_its_key_and_purpose_only(tmp_path):
    cipher = Cipher(tmp_path / "a.key", "hint")
    body = cipher.encrypt(b"a token", "tokens")
    assert b"a token" not in body
    assert Cipher(tmp_path / "a.key", "hint").decrypt(body, "tokens") == b"a token"
    with pytest.raises(StoreError):
        cipher.decrypt(body, "pages")
    other = Cipher(tmp_path / "b.key", "hint")
    other.encrypt(b"", "tokens")
    with pytest.raises(StoreError, match="not encrypted with"):
        other.decrypt(body, "tokens")


def test_a_missing_or_damaged_key_is_never_replaced_while_reading(tmp_path):
    body = Cipher(tmp_path / "a.key", "").encrypt(b"x", "tokens")
    (tmp_path / "a.key").unlink()
    with pytest.raises(StoreError, match="is missing"):
        Cipher(tmp_path / "a.key", "").decrypt(body, "tokens")
    assert not (tmp_path / "a.key").exists()
    (tmp_path / "a.key").write_bytes(b"short")
    with pytest.raises(StoreError, match="damaged"):
        Cipher(tmp_path / "a.key", "").encrypt(b"x", "tokens")
