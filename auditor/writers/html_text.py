"""Writes pages for the browser that are complete already: one self-contained file each, in UTF-8."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from auditor.model.document import HtmlText
from auditor.ports import Writer
from auditor.writers._placing import place


def write_html_text(document: HtmlText, folder: Path) -> Sequence[Path]:
    """Write one page and return its path. Half characters, which UTF-8 cannot hold, become `?`."""
    body = document.text.encode("utf-8", "replace")
    return [place(folder, document.file_name, lambda path: _put(path, body))]


def _put(path: Path, body: bytes) -> None:
    path.write_bytes(body)


WRITER = Writer("html_text", (HtmlText,), write_html_text)
