"""From the sheets of an opened container to a roster: people, fates, notices."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from auditor.errors import RosterError
from auditor.language.roster_messages import notice, wording
from auditor.model.policy import RosterPolicy
from auditor.model.roster import RosterNotice, RosterReading, RowFate, RowRecord
from auditor.roster.columns import A_STATUS
from auditor.roster.contracts import calendar_of, contracts_of, read_dates
from auditor.roster.dates import DayOrder, NotADateError, read_day
from auditor.roster.fields import RosterField
from auditor.roster.grid import OpenedRoster
from auditor.roster.headings import nearest_known
from auditor.roster.people import Entry, gather
from auditor.roster.sheets import SheetReading, read_sheet

_DATED = re.compile(
    r"(?:\d{1,4}[-/. ]\d{1,2}[-/. ]\d{2,4})|(?:\d{1,2}(?:er|\.)? [A-Za-zéûäè]{3,10}\.? \d{4})"
    r"|(?:[A-Z][a-z]+ \d{1,2}, \d{4})"
)


def read_opened(
    opened: OpenedRoster, path: Path, body: bytes, policy: RosterPolicy, hosts: frozenset[str]
) -> RosterReading:
    """Read every sheet that is a roster. Raises RosterError where none is (F03, H06)."""
    sheets = [read_sheet(grid, policy, hosts) for grid in opened.grids]
    accepted = [sheet for sheet in sheets if sheet.accepted()]
    if not accepted:
        raise _unusable(path, sheets)
    if not any(sheet.drafts for sheet in accepted):
        raise rejected(path, "F03")
    notices = [*opened.notices, *_sheet_choice(sheets)]
    entries: list[Entry] = []
    for sheet, grid in zip(sheets, opened.grids, strict=True):
        if sheet in accepted:
            entries += _entries(sheet, policy, epoch_1904=grid.epoch_1904)
        notices += sheet.notices
    people = gather(entries)
    if opened.samples_wanted:
        notices.insert(0, notice("E03", file=path.name, samples=_samples(entries)))
    return RosterReading(
        people=tuple(people.people),
        rows=_in_file_order(sheets, people.records),
        notices=(*notices, *people.notices),
        mapping=tuple(pair for sheet in accepted if sheet.columns for pair in sheet.columns.mapping()),
        reference_date=_reference_date(accepted, policy),
        sha256=hashlib.sha256(body).hexdigest(),
        file_name=path.name,
        file_date=opened.file_date,
        source_rows=sum(sheet.seen_rows for sheet in sheets),
    )


def rejected(path: Path, code: str, **facts: object) -> RosterError:
    """The error of a file that is refused as a whole, in the intake table's words."""
    told = {"file": path.name, **{name: str(value) for name, value in facts.items()}}
    return RosterError(path, wording(code, told.items()), code=code)


def _entries(sheet: SheetReading, policy: RosterPolicy, *, epoch_1904: bool) -> list[Entry]:
    if sheet.columns is None:
        return []
    calendar, notices = calendar_of(sheet.drafts, sheet.columns, policy, sheet.name, epoch_1904=epoch_1904)
    sheet.notices += notices
    entries = []
    for draft in sheet.drafts:
        read = read_dates(draft, calendar)
        contracts = contracts_of(draft, read, calendar)
        draft.codes.extend({one.code for one in contracts if one.code})
        sheet.notices += read.notices
        draft.dates = {name: str(day) for name, day in read.days.items()} | (
            {"trouble": draft.dates.get(RosterField.END_DATE, "")} if read.end_trouble else {}
        )
        entries.append(Entry(draft, contracts, read.days.get(RosterField.RELATION_UNTIL)))
    return entries


def _sheet_choice(sheets: Sequence[SheetReading]) -> list[RosterNotice]:
    filled = [sheet for sheet in sheets if sheet.records or sheet.drafts]
    if len(filled) < 2:
        return []
    read = ", ".join(sheet.name for sheet in filled if sheet.accepted())
    skipped = ", ".join(sheet.name for sheet in filled if not sheet.accepted())
    return [notice("F04", read=read, skipped=skipped or "-")]


def _unusable(path: Path, sheets: Sequence[SheetReading]) -> RosterError:
    headed = [sheet for sheet in sheets if sheet.columns is not None]
    if not headed:
        if sum(record.fate is not RowFate.BLANK for sheet in sheets for record in sheet.records) < 2:
            return rejected(path, "F03")
        return rejected(path, "H06", field="a name, a number, a status", list="no heading was recognised")
    best = min(headed, key=lambda sheet: len(sheet.columns.missing()) if sheet.columns else 9)
    columns = best.columns
    if columns is None:
        return rejected(path, "F03")
    proposals = nearest_known(columns.unknown, [str(name) for name in RosterField])
    seen = ", ".join(heading for heading in columns.headings if heading)
    error = rejected(path, "H06", field="; ".join(columns.missing()), list=seen)
    hints = []
    if proposals:
        told = ", ".join(f"{heading} = {name}?" for heading, name in proposals.items())
        hints.append(f"Under roster.columns in the policy, perhaps: {told}")
    if columns.missing() == [A_STATUS]:
        hints.append(
            "If the roster holds only people in service, write in the policy roster: {everyone_is: active}; "
            "leavers can then not be found."
        )
    error.hint = " ".join(hints)
    return error


def _in_file_order(sheets: Sequence[SheetReading], people: Sequence[RowRecord]) -> tuple[RowRecord, ...]:
    position = {sheet.name: index for index, sheet in enumerate(sheets)}
    records = [record for sheet in sheets for record in sheet.records]
    return tuple(sorted([*records, *people], key=lambda record: (position[record.sheet], record.row)))


def _reference_date(sheets: Sequence[SheetReading], policy: RosterPolicy) -> date | None:
    """The day that a title row gives, `Peildatum 01-11-2026`."""
    order = DayOrder.DAY_FIRST if policy.day_first else DayOrder.MONTH_FIRST
    days = []
    for sheet in sheets:
        for found in (match for note in sheet.notes for match in _DATED.findall(note)):
            try:
                days.append(read_day(found, order, policy.time_zone))
            except NotADateError:
                continue
    return max(days, default=None)


def _samples(entries: Sequence[Entry]) -> str:
    names = (entry.draft.name.display for entry in entries)
    accented = [name for name in names if not name.isascii()]
    return ", ".join(accented[:3]) or "-"
