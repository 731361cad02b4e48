"""Files of evidence on the disk, with the folders of pictures beside them: found, moved, deleted."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from auditor.sources.saved_pages import READING, SUFFIXES, companion_folders, read_reading


def candidates(inbox: Path) -> Iterator[Path]:
    """The files of a folder that may be evidence, in the order of their names. Raises OSError."""
    with os.scandir(inbox) as entries:
        names = sorted(entry.name for entry in entries if not entry.name.startswith((".", "~$")))
    for name in names:
        path = inbox / name
        if path.suffix.lower() in SUFFIXES | {".zip"} and (path.is_file() or path.is_symlink()):
            yield path


def mark(path: Path) -> tuple[object, ...]:
    """What changes while a file, or the folder of pictures beside it, is still being written."""
    try:
        facts = path.lstat()
        beside = [
            (one.name, one.lstat().st_size) for place in companion_folders(path) for one in place.iterdir()
        ]
    except OSError:
        return (datetime.now(UTC),)
    return (facts.st_size, facts.st_mtime_ns, *sorted(beside))


def newer_pages(folder: Path, day: date | None) -> Iterator[Path]:
    """The saved pages below a folder that are newer than a day."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(place) / name
            if path.suffix.lower() in SUFFIXES | {READING}:
                try:
                    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
                except (OSError, ValueError, OverflowError):
                    continue
                if day is None or changed >= day:
                    yield path


def is_there(path: Path, place: Path) -> bool:
    """Whether the very same file, or what was read of the same page, lies in a person's folder already."""
    if not place.is_dir():
        return False
    if path.suffix == READING:
        read = (read_reading(one).page_sha256 for one in place.rglob(f"*{READING}"))
        return read_reading(path).page_sha256 in read
    size = path.stat().st_size
    same = [one for one in place.rglob("*") if one.is_file() and one.stat().st_size == size]
    return bool(same) and _digest(path) in map(_digest, same)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remove(path: Path) -> None:
    """Delete a file with the folder of its pictures. Raises OSError."""
    for companion in companion_folders(path):
        shutil.rmtree(companion, ignore_errors=True)
    path.unlink()


def move(path: Path, place: Path) -> Path:
    """Move a file and the folder of its pictures, which must keep its name, into a folder of the person's."""
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    companions = companion_folders(path)
    number, target = 1, place
    while any((target / one.name).exists() for one in (path, *companions)):
        number += 1
        target = place / str(number)
    target.mkdir(exist_ok=True, mode=0o700)
    for companion in companions:
        shutil.move(companion, target / companion.name)
    shutil.move(path, target / path.name)
    return target / path.name
