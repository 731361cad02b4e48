"""Key files: whole or refused. A new key in the place of a damaged one would forget everybody."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from auditor.errors import StoreError
from auditor.files.writing import temporary_neighbour

KEY_BYTES = 32


def read_key(path: Path, hint: str) -> bytes:
    """The key; empty where there is no file. Raises StoreError with the hint where the file is damaged,
    OSError where it cannot be read."""
    if path.is_symlink() or path.exists():
        key = path.read_bytes() if path.is_file() else b""
        if len(key) != KEY_BYTES or len(set(key)) == 1:
            raise StoreError(
                f"{path} is damaged: it has {len(key)} bytes; a key has {KEY_BYTES}. Nothing was changed.",
                hint,
                code="KEY_UNREADABLE",
            )
        return key
    return b""


def new_key(path: Path) -> bytes:
    """Make the file, in one piece; the key of another process that was quicker is taken. Raises OSError."""
    with temporary_neighbour(path) as aside:
        with aside.open("wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            # both fail where the file is there already; a plain replace would not
            aside.rename(path) if os.name == "nt" else os.link(aside, path)
    return read_key(path, "Another process was making it; try again.")
