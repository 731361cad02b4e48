"""Writes pages for the browser that are complete already: one self-contained file each, in UTF-8."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from auditor.files.writing import write_document
from auditor.model.document import HtmlText
from auditor.ports import Writer


def write_html_text(document: HtmlText, folder: Path) -> Sequence[Path]:
    """Write one page and return its path. Half characters, which UTF-8 cannot hold, become `?`."""
    body = document.text.encode("utf-8", "replace")
    return [write_document(folder, document.file_name, body)]


WRITER = Writer("html_text", (HtmlText,), write_html_text)
