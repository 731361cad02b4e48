"""The text of a page's bytes, in whatever charset they were saved; never fails."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_DECLARED_WITHIN = 4096
#: charsets in which a page of ASCII markup can lie; the rest (utf-7, idna ...) are not for pages
_ASCII_BASED = re.compile(
    r"(iso[-_]?8859|cp125|windows-125|latin|ascii|koi8|mac|gb|big5|euc|shift|sjis|cp9)", re.IGNORECASE
)
_BROKEN = "\N{REPLACEMENT CHARACTER}"
_MOST_BROKEN_SHARE = 0.02


def decode_page(body: bytes, media_type: str = "") -> str | None:
    """The page's text without a byte order mark, or None where the bytes are no text.

    What is valid UTF-8 is UTF-8 whatever a header claims; a few broken bytes do not make it
    another charset, and damage is kept visible as U+FFFD.
    """
    text = _decode(body, media_type)
    return None if _looks_binary(text) else text


def _decode(body: bytes, media_type: str) -> str:
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    if b"<\x00" in body[:200]:
        return body.decode("utf-16-le", "replace")
    text = body.decode("utf-8", "replace")
    broken = text.count(_BROKEN)
    declared = _declared(body, media_type)
    if broken and (declared or broken > 20 + len(text) * _MOST_BROKEN_SHARE):
        return body.decode(declared or "cp1252", "replace")
    return text


def _declared(body: bytes, media_type: str) -> str:
    found = _DECLARED.search(media_type.encode("ascii", "replace")) or _DECLARED.search(
        body[:_DECLARED_WITHIN]
    )
    name = found.group(1).decode("ascii") if found else ""
    if not _ASCII_BASED.match(name):
        return ""
    try:
        codecs.lookup(name)
    except LookupError:
        return ""
    # browsers read Latin-1 and ASCII as windows-1252
    return "cp1252" if re.fullmatch(r"(?i)(us-)?ascii|latin-?1|iso[-_]?8859[-_]1", name) else name


def _looks_binary(text: str) -> bool:
    sample = text[:65536]
    odd = sample.count("\x00") + sample.count(_BROKEN)
    return odd > 50 and odd > len(sample) * _MOST_BROKEN_SHARE * 2
