"""Turns the bytes of a text file into text: byte order mark, strict UTF-8, UTF-16 pattern, Windows-1252."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A text and how it was read. `guessed`: Windows-1252, because nothing else fitted."""

    text: str
    encoding: str
    guessed: bool = False


def decode(body: bytes) -> DecodedText:
    """The text of a file. Raises ValueError where the bytes are no text at all."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return DecodedText(body.decode(encoding, errors="replace").lstrip("\ufeff"), encoding)
    wide = _without_mark(body)
    if wide:
        return DecodedText(body.decode(wide, errors="replace"), wide)
    try:
        return DecodedText(body.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        if _control_share(body[:100_000]) > 0.02:
            raise ValueError("binary") from None
        return DecodedText(body.decode("cp1252", errors="replace"), "cp1252", guessed=True)


def _without_mark(body: bytes) -> str | None:
    head = body[:4_000]
    half = len(head) // 2
    if half < 4:
        return None
    if head[1::2].count(0) > half * 0.7 and head[0::2].count(0) < half * 0.1:
        return "utf-16-le"
    if head[0::2].count(0) > half * 0.7 and head[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return None


def _control_share(head: bytes) -> float:
    controls = sum(head.count(bytes([value])) for value in range(32) if value not in (9, 10, 12, 13))
    return controls / max(len(head), 1)
