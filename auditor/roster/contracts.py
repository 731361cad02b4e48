"""Turns the date texts of a row into spells of work, once the order of each column is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from auditor.language.roster_messages import notice
from auditor.model.policy import RosterPolicy
from auditor.model.roster import Contract, RosterNotice, StatusClass
from auditor.roster.columns import ColumnMap
from auditor.roster.dates import (
    ColumnOrder,
    DayOrder,
    NotADateError,
    column_order,
    is_no_end_day,
    means_no_end,
    read_day,
)
from auditor.roster.drafts import Draft
from auditor.roster.fields import DATE_FIELDS, RosterField

_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Calendar:
    """How the date columns of one sheet are read."""

    orders: Mapping[str, ColumnOrder]
    headings: Mapping[str, str]
    zone: str
    epoch_1904: bool
    end_is_last_day: bool


@dataclass(slots=True)
class ReadDates:
    """The days of one row, and what could not be read among them."""

    days: dict[str, date | None] = field(default_factory=dict)
    notices: list[RosterNotice] = field(default_factory=list)
    #: the code of an end date that is none
    end_trouble: str = ""


def calendar_of(
    drafts: Iterable[Draft], columns: ColumnMap, policy: RosterPolicy, sheet: str, *, epoch_1904: bool
) -> tuple[Calendar, list[RosterNotice]]:
    """The order of each date column. A column that tells nothing follows its neighbours, then the policy."""
    texts: dict[str, list[str]] = {name: [] for name in DATE_FIELDS if columns.place(name) is not None}
    for draft in drafts:
        for name, text in draft.dates.items():
            texts[name].append(text)
    fallback = DayOrder.DAY_FIRST if policy.day_first else DayOrder.MONTH_FIRST
    chosen = {name: column_order(values, fallback) for name, values in texts.items()}
    decided = {order.order for order in chosen.values() if order is not None and not order.undecided}
    if len(decided) == 1:
        fallback = decided.pop()
    orders, notices = {}, []
    headings = {name: columns.headings[columns.places[name][0]] for name in texts}
    for name in sorted(texts):
        order = chosen[name]
        orders[name] = ColumnOrder(fallback) if order is None or order.undecided else order
        if order is not None and order.undecided:
            notices.append(notice("D02", sheet=sheet, col=headings[name], fmt=str(fallback)))
    calendar = Calendar(orders, headings, policy.time_zone, epoch_1904, policy.end_date_is_last_day)
    return calendar, notices


def read_dates(draft: Draft, calendar: Calendar) -> ReadDates:
    """The days of one row; an end date that is none becomes the row's contradiction."""
    read = ReadDates()
    for name, text in draft.dates.items():
        if means_no_end(text):
            draft.codes.extend(["D05"] if name in _ENDS else [])
            continue
        try:
            day = read_day(text, calendar.orders[name].order, calendar.zone, epoch_1904=calendar.epoch_1904)
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


def contracts_of(draft: Draft, read: ReadDates, calendar: Calendar) -> tuple[Contract, ...]:
    """The spells of work that one row tells of: one, or two where it names a rehire after the end."""
    days = read.days
    start = days.get(RosterField.START_DATE) or days.get(RosterField.ORIGINAL_START)
    end = days.get(RosterField.END_DATE) or days.get(RosterField.LAST_WORKING_DAY)
    if end is not None and not calendar.end_is_last_day and RosterField.END_DATE in days:
        end -= timedelta(days=1)
    rehired = days.get(RosterField.REHIRE_DATE)
    if rehired is not None and end is not None and start is not None and start <= end < rehired:
        earlier = _contract(draft, start, end, read, StatusClass.NONE)
        return earlier, _contract(draft, rehired, None, read, draft.status)
    if rehired is not None and (start is None or rehired > start) and (end is None or end >= rehired):
        start = rehired
    return (_contract(draft, start, end, read, draft.status),)


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
        fixed_term_end=read.days.get(RosterField.CONTRACT_END),
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
    told = notice(code, row=draft.row, sheet=draft.sheet, v=shown, col=heading, fmt=fmt, n=1)
    read.notices.append(told)
    draft.codes.append(code)
    if name in (RosterField.END_DATE, RosterField.LAST_WORKING_DAY):
        read.end_trouble = read.end_trouble or code


_ENDS = (RosterField.END_DATE, RosterField.LAST_WORKING_DAY, RosterField.CONTRACT_END)
