"""Keyed pseudonyms, so that logs name nobody."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

SIGNS = 12


class Pseudonyms:
    """Twelve signs of a keyed hash per person; the key lies in the state folder, a new one each year."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"pseudonym-{datetime.now(UTC).year}.key"
        self._key = b""

    def of(self, employee_id: str) -> str:
        """The pseudonym of an employee id."""
        if not self._key:
            self._key = self._read_or_make()
        return hmac.new(self._key, employee_id.encode(), hashlib.sha256).hexdigest()[:SIGNS]

    def _read_or_make(self) -> bytes:
        if self._path.exists():
            return self._path.read_bytes()
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = secrets.token_bytes(32)
        self._path.write_bytes(key)
        if os.name == "posix":
            self._path.chmod(0o600)
        return key
