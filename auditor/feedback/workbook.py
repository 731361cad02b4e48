"""A returned file: whose it is, who saved it last, and every row in which somebody wrote something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.feedback.cells import trimmed
from auditor.feedback.checklist import read_steps
from auditor.feedback.keys import is_keys, keys_of
from auditor.feedback.opening import OpenedWorkbook, RefusedWorkbook, Unlock, open_workbook
from auditor.feedback.sheets import read_sheet
from auditor.feedback.vocabulary import plain, vocabulary
from auditor.model.returned import (
    KeyKind,
    KeyWord,
    ReturnedChecklist,
    ReturnedDay,
    ReturnedRow,
    ReturnedStep,
    ReturnedWorkbook,
)

__all__ = ["RefusedWorkbook", "Returned", "file_name", "read_file"]


@dataclass(frozen=True, slots=True)
class Returned:
    """What a file holds: an exception workbook, a checklist (or several), or both; never neither."""

    workbook: ReturnedWorkbook | None
    checklist: ReturnedChecklist | None


def read_file(
    path: Path, ours: Iterable[KeyWord], checklist: Iterable[KeyWord], unlock: Unlock | None = None
) -> Returned:
    """Read a file that came back, whichever it is. `ours` and `checklist` are this program's own headings
    and words of the two kinds; `unlock` takes off the password that the policy puts on workbooks.

    Only reads; the file stays as it is. Raises RefusedWorkbook, also for a file that is neither.
    """
    opened = open_workbook(path, unlock)
    try:
        file = _File.of(opened, file_name(path))
        found = Returned(_workbook(file, tuple(ours)), _checklist(file, tuple(checklist)))
    except RefusedWorkbook:
        raise
    except Exception as trouble:  # a damaged sheet can end in any of the reader's exceptions
        raise RefusedWorkbook("the workbook is damaged") from trouble
    finally:
        opened.book.close()
    if found.workbook is None and found.checklist is None:
        raise RefusedWorkbook("it is neither an exception workbook nor a leaver's checklist of this program")
    return found


def file_name(path: Path) -> str:
    """A file's name as text that can be stored and shown, whatever its bytes."""
    return path.name.encode("utf-8", "backslashreplace").decode("utf-8")


@dataclass(frozen=True, slots=True)
class _File:
    """An open file: its sheets without those of the keys, and the lines of its keys."""

    name: str
    sha256: str
    modified_by: str
    sheets: tuple[Any, ...]
    keys: tuple[KeyWord, ...]

    @staticmethod
    def of(opened: OpenedWorkbook, name: str) -> _File:
        sheets = [sheet for sheet in opened.book.worksheets if hasattr(sheet, "iter_rows")]
        for sheet in sheets:
            sheet.reset_dimensions()
        keys = [sheet for sheet in sheets if is_keys(sheet)]
        properties = opened.book.properties
        modified_by = trimmed(properties.lastModifiedBy or properties.creator or "")[:255]
        others = tuple(sheet for sheet in sheets if sheet not in keys)
        return _File(name, opened.sha256, modified_by, others, tuple(keys_of(keys)))

    def lines(self, kind: KeyKind) -> list[KeyWord]:
        """The lines of a kind in the file's keys."""
        return [key for key in self.keys if key.kind is kind]


def _workbook(file: _File, ours: tuple[KeyWord, ...]) -> ReturnedWorkbook | None:
    """The exception workbook in a file; known by its sheets, or by its keys where they are empty."""
    words = vocabulary(ours, file.keys)
    english = _english(ours, "decision")
    rows: list[ReturnedRow] = []
    letters: list[str] = []
    days: list[ReturnedDay] = []
    notes: list[str] = []
    seen = 0
    is_ours = bool(file.lines(KeyKind.DECISION))
    for sheet in file.sheets:
        found = read_sheet(sheet, words, english)
        is_ours |= found.ours
        rows.extend(found.rows)
        letters.extend(found.letters)
        days.extend(found.days)
        seen += found.seen
        if found.note:
            notes.append(found.note)
    if not is_ours:
        return None
    run = next(iter(_origins(file)), ("", ""))
    return ReturnedWorkbook(
        file_name=file.name,
        sha256=file.sha256,
        modified_by=file.modified_by,
        run_id=run[0],
        policy_sha256=run[1],
        rows=tuple(rows),
        seen_rows=seen,
        notes=tuple(notes),
        letters=tuple(letters),
        days=tuple(days),
    )


def _checklist(file: _File, ours: tuple[KeyWord, ...]) -> ReturnedChecklist | None:
    """The checklists in a file."""
    words = vocabulary(ours, file.keys)
    english = _english(ours, "done_on")
    own = frozenset(
        plain(word) for key in ours if key.kind is KeyKind.SHOWN for word in (*key.words, *key.former)
    )
    sent = {key.code: (*key.words, "", "", "", "")[:4] for key in file.lines(KeyKind.SHOWN)}
    cases = file.lines(KeyKind.CASE)
    rows: list[ReturnedStep] = []
    notes: list[str] = []
    seen = 0
    is_ours = bool(cases)
    for sheet in file.sheets if ours else ():
        found = read_steps(sheet, words, english, sent, frozenset() if cases else own)
        is_ours |= found.ours
        rows.extend(found.rows)
        seen += found.seen
        if found.note:
            notes.append(found.note)
    if not is_ours:
        return None
    return ReturnedChecklist(
        file_name=file.name,
        sha256=file.sha256,
        modified_by=file.modified_by,
        case=cases[0].code if cases else "",
        origins=_origins(file),
        rows=tuple(rows),
        seen_rows=seen,
        notes=tuple(notes),
    )


def _origins(file: _File) -> tuple[tuple[str, str], ...]:
    """The runs that the keys name, each with the SHA-256 of its policy."""
    return tuple((key.code, (*key.words, "")[0]) for key in file.lines(KeyKind.RUN))


def _english(ours: Iterable[KeyWord], column: str) -> frozenset[str]:
    """The English heading of a column, under which 3/4 is no sure day."""
    return frozenset(plain(key.words[0]) for key in ours if key.code == column and key.words)
