"""What a file really is, by its first bytes."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import auditor.roster.readers
from auditor.discovery import discover
from auditor.errors import RosterError
from auditor.files.reading import MEGABYTE, FileTooLarge, modified_at, read_file
from auditor.language.roster_messages import notice
from auditor.model.dates import local
from auditor.model.policy import RosterPolicy
from auditor.model.roster import RosterReading, require_row_sum
from auditor.ports import RosterReader
from auditor.roster.intake import rejected

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


LARGEST_FILE = 400_000_000
_ENDINGS = {
    "zip": ("xlsx", "xlsm", "xltx"),
    "ole": ("xls",),
    "html": ("html", "htm"),
    "xml workbook": ("xml",),
    "text": ("csv", "txt", "tsv", "tab", "prn"),
}
_KINDS = {"zip": "xlsx", "ole": "xls", "text": "text"}


def read_roster(path: Path, policy: RosterPolicy, hosts: frozenset[str] = frozenset()) -> RosterReading:
    """Read a roster file; `hosts` are further hosts whose `/in/` pages count as profiles.

    Raises RosterError only for what rejects the whole file (F02, F03, F10, F11, H06).
    """
    body = _bytes_of(path)
    kind = kind_of(body)
    for reader in discover(auditor.roster.readers, "READER", RosterReader):
        if reader.accepts(body):
            reading = reader.read(path, body, policy, hosts)
            break
    else:
        raise rejected(path, "F10", reason="it is neither a workbook nor a text")
    reading = _with_file_facts(reading, path, kind, policy)
    require_row_sum(reading)
    return reading


def _bytes_of(path: Path) -> bytes:
    try:
        return read_file(path, LARGEST_FILE, pipes=True)
    except FileTooLarge as trouble:
        raise rejected(path, "F11", reason=f"{trouble.size // MEGABYTE} MB") from None
    except OSError as trouble:
        raise RosterError(path, trouble.strerror or "cannot be read", code="F10") from trouble


def _with_file_facts(reading: RosterReading, path: Path, kind: str, policy: RosterPolicy) -> RosterReading:
    ending = path.suffix.lower().lstrip(".")
    notices = reading.notices
    if ending and ending not in _ENDINGS.get(kind, ()):
        notices = (notice("F01", file=path.name, kind=_KINDS.get(kind, kind)), *notices)
    changed = local(modified_at(path), policy.time_zone)
    file_date = reading.file_date or (changed.date() if changed else None)
    return replace(reading, notices=notices, file_date=file_date)
