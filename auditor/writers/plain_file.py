"""Writes what is a file already but for its bytes: JSON, pictures, pages for the browser."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from auditor.files.writing import write_document
from auditor.model.document import HtmlText, JsonFile, PictureFile
from auditor.ports import Writer


def write_plain(document: JsonFile | PictureFile | HtmlText, folder: Path) -> Sequence[Path]:
    """Write one file and return its path.

    JSON in UTF-8, lone surrogates as escapes; a page in UTF-8, where half characters become `?`; a picture as
    it is. Raises ReportError, and ValueError for NaN, which is no JSON.
    """
    match document:
        case JsonFile(file_name, content):
            return [write_document(folder, file_name, _json(content))]
        case PictureFile(file_name, body, below):
            return [write_document(folder / below, file_name, body)]
        case HtmlText(file_name, text):
            return [write_document(folder, file_name, text.encode("utf-8", "replace"))]


def _json(content: object) -> bytes:
    text = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False)
    try:
        return text.encode("utf-8") + b"\n"
    except UnicodeEncodeError:
        return json.dumps(content, indent=2, ensure_ascii=True, allow_nan=False).encode("ascii") + b"\n"


WRITER = Writer("plain_file", (JsonFile, PictureFile, HtmlText), write_plain)
