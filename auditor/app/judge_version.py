"""The version of what judges a banner: it changes by itself with every change of its code or libraries."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import auditor

#: the rooms that the judging of a picture uses; a test holds that they import nothing outside
ROOMS = ("banner", "model", "errors.py", "rules/_evidence.py")
#: what decodes and compares the pictures
LIBRARIES = ("numpy", "pillow", "opencv-python-headless", "imagehash", "scipy")


@cache
def judge_version() -> str:
    """A digest of the source files of those rooms and the versions of the libraries; empty where there are no
    source files to tell by."""
    marks = hashlib.sha256(f"{sys.version_info}".encode())
    for name in LIBRARIES:
        try:
            marks.update(f"{name} {version(name)}\n".encode())
        except PackageNotFoundError:
            marks.update(f"{name} none\n".encode())
    base = Path(auditor.__file__).parent
    files = [file for room in ROOMS for file in _files(base / room)]
    if len(files) < len(ROOMS):
        return ""
    for file in files:
        body = file.read_bytes()
        marks.update(f"{file.relative_to(base).as_posix()} {len(body)}\n".encode() + body)
    return marks.hexdigest()


def _files(room: Path) -> list[Path]:
    if room.is_dir():
        return sorted(file for file in room.rglob("*") if file.is_file() and file.suffix in (".py", ".tsv"))
    return [room] if room.is_file() else []
