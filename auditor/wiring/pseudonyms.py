"""Keyed pseudonyms, so that logs name nobody."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

SIGNS = 12
KEY_BYTES = 32


class Pseudonyms:
    """Twelve signs of a keyed hash per person; the key lies in the state folder, a new one each year."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"pseudonym-{datetime.now(UTC).year}.key"
        self._key = b""

    def of(self, employee_id: str) -> str:
        """The pseudonym of an employee id."""
        if not self._key:
            self._key = self._read_or_make()
        return _pseudonym(self._key, employee_id)

    def all_of(self, employee_id: str) -> set[str]:
        """The pseudonyms of an employee id in all years whose keys are still there."""
        keys = (path.read_bytes() for path in self._path.parent.glob("pseudonym-*.key"))
        return {_pseudonym(key, employee_id) for key in keys}

    def _read_or_make(self) -> bytes:
        kept = self._path.read_bytes() if self._path.exists() else b""
        if len(kept) == KEY_BYTES:  # a shorter one was cut off when it was written
            return kept
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = secrets.token_bytes(KEY_BYTES)
        aside = self._path.with_name(f"{self._path.name}.{os.getpid()}.part")
        aside.touch(mode=0o600)
        aside.write_bytes(key)
        aside.replace(self._path)
        return key


def _pseudonym(key: bytes, employee_id: str) -> str:
    return hmac.new(key, employee_id.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:SIGNS]
