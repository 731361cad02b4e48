"""Lets go of what is older than agreed: in the store, in the report folders, in the evidence folders."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import sqlalchemy as sa

from auditor.domain.policy import Policy
from auditor.domain.privacy import months_before
from auditor.store.retention import purge
from auditor.store.runs import RunStore
from auditor.wiring.log_book import log_of
from auditor.wiring.old_packs import old_packs, remove_packs

_RUN_FOLDER = re.compile(r"(\d{4}-\d{2}-\d{2})-\d{2,}")
_PAGE_COPIES = (".html", ".htm", ".mhtml", ".mht")
_DAY = 86400
#: a purge that comes by itself waits when the clock jumped further than this since the last run
LONGEST_GAP_DAYS = 100


def purge_all(
    policy: Policy, engine: sa.Engine, output: Path, today: date, *, dry_run: bool
) -> dict[str, int]:
    """One purge of everything; returns the receipt's counts. The receipt is kept in the log."""
    counts = purge(engine, today, policy.retention, dry_run=dry_run)
    folders = list(old_reports(output, months_before(today, policy.retention.reports_months)))
    copies = list(old_copies(policy, today))
    kept = [(folder, day) for folder, day in report_folders(output) if folder not in folders]
    packs = list(old_packs(kept, months_before(today, policy.retention.leavers_months)))
    counts |= {"report_folders": len(folders), "leavers_papers": len(packs), "page_copies": len(copies)}
    if dry_run:
        return counts
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    remove_packs(packs)
    for copy in copies:
        _remove_copy(copy)
    log_of(policy, engine).append("purged", until=today.isoformat(), counts=counts)
    return counts


def purge_before_run(policy: Policy, store: RunStore, output: Path, today: date) -> None:
    """The silent purge at the start of a run. A clock that jumped ahead must not empty the store: the day
    is never later than the computer's, and after a long gap the first run purges nothing."""
    day = min(today, datetime.now(UTC).date())
    newest = store.latest(None)
    if newest is None or not 0 <= (day - newest.facts.today).days <= LONGEST_GAP_DAYS:
        return
    purge_all(policy, store.engine, output, day, dry_run=False)


def old_reports(output: Path, cutoff: date) -> Iterator[Path]:
    """Report folders of runs before the cutoff."""
    return (folder for folder, day in report_folders(output) if day < cutoff)


def report_folders(output: Path) -> Iterator[tuple[Path, date]]:
    """The folders of runs with their day; nothing else in the reports' folder is ever touched."""
    for folder in sorted(output.iterdir()) if output.is_dir() else ():
        found = _RUN_FOLDER.fullmatch(folder.name)
        if found and not folder.is_symlink() and (folder / "findings.json").is_file():
            yield folder, _day(found[1])


def reports_naming(output: Path, employee_ids: Iterable[str]) -> list[Path]:
    """Report folders whose findings name one of these people."""
    wanted = set(employee_ids)
    return [path.parent for path in sorted(output.glob("*/findings.json")) if wanted & _ids(path)]


def old_copies(policy: Policy, today: date) -> Iterator[Path]:
    """Page copies in the policy's evidence folders that are older than `keep_captures_days`.

    The program itself keeps no copy of a page. 0 days: the folders are HR's own to tidy.
    """
    if not policy.keep_captures_days:
        return
    midnight = datetime(today.year, today.month, today.day, tzinfo=UTC).timestamp()
    oldest = min(midnight, time.time()) - policy.keep_captures_days * _DAY
    settings = policy.source_settings.get("saved_pages")
    folder = policy.path.parent / settings.folder if settings and settings.folder else None
    for path in sorted(folder.rglob("*")) if folder and folder.is_dir() else ():
        if path.suffix.casefold() in _PAGE_COPIES and path.is_file() and path.stat().st_mtime < oldest:
            yield path


def _remove_copy(path: Path) -> None:
    """A saved page and the folder of its pictures."""
    path.unlink(missing_ok=True)
    for name in (f"{path.stem}_files", f"{path.stem}-Dateien", f"{path.stem}_fichiers"):
        shutil.rmtree(path.with_name(name), ignore_errors=True)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.max


def _ids(path: Path) -> set[str]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {employee["employee_id"] for employee in content["employees"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
