"""Writes a picture as it is, for people to upload."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from auditor.model.document import PictureFile
from auditor.ports import Writer
from auditor.writers._placing import place


def write_picture(document: PictureFile, folder: Path) -> Sequence[Path]:
    """Write one picture and return its path. Raises ReportError where nothing can be written."""
    target = folder.joinpath(*document.folder.split("/")) if document.folder else folder
    return [place(target, document.file_name, lambda path: _put(path, document.body))]


def _put(path: Path, body: bytes) -> None:
    path.write_bytes(body)


WRITER = Writer("picture_file", (PictureFile,), write_picture)
