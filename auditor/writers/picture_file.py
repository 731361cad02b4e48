"""Writes a picture as it is, for people to upload."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from auditor.files.writing import write_document
from auditor.model.document import PictureFile
from auditor.ports import Writer


def write_picture(document: PictureFile, folder: Path) -> Sequence[Path]:
    """Write one picture and return its path. Raises ReportError where nothing can be written."""
    return [write_document(folder / document.folder, document.file_name, document.body)]


WRITER = Writer("picture_file", (PictureFile,), write_picture)
