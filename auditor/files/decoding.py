"""The text of a file's bytes, by what they are rather than by what the file declares."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_DECLARED_WITHIN = 4096
#: charsets in which ASCII markup can lie; the rest (utf-7, idna ...) are not for files
_ASCII_BASED = re.compile(
    r"(iso[-_]?8859|cp\d|windows-125|latin|ascii|koi8|mac|gb|big5|euc|shift|sjis|ibm|tis)", re.IGNORECASE
)
_BROKEN = "\N{REPLACEMENT CHARACTER}"
_MOST_BROKEN_SHARE = 0.04
#: signs that stand inside a word only where another charset was read as Windows-1252
_NOT_IN_WORDS = re.compile("[^\\W\\d_][¡-¬®-¶¸-¿×÷†‡‰‹›€‚ƒ„…ˆ˜][^\\W\\d_]")


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A text and how it was read. `guessed`: Windows-1252, because nothing else fitted."""

    text: str
    encoding: str
    guessed: bool = False


def decode_table(body: bytes) -> DecodedText:
    """The text of a table that people exported: what is no Unicode is Windows-1252, and says so.

    Raises ValueError where the bytes are no text at all.
    """
    certain = _certain(body)
    if certain is not None:
        return certain
    if body.startswith(codecs.BOM_UTF8):
        return DecodedText(body.decode("utf-8-sig", "replace"), "utf-8-sig")
    head = body[:100_000]
    controls = sum(head.count(value) for value in range(32) if value not in (9, 10, 12, 13))
    if controls > len(head) * 0.02:
        raise ValueError("binary")
    return DecodedText(body.decode("cp1252", "replace"), "cp1252", guessed=True)


def decode_page(body: bytes, media_type: str = "") -> str | None:
    """The text of a page, or None where the bytes are no text."""
    text = decode_text(body, media_type)
    sample = text[:65536]
    odd = sample.count("\x00") + sample.count(_BROKEN)
    return None if odd > 50 and odd > len(sample) * _MOST_BROKEN_SHARE else text


def decode_text(body: bytes, media_type: str = "") -> str:
    """The text without a byte order mark; never fails: what was damaged is kept visible as U+FFFD.

    What is valid UTF-8 is UTF-8 whatever a header claims. Bytes that fit neither UTF-8 nor the declared
    charset are read as Windows-1252 where nothing in them is UTF-8 and the words look right.
    """
    certain = _certain(body)
    if certain is not None:
        return certain.text
    body = body.removeprefix(codecs.BOM_UTF8)
    text = body.decode("utf-8", "replace")
    # Windows-1252 where no sign beyond ASCII came out right as UTF-8; a cut end is no other charset
    whole = text.rstrip(_BROKEN)
    is_western = _BROKEN in whole and all(sign < "\x80" or sign == _BROKEN for sign in text)
    for encoding in filter(None, (declared_charset(body, media_type), "cp1252" if is_western else "")):
        try:
            other = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "cp1252" or not _NOT_IN_WORDS.search(other):
            return other
    return text


def _certain(body: bytes) -> DecodedText | None:
    """The text where the bytes leave no doubt: a mark, the pattern of UTF-16, or whole UTF-8."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return DecodedText(body.decode(encoding, "replace").lstrip("\ufeff"), encoding)
    wide = _wide(body[:4000])
    if wide:
        return DecodedText(body.decode(wide, "replace"), wide)
    encoding = "utf-8-sig" if body.startswith(codecs.BOM_UTF8) else "utf-8"
    try:
        return DecodedText(body.decode(encoding).lstrip("\ufeff"), encoding)
    except UnicodeDecodeError:
        return None


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark, by the empty half of its plain letters."""
    pairs = len(sample) // 2
    if pairs and sample[1::2].count(0) > pairs * 0.4 > sample[::2].count(0) * 2:
        return "utf-16-le"
    return "utf-16-be" if pairs and sample[::2].count(0) > pairs * 0.4 > sample[1::2].count(0) * 2 else ""


def declared_charset(body: bytes, media_type: str = "") -> str:
    """The charset that the media type or the head of a page names; empty where none of use is named."""
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
