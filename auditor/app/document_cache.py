"""Remembers which documents of a report folder are written already, and removes fix kits that the report
no longer contains."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from auditor.files.writing import write_atomic
from auditor.model.document import Document

_BANNERS = "banners"
#: the names, without ending, of what a kit was ever made of
_KIT = frozenset({"fix-kit", "banner"})


def drop_stale_kits(folder: Path, kept: Collection[Path]) -> None:
    """Kits of people who no longer get one, and banners that belong to no kit any more.

    A folder in which somebody put something of their own stays. Raises OSError.
    """
    for kit in folder.glob("fix-kits/*"):
        files = list(kit.iterdir()) if kit.is_dir() else []
        ours = kit.name == _BANNERS or all(file.stem in _KIT for file in files)
        stale = [file for file in files if file not in kept and file.is_file()]
        partly_new = len(stale) < len(files)
        for file in stale if ours else ():
            if not partly_new or kit.name == _BANNERS or file.stem == "banner":
                file.unlink()
        if ours and not partly_new and files:
            kit.rmdir()


LIST_NAME = ".packs.json"


class EarlierPapers:
    """The documents of a report folder's packs, by path: a digest of each, and the files written from it.

    The list is taken away while papers are being written: after an interruption all are written anew.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._before = _read(folder / LIST_NAME)
        self._now: dict[str, tuple[str, tuple[str, ...]]] = {}
        (folder / LIST_NAME).unlink(missing_ok=True)

    def files_of(self, document: Document) -> list[Path] | None:
        """The files of this very document if they still exist; None if it must be written."""
        place = _place(document)
        saying, names = self._before.get(place, ("", ()))
        files = [self._folder / name for name in names]
        if not place or saying != _digest(document) or not all(file.is_file() for file in files):
            return None
        self._now[place] = saying, names
        return files

    def keep(self, document: Document, files: Sequence[Path]) -> None:
        """Remember the files that a paper became; papers outside the packs are not remembered."""
        place = _place(document)
        if place and files:
            names = tuple(file.relative_to(self._folder).as_posix() for file in files)
            self._now[place] = _digest(document), names

    def save(self) -> None:
        """Write the list, where there is anything in it. Raises OSError."""
        if self._now:
            text = json.dumps(self._now, ensure_ascii=False, sort_keys=True)
            write_atomic(self._folder / LIST_NAME, text)


def forget(folder: Path, below: str) -> None:
    """Remove everything below a pack's folder from a report's list. Raises OSError."""
    path = folder / LIST_NAME
    known = _read(path)
    left = {place: entry for place, entry in known.items() if not place.startswith(f"{below}/")}
    if len(left) < len(known):
        write_atomic(path, json.dumps(left, ensure_ascii=False, sort_keys=True))


def _read(path: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
        return {place: (str(saying), tuple(map(str, names))) for place, (saying, names) in listed.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _place(document: Document) -> str:
    folder = getattr(document, "folder", "")
    return f"{folder}/{document.file_name}" if folder else ""


def _digest(document: Document) -> str:
    marks = hashlib.sha256()
    for part in _parts(document):
        marks.update(len(part).to_bytes(8, "big") + part)
    return marks.hexdigest()[:32]


def _parts(value: Any) -> Iterator[bytes]:
    """The content of a document; pictures are represented by their digests."""
    if isinstance(value, bytes):
        yield _digest_of_body(value)
    elif isinstance(value, tuple):
        yield b"(%d" % len(value)
        for item in value:
            yield from _parts(item)
    elif is_dataclass(value):
        yield type(value).__name__.encode()
        for field in fields(value):
            yield from _parts(getattr(value, field.name))
    else:
        yield repr(value).encode("utf-8", "surrogatepass")


@lru_cache(maxsize=256)
def _digest_of_body(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()
