"""The sheet Leavers: the findings about people who left or leave soon, with the leaver's own columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.language.words import Words, mark
from auditor.model.document import CellKind, Column, InputLimit, Table
from auditor.model.finding import TrackedFinding
from auditor.offboarding.letter_stage import Stage, letter_stage
from auditor.reports.decision_words import LETTER_STATES, spoken
from auditor.reports.finding_rows import finding_columns, finding_row
from auditor.reports.not_assessed import nothing_found
from auditor.reports.offboarding.cases import states_of
from auditor.reports.scope import Scope, standing
from auditor.reports.sheet import Sheet
from auditor.reports.short_form import first_rows

_LOOKED = mark("The day on which somebody looked at the profile and still saw it there.")
_SENT = mark("The day on which the letter or the reminder left the house.")


def leavers_table(scope: Scope) -> Table:
    """One row per standing finding about a leaver, most urgent first."""
    say = scope.words.say
    columns = leaver_columns(scope.words)
    states = states_of(scope)
    found, alerts = first_rows(scope, standing(scope, leavers=True))
    rows = tuple((*finding_row(scope, tracked), *_leaver_cells(scope, tracked, states)) for tracked in found)
    return Table(
        "leavers",
        say("Leavers"),
        columns,
        rows,
        alerts=alerts,
        partial=bool(alerts),
        empty=nothing_found(scope, mark("No findings")),
        freeze_columns=4,
        print_until="due",
        print_across=2,
    )


def leaver_columns(words: Words) -> tuple[Column, ...]:
    """The columns of a finding, and what is known of the departure."""
    say, past = words.say, InputLimit.UP_TO_TODAY
    return (
        *finding_columns(words),
        Column("last_day", say("Last day"), 12, CellKind.DATE),
        Column("days_since", say("Days since"), 9, CellKind.NUMBER),
        Column("letter", say("Letter"), 14, CellKind.CHOICE, True, spoken(LETTER_STATES, words)),
        Column("looked_on", say("Looked on"), 12, CellKind.DATE, True, (), say(_LOOKED), past),
        Column("sent_on", say("Sent on"), 12, CellKind.DATE, True, (), say(_SENT), past),
        Column("checklist", say("Checklist"), 30, CellKind.WRAPPED),
        Column("reminder", say("Reminder no."), 11, CellKind.CHOICE, True, ("0", "1", "2")),
    )


def _leaver_cells(scope: Scope, tracked: TrackedFinding, states: Mapping[str, str]) -> tuple[Any, ...]:
    person = scope.person(tracked)
    last_day = person.employee.last_day if person else None
    since = (scope.today - last_day).days if last_day else None
    letter, reminders = _letters(scope, tracked)
    number = tracked.finding.employee_id
    looked_on = scope.report.looks.get(number)
    sent_on = max(scope.report.letters_sent.get(number, ()), default=None)
    return (
        last_day,
        since,
        letter,
        looked_on,
        sent_on,
        states.get(tracked.finding.employee_id, ""),
        reminders,
    )


def _letters(scope: Scope, tracked: TrackedFinding) -> tuple[str, str]:
    """Whether a letter is ready or was sent, and how many reminders followed it."""
    person = scope.person(tracked)
    if person is None:
        return "", ""
    stage = letter_stage(scope.report, person.employee, tracked)
    ready = "ready" if stage.stage is Stage.LETTER else "none"
    state = "sent" if stage.sent else ready
    return scope.words.say(LETTER_STATES[state]), str(max(len(stage.sent) - 1, 0))


SHEET = Sheet(order=30, make=leavers_table, returned=leaver_columns)
