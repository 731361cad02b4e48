"""Encrypts what must not be readable in a store or its backups; the key is a file elsewhere."""

from __future__ import annotations

import base64
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from auditor.errors import StoreError
from auditor.files.keys import KEY_BYTES, new_key, read_key


class Cipher:
    """Encryption and signing keys, each derived from one key file for one purpose."""

    def __init__(self, key_file: Path, hint: str) -> None:
        self._key_file = key_file
        self._hint = hint
        self._key = b""

    def key(self, purpose: str, *, make: bool = True) -> bytes:
        """The key for a purpose; the file is made where there is none, unless `make` is False.

        Raises StoreError.
        """
        try:
            if not self._key:
                self._key = read_key(self._key_file, self._hint) or (new_key(self._key_file) if make else b"")
        except OSError as trouble:
            raise StoreError(
                f"{self._key_file} cannot be used: {trouble.strerror or trouble}",
                self._hint,
                code="KEY_UNREADABLE",
            ) from None
        if not self._key:
            raise StoreError(f"{self._key_file} is missing.", self._hint, code="KEY_MISSING")
        return HKDFExpand(SHA256(), KEY_BYTES, purpose.encode()).derive(self._key)

    def encrypt(self, body: bytes, purpose: str) -> bytes:
        """The body as only the key for this purpose opens it. Raises StoreError."""
        return self._fernet(purpose, make=True).encrypt(body)

    def decrypt(self, body: bytes, purpose: str) -> bytes:
        """What was encrypted. Raises StoreError where the key is missing or another one."""
        try:
            return self._fernet(purpose, make=False).decrypt(bytes(body))
        except InvalidToken:
            raise StoreError(
                f"What is encrypted in the store was not encrypted with {self._key_file}.",
                self._hint,
                code="KEY_WRONG",
            ) from None

    def _fernet(self, purpose: str, *, make: bool) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(self.key(purpose, make=make)))
