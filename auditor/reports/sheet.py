"""A sheet of the workbook, and all that lie in `sheets/`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import auditor.reports.sheets
from auditor.discovery import discover
from auditor.language.words import Words
from auditor.model.document import Column, Page, Table
from auditor.reports.scope import Scope


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook, declared as `SHEET` in one file of `sheets/`.

    `order` is its place: a smaller number stands further to the left; the numbers of the others leave room.
    `make` gives its content for the whole company or for one entity (`scope.entity`), in the language of
    `scope.words`. `when` tells for which workbooks it is made; without it, for all. `returned`: the columns,
    in a language, by which the sheet is read when HR sends the workbook back; only a sheet that HR fills in
    has them.
    """

    order: int
    make: Callable[[Scope], Table | Page]
    when: Callable[[Scope], bool] = lambda scope: True
    returned: Callable[[Words], Sequence[Column]] | None = None


@cache
def sheets() -> tuple[Sheet, ...]:
    """All sheets from left to right."""
    return tuple(sorted(discover(auditor.reports.sheets, "SHEET", Sheet), key=lambda sheet: sheet.order))
