"""The versions of what judges a banner, and of all that examines a person: they change by themselves with
every change of its code or libraries."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import auditor

#: the rooms that the judging of a picture uses; a test holds that they import nothing outside
ROOMS = ("banner", "model", "errors.py", "rules/_evidence.py")
#: what decodes and compares the pictures
LIBRARIES = ("numpy", "pillow", "opencv-python-headless", "imagehash", "scipy")


#: the rooms that the examining of a person uses beside them, and the libraries; held by a test too
EXAMINING_ROOMS = (
    *ROOMS[:3], "app", "discovery.py", "extract", "files", "findings", "headline", "identity", "language",
    "ports.py", "position", "rules", "sources",
)  # fmt: skip
EXAMINING_LIBRARIES = (*LIBRARIES, "babel", "rapidfuzz", "regex", "selectolax")


@cache
def judge_version() -> str:
    """A digest of the source files of those rooms and the versions of the libraries; empty where there are no
    source files to tell by."""
    return _version(ROOMS, LIBRARIES)


@cache
def program_version() -> str:
    """The same of all that examines a person."""
    return _version(EXAMINING_ROOMS, EXAMINING_LIBRARIES)


def _version(rooms: Sequence[str], libraries: Iterable[str]) -> str:
    marks = hashlib.sha256(f"{sys.version_info}".encode())
    for name in libraries:
        try:
            marks.update(f"{name} {version(name)}\n".encode())
        except PackageNotFoundError:
            marks.update(f"{name} none\n".encode())
    base = Path(auditor.__file__).parent
    files = [file for room in rooms for file in _files(base / room)]
    if len(files) < len(rooms):
        return ""
    for file in files:
        body = file.read_bytes()
        marks.update(f"{file.relative_to(base).as_posix()} {len(body)}\n".encode() + body)
    return marks.hexdigest()


def _files(room: Path) -> list[Path]:
    if room.is_dir():
        return sorted(
            file for file in room.rglob("*") if file.is_file() and file.suffix in (".py", ".tsv", ".csv")
        )
    return [room] if room.is_file() else []
