"""Who was not assessed and why, in words, wherever people look first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from auditor.findings.assessment import NotAssessed, Why, not_assessed, rejected_rows
from auditor.language.roster_messages import row_ranges
from auditor.language.words import Words, mark
from auditor.model.document import Notice
from auditor.model.employee import Employee
from auditor.model.roster import RowFate, RowRecord
from auditor.reports.notices import notices_of_rows, reason_of_row
from auditor.reports.people import shown
from auditor.reports.scope import Scope

#: sheets of the roster by person and row
Sheets: TypeAlias = Mapping[tuple[str, int], str]
#: so many rows of the roster, or spans of them, are named in a line
MOST_ROWS = 12
REJECTED_ROWS = mark("Rejected rows of the roster")
_NOTHING_TO_DO = mark("Nothing: this is meant to be so.")
_SETTLE_STATUS = mark(
    "Correct the status in the roster, or add the word to roster.status_words in the policy."
)
_SETTLE_DATES = mark("Correct the dates or the status in the roster.")
#: why -> the reason, and what to do about it
TEXTS: Mapping[Why, tuple[str, str]] = {
    Why.UNKNOWN_WORD: (mark("The status in the roster is not known or has two meanings"), _SETTLE_STATUS),
    Why.DATE_MISSING: (
        mark("Left according to the roster, but without an end date"),
        mark("Enter the last day in the roster."),
    ),
    Why.DATE_UNREADABLE: (mark("A date in the roster cannot be read"), _SETTLE_DATES),
    Why.CONTRADICTION: (mark("Status and dates in the roster contradict each other"), _SETTLE_DATES),
    Why.ENDS_DISAGREE: (
        mark("Two columns of the roster contradict each other on the end of employment"),
        mark(
            "Correct the dates in the roster, or name the column with the end of employment in the policy "
            "(roster.columns)."
        ),
    ),
    Why.SHARED_NUMBER: (
        mark("The employee number stands for people with different names"),
        mark("Give everybody in the roster an employee number of their own."),
    ),
    Why.NAMESAKE: (
        mark("Left, but somebody with the same name or e-mail address is in service"),
        mark(
            "One person: give both rows the same employee number. Two people: give each their own profile "
            "address."
        ),
    ),
    Why.UNKNOWN_ENTITY: (
        mark("The policy does not describe the entity"),
        mark("Write the entity in the roster as in the policy, or describe it there."),
    ),
    Why.NO_RULE: (
        mark("No rule of the policy concerns the person"),
        mark("Look in the policy whether the rules for these people are meant to be off."),
    ),
    Why.VANISHED: (
        mark("Missing from the roster, without an end date"),
        mark("Find out whether the person left, and enter the last day in the roster."),
    ),
    Why.LEAVING_SOON: (mark("Leaves soon"), ""),
    Why.LONG_LEAVE: (mark("Absent for a long time"), ""),
    Why.STARTS_LATER: (mark("Starts later"), ""),
    Why.WAITING_TIME: (mark("Left, waiting time"), ""),
    Why.CONTRACTOR: (mark("Contractor; no rule concerns contractors in service"), ""),
    Why.RELATED: (mark("Left, with another relation to the company"), ""),
    Why.SEEN_CLEAN: (mark("Left, and seen twice without the company"), ""),
    Why.EXCLUDED: (mark("Left out (objection, outside scope, too long ago)"), ""),
}


def groups_of(scope: Scope) -> tuple[NotAssessed, ...]:
    """The people of a scope who were not assessed, equal reasons together."""
    return not_assessed(scope.examinations)


def people_listed(groups: Iterable[NotAssessed]) -> list[tuple[NotAssessed, Employee]]:
    """Who was not assessed, by group and name. Who is left out by right is only counted, never named."""
    return [
        (group, one)
        for group in groups
        if group.why is not Why.EXCLUDED
        for one in sorted(group.people, key=lambda one: (one.full_name.casefold(), one.employee_id))
    ]


def lines_of_left_out(groups: Iterable[NotAssessed], words: Words) -> list[str]:
    """How many people are left out by right."""
    return [line_of(group, words, {}) for group in groups if group.why is Why.EXCLUDED]


def to_settle(group: NotAssessed, words: Words) -> str:
    """What to do about a group."""
    return words.say(TEXTS[group.why][1] or _NOTHING_TO_DO)


def unsettled_people(scope: Scope) -> int:
    """How many people were not assessed for a reason that somebody must settle."""
    return sum(len(group.people) for group in groups_of(scope) if group.unsettled)


def reason_of(group: NotAssessed, words: Words) -> str:
    """The reason in words, with the roster's own word where that is the reason."""
    text = words.say(TEXTS[group.why][0])
    return words.labelled(text, shown(group.word, 60)) if group.word else text


def sheets_of(rows: Iterable[RowRecord]) -> Sheets:
    """The sheet of the roster for each person and row; nothing where all people stand on one sheet, for then
    the row alone tells the place."""
    read = [one for one in rows if one.fate in (RowFate.PERSON, RowFate.MERGED, RowFate.REJECTED)]
    several = len({one.sheet for one in read}) > 1
    return {(one.person, one.row): one.sheet for one in read} if several else {}


def sheet_of(one: Employee, sheets: Sheets) -> str:
    """The sheet on which somebody stands; empty where there is only one."""
    return sheets.get((one.employee_id, one.roster_row), "")


def line_of(group: NotAssessed, words: Words, sheets: Sheets) -> str:
    """How many people were not assessed, why, and in which rows they stand; `sheets`: see `sheets_of`."""
    count = words.count("{n} person not assessed", "{n} people not assessed", len(group.people))
    people = [one for one in group.people if one.roster_row and group.unsettled]
    places = sorted((sheet_of(one, sheets), one.roster_row) for one in people)
    rows = _rows([(sheet, str(row)) for sheet, row in places], len(places), words) if places else ""
    return f"{count}. {reason_of(group, words)}" + (f" ({rows})" if rows else "")


def rejected_lines(rows: Sequence[RowRecord], words: Words) -> list[str]:
    """How many rows of the roster were rejected, and which; nothing where none was.

    Nobody knows of which entity they are, so every workbook says it, without what stands there.
    """
    rejected = rejected_rows(rows)
    if not rejected:
        return []
    sheets = sorted({one.sheet for one in rejected}) if sheets_of(rows) else [""]
    places = [
        (sheet, span)
        for sheet in sheets
        for span in row_ranges(one.row for one in rejected if sheet in ("", one.sheet)).split(", ")
    ]
    line = words.count(
        "{n} row of the roster was rejected; whoever stands in it was not assessed",
        "{n} rows of the roster were rejected; whoever stands in them was not assessed",
        len(rejected),
    )
    return [f"{line} ({_rows(places, len(rejected), words)})."]


def rejected_reasons(scope: Scope) -> list[tuple[RowRecord, str]]:
    """The rejected rows of the roster, each with its reason as the sheet Roster check words it."""
    told = notices_of_rows(scope.report.notices)
    return [
        (row, reason_of_row(row, told.get((row.sheet, row.row, row.code)), row.row, scope.words))
        for row in rejected_rows(scope.report.rows)
    ]


def unsettled_notices(scope: Scope) -> list[Notice]:
    """A line for each reason that somebody must settle, and one for rejected rows; each stands once."""
    sheets = sheets_of(scope.report.rows)
    lines = [line_of(group, scope.words, sheets) for group in groups_of(scope) if group.unsettled]
    return [Notice(line) for line in (*lines, *rejected_lines(scope.report.rows, scope.words))]


def nothing_found(scope: Scope, otherwise: str) -> str:
    """What stands where there are no findings: `otherwise`, unless people were not assessed or not read."""
    people, rejected = unsettled_people(scope), len(rejected_rows(scope.report.rows))
    if rejected and not people:
        return scope.words.count(
            "No findings, but {n} row of the roster was rejected and may hold a leaver: see the sheet Not "
            "assessed.",
            "No findings, but {n} rows of the roster were rejected and may hold leavers: see the sheet Not "
            "assessed.",
            rejected,
        )
    if not people:
        return scope.words.say(otherwise)
    return scope.words.count(
        "No findings, but {n} person was not assessed and may be a leaver: see the sheet Not assessed.",
        "No findings, but {n} people were not assessed and may be leavers: see the sheet Not assessed.",
        people,
    )


def _rows(places: Sequence[tuple[str, str]], number: int, words: Words) -> str:
    """So many rows by their numbers, or spans of them, each behind the name of its sheet, if it has one."""
    named: dict[str, list[str]] = {}
    for sheet, rows in places[:MOST_ROWS]:
        named.setdefault(sheet, []).append(rows)
    listed = [
        words.labelled(shown(sheet, 40), ", ".join(rows)) if sheet else ", ".join(rows)
        for sheet, rows in named.items()
    ]
    text = "; ".join(listed) + (" …" if len(places) > MOST_ROWS else "")
    return words.count("row {rows}", "rows {rows}", number, rows=text)
