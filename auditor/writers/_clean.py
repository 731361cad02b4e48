"""Text as a spreadsheet or CSV file can hold it: nothing lost silently, nothing that acts."""

from __future__ import annotations

import re
import unicodedata

#: signs a cell can hold, counted as Excel counts them (UTF-16 units)
CELL_LIMIT = 32_767

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_ACTING = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00")


def cell_text(value: object) -> str:
    """The text of a value as XML 1.0 can carry it, cut at what a cell holds.

    Lone surrogates become U+FFFD, other signs outside XML are dropped.
    """
    text = value if isinstance(value, str) else str(value)
    if _NOT_XML.search(text):
        text = _NOT_XML.sub("", _SURROGATES.sub("\ufffd", text))
    if len(text) > CELL_LIMIT // 2:
        text = text.encode("utf-16-le")[: CELL_LIMIT * 2].decode("utf-16-le", errors="ignore")
    if text.startswith("<r>") and text.endswith("</r>"):
        text += " "  # XlsxWriter would take it for ready-made markup
    return text


def would_act(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula, also in its full-width forms."""
    if text.startswith(_ACTING):
        return True
    return bool(text) and not text[0].isascii() and unicodedata.normalize("NFKC", text[0]).startswith(_ACTING)


def guarded(text: str) -> str:
    """The text for a CSV cell: an apostrophe in front where it could act."""
    return f"'{text}" if would_act(text) or would_act(text.lstrip()) else text
