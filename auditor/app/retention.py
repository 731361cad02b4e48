"""Deletes what is older than the policy allows: in the store, report folders and evidence folders."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from auditor.app.consent import expire_ended
from auditor.app.document_cache import forget
from auditor.app.edited_workbooks import forget_workbook
from auditor.app.evidence_places import evidence_place
from auditor.app.hand_over import EXPORTS, OWN, PAGES, Places, drop_old_answers, evidence_days, places_of
from auditor.app.paths import log_of
from auditor.app.person_evidence import evidence_of, remove_evidence
from auditor.app.purge_receipts import PURGE_BEGAN, PURGED, receipts_of, report_of_pack
from auditor.app.seal_report import leave_manifests
from auditor.app.written_files import LIST_NAME, MANIFEST_NAME, forget_written
from auditor.files.reading import modified_at
from auditor.files.writing import write_atomic
from auditor.model.dates import months_before
from auditor.model.policy import Policy
from auditor.sources.saved_pages import READING, SUFFIXES
from auditor.store.persons import PersonKnown
from auditor.store.retention import purge
from auditor.store.runs import RunStore

_OLD_PACKS_DAY = r"(\d{4}-\d{2}-\d{2}|no-date)"
_PACK = re.compile(rf".*_{_OLD_PACKS_DAY}")
_CHECKLIST = re.compile(rf"checklist_[A-Za-z0-9-]*_{_OLD_PACKS_DAY}([_-].*)?\.(xlsx|csv)")
_EVENT = re.compile(rb"BEGIN:VEVENT\r?\n.*?END:VEVENT\r?\n", re.DOTALL)
_UID = re.compile(rb"^UID:(.*?)\r?$", re.MULTILINE)


def old_packs(reports: Iterable[tuple[Path, date]], cutoff: date) -> Iterator[Path]:
    """Packs and checklists of people whose last day is before the cutoff, in these report folders.

    The last day stands in the name. Where none is known, the day of the report counts.
    """
    for report, day in reports:
        for path in sorted(report.glob("leavers/*")):
            if path.is_dir() and not path.is_symlink() and _is_old(_PACK, path, day, cutoff):
                yield path
        for path in sorted((*report.glob("checklist_*.xlsx"), *report.glob("csv/checklist_*.csv"))):
            if path.is_file() and _is_old(_CHECKLIST, path, day, cutoff):
                yield path


def remove_packs(paths: Iterable[Path]) -> None:
    """Delete them and their entries in the calendar of all departures. What cannot be deleted now is
    found again by the next purge."""
    for path in paths:
        with suppress(OSError):
            _remove(path)


def _remove(path: Path) -> None:
    report = report_of_pack(path)
    below = path.relative_to(report).as_posix()
    if not path.is_dir():
        path.unlink(missing_ok=True)
        forget_workbook(path)
        forget_written(report, below)
        return
    _leave_calendar(path.parent / "all-departures.ics", path / "offboarding.ics")
    forget(report, below)
    shutil.rmtree(path)
    forget_written(report, below)


def _is_old(name: re.Pattern[str], path: Path, day: date, cutoff: date) -> bool:
    found = name.fullmatch(path.name)
    return found is not None and _last_day(found[1], day) < cutoff


def _last_day(text: str, otherwise: date) -> date:
    return otherwise if text == "no-date" else _day(text)


def _leave_calendar(everybody: Path, own: Path) -> None:
    """Remove one departure from the common calendar, or the whole calendar if its entries are unknown."""
    if not everybody.is_file():
        return
    gone = set(_UID.findall(own.read_bytes())) if own.is_file() else None
    body = everybody.read_bytes()
    left = _EVENT.sub(lambda found: b"" if gone is None or _uid(found[0]) in gone else found[0], body)
    if _EVENT.search(left):
        write_atomic(everybody, left)
    else:
        everybody.unlink()


def _uid(event: bytes) -> bytes:
    found = _UID.search(event)
    return found[1] if found else b""


_RUN_FOLDER = re.compile(r"(\d{4}-\d{2}-\d{2})-\d{2,}")
_PAGE_COPIES, _EXPORT_COPIES = (*SUFFIXES, READING), (".zip",)
_DAY = 86400
#: a purge that comes by itself waits when the clock jumped further than this since the last run
LONGEST_GAP_DAYS = 100


def purge_all(
    policy: Policy,
    engine: sa.Engine,
    output: Path,
    today: date,
    *,
    dry_run: bool,
    captures: Path | None = None,
) -> dict[str, int]:
    """One purge of everything; returns the receipt's counts. The receipt is kept in the log.

    `captures` is the folder of evidence that runs are given, where they are.
    """
    gone: list[PersonKnown] = []
    counts = purge(engine, today, policy.retention, dry_run=dry_run, gone=gone)
    folders = list(old_reports(output, months_before(today, policy.retention.reports_months)))
    places = places_of(policy, captures)
    handed_over = list(old_handed_over(policy, places, today))
    answers = drop_old_answers(policy, places, today, dry_run=dry_run)
    evidence = evidence_of(policy, engine, gone, captures)
    copies = list(dict.fromkeys((*old_copies(policy, today, captures), *handed_over, *evidence)))
    kept = [(folder, day) for folder, day in report_folders(output) if folder not in folders]
    packs = list(old_packs(kept, months_before(today, policy.retention.leavers_months)))
    counts |= {"report_folders": len(folders), "leavers_papers": len(packs), "page_copies": len(copies)}
    counts |= {"answers": answers}
    if dry_run:
        return counts
    log = log_of(policy, engine)
    if folders or packs or copies:
        # first the receipts, so that nothing is ever missing without one
        log.append(PURGE_BEGAN, **receipts_of(folders, packs, copies))
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    remove_packs(packs)
    for copy in copies:
        _remove_copy(copy)
    remove_evidence(policy, copies, captures)
    manifests = leave_manifests(packs, log)
    log.append(
        PURGED, until=today.isoformat(), counts=counts, **({"manifests": manifests} if manifests else {})
    )
    return counts


def purge_before_run(
    policy: Policy, store: RunStore, output: Path, today: date, captures: Path | None = None
) -> None:
    """The silent purge at the start of a run. A clock that jumped ahead must not empty the store: the day
    is never later than the computer's, and after a long gap the first run purges nothing. The very first run
    only ends the consents whose last day has passed."""
    day = min(today, datetime.now(UTC).date())
    newest = store.latest(None)
    if newest is None:
        expire_ended(store.engine, day)
    elif 0 <= (day - newest.facts.today).days <= LONGEST_GAP_DAYS:
        purge_all(policy, store.engine, output, day, dry_run=False, captures=captures)


def old_reports(output: Path, cutoff: date) -> Iterator[Path]:
    """Report folders of runs before the cutoff."""
    return (folder for folder, day in report_folders(output) if day < cutoff)


def report_folders(output: Path) -> Iterator[tuple[Path, date]]:
    """The folders of runs with their day; nothing else in the reports' folder is ever touched."""
    for folder in sorted(output.iterdir()) if output.is_dir() else ():
        found = _RUN_FOLDER.fullmatch(folder.name)
        if found and not folder.is_symlink() and _is_report(folder):
            yield folder, _day(found[1])


def _is_report(folder: Path) -> bool:
    """Whether the program wrote it; of a folder that could be deleted only in part, one of these is left."""
    return any((folder / name).is_file() for name in ("findings.json", MANIFEST_NAME, LIST_NAME))


def reports_naming(output: Path, employee_id: str) -> list[Path]:
    """Report folders whose findings name this person."""
    return [path.parent for path in sorted(output.glob("*/findings.json")) if employee_id in _ids(path)]


def old_copies(policy: Policy, today: date, captures: Path | None = None) -> Iterator[Path]:
    """Page copies and exports in the evidence folders that are older than `keep_captures_days`.

    0 days: the folders are HR's own to tidy.
    """
    if not policy.keep_captures_days:
        return
    midnight = datetime(today.year, today.month, today.day, tzinfo=UTC).timestamp()
    oldest = min(midnight, time.time()) - policy.keep_captures_days * _DAY
    for name, suffixes in ((PAGES, _PAGE_COPIES), (EXPORTS, _EXPORT_COPIES)):
        folder = evidence_place(policy, name, captures)
        for path in sorted(folder.rglob("*")) if folder and folder.is_dir() else ():
            if path.suffix.casefold() in suffixes and path.is_file() and path.stat().st_mtime < oldest:
                yield path


def old_handed_over(policy: Policy, places: Places, today: date) -> Iterator[Path]:
    """What people handed over on the member's page and what is too old by now to count as evidence."""
    for name, folder in ((PAGES, places.pages), (EXPORTS, places.exports)):
        cutoff = today - timedelta(days=evidence_days(policy, name))
        for path in sorted(folder.glob(f"*/{OWN}/*")) if folder else ():
            moment = modified_at(path)
            if moment and moment.date() < cutoff:
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
