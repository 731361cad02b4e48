"""Writes texts as Markdown; every text is a text, never markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from auditor.files.writing import write_document
from auditor.model.document import (
    Heading,
    Link,
    MarkdownFile,
    Notice,
    Paragraph,
    Quote,
    Steps,
    TextBlock,
)
from auditor.ports import Writer
from auditor.writers._clean import cell_text
from auditor.writers._text_blocks import safe_address

_SIGNS = re.compile(r"([\\`*_<>&]|\[(?=[^\]]*\][(\[:]))")
#: what makes a line a list, a heading or a number of one
_AT_START = re.compile(r"^(\s*)(\d+)([.)])(?=\s)|^(\s*)([-+=~#|])(?=\s|[-=~#|])", re.MULTILINE)
_ADDRESS = re.compile(r"https?://[^\s<>]+")


def write_markdown(document: MarkdownFile, folder: Path) -> Sequence[Path]:
    """Write one file and return its path. Raises ReportError where nothing can be written."""
    return [write_document(folder, document.file_name, markdown_text(document).encode("utf-8", "replace"))]


def markdown_text(document: MarkdownFile) -> str:
    """The blocks as Markdown, which a reader without Markdown can read too."""
    return "\n\n".join(part for part in map(_block, document.blocks) if part) + "\n"


def _block(block: TextBlock) -> str:
    match block:
        case Heading(text=text, level=level):
            return f"{'#' * min(max(level, 1), 6)} {_plain(text)}"
        case Notice(text=text) | Quote(text=text):
            return f"> {_plain(text)}".replace("\n", "\n> ")
        case Steps(texts=texts):
            return "\n".join(f"{number}. {_plain(text)}" for number, text in enumerate(texts, 1))
        case Paragraph(text=text, quiet=True):
            return f"_{_plain(text)}_" if text.strip() else ""
        case Link(address=address, words=words):
            return f"[{_plain(words)}]({safe_address(address)})"
        case _:
            return _plain(getattr(block, "text", ""))


def _plain(text: str) -> str:
    """A text with its signs escaped; addresses stay whole, between angle brackets."""
    parts, place = [], 0
    plain = cell_text(text).strip()
    for found in _ADDRESS.finditer(plain):
        address = found[0].rstrip(".,;:!?)")
        parts += [_escaped(plain[place : found.start()]), f"<{address}>"]
        place = found.start() + len(address)
    return _AT_START.sub(_escaped_start, "".join((*parts, _escaped(plain[place:]))))


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text)


def _escaped_start(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2]}\\{found[3]}" if found[2] else f"{found[4]}\\{found[5]}"


WRITER = Writer("markdown", (MarkdownFile,), write_markdown)
