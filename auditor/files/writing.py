"""Writes files whole or not at all: into a temporary neighbour first, which then takes the file's name."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from auditor.errors import ReportError
from auditor.files.locks import is_open

#: for their owner's eyes only
PRIVATE = 0o600


@contextmanager
def temporary_neighbour(path: Path, mode: int | None = PRIVATE) -> Iterator[Path]:
    """A new, empty file beside `path` to be written and moved; deleted at the end where it was not moved.

    Makes the folder where there is none, readable for whoever may read the file. `mode` None gives the
    mode of the file that is there, or what the system gives to a new one. Raises OSError.
    """
    if mode is None and path.exists():
        mode = path.stat().st_mode & 0o777
    if mode is None:
        path.parent.mkdir(parents=True, exist_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True, mode=mode | 0o100 | (mode & 0o044) >> 2)
    # several threads or machines may write one file at once
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}.part")
    try:
        os.close(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666 if mode is None else mode))
        if mode is not None and os.name == "posix":
            aside.chmod(mode)
        yield aside
    finally:
        aside.unlink(missing_ok=True)


def write_atomic(path: Path, content: bytes | str, mode: int | None = PRIVATE) -> None:
    """Write a file, text as UTF-8, in the place of whatever stood there. Modes as for
    `temporary_neighbour`. Raises OSError; then the old file stands as it was."""
    with temporary_neighbour(path, mode) as aside:
        aside.write_bytes(content.encode() if isinstance(content, str) else content)
        aside.replace(path)


def write_document(
    folder: Path, name: str, content: bytes | Callable[[Path], None], created: datetime | None = None
) -> Path:
    """Write a file for people, given as bytes or by what writes it to a path; returns where it lies.

    Where the wanted file is open in a spreadsheet program or cannot be replaced, a sibling with the
    date (and a number) in its name is written instead. Raises ReportError where nothing can be.
    """
    wanted = folder / name
    try:
        with temporary_neighbour(wanted) as aside:
            if isinstance(content, bytes):
                aside.write_bytes(content)
            else:
                content(aside)
            for target in _names(wanted, created):
                if is_open(target):
                    continue
                try:
                    aside.replace(target)
                except PermissionError:
                    if not target.exists():
                        raise
                    continue
                return target
    except OSError as trouble:
        raise ReportError(
            f"{wanted} could not be written: {trouble.strerror or trouble}",
            "Choose a folder you may write to with --output, or free some disk space.",
            code="NOT_WRITABLE",
        ) from trouble
    raise ReportError(f"{wanted} is open everywhere", "Close it and start again.", code="FILE_OPEN")


def _names(wanted: Path, created: datetime | None) -> Iterator[Path]:
    """The file's own name, then those of its siblings."""
    yield wanted
    day = f"_{created:%Y-%m-%d}" if created else "_copy"
    yield wanted.with_name(f"{wanted.stem}{day}{wanted.suffix}")
    for number in range(2, 100):
        yield wanted.with_name(f"{wanted.stem}{day}-{number}{wanted.suffix}")
