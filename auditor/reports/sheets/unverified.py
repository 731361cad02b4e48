"""The sheet Could not verify: everybody of whom something stays open, never mixed with findings."""

from __future__ import annotations

from typing import Any

from auditor.findings.counting import could_not_verify, was_read
from auditor.language.words import Words
from auditor.model.document import CellKind, Column, RowsOf, Table
from auditor.model.examination import Examination
from auditor.offboarding.next_step import Act, NextStep
from auditor.offboarding.unverified_step import unverified_step
from auditor.reports.decision_words import UNVERIFIED_DECISIONS, spoken
from auditor.reports.evidence import tried_evidence
from auditor.reports.finding_rows import decision_columns, person_trouble
from auditor.reports.people import STATES, open_profile, shown, unverified_reason, whose_page
from auditor.reports.scope import Scope
from auditor.reports.sheet import Sheet
from auditor.reports.short_form import first_rows
from auditor.reports.step_words import step_words


def unverified_table(scope: Scope) -> Table:
    """One row per person; those with nothing readable come first, then by name."""
    people = [examination for examination in scope.examinations if could_not_verify(examination)]
    people.sort(key=lambda e: (was_read(e), e.employee.full_name.casefold(), e.employee.employee_id))
    shown_people, alerts = first_rows(scope, people)
    rows = RowsOf(shown_people, lambda examination: _row(scope, examination))
    say = scope.words.say
    empty = say("Everybody could be verified")
    return Table(
        "could_not_verify",
        say("Could not verify"),
        unverified_columns(scope.words),
        rows,
        alerts=alerts,
        partial=bool(alerts),
        empty=empty,
        freeze_columns=2,
        print_until="profile",
    )


def unverified_columns(words: Words) -> tuple[Column, ...]:
    """The columns of a person who could not be verified."""
    say = words.say
    remark = decision_columns(words)[-1]
    return (
        Column("employee_no", say("Employee no."), 14),
        Column("name", say("Name"), 24, CellKind.WRAPPED),
        Column("entity", say("Entity"), 16, CellKind.WRAPPED),
        Column("manager", say("Manager"), 18, CellKind.WRAPPED),
        Column("state", say("Roster status"), 16, CellKind.WRAPPED),
        Column("reason", say("Reason"), 48, CellKind.WRAPPED),
        Column("action", say("What to do"), 46, CellKind.WRAPPED),
        Column("times", say("Times in a row"), 9, CellKind.NUMBER),
        Column("tried_on", say("Tried on"), 12, CellKind.DATE),
        Column("evidence", say("Source and age"), 18, CellKind.WRAPPED),
        Column("profile", say("Profile"), 21, CellKind.LINK),
        Column("decision", say("Decision"), 18, CellKind.CHOICE, True, spoken(UNVERIFIED_DECISIONS, words)),
        Column("new_address", say("New address"), 34, CellKind.WRAPPED, editable=True),
        remark,
    )


def _row(scope: Scope, examination: Examination) -> tuple[Any, ...]:
    employee = examination.employee
    return (
        shown(employee.employee_id),
        shown(employee.full_name),
        shown(employee.entity),
        shown(employee.manager),
        scope.words.say(STATES[employee.roster_state]),
        whose_page(examination, scope.words) or unverified_reason(examination, scope.words, scope.book),
        _to_do(scope, examination),
        scope.report.times_unverified.get(employee.employee_id),
        scope.today if examination.trials else None,
        tried_evidence(scope, examination),
        open_profile(examination, scope.words),
        None,
        None,
        None,
    )


def _to_do(scope: Scope, examination: Examination) -> str:
    """What helps with what stays open, and first an answer of HR that was not applied; the step about the
    person's findings stands beside those, unless it says to wait."""
    employee = examination.employee
    step = scope.step(employee.employee_id)
    if step is None or step.act not in (Act.WAIT, Act.NOTHING):
        act, why, hidden = unverified_step(examination)
        step = NextStep(act, why, hidden=hidden)
    todo = step_words(step, scope.words, scope.book, note=employee.address_note)
    return f"{person_trouble(scope, employee.employee_id)}\n{todo}".strip()


SHEET = Sheet(order=40, make=unverified_table, returned=unverified_columns)
