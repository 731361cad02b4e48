"""Writes JSON documents: UTF-8, sorted by their maker, numbers that every reader accepts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from auditor.files.writing import write_document
from auditor.model.document import JsonFile
from auditor.ports import Writer


def write_json(document: JsonFile, folder: Path) -> Sequence[Path]:
    """Write one JSON file and return its path.

    Raises ValueError for NaN, which is no JSON; lone surrogates are written as escapes.
    """
    text = json.dumps(document.content, indent=2, ensure_ascii=False, allow_nan=False)
    try:
        body = text.encode("utf-8")
    except UnicodeEncodeError:
        body = json.dumps(document.content, indent=2, ensure_ascii=True, allow_nan=False).encode("ascii")
    return [write_document(folder, document.file_name, body + b"\n")]


WRITER = Writer("json", (JsonFile,), write_json)
