"""Reads the files that people name, never more than agreed."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from errno import EISDIR
from pathlib import Path
from typing import BinaryIO

from auditor.model.message import Text, say

MEGABYTE = 1_000_000
_PIECE = 1 << 16


class NoPlainFile(OSError):
    """The path leads to a device or a pipe."""


class FileTooLarge(OSError):
    """The file holds more than it may: at least `size` bytes."""

    def __init__(self, size: int) -> None:
        super().__init__("too large")
        self.size = size


def read_file(path: Path, most: int, *, pipes: bool = False) -> bytes:
    """The bytes of a plain file of at most `most` bytes; with `pipes` also those of a pipe, to its end.

    Raises FileNotFoundError, IsADirectoryError, NoPlainFile, FileTooLarge, another OSError for a file that
    cannot be read, and ValueError for a name that no file can have.
    """
    if path.is_dir():
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
    # with O_NONBLOCK the opening of a pipe does not wait for somebody to write into it
    waiting = 0 if pipes else getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, os.O_RDONLY | waiting | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        facts = os.fstat(handle)
        if not pipes and not stat.S_ISREG(facts.st_mode):
            raise NoPlainFile("not an ordinary file")
        if facts.st_size > most:
            raise FileTooLarge(facts.st_size)
        body = _read_on(file, most + 1, facts.st_size + 1)
    if len(body) > most:
        raise FileTooLarge(len(body))
    return body


def _read_on(file: BinaryIO, most: int, expected: int) -> bytes:
    """At most so many bytes, in pieces: one `read` of the whole limit would reserve all of it."""
    pieces = [file.read(min(most, max(expected, _PIECE)))]
    length = len(pieces[0])
    while pieces[-1] and length < most:
        pieces.append(file.read(min(_PIECE, most - length)))
        length += len(pieces[-1])
    return b"".join(pieces) if len(pieces) > 1 else pieces[0]


def sha256_of(path: Path) -> str:
    """SHA-256 of a plain file of any size, in hexadecimal. Raises NoPlainFile for a device or a pipe, and
    OSError."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise NoPlainFile("not an ordinary file")
        return hashlib.file_digest(file, "sha256").hexdigest()


def why_unread(trouble: Exception, most: int) -> str:
    """What `read_file` raised, in words that follow the name of the file."""
    match trouble:
        case FileNotFoundError():
            return "there is no such file"
        case IsADirectoryError():
            return "is a folder"
        case NoPlainFile():
            return "is not an ordinary file"
        case FileTooLarge():
            return f"is larger than {most:,} bytes"
    return f"cannot be read ({getattr(trouble, 'strerror', None) or trouble})"


@dataclass(frozen=True, slots=True)
class FileBytes:
    """A file's bytes and its time. `trouble` says why `body` is empty."""

    body: bytes
    modified_at: datetime | None
    trouble: Text = ""


def try_to_read(path: Path, most: int) -> FileBytes:
    """The same as a value; never raises for what the file system holds."""
    try:
        modified = modified_at(path)
        body = read_file(path, most)
    except FileNotFoundError:
        return FileBytes(b"", None, say("the file does not exist"))
    except (IsADirectoryError, NoPlainFile):
        return FileBytes(b"", modified, say("it is not a file"))
    except FileTooLarge:
        return FileBytes(b"", modified, say("the file is larger than {n} MB", n=most // MEGABYTE))
    except OSError as trouble:
        return FileBytes(
            b"", None, say("the file cannot be read: {why}", why=trouble.strerror or type(trouble).__name__)
        )
    except ValueError:
        return FileBytes(b"", None, say("the file cannot be read: a broken name"))
    return FileBytes(body, modified, "" if body else say("the file is empty"))


def read_head(path: Path, length: int) -> bytes:
    """The first bytes of a plain file; nothing where it cannot be read."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(length)
    except (OSError, ValueError):
        return b""


def modified_at(path: Path) -> datetime | None:
    """The file's time (UTC); None where there is none or it lies outside the calendar."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a link on the way to the file leads out of the folder."""
    real = path.resolve()
    named = Path(os.path.abspath(path))  # noqa: PTH100  .resolve() would follow the links
    return real != named and not real.is_relative_to(folder.resolve())
