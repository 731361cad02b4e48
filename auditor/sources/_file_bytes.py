"""Bytes of a file, or in plain words why there are none."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class FileBytes:
    """A file's bytes and its time. `trouble` says why `body` is empty."""

    body: bytes
    modified_at: datetime | None
    trouble: str = ""


def read_bytes(path: Path, limit: int) -> FileBytes:
    """Read a regular file of at most `limit` bytes; never raises for what the file system holds."""
    try:
        facts = path.stat()
        modified = file_time(facts.st_mtime)
        if not stat.S_ISREG(facts.st_mode):
            return FileBytes(b"", modified, "it is not a file")
        if facts.st_size > limit:
            return FileBytes(b"", modified, f"the file is larger than {limit // MEGABYTE} MB")
        with path.open("rb") as file:
            body = file.read(limit + 1)
    except FileNotFoundError:
        return FileBytes(b"", None, "the file does not exist")
    except (OSError, ValueError) as trouble:
        return FileBytes(b"", None, f"the file cannot be read: {_reason(trouble)}")
    if len(body) > limit:
        return FileBytes(b"", modified, f"the file is larger than {limit // MEGABYTE} MB")
    return FileBytes(body, modified, "" if body else "the file is empty")


def read_head(path: Path, length: int) -> bytes:
    """The first bytes of a regular file; nothing where it cannot be read."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(length)
    except (OSError, ValueError):
        return b""


def modified_at(path: Path) -> datetime | None:
    """The file's time (UTC), or None where it cannot be told."""
    try:
        return file_time(path.stat().st_mtime)
    except (OSError, ValueError):
        return None


def file_time(seconds: float) -> datetime | None:
    """A file time as an aware date (UTC); None where it lies outside the calendar."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _reason(trouble: Exception) -> str:
    return (trouble.strerror or type(trouble).__name__) if isinstance(trouble, OSError) else "a broken name"
