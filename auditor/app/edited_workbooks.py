"""Workbooks that people filled in inside the reports folder: read by the next run, never overwritten."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from auditor.files.writing import write_atomic
from auditor.model.document import Document, Workbook

LIST_NAME = ".workbooks.json"


class WrittenWorkbooks:
    """The workbooks of one report folder as they were written, by name and SHA-256."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        known = _known(folder)
        # rewritten files leave the list first, so that an interruption does not make them look edited
        self._changed = {name: both for name, both in known.items() if _is_changed(folder / name, both[0])}
        if known:
            _save(folder, self._changed)
        self._written: dict[str, tuple[str, str]] = {}

    def spared(self, document: Document) -> Document:
        """The document, under a name that no changed file has."""
        if not isinstance(document, Workbook):
            return document
        wanted = Path(document.file_name)
        number, name = 1, wanted.name
        while name in self._changed:
            number += 1
            name = f"{wanted.stem}_{number}{wanted.suffix}"
        return document if name == wanted.name else replace(document, file_name=name)

    def keep(self, files: Iterable[Path]) -> None:
        """Remember files just as they were written."""
        for file in files:
            if file.suffix == ".xlsx":
                self._written[file.name] = (_digest(file), "")

    def save(self) -> None:
        """Write the list, where there is anything in it. Raises OSError."""
        known = {**self._changed, **self._written}
        if known:
            _save(self._folder, known)


def filled_in(output: Path) -> tuple[Path, ...]:
    """The workbooks below `output` that were changed since they were written and not read since, oldest
    report first."""
    return tuple(
        path
        for listed in sorted(output.glob(f"*/{LIST_NAME}"))
        for name, (written, read) in sorted(_known(listed.parent).items())
        for path in (listed.parent / name,)
        if path.is_file() and _digest(path) not in (written, read)
    )


def mark_read(files: Iterable[Path]) -> None:
    """Remember that these files were read in their present state. Raises OSError."""
    for file in files:
        known = _known(file.parent)
        if file.name in known:
            known[file.name] = (known[file.name][0], _digest(file))
            _save(file.parent, known)


def state_as_read(file: Path) -> str:
    """SHA-256 of the state of this file that the program read last; empty where it read none."""
    return _known(file.parent).get(file.name, ("", ""))[1]


def forget_workbook(file: Path) -> None:
    """Remove a deleted file from its folder's list. Raises OSError."""
    known = _known(file.parent)
    if known.pop(file.name, None):
        _save(file.parent, known)


def _known(folder: Path) -> dict[str, tuple[str, str]]:
    try:
        listed = json.loads((folder / LIST_NAME).read_text(encoding="utf-8"))
        return {str(name): (str(written), str(read)) for name, (written, read) in listed.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _save(folder: Path, known: dict[str, tuple[str, str]]) -> None:
    text = json.dumps(known, ensure_ascii=False, sort_keys=True)
    write_atomic(folder / LIST_NAME, text)


def _is_changed(path: Path, written: str) -> bool:
    return path.is_file() and _digest(path) != written


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
