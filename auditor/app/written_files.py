"""The files of a report folder as the program wrote them: kept beside them, whatever people do to them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from auditor.app.workbook_content import open_cells, pictures_digest, rest_of_new
from auditor.files.archives import BadArchive
from auditor.files.reading import sha256_of
from auditor.files.writing import write_atomic
from auditor.model.document import Document, MailDraft, TextDocument, Workbook
from auditor.model.manifest import WrittenFile

MANIFEST_NAME = "manifest.json"
SUMS_NAME = "SHA256SUMS"
LIST_NAME = ".written.json"


class WrittenFiles:
    """The list of one folder. A file that a call leaves as it lies there keeps the entry of the call that
    wrote it, so that nothing that was changed since is taken for written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._before = files_written(folder)
        self._now: dict[str, WrittenFile] = {}

    def keep(self, file: Path, content: WrittenFile) -> None:
        """Remember a file just as it was written, with what `content_of` said of it. Raises OSError."""
        self._now[file.relative_to(self._folder).as_posix()] = replace(content, sha256=sha256_of(file))

    def save(self) -> None:
        """Write the list: the files of this call, and of earlier ones those that still lie there. Raises
        OSError."""
        left = {name: one for name, one in self._before.items() if (self._folder / name).is_file()}
        known = {name: entry_of(one) for name, one in sorted({**left, **self._now}.items())}
        write_atomic(self._folder / LIST_NAME, json.dumps(known, ensure_ascii=False))


def content_of(document: Document, file: Path) -> WrittenFile:
    """What is to be known of a file beside its digest, taken before it is locked with a password."""
    draft = isinstance(document, MailDraft) or (isinstance(document, TextDocument) and bool(document.to_fill))
    if not isinstance(document, Workbook) or file.suffix != ".xlsx" or not any(open_cells(document)):
        return WrittenFile("", draft=draft)
    try:
        ranges, rest = rest_of_new(file, open_cells(document))
        return WrittenFile("", rest, pictures_digest(file), ranges)
    except BadArchive:  # larger than any workbook that is read back
        return WrittenFile("")


def files_written(folder: Path) -> dict[str, WrittenFile]:
    """The entries of a folder by path; none where the list cannot be read."""
    try:
        listed = json.loads((folder / LIST_NAME).read_text(encoding="utf-8"))
        return {str(name): file_of(entry) for name, entry in listed.items()}
    except (OSError, ValueError, AttributeError, TypeError, KeyError):
        return {}


def forget_written(folder: Path, below: str) -> None:
    """Take a path, and everything below it, out of a folder's list. Raises OSError."""
    known = files_written(folder)
    left = {name: entry_of(one) for name, one in known.items() if not is_below(name, below)}
    if len(left) < len(known):
        write_atomic(folder / LIST_NAME, json.dumps(left, ensure_ascii=False))


def is_below(name: str, path: str) -> bool:
    """Whether a file is this path or lies below it."""
    return name == path or name.startswith(f"{path}/")


def withdraw_manifest(folder: Path) -> None:
    """Take the manifest away while files are being written: it holds for finished reports. Raises OSError."""
    for name in (MANIFEST_NAME, SUMS_NAME):
        (folder / name).unlink(missing_ok=True)


def entry_of(file: WrittenFile) -> dict[str, Any]:
    """A file as JSON; what is not known of it is left out."""
    return {
        "sha256": file.sha256,
        **({"rest_sha256": file.rest_sha256} if file.rest_sha256 else {}),
        **({"pictures_sha256": file.pictures_sha256} if file.pictures_sha256 else {}),
        **(
            {"open_cells": {name: list(cells) for name, cells in file.open_cells.items()}}
            if file.open_cells
            else {}
        ),
        **({"draft": True} if file.draft else {}),
    }


def file_of(entry: Mapping[str, Any]) -> WrittenFile:
    """A file from its JSON. Raises KeyError, TypeError, AttributeError for what is none."""
    cells = {str(name): tuple(map(str, ranges)) for name, ranges in entry.get("open_cells", {}).items()}
    rest, pictures = (str(entry.get(name, "")) for name in ("rest_sha256", "pictures_sha256"))
    return WrittenFile(str(entry["sha256"]), rest, pictures, cells, bool(entry.get("draft")))
