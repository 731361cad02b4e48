"""The sheet Roster check: every source row that is not simply a person, and notices on the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from auditor.language.words import Words, mark
from auditor.model.decision import Decision, DecisionReason, DecisionWord
from auditor.model.document import CellKind, Column, Table
from auditor.model.roster import RosterNotice, RowFate, RowRecord
from auditor.reports.notices import FATES, notice_words, notices_of, notices_of_rows, reason_of_row
from auditor.reports.people import shown
from auditor.reports.scope import Scope
from auditor.reports.sheet import Sheet
from auditor.reports.short_form import first_rows

_WHOLE_FILE = mark("Whole file")
#: so many row numbers, or spans of them, stand in a cell
_MOST_LISTED = 40
_NOT_READ = frozenset({RowFate.HEADER, RowFate.NOT_A_PERSON, RowFate.REJECTED})
_ORDER = (RowFate.REJECTED, RowFate.NOT_A_PERSON, RowFate.MERGED, RowFate.PERSON)


def roster_table(scope: Scope) -> Table:
    """Notices on the file first, then rows by what became of them. Rows of which the same is said are one,
    with the numbers of all of them."""
    say = scope.words.say
    report = scope.report
    rows = []
    if scope.entity is None:
        fates = {(record.sheet, record.row): record.fate for record in report.rows}
        rows = [_notice_row(notice, fates, scope.words) for notice in notices_of(scope)]
    told = notices_of_rows(report.notices)
    records = [record for record in report.rows if _worth_showing(scope, record)]
    records.sort(key=lambda record: (_ORDER.index(record.fate), record.sheet, record.row))
    rows += [_claim_row(one, scope.words) for one in report.decisions if _not_ours(scope, one)]
    shown_people = {one.person for one in records}
    first = {
        one.person: one.row
        for one in report.rows
        if one.fate is RowFate.PERSON and one.person in shown_people
    }
    rows += [
        _row(one, told.get((one.sheet, one.row, one.code)), first.get(one.person, one.row), scope.words)
        for one in records
        if (one.sheet, one.row, one.code) not in told or scope.entity
    ]
    columns = (
        Column("row", say("Row"), 8, CellKind.NUMBER),
        Column("sheet", say("Sheet"), 16, CellKind.WRAPPED),
        Column("fate", say("What became of it"), 20, CellKind.WRAPPED),
        Column("code", say("Code"), 9),
        Column("message", say("Message"), 60, CellKind.WRAPPED),
        Column("raw", say("Text in the file"), 28, CellKind.WRAPPED),
        Column("rows", say("Rows"), 8, CellKind.NUMBER),
        Column("also", say("Also in these rows"), 28, CellKind.WRAPPED),
    )
    merged, alerts = first_rows(scope, _without_repeats(rows, scope.words))
    return Table(
        "roster_check",
        say("Roster check"),
        columns,
        tuple(merged),
        alerts=alerts,
        partial=bool(alerts),
        empty=say("Every row was read without a remark"),
        protected=True,
    )


def _without_repeats(rows: Iterable[Sequence[Any]], words: Words) -> tuple[tuple[Any, ...], ...]:
    """Rows of which all but the number is the same become the first of them; where they are several, with how
    many there are and the numbers of the others."""
    found: dict[tuple[Any, ...], list[int]] = {}
    for number, *facts in rows:
        found.setdefault(tuple(facts), []).extend([number] if number else [])
    return tuple(
        (
            min(numbers, default=None),
            *facts,
            len(numbers) if len(numbers) > 1 else None,
            _listed(sorted(numbers)[1:], words),
        )
        for facts, numbers in found.items()
    )


def _listed(numbers: Sequence[int], words: Words) -> str:
    """Row numbers in short, such as 6-8, 11; so many as can be read in a cell."""
    starts = [one for before, one in pairwise([-1, *numbers]) if one > before + 1]
    ends = [one for one, after in pairwise([*numbers, numbers[-1] + 2]) if after > one + 1] if numbers else []
    spans = [f"{a}" if a == b else f"{a}-{b}" for a, b in zip(starts, ends, strict=True)]
    left = sum(ends[n] - starts[n] + 1 for n in range(_MOST_LISTED, len(spans)))
    text = ", ".join(spans[:_MOST_LISTED])
    return f"{text}, {words.count('{n} more', '{n} more', left)}" if left else text


def _worth_showing(scope: Scope, record: RowRecord) -> bool:
    if record.fate in (RowFate.HEADER, RowFate.BLANK):
        return False
    if record.fate is RowFate.PERSON and not (record.code or record.message):
        return False
    return scope.entity is None or record.person in scope.people


def _not_ours(scope: Scope, one: Decision) -> bool:
    said = one.word is DecisionWord.NOT_OUR_EMPLOYEE
    answered = one.applied or one.reason is DecisionReason.IN_ROSTER
    return said and answered and (scope.entity is None or one.employee_id in scope.people)


def _claim_row(one: Decision, words: Words) -> tuple[Any, ...]:
    """HR says that somebody does not work here."""
    fate = words.say("Contradicts the roster") if not one.applied else words.say("Confirmed by the roster")
    message = words.say("HR says that {id} is not our employee.", id=shown(one.employee_id))
    return (None, "", fate, "", message, shown(one.remark))


def _notice_row(
    notice: RosterNotice, fates: Mapping[tuple[str, int], RowFate], words: Words
) -> tuple[Any, ...]:
    fate = fates.get((notice.sheet, notice.row))
    place = words.say("Read with a remark") if notice.row else words.say(_WHOLE_FILE)
    place = words.say(FATES[fate]) if fate in _NOT_READ else place
    row = notice.row or None
    return (row, shown(notice.sheet), place, notice.code, notice_words(notice, words), shown(notice.raw))


def _row(record: RowRecord, told: RosterNotice | None, first_row: int, words: Words) -> tuple[Any, ...]:
    fate = words.say(FATES[record.fate])
    said = reason_of_row(record, told, first_row, words)
    return (record.row, shown(record.sheet), fate, record.code, said, shown(record.raw))


SHEET = Sheet(order=60, make=roster_table)
