"""The sheet Not assessed: whom no rule was tried on, why, and what to do about it."""

from __future__ import annotations

from typing import Any

from auditor.findings.assessment import NotAssessed
from auditor.language.words import Words
from auditor.model.document import CellKind, Column, Table
from auditor.model.employee import Employee
from auditor.reports.not_assessed import (
    TEXTS,
    Sheets,
    groups_of,
    lines_of_left_out,
    people_listed,
    rejected_lines,
    sheet_of,
    sheets_of,
    to_settle,
)
from auditor.reports.people import shown
from auditor.reports.scope import Scope
from auditor.reports.sheet import Sheet
from auditor.reports.short_form import first_rows


def not_assessed_table(scope: Scope) -> Table:
    """One row per person, what must be settled first. Who is left out by right is only counted, and so are
    rows that were rejected."""
    words = scope.words
    say = words.say
    sheets = sheets_of(scope.report.rows)
    columns = (
        Column("employee_no", say("Employee no."), 14),
        Column("name", say("Name"), 26, CellKind.WRAPPED),
        Column("entity", say("Entity"), 18, CellKind.WRAPPED),
        Column("manager", say("Manager"), 20, CellKind.WRAPPED),
        *([Column("sheet", say("Sheet"), 14)] if sheets else []),
        Column("row", say("Row"), 8, CellKind.NUMBER),
        Column("reason", say("Reason"), 44, CellKind.WRAPPED),
        Column("word", say("Text in the file"), 24, CellKind.WRAPPED),
        Column("action", say("What to do"), 52, CellKind.WRAPPED),
    )
    groups = groups_of(scope)
    found, alerts = first_rows(scope, people_listed(groups))
    lead = (*rejected_lines(scope.report.rows, words), *lines_of_left_out(groups, words))
    return Table(
        "not_assessed",
        say("Not assessed"),
        columns,
        tuple(_row(group, one, words, sheets) for group, one in found),
        alerts=alerts,
        partial=bool(alerts),
        lead=lead,
        empty=say("Nobody else is left out") if lead else say("Nobody is left out"),
        freeze_columns=2,
    )


def _row(group: NotAssessed, employee: Employee, words: Words, sheets: Sheets) -> tuple[Any, ...]:
    return (
        shown(employee.employee_id),
        shown(employee.full_name),
        shown(employee.entity),
        shown(employee.manager),
        *([shown(sheet_of(employee, sheets))] if sheets else []),
        employee.roster_row or None,
        words.say(TEXTS[group.why][0]),
        shown(group.word),
        to_settle(group, words),
    )


SHEET = Sheet(order=50, make=not_assessed_table)
