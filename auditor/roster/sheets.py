"""Reads one sheet row by row: every row gets a fate, the people's rows become drafts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from auditor.language.roster_messages import notice
from auditor.model.address import AddressKind
from auditor.model.policy import RosterPolicy
from auditor.model.roster import RosterNotice, RowFate, RowRecord, StatusClass
from auditor.roster.columns import ColumnMap, find_header, is_second_header, map_columns
from auditor.roster.dates import looks_like_day
from auditor.roster.drafts import Draft, RowReader
from auditor.roster.grid import Grid, Row
from auditor.roster.headings import NAME_FIELDS, STATUS_WORD_FIELDS, RosterField
from auditor.roster.not_people import is_mailbox_or_room, is_total_or_group
from auditor.roster.status_words import yes_or_no
from auditor.roster.words import compact, visible

_HEAD = 230
_SHATTERED = re.compile(r"^-?\d(?:[.,]\d+)?E\+?\d+$", re.IGNORECASE)
_NUMBER_LIKE = re.compile(r"^[A-Za-z]{0,4}[-_/]?\d[\w./-]*$")
#: a remark below a list: `* provisional`, `(1) estimated`, `Printed on 30-11-2026 by HR`
_REMARK = re.compile(r"^(?:[*†‡§¹²³]|\(\d\)|(?=.*\d)[^\W\d_]+\s\S+\s\S)")
_EXAMPLE = re.compile(r"^\s*(example|voorbeeld|exemple|beispiel)\s*:", re.IGNORECASE)


@dataclass(slots=True)
class SheetReading:
    """What one sheet gave. `columns` is None where no header was found."""

    name: str
    columns: ColumnMap | None = None
    drafts: list[Draft] = field(default_factory=list)
    records: list[RowRecord] = field(default_factory=list)
    notices: list[RosterNotice] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seen_rows: int = 0
    filled_rows: int = 0
    hidden_rows: int = 0
    unvalued: int = 0
    trailing: int = 0

    def accepted(self) -> bool:
        """True where the sheet has all that a roster must have."""
        return self.columns is not None and not self.columns.missing()


def read_sheet(grid: Grid, policy: RosterPolicy, hosts: frozenset[str]) -> SheetReading:
    """Read a sheet. Without a header all its rows are notes."""
    reading = SheetReading(grid.name)
    rows = _counted(grid.rows, reading)
    head = list(itertools.islice(rows, _HEAD))
    at = find_header(head, policy)
    if at is None:
        for row in itertools.chain(head, rows):
            _record(reading, row, RowFate.BLANK if row.is_blank() else RowFate.HEADER, "")
        return reading
    header = [head[at]]
    if at + 1 < len(head) and is_second_header(head[at], head[at + 1], policy):
        header.append(head[at + 1])
    body = head[at + len(header) :]
    reading.columns = columns = map_columns(
        header, body[:200], policy, grid.name, head[at - 1] if at else None
    )
    _record_header(reading, columns, head[:at], header)
    if not reading.accepted():
        for row in itertools.chain(body, rows):
            _record(reading, row, RowFate.BLANK if row.is_blank() else RowFate.HEADER, "F04")
        return reading
    intake = _Intake(grid, reading, columns, header, policy, hosts)
    intake.expect(body)
    for one, after in itertools.pairwise(itertools.chain(body, rows, [None])):
        if one is not None:
            intake.take(one, after)
    intake.tell_occupations()
    _sheet_notices(reading, columns, grid)
    return reading


class _Intake:
    """Decides the fate of each row under the header."""

    def __init__(
        self,
        grid: Grid,
        reading: SheetReading,
        columns: ColumnMap,
        header: list[Row],
        policy: RosterPolicy,
        hosts: frozenset[str],
    ) -> None:
        self._ruled = grid.ruled
        self._reading = reading
        self._columns = columns
        self._header = [cell.strip() for cell in header[0].cells]
        self._width = _trimmed(header[0].cells)
        self._full_width = len(header[0].cells)
        self._reader = RowReader(columns, policy, hosts, grid.name)
        self._needed = columns.needed()
        self._template = any("version" in compact(note) for note in reading.notes)
        self._mostly_trailing = False
        self._first = True

    def expect(self, sample: list[Row]) -> None:
        """Learn from the first rows whether an extra delimiter at the end is this file's habit."""
        filled = [row for row in sample if not row.is_blank()]
        trailing = sum(self._is_trailing(row) for row in filled)
        self._mostly_trailing = trailing * 2 > len(filled)

    def take(self, row: Row, after: Row | None) -> None:
        """Give one row its fate; `after` is the row below it."""
        reading = self._reading
        if row.is_blank():
            _record(reading, row, RowFate.BLANK, "")
            return
        reading.filled_rows += 1
        reading.hidden_rows += row.hidden
        reading.unvalued += len(self._needed.intersection(row.unvalued))
        first, self._first = self._first, False
        if first and self._template and any(_EXAMPLE.match(cell) for cell in row.cells):
            _record(reading, row, RowFate.HEADER, "H03")
            reading.notices.append(notice("H03", row=row.number, sheet=reading.name, rows=f"1, {row.number}"))
        elif self._is_repeated_header(row):
            _record(reading, row, RowFate.HEADER, "H02")
        elif self._is_total_or_remark(row):
            self._reject(row, RowFate.NOT_A_PERSON, "H08")
        elif not self._fits(row, after):
            facts = {"n": str(len(row.cells)), "m": str(self._width)}
            self._reject(row, RowFate.REJECTED, "E06", facts, self._safe_text(row))
        else:
            self._take_person(row)

    def tell_occupations(self) -> None:
        """Name the worker types that leave people out and may be occupations: `Bestuurder`."""
        for kind, count in self._reader.occupations.items():
            self._reading.notices.append(notice("P22", sheet=self._reading.name, v=kind, n=count))

    def _take_person(self, row: Row) -> None:
        number = self._reader.text(row, RosterField.EMPLOYEE_ID)
        if _SHATTERED.match(number):
            self._reject(row, RowFate.REJECTED, "E11", {"v": number}, number)
            return
        read, mail = self._reader.name(row), self._reader.mail(row)
        name = read.name.display
        user_type = self._reader.text(row, RosterField.USER_TYPE)
        start = self._reader.text(row, RosterField.START_DATE)
        is_employed = (
            self._has_number(number)
            or (bool(start) and looks_like_day(start))
            or self._reader.has_profile(row)
        )
        if is_mailbox_or_room(name, mail, user_type, is_employed=is_employed, has_parts=self._has_parts(row)):
            self._reject(row, RowFate.NOT_A_PERSON, "P14")
            return
        draft = self._reader.draft(row, read, mail)
        keyless = not number and not mail and draft.address.kind is not AddressKind.PROFILE
        alone = sum(bool(cell.strip()) for cell in row.cells) == 1
        if not name and (keyless or alone):
            self._reject(row, RowFate.REJECTED, "P17")
            return
        draft.codes.extend(["F05"] if row.hidden else [])
        draft.codes.extend(["E07"] if self._ruled and len(row.cells) > self._full_width else [])
        self._reading.drafts.append(draft)

    def _is_repeated_header(self, row: Row) -> bool:
        """True for the header printed again, as paged reports do."""
        if len(row.cells) != len(self._header) or row.cells[0].strip() != self._header[0]:
            return False
        return [cell.strip() for cell in row.cells] == self._header

    def _has_number(self, number: str) -> bool:
        index = self._columns.place(RosterField.EMPLOYEE_ID)
        heading = compact(self._columns.headings[index]) if index is not None else ""
        return bool(number) and heading not in ("objectid", "id", "userprincipalname")

    def _has_name_and_status(self, row: Row) -> bool:
        """True for `Total; Éric; Active`: a first and a last name and a status that is known."""
        words = self._reader.name(row).name.display.split()
        return len(words) > 1 and self._reader.status(row) not in (StatusClass.UNKNOWN, StatusClass.NONE)

    def _has_parts(self, row: Row) -> bool:
        firsts = (RosterField.FIRST_NAME, RosterField.GIVEN_NAME, RosterField.INITIALS)
        lasts = (RosterField.LAST_NAME, RosterField.BIRTH_NAME)
        return all(any(self._reader.text(row, name) for name in names) for names in (firsts, lasts))

    def _is_total_or_remark(self, row: Row) -> bool:
        filled = [cell for cell in row.cells if cell.strip()]
        if not filled or row.links or self._reader.mail(row):
            return False
        number = self._reader.text(row, RosterField.EMPLOYEE_ID)
        if _NUMBER_LIKE.match(number) or (len(filled) > 1 and number and not is_total_or_group(number, 2)):
            return False
        if not any(sign.isdigit() for cell in filled for sign in cell) and self._has_name_and_status(row):
            return False
        alone = self._ruled and len(row.cells) == 1 and self._width > 1
        text = visible(filled[0])
        return is_total_or_group(text, len(filled), ruled_alone=alone) or (
            alone and bool(_REMARK.match(text))
        )

    def _is_trailing(self, row: Row) -> bool:
        extra = row.cells[self._full_width :]
        return bool(extra) and not any(cell.strip() for cell in extra)

    def _fits(self, row: Row, after: Row | None) -> bool:
        """True where each cell certainly stands under its own heading."""
        if not self._ruled or self._width <= len(row.cells) <= self._full_width:
            return True
        if len(row.cells) < self._width:
            return self._lacks_only_empty_cells(row) and not self._goes_on_in(row, after)
        if not self._is_trailing(row):
            return False
        if not self._mostly_trailing and not self._plausible(row):
            return False
        self._reading.trailing += 1
        return True

    def _lacks_only_empty_cells(self, row: Row) -> bool:
        """True for a row without the delimiters of its last, empty cells, as spreadsheets save it.

        The cells that are there must look their type, and none that everybody has may be missing.
        """
        missing = range(len(row.cells), self._width)
        if any(
            self._columns.places[name][0] in missing for name in _HAS_EVERYBODY & self._columns.places.keys()
        ):
            return False
        if not self._columns.places.keys() & set(STATUS_WORD_FIELDS):
            return self._plausible(row)
        status = self._reader.status(row)
        known = status is not StatusClass.UNKNOWN and status is not StatusClass.NONE
        return known and (self._plausible(row) or not self._typed(row))

    def _goes_on_in(self, row: Row, after: Row | None) -> bool:
        """True where the next row is the rest of this one, behind a line break in a cell."""
        if after is None or len(row.cells) + len(after.cells) - 1 not in (self._width, self._full_width):
            return False
        return not _NUMBER_LIKE.match(self._reader.text(after, RosterField.EMPLOYEE_ID))

    def _plausible(self, row: Row) -> bool:
        """True where the cells under typed columns look their type, and at least one does."""
        checks = self._typed(row)
        return bool(checks) and all(checks)

    def _typed(self, row: Row) -> list[bool]:
        """For each filled cell under a typed column: whether it looks its type."""
        filled = ((name, row.cell(places[0]).strip()) for name, places in self._columns.places.items())
        return [_TYPED[name](text) for name, text in filled if text and name in _TYPED]

    def _safe_text(self, row: Row) -> str:
        """The cells of a torn row that certainly stem from needed columns.

        Where cells are too many, a cell can only stem from a column at or before its own place;
        where they are too few, from one at or behind it.
        """
        unneeded = [index for index in range(self._full_width) if index not in self._needed]
        if len(row.cells) > self._width:
            cells = row.cells[: min(unneeded, default=len(row.cells))]
        else:
            cells = row.cells[max(unneeded, default=-1) + 1 :]
        return " | ".join(visible(cell)[:80] for cell in cells)[:200]

    def _reject(
        self, row: Row, fate: RowFate, code: str, facts: dict[str, str] | None = None, raw: str = ""
    ) -> None:
        row_notice = notice(code, row=row.number, sheet=self._reading.name, raw=raw, **(facts or {}))
        self._reading.notices.append(row_notice)
        _record(self._reading, row, fate, code, row_notice.message, raw)


#: what a roster cannot leave empty
_HAS_EVERYBODY = frozenset({*NAME_FIELDS, *STATUS_WORD_FIELDS, RosterField.EMPLOYEE_ID})
_TYPED: dict[str, Callable[[str], bool]] = {
    RosterField.START_DATE: looks_like_day,
    RosterField.END_DATE: looks_like_day,
    RosterField.WORK_EMAIL: lambda text: "@" in text,
    RosterField.LINKEDIN_URL: lambda text: "linkedin" in text.casefold() or "/in/" in text,
    RosterField.IS_ACTIVE: lambda text: yes_or_no(text) is not None,
}


def _counted(rows: Iterator[Row], reading: SheetReading) -> Iterator[Row]:
    for row in rows:
        reading.seen_rows += 1
        yield row


def _trimmed(cells: list[str]) -> int:
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    return width


def _record_header(reading: SheetReading, columns: ColumnMap, above: list[Row], header: list[Row]) -> None:
    for row in above:
        if row.is_blank():
            _record(reading, row, RowFate.BLANK, "")
            continue
        text = " ".join(cell.strip() for cell in row.cells if cell.strip())
        template = compact(text).startswith("versionv")
        reading.notes.append(text[:200])
        _record(reading, row, RowFate.HEADER, "H03" if template else "H01")
    code = "H09" if columns.dropped else next((one.code for one in columns.notices), "")
    _record(reading, header[0], RowFate.HEADER, "H01" if above else code)
    if above:
        reading.notices.append(notice("H01", row=header[0].number, sheet=reading.name))
    for row in header[1:]:
        _record(reading, row, RowFate.HEADER, "H02")
        reading.notices.append(notice("H02", row=row.number, sheet=reading.name))


def _sheet_notices(reading: SheetReading, columns: ColumnMap, grid: Grid) -> None:
    sheet = reading.name
    reading.notices.extend(columns.notices)
    if columns.assumed:
        reading.notices.append(notice("F12", sheet=sheet))
    if columns.dropped:
        reading.notices.append(notice("H09", sheet=sheet, list=", ".join(columns.dropped)))
    if reading.trailing:
        reading.notices.append(notice("E07", sheet=sheet, n=reading.trailing))
    if reading.hidden_rows or grid.hidden:
        hidden = reading.filled_rows if grid.hidden else reading.hidden_rows
        reading.notices.append(notice("F05", sheet=sheet, n=hidden))
    if reading.unvalued:
        reading.notices.append(notice("H10", sheet=sheet, n=reading.unvalued))
    for index in sorted(grid.filled_down & columns.needed()):
        reading.notices.append(notice("H07", sheet=sheet, col=columns.headings[index]))


def _record(
    reading: SheetReading, row: Row, fate: RowFate, code: str, message: str = "", raw: str = ""
) -> None:
    reading.records.append(RowRecord(row.number, fate, code, reading.name, "", message, raw))
