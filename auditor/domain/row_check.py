"""A short keyed hash over a report row, by which a row that was edited is recognised next month."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

#: the columns that go into the hash, by key; text only, since spreadsheets rewrite dates and numbers
CHECKED_COLUMNS = ("finding", "employee_no", "name", "criterion", "expected", "seen", "action")


def row_check(run_id: str, policy_sha256: str, cells: Mapping[str, object]) -> str:
    """Eight hexadecimal signs over the checked columns; spaces at the ends do not count."""
    key = hashlib.sha256(f"{run_id}\x1f{policy_sha256}".encode("utf-8", "replace")).digest()
    text = "\x1f".join(str(cells.get(name) or "").strip() for name in CHECKED_COLUMNS)
    return hashlib.blake2b(text.encode("utf-8", "replace"), key=key, digest_size=4).hexdigest()
