"""From the sheets of an opened container to a roster: people, their contracts, fates, notices."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from auditor.errors import RosterError
from auditor.language.roster_messages import notice, wording
from auditor.model.policy import RosterPolicy
from auditor.model.roster import Contract, RosterNotice, RosterReading, RowFate, RowRecord, StatusClass
from auditor.roster.columns import A_STATUS, ColumnMap
from auditor.roster.dates import (
    ColumnOrder,
    DayOrder,
    NotADateError,
    column_order,
    doubtful_days,
    is_no_end_day,
    is_of_our_time,
    may_be_short,
    means_no_end,
    read_day,
)
from auditor.roster.drafts import Draft
from auditor.roster.grid import OpenedRoster
from auditor.roster.headings import END_OR_LEAVE, RosterField, nearest_known
from auditor.roster.people import Entry, gather
from auditor.roster.periods import WITHOUT_A_SUBJECT
from auditor.roster.sheets import SheetReading, read_sheet
from auditor.roster.status_words import yes_or_no
from auditor.roster.words import compact, folded, word_list

_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Calendar:
    """How the date columns of one sheet are read."""

    orders: Mapping[str, ColumnOrder]
    headings: Mapping[str, str]
    zone: str
    epoch_1904: bool
    end_is_last_day: bool
    #: the only end dates are those of fixed-term contracts
    planned_end: bool
    #: the heading of the first end-date column says no more than `End`
    vague_end: bool
    #: values that fit both orders, in columns that mix the two
    doubtful: Mapping[str, Collection[str]]


@dataclass(slots=True)
class ReadDates:
    """The days of one row, and what could not be read among them."""

    days: dict[str, date] = field(default_factory=dict)
    notices: list[RosterNotice] = field(default_factory=list)
    has_end_column: bool = False
    #: the fields that hold no day, with the code of why not
    unread: dict[str, str] = field(default_factory=dict)

    @property
    def _end_field(self) -> RosterField:
        return RosterField.END_DATE if self.has_end_column else RosterField.LAST_WORKING_DAY

    @property
    def end(self) -> date | None:
        """The end by the first end-date column, or by the last working day where there is no such column."""
        return self.days.get(self._end_field)

    @property
    def end_trouble(self) -> str:
        """The code of an end date that is none, or of what may outrank an end date and cannot be read."""
        if self.end is None:
            return next((self.unread[name] for name in _ends(self.unread)), "")
        deciding = (self._end_field, *_OUTRANKING)
        return next((self.unread[name] for name in self.unread if _field_of(name) in deciding), "")


def calendar_of(
    drafts: Iterable[Draft], columns: ColumnMap, policy: RosterPolicy, sheet: str, *, epoch_1904: bool
) -> tuple[Calendar, list[RosterNotice]]:
    """The order of each date column. A column that tells nothing follows its neighbours, then the policy."""
    places = columns.date_places()
    texts: dict[str, list[str]] = {name: [] for name in places}
    for draft in drafts:
        for name, text in draft.dates.items():
            texts[name].append(text)
    fallback = DayOrder.DAY_FIRST if policy.day_first else DayOrder.MONTH_FIRST
    chosen = {name: column_order(values, fallback) for name, values in texts.items()}
    decided = {order.order for order in chosen.values() if order is not None and not order.undecided}
    if len(decided) == 1:
        fallback = decided.pop()
    orders, notices = {}, []
    headings = {name: columns.headings[index] for name, index in places.items()}
    for name in sorted(texts):
        order = chosen[name]
        orders[name] = ColumnOrder(fallback) if order is None or order.undecided else order
        if order is not None and order.undecided:
            notices.append(notice("D02", sheet=sheet, col=headings[name], fmt=str(fallback)))
    deciding = [name for name in texts if name in _OUTRANKING or name in _ends(texts)]
    doubtful = {name: doubtful_days(texts[name], orders[name].order) for name in deciding}
    calendar = Calendar(
        orders,
        headings,
        policy.time_zone,
        epoch_1904,
        policy.end_date_is_last_day,
        columns.planned_end,
        compact(headings.get(RosterField.END_DATE, "")) in WITHOUT_A_SUBJECT,
        doubtful,
    )
    return calendar, notices


def read_dates(draft: Draft, calendar: Calendar) -> ReadDates:
    """The days of one row; an end date that is none becomes the row's contradiction."""
    read = ReadDates(has_end_column=RosterField.END_DATE in calendar.headings)
    for name, text in draft.dates.items():
        if means_no_end(text):
            draft.codes.extend(["D05"] if name in _ENDS else [])
            if name == RosterField.RENEWED_UNTIL and not _is_for_nothing(text):
                read.days[name] = date.max
            continue
        if _field_of(name) in _PERHAPS and yes_or_no(text) is False:
            continue
        try:
            day = _day_of(name, text, calendar)
        except NotADateError as trouble:
            _note_unread(read, draft, name, text, trouble, calendar)
            continue
        if text.isdecimal() and len(text) == 5:
            draft.codes.append("D04")
        if not is_no_end_day(day):
            read.days[name] = day
        elif name in _ENDS:
            draft.codes.append("D05")
    return read


def _day_of(name: str, text: str, calendar: Calendar) -> date:
    """The day of a cell. Raises NotADateError where it holds none, or where it is not certain which."""
    order = calendar.orders[name].order
    if text in calendar.doubtful.get(name, ()):
        raise NotADateError(text, unfit=True)
    if _ends([name]) and may_be_short(text, order):
        raise NotADateError(text)
    day = read_day(text, order, calendar.zone, epoch_1904=calendar.epoch_1904)
    if not is_of_our_time(day) and not is_no_end_day(day):
        raise NotADateError(text)
    return day


def contracts_of(draft: Draft, read: ReadDates, calendar: Calendar) -> tuple[Contract, ...]:
    """The spells of work that one row tells of: one, or two where it names a rehire after the end."""
    days = read.days
    start = days.get(RosterField.START_DATE) or days.get(RosterField.ORIGINAL_START)
    end, others = _end_of(draft, read, calendar)
    rehired = days.get(RosterField.REHIRE_DATE)
    if rehired is not None and end is not None and end <= rehired:
        began = None if start == rehired else start
        earlier = _contract(draft, began, end, read, StatusClass.NONE)
        return earlier, _contract(draft, rehired, None, read, draft.status)
    if rehired is not None and (start is None or rehired > start):
        start = rehired
    spell = _contract(draft, start, end, read, draft.status)
    return (replace(spell, planned=calendar.planned_end and end is not None, other_ends=others),)


def _end_of(draft: Draft, read: ReadDates, calendar: Calendar) -> tuple[date | None, tuple[date, ...]]:
    """The last day, and what further columns give as the end where they give something else."""
    days, end = read.days, read.end
    further = [name for name in _ends(calendar.headings) if name not in (RosterField.END_DATE, _LAST)]
    others = [days[name] for name in further if name in days]
    if end is None and others and draft.status is StatusClass.LEFT:
        end = others[0]
    elif calendar.vague_end and len(others) < len(further):
        others.append(date.max)
    if end is not None and not calendar.end_is_last_day and read.has_end_column:
        end -= timedelta(days=1)
    renewed = days.get(RosterField.RENEWED_UNTIL)
    if end is not None and renewed is not None and renewed > end:
        if calendar.planned_end:
            end = None if renewed == date.max else renewed
        else:
            others.append(renewed)
    returned = max(
        (days[name] for name in days if _field_of(name) == RosterField.RETURN_DATE), default=date.min
    )
    if (
        end is None
        and draft.status is StatusClass.LEFT
        and END_OR_LEAVE in days
        and returned < days[END_OR_LEAVE]
    ):
        end = days[END_OR_LEAVE]
    elif end is not None and returned >= end:
        others.append(date.max)
    # HR fills in the last day worked before a long absence too, so it speaks only where nothing else does
    last = days.get(_LAST)
    if last is not None and (last > end if end is not None else draft.status is StatusClass.NONE):
        others.append(last)
    return end, tuple(dict.fromkeys(day for day in others if day != end))


_LAST = RosterField.LAST_WORKING_DAY
#: columns that may say "no" instead of a day
_PERHAPS = (RosterField.RENEWED_UNTIL, RosterField.RETURN_DATE)
#: what is later than an end date and outranks it
_OUTRANKING = (RosterField.REHIRE_DATE, RosterField.RENEWED_UNTIL, RosterField.RETURN_DATE)


def _field_of(name: str) -> str:
    """The field of a date column: `return_date` of `return_date 2`."""
    return name.split(" ", maxsplit=1)[0]


def _ends(names: Iterable[str]) -> list[str]:
    """The end-date columns among some, and the last working day."""
    return [name for name in names if _field_of(name) in (_LAST, RosterField.END_DATE)]


def _is_for_nothing(text: str) -> bool:
    """True for a cell that says that there is nothing to say, unlike `permanent`."""
    word = folded(text)
    return not word.strip("0 ") or word in word_list("no number") | word_list("no")


def _contract(
    draft: Draft, start: date | None, end: date | None, read: ReadDates, status: StatusClass
) -> Contract:
    code = read.end_trouble
    if not code and start is not None and end is not None and end < start:
        code = "D08"
        read.notices.append(notice("D08", row=draft.row, sheet=draft.sheet))
    return Contract(
        start=start,
        end=end,
        entity=draft.entity,
        title=draft.title,
        worker_type=draft.worker,
        status=status,
        contradictory=bool(code),
        row=draft.row,
        code=code,
        word=draft.status_word if status is draft.status else "",
    )


def _note_unread(
    read: ReadDates, draft: Draft, name: str, text: str, trouble: NotADateError, calendar: Calendar
) -> None:
    code = "D03" if trouble.unfit else "H10" if text == "formula without a value" else "D07"
    shown, heading = text[:_LONGEST_SHOWN], calendar.headings[name]
    fmt = str(calendar.orders[name].order)
    unread_day = notice(code, row=draft.row, sheet=draft.sheet, v=shown, col=heading, fmt=fmt, n=1)
    read.notices.append(unread_day)
    draft.codes.append(code)
    read.unread[name] = code


_ENDS = (RosterField.END_DATE, RosterField.LAST_WORKING_DAY, RosterField.CONTRACT_END)
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
        raise _unusable(path, sheets, policy)
    if not any(sheet.drafts for sheet in accepted):
        raise rejected(path, "F03")
    notices = [*opened.notices, *_sheet_choice(sheets), *_mapped_in_vain(sheets, policy)]
    entries: list[Entry] = []
    for sheet, grid in zip(sheets, opened.grids, strict=True):
        if sheet.columns and sheet.accepted():
            entries += _entries(sheet, sheet.columns, policy, epoch_1904=grid.epoch_1904)
        notices += sheet.notices
    if opened.samples_wanted:
        accented = [name for entry in entries if not (name := entry.draft.name.display).isascii()]
        notices.insert(0, notice("E03", file=path.name, samples=", ".join(accented[:3]) or "-"))
    people = gather(entries)
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
    texts = {"file": path.name, **{name: str(value) for name, value in facts.items()}}
    return RosterError(path, wording(code, texts.items()), code=code)


_NO_DATES: dict[str, str] = {}


def _entries(
    sheet: SheetReading, columns: ColumnMap, policy: RosterPolicy, *, epoch_1904: bool
) -> list[Entry]:
    calendar, notices = calendar_of(sheet.drafts, columns, policy, sheet.name, epoch_1904=epoch_1904)
    sheet.notices += notices
    entries = []
    # what many rows have is held once
    days: dict[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]] = {}
    codes: dict[tuple[str, ...], list[str]] = {}
    for draft in sheet.drafts:
        read = read_dates(draft, calendar)
        contracts = contracts_of(draft, read, calendar)
        draft.codes.extend({one.code for one in contracts if one.code})
        sheet.notices += read.notices
        texts = {name: str(day) for name, day in read.days.items()}
        if read.end_trouble:
            texts["trouble"] = draft.dates.get(RosterField.END_DATE, "")
        pairs = tuple(sorted(texts.items()))
        draft.days, draft.dates = days.setdefault(pairs, pairs), _NO_DATES
        draft.codes = codes.setdefault(tuple(draft.codes), draft.codes)
        entries.append(Entry(draft, contracts, read.days.get(RosterField.RELATION_UNTIL)))
    sheet.drafts = []
    return entries


def _sheet_choice(sheets: Sequence[SheetReading]) -> list[RosterNotice]:
    filled = [sheet for sheet in sheets if sheet.records or sheet.drafts]
    if len(filled) < 2:
        return []
    read = ", ".join(sheet.name for sheet in filled if sheet.accepted())
    skipped = ", ".join(sheet.name for sheet in filled if not sheet.accepted())
    return [notice("F04", read=read, skipped=skipped) if skipped else notice("F15", read=read)]


def _mapped_in_vain(sheets: Sequence[SheetReading], policy: RosterPolicy) -> list[RosterNotice]:
    """The columns that the policy maps and no sheet has: a slip, or the export has changed."""
    found = {heading for sheet in sheets if sheet.columns for heading in sheet.columns.mapped}
    wanted = {heading: name for heading, name in policy.columns.items() if name != RosterField.IGNORE}
    missing = [heading for heading in wanted if compact(heading) not in found]
    return [notice("H15", list=", ".join(missing))] if missing else []


def _unusable(path: Path, sheets: Sequence[SheetReading], policy: RosterPolicy) -> RosterError:
    maps = [sheet.columns for sheet in sheets if sheet.columns is not None]
    if not maps:
        if sum(record.fate is not RowFate.BLANK for sheet in sheets for record in sheet.records) < 2:
            return rejected(path, "F03")
        return rejected(path, "H06", field="a name, a number, a status", list="no heading was recognised")
    columns = min(maps, key=lambda one: len(one.missing()))
    proposals = nearest_known(columns.unknown, [str(name) for name in RosterField])
    seen = ", ".join(heading for heading in columns.headings if heading)
    error = rejected(path, "H06", field="; ".join(columns.missing()), list=seen)
    hints = [one.message for one in columns.notices if one.code in ("H04", "H12", "H14")]
    hints += [one.message for one in _mapped_in_vain(sheets, policy)]
    if proposals:
        proposal = ", ".join(f"{heading} = {name}?" for heading, name in proposals.items())
        hints.append(f"Under roster.columns in the policy, perhaps: {proposal}")
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
