"""Writes what is a file already but for its bytes: JSON, pictures, pages for the browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from auditor.files.writing import write_document
from auditor.model.document import HtmlText, JsonFile, JsonRows, PictureFile
from auditor.ports import Writer


def write_plain(document: JsonFile | PictureFile | HtmlText, folder: Path) -> Sequence[Path]:
    """Write one file and return its path.

    JSON in UTF-8, lone surrogates as escapes; a page in UTF-8, where half characters become `?`; a picture as
    it is. Raises ReportError, and ValueError for NaN, which is no JSON.
    """
    match document:
        case JsonFile(file_name, content):
            return [write_document(folder, file_name, partial(_write_json, content))]
        case PictureFile(file_name, body, below):
            return [write_document(folder / below, file_name, body)]
        case HtmlText(file_name, text):
            return [write_document(folder, file_name, text.encode("utf-8", "replace"))]


def _write_json(content: object, path: Path) -> None:
    for only_ascii in (False, True):
        try:
            with path.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(_json(content, partial(_dumps, ensure_ascii=only_ascii)))
        except UnicodeEncodeError:
            continue
        return


_dumps = partial(json.dumps, indent=2, allow_nan=False)


def _json(content: object, dumps: Callable[[object], str]) -> Iterator[str]:
    """The pieces of the text; of `JsonRows` one entry at a time."""
    if not isinstance(content, dict) or not any(isinstance(one, JsonRows) for one in content.values()):
        yield dumps(content) + "\n"
        return
    before = "{"
    for key, value in content.items():
        yield f"{before}\n  {dumps(key)}: "
        before = ","
        if isinstance(value, JsonRows):
            yield from _list(value, dumps)
        else:
            yield dumps(value).replace("\n", "\n  ")
    yield "\n}\n"


def _list(rows: JsonRows, dumps: Callable[[object], str]) -> Iterator[str]:
    before = "["
    for entry in rows.entries():
        yield f"{before}\n    " + dumps(entry).replace("\n", "\n    ")
        before = ","
    yield "[]" if before == "[" else "\n  ]"


WRITER = Writer("plain_file", (JsonFile, PictureFile, HtmlText), write_plain)
