"""Text in UTF-8 whatever it was saved in."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NO_CHARSETS = ("utf-7", "utf-16", "utf-32", "idna", "punycode", "undefined", "unicode", "raw-unicode")


def as_utf8(body: bytes, declared: str = "") -> bytes:
    """The same text in UTF-8 without a byte order mark.

    What is valid UTF-8 is UTF-8, whatever a header claims; then the declared charset counts.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace").encode("utf-8", "replace")
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        encoding = _known(declared)
        return body if encoding == "utf-8" else body.decode(encoding, "replace").encode("utf-8", "replace")
    return body


def decode(body: bytes, declared: str = "") -> str:
    """The text of bytes that are UTF-8 by mark or by trial, else in the declared charset or cp1252."""
    return as_utf8(body, declared or "cp1252").decode("utf-8", "replace")


def _known(declared: str) -> str:
    try:
        name = codecs.lookup(declared).name if declared else "utf-8"
        "".encode(name)
    except (LookupError, ValueError):
        return "utf-8"
    if name in ("iso8859-1", "ascii"):
        return "cp1252"  # as browsers read them
    return "utf-8" if name.replace("_", "-").startswith(_NO_CHARSETS) else name
