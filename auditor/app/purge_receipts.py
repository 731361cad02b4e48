"""What the audit log remembers of files that retention or an erasure removed: enough to tell later that a
file is missing rightly, and nothing about people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from auditor.app.written_files import files_written, is_below
from auditor.files.reading import sha256_of
from auditor.model.manifest import RECEIPT_SIGNS, receipt_of
from auditor.store.log import LogLine

PURGE_BEGAN, PURGED, ERASED = "purge_began", "purged", "erased"


@dataclass(slots=True)
class Receipts:
    """The receipts that concern one run, each with the line of the log that holds it. `folder` is the line
    of the act that deleted the whole folder; `papers` are those of leavers' papers and `copies` pages of the
    evidence folder, of whatever run, both by digest."""

    folder: LogLine | None = None
    papers: dict[str, LogLine] = field(default_factory=dict)
    copies: dict[str, LogLine] = field(default_factory=dict)


def receipts_of(folders: Sequence[Path], packs: Iterable[Path], copies: Iterable[Path]) -> dict[str, Any]:
    """The receipts for what a purge is about to remove: report folders by run, leavers' papers by run and
    digest, page copies by digest."""
    papers: dict[str, list[str]] = {}
    for pack in packs:
        report = report_of_pack(pack)
        entries = {name: one.sha256 for name, one in files_written(report).items()}
        receipt = receipt_below(pack.relative_to(report).as_posix(), entries)
        papers.setdefault(report.name, []).append(receipt)
    digests = []
    for copy in copies:
        with suppress(OSError):
            digests.append(sha256_of(copy)[:RECEIPT_SIGNS])
    return {"folders": [folder.name for folder in folders], "papers": papers, "copies": digests}


def report_of_pack(pack: Path) -> Path:
    """The report folder of a leaver's pack (`leavers/X`), checklist or its copy (`csv/X`)."""
    return pack.parent.parent if pack.parent.name in ("leavers", "csv") else pack.parent


def pack_of(name: str) -> str:
    """What a purge would remove together with a file: the leaver's pack, or the file alone."""
    parts = name.split("/")
    return "/".join(parts[:2]) if parts[0] == "leavers" and len(parts) > 2 else name


def receipt_below(below: str, entries: Mapping[str, str]) -> str:
    """The receipt for the files (SHA-256 by path) at this path or below it."""
    return receipt_of((n, one) for n, one in entries.items() if is_below(n, below))


def receipts_for_run(lines: Iterable[LogLine], run: str) -> Receipts:
    """The receipts in the log that concern one run."""
    found = Receipts()
    for line in lines:
        if line.event in (PURGE_BEGAN, ERASED):
            if run in line.content.get("folders", ()):
                found.folder = line
            found.papers.update(dict.fromkeys(line.content.get("papers", {}).get(run, ()), line))
            found.copies.update(dict.fromkeys(line.content.get("copies", ()), line))
    return found


def receipt_words(line: LogLine) -> str:
    """Where the receipt for something deleted stands."""
    return f"on {line.at[:10]}, see line {line.number} of the log"
