"""Papers about departures in report folders, let go of when everything about a leaver must be gone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from auditor.wiring.filled_in import forget_workbook
from auditor.wiring.unchanged import forget

_DAY = r"(\d{4}-\d{2}-\d{2}|no-date)"
_PACK = re.compile(rf".*_{_DAY}")
_CHECKLIST = re.compile(rf"checklist_[A-Za-z0-9-]*_{_DAY}([_-].*)?\.(xlsx|csv)")
_EVENT = re.compile(rb"BEGIN:VEVENT\r?\n.*?END:VEVENT\r?\n", re.DOTALL)
_UID = re.compile(rb"^UID:(.*?)\r?$", re.MULTILINE)


def old_packs(reports: Iterable[tuple[Path, date]], cutoff: date) -> Iterator[Path]:
    """Packs and checklists of people whose last day lies before the cutoff, in these report folders.

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
    """Remove them, with what the calendar of all departures says of them; what cannot be removed now is
    found again by the next purge."""
    for path in paths:
        with suppress(OSError):
            _remove(path)


def _remove(path: Path) -> None:
    if not path.is_dir():
        path.unlink(missing_ok=True)
        forget_workbook(path)
        return
    report = path.parent.parent
    _leave_calendar(path.parent / "all-departures.ics", path / "offboarding.ics")
    forget(report, path.relative_to(report).as_posix())
    shutil.rmtree(path)


def _is_old(name: re.Pattern[str], path: Path, day: date, cutoff: date) -> bool:
    found = name.fullmatch(path.name)
    return found is not None and _last_day(found[1], day) < cutoff


def _last_day(text: str, otherwise: date) -> date:
    if text == "no-date":
        return otherwise
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.max


def _leave_calendar(everybody: Path, own: Path) -> None:
    """Take the entries of one departure out of the calendar of all; without knowing them, all of it."""
    if not everybody.is_file():
        return
    gone = set(_UID.findall(own.read_bytes())) if own.is_file() else None
    body = everybody.read_bytes()
    left = _EVENT.sub(lambda found: b"" if gone is None or _uid(found[0]) in gone else found[0], body)
    if _EVENT.search(left):
        everybody.write_bytes(left)
    else:
        everybody.unlink()


def _uid(event: bytes) -> bytes:
    found = _UID.search(event)
    return found[1] if found else b""
