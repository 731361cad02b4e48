"""Where a file goes: written aside first, then put in place in one step."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from auditor.errors import ReportError
from auditor.files.locks import is_open


def place(folder: Path, name: str, write: Callable[[Path], None], created: datetime | None = None) -> Path:
    """Write a file through a temporary neighbour and return where it lies.

    Where the wanted file is open in a spreadsheet program or cannot be replaced, a sibling with the
    date (and a number) in its name is written instead. Raises ReportError where nothing can be.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return _first_free(folder, name, write, created)
    except OSError as trouble:
        reason = trouble.strerror or str(trouble)
        raise ReportError(
            f"{folder / name} could not be written: {reason}",
            "Choose a folder you may write to with --output, or free some disk space.",
        ) from trouble


def _first_free(folder: Path, name: str, write: Callable[[Path], None], created: datetime | None) -> Path:
    aside = folder / f".{name}.{os.getpid()}.part"
    try:
        aside.touch(mode=0o600)
        write(aside)
        for target in _targets(folder / name, created):
            if is_open(target):
                continue
            try:
                aside.replace(target)
            except PermissionError:
                if not target.exists():
                    raise
                continue
            return target
    finally:
        aside.unlink(missing_ok=True)
    raise ReportError(f"{folder / name} is open everywhere", "Close it and start again.")


def _targets(wanted: Path, created: datetime | None) -> Iterator[Path]:
    yield wanted
    day = f"_{created:%Y-%m-%d}" if created else "_copy"
    yield wanted.with_name(f"{wanted.stem}{day}{wanted.suffix}")
    for number in range(2, 100):
        yield wanted.with_name(f"{wanted.stem}{day}-{number}{wanted.suffix}")
