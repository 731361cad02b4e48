"""Chooses the reader of a roster by what the file really is."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import auditor.rosters
from auditor.discovery import discover
from auditor.domain.policy import RosterPolicy
from auditor.domain.roster import RosterReading, require_row_sum
from auditor.errors import RosterError
from auditor.judging.roster_messages import notice
from auditor.ports import RosterReader
from auditor.rosters._intake import rejected
from auditor.rosters._kinds import kind_of

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
    for reader in discover(auditor.rosters, "READER", RosterReader):
        if reader.accepts(body, path.name):
            reading = reader.read(path, body, policy, hosts)
            break
    else:
        raise rejected(path, "F10", reason="it is neither a workbook nor a text")
    reading = _with_file_facts(reading, path, kind, policy)
    require_row_sum(reading)
    return reading


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise rejected(path, "F11", reason=f"{path.stat().st_size // 1_000_000} MB")
        return path.read_bytes()
    except OSError as trouble:
        raise RosterError(path, trouble.strerror or "cannot be read", code="F10") from trouble


def _with_file_facts(reading: RosterReading, path: Path, kind: str, policy: RosterPolicy) -> RosterReading:
    from dataclasses import replace

    ending = path.suffix.lower().lstrip(".")
    notices = reading.notices
    if ending and ending not in _ENDINGS.get(kind, ()):
        notices = (notice("F01", file=path.name, kind=_KINDS.get(kind, kind)), *notices)
    file_date = reading.file_date or _changed_on(path, policy)
    return replace(reading, notices=notices, file_date=file_date)


def _changed_on(path: Path, policy: RosterPolicy) -> date | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, ZoneInfo(policy.time_zone)).date()
    except OSError:
        return None
