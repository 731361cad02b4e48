"""What a file really is, by its first bytes."""

from __future__ import annotations

import re

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<\s*(!doctype\s+html|html|table|head|body|meta|style)\b", re.IGNORECASE)
_OTHERS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"SQLite format",
)


def kind_of(body: bytes) -> str:
    """`zip`, `ole`, `html`, `xml workbook`, `other` (nothing that can be a roster) or `text`."""
    if body.startswith(b"PK\x03\x04") or body.startswith(b"PK\x05\x06"):
        return "zip"
    if body.startswith(_OLE):
        return "ole"
    if body.startswith(_OTHERS):
        return "other"
    head = body[:4_000].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"<?xml") and b"schemas-microsoft-com:office:spreadsheet" in head:
        return "xml workbook"
    if head.startswith(b"<") and _HTML.search(head):
        return "html"
    return "text"


def is_container(body: bytes) -> bool:
    """True where another reader than that of delimited text is needed."""
    return kind_of(body) != "text"
