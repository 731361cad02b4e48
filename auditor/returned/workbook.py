"""A returned workbook: whose it is, who saved it last, and every row in which HR wrote something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from auditor.domain.returned import KeyKind, KeyWord, ReturnedRow, ReturnedWorkbook
from auditor.returned._cells import trimmed
from auditor.returned._opening import OpenedWorkbook, RefusedWorkbook, Unlock, open_workbook
from auditor.returned._sheets import read_sheet
from auditor.returned._vocabulary import plain, vocabulary

__all__ = ["RefusedWorkbook", "read_returned"]

_MOST_KEYS = 1_000


def read_returned(path: Path, ours: Iterable[KeyWord], unlock: Unlock | None = None) -> ReturnedWorkbook:
    """Read a file that HR sent back. `ours` are this program's own headings and words; `unlock` takes
    off the password that the policy puts on workbooks.

    Only reads; the file stays as it is. Raises RefusedWorkbook.
    """
    opened = open_workbook(path, unlock)
    try:
        return _read(opened, path.name, tuple(ours))
    except RefusedWorkbook:
        raise
    except Exception as trouble:  # a damaged sheet can end in any of the reader's exceptions
        raise RefusedWorkbook("the workbook is damaged") from trouble
    finally:
        opened.book.close()


def _read(opened: OpenedWorkbook, file_name: str, ours: tuple[KeyWord, ...]) -> ReturnedWorkbook:
    sheets = [sheet for sheet in opened.book.worksheets if hasattr(sheet, "iter_rows")]
    for sheet in sheets:
        sheet.reset_dimensions()
    keys = next((sheet for sheet in sheets if _is_keys(sheet)), None)
    theirs = list(_keys(keys)) if keys is not None else []
    words = vocabulary(ours, theirs)
    english = frozenset(plain(key.words[0]) for key in ours if key.code == "decision" and key.words)
    rows: list[ReturnedRow] = []
    notes: list[str] = []
    seen = 0
    for sheet in sheets:
        if sheet is keys:
            continue
        found = read_sheet(sheet, words, english)
        rows.extend(found.rows)
        seen += found.seen
        if found.note:
            notes.append(found.note)
    run = next((key for key in theirs if key.kind is KeyKind.RUN), None)
    properties = opened.book.properties
    return ReturnedWorkbook(
        file_name=file_name,
        sha256=opened.sha256,
        modified_by=trimmed(properties.lastModifiedBy or properties.creator or "")[:255],
        run_id=run.code if run else "",
        policy_sha256=run.words[0] if run and run.words else "",
        rows=tuple(rows),
        seen_rows=seen,
        notes=tuple(notes),
    )


def _is_keys(sheet: Any) -> bool:
    first = next(sheet.iter_rows(max_row=1, max_col=2, values_only=True), ())
    return [trimmed(value) for value in first] == ["kind", "code"]


def _keys(sheet: Any) -> Iterator[KeyWord]:
    kinds = {str(kind): kind for kind in KeyKind}
    for cells in sheet.iter_rows(min_row=2, max_row=_MOST_KEYS, max_col=12, values_only=True):
        texts = [trimmed(value) for value in cells]
        if len(texts) > 1 and texts[0] in kinds and texts[1]:
            yield KeyWord(kinds[texts[0]], texts[1], tuple(text for text in texts[2:] if text))
