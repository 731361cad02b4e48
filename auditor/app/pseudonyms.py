"""Keyed pseudonyms, so that logs name nobody."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime
from pathlib import Path

from auditor.files.keys import new_key, read_key

SIGNS = 12
_HINT = (
    "Put it back from a backup, or delete it: then the lines of the audit log that were written with it "
    "name nobody any more."
)


class Pseudonyms:
    """Twelve characters of a keyed hash per person. The key is in the state folder; each year has its own."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"pseudonym-{datetime.now(UTC).year}.key"
        self._key = b""

    def of(self, employee_id: str) -> str:
        """The pseudonym of an employee id. Raises StoreError for a damaged key."""
        if not self._key:
            self._key = self._read_or_make()
        return _pseudonym(self._key, employee_id)

    def all_of(self, employee_id: str) -> set[str]:
        """The pseudonyms of an employee id in all years whose keys are still there."""
        keys = (read_key(path, _HINT) for path in self._path.parent.glob("pseudonym-*.key"))
        return {_pseudonym(key, employee_id) for key in keys}

    def _read_or_make(self) -> bytes:
        return read_key(self._path, _HINT) or new_key(self._path)


def _pseudonym(key: bytes, employee_id: str) -> str:
    return hmac.new(key, employee_id.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:SIGNS]
