"""What a run's folder held when its reports were written: the list that later proves what is unchanged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

#: a receipt remembers a file or a pack by so many signs of its digest
RECEIPT_SIGNS = 16


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file as it was written. Of a workbook in which people answer, `open_cells` are the ranges to fill in
    by sheet, `rest_sha256` the digest of everything else and `pictures_sha256` that of its pictures. A
    `draft` is a text that people complete by hand."""

    sha256: str
    rest_sha256: str = ""
    pictures_sha256: str = ""
    open_cells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one run read and wrote. Digests are SHA-256 in hexadecimal; `files` has one entry per path below
    the folder, its parts divided by `/`.

    `evidence` holds, per source, the pages read, each with the pictures beside it; no name, number or order
    of people. `banners` maps entity and banner to the digest of the reference picture. `log_lines` and
    `log_head` are number and hash of the newest line of the audit log when this was written.
    """

    run: str
    today: date
    written_at: datetime
    program_version: str
    policy_name: str
    policy_sha256: str
    roster_name: str
    roster_sha256: str
    banners: Mapping[str, str]
    evidence: Mapping[str, tuple[tuple[str, ...], ...]]
    log_lines: int
    log_head: str
    files: Mapping[str, WrittenFile]


def receipt_of(entries: Iterable[tuple[str, str]]) -> str:
    """The receipt for files, given as path and SHA-256, that one act removed together; it names none of
    them."""
    lines = "".join(f"{sha256}  {path}\n" for path, sha256 in sorted(entries))
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()[:RECEIPT_SIGNS]


def banners_digest(banners: Mapping[str, str]) -> str:
    """One digest for all reference banners, for the log."""
    return receipt_of(banners.items())
