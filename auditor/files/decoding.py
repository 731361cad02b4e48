"""The text of a file's bytes, by what they are rather than by what the file declares; never fails."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)


_DECLARED_WITHIN = 4096


#: charsets in which ASCII markup can lie; the rest (utf-7, idna ...) are not for files
_ASCII_BASED = re.compile(
    r"(iso[-_]?8859|cp125|windows-125|latin|ascii|koi8|mac|gb|big5|euc|shift|sjis|cp9)", re.IGNORECASE
)


_BROKEN = "\N{REPLACEMENT CHARACTER}"


_MOST_BROKEN_SHARE = 0.02


#: signs that stand inside a word only where another charset was read as Windows-1252
_NOT_IN_WORDS = re.compile("[^\\W\\d_][¡-¬®-¶¸-¿×÷†‡‰‹›€‚ƒ„…ˆ˜][^\\W\\d_]")


def decode_page(body: bytes, media_type: str = "") -> str | None:
    """The text of a page, or None where the bytes are no text."""
    text = decode_text(body, media_type)
    return None if _looks_binary(text) else text


def decode_text(body: bytes, media_type: str = "") -> str:
    """The text without a byte order mark; what was damaged is kept visible as U+FFFD.

    What is valid UTF-8 is UTF-8 whatever a header claims. Bytes that fit neither UTF-8 nor the declared
    charset are read as Windows-1252 where nothing in them is UTF-8 and the words look right.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    body = body.removeprefix(codecs.BOM_UTF8)
    wide = _wide(body[:400])
    if wide:
        return body.decode(wide, "replace")
    text = body.decode("utf-8", "replace")
    if _BROKEN not in text:
        return text
    for encoding in filter(None, (_declared(body, media_type), _western(text))):
        try:
            other = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "cp1252" or not _NOT_IN_WORDS.search(other):
            return other
    return text


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark, by the empty half of its plain letters."""
    pairs = len(sample) // 2
    if pairs and sample[1::2].count(0) > pairs * 0.4 > sample[::2].count(0) * 2:
        return "utf-16-le"
    return "utf-16-be" if pairs and sample[::2].count(0) > pairs * 0.4 > sample[1::2].count(0) * 2 else ""


def _western(text: str) -> str:
    """Windows-1252 where no sign beyond ASCII came out right as UTF-8; a cut end is no other charset."""
    whole = text.rstrip(_BROKEN)
    return "cp1252" if _BROKEN in whole and all(sign < "\x80" or sign == _BROKEN for sign in text) else ""


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
