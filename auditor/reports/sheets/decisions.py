"""The sheet Decisions: agreed exceptions, what closed this month and how, what came back, and every
answer of HR that could not be applied. Its headings differ from those of the columns that HR fills in,
so that this sheet is never read as decisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.language.words import Words
from auditor.model.decision import Decision, DecisionWord
from auditor.model.document import CellKind, Column, Table
from auditor.model.finding import FindingState, TrackedFinding
from auditor.reports.decision_words import STATUSES, decision_note, decision_origin, decision_word
from auditor.reports.finding_rows import said
from auditor.reports.people import shown, shown_text
from auditor.reports.scope import Scope
from auditor.reports.sheet import Sheet
from auditor.reports.short_form import first_rows

_ORDER = (FindingState.REOPENED, FindingState.WAIVED, FindingState.RESOLVED)
#: rows of decisions that were not applied; a file full of foreign rows must not fill the workbook
MOST_LISTED = 2_000


def decisions_table(scope: Scope) -> Table:
    """What was not applied first, then reopened, waived, closed, and what else HR decided; by name."""
    say = scope.words.say
    changed = [tracked for tracked in scope.findings if tracked.state in _ORDER]
    changed.sort(key=lambda t: (_ORDER.index(t.state), _name(scope, t).casefold(), t.finding.fingerprint))
    holding = {one.fingerprint: one for one in scope.report.decisions if one.applied and one.fingerprint}
    told = {tracked.finding.fingerprint for tracked in changed}
    others = [
        one for one in scope.report.decisions if scope.entity is None or one.employee_id in scope.people
    ]
    listed = [one for one in others if not one.applied]
    applied = [one for one in others if one.applied and one.fingerprint not in told]
    found = {tracked.finding.fingerprint: tracked for tracked in scope.findings}
    rows = [_listed_row(scope, one, found) for one in listed[:MOST_LISTED]]
    shown_changes, alerts = first_rows(scope, changed)
    rows += [_row(scope, one, holding.get(one.finding.fingerprint)) for one in shown_changes]
    rows += [_listed_row(scope, one, found) for one in applied[:MOST_LISTED]]
    left_out = max(len(listed) - MOST_LISTED, 0) + max(len(applied) - MOST_LISTED, 0)
    empty = say("Nothing was waived, closed or reopened")
    return Table(
        "decisions",
        say("Decisions"),
        _columns(scope.words),
        tuple(rows),
        lead=(_left_out(left_out, scope.words),) if left_out else (),
        alerts=alerts,
        partial=bool(alerts),
        empty=empty,
        freeze_columns=4,
        protected=True,
    )


def _columns(words: Words) -> tuple[Column, ...]:
    say = words.say
    return (
        Column("finding", say("Finding"), 14),
        Column("status", say("Status"), 13, CellKind.WRAPPED),
        Column("employee_no", say("Employee no."), 14),
        Column("name", say("Name"), 20, CellKind.WRAPPED),
        Column("entity", say("Entity"), 14, CellKind.WRAPPED),
        Column("criterion", say("Criterion"), 16, CellKind.WRAPPED),
        Column("seen", say("Finding in words"), 32, CellKind.WRAPPED),
        Column("hr_decision", say("HR's answer"), 17, CellKind.WRAPPED),
        Column("decided_on", say("Answered on"), 12, CellKind.DATE),
        Column("until", say("Valid until"), 12, CellKind.DATE),
        Column("open_since", say("Open since"), 12, CellKind.DATE),
        Column("last_seen", say("Last seen"), 12, CellKind.DATE),
        Column("note", say("Reason and history"), 38, CellKind.WRAPPED),
        Column("origin", say("Answered by, in file"), 26, CellKind.WRAPPED),
    )


def _left_out(number: int, words: Words) -> str:
    return words.count(
        "{n} more answer is not shown here.",
        "{n} more answers are not shown here; auditor decisions list shows all.",
        number,
    )


def _name(scope: Scope, tracked: TrackedFinding) -> str:
    person = scope.person(tracked)
    return shown(person.employee.full_name) if person else ""


def _row(scope: Scope, tracked: TrackedFinding, decision: Decision | None) -> tuple[Any, ...]:
    person = scope.person(tracked)
    words = scope.words
    note = shown_text(tracked.note, words)
    remarks = decision_note(decision, words) if decision and decision.reason else ""
    return (
        tracked.finding.fingerprint,
        words.say(STATUSES[tracked.state]),
        shown(tracked.finding.employee_id),
        _name(scope, tracked),
        shown(person.employee.entity) if person else "",
        scope.book.criterion(tracked.finding.rule_id, words),
        said(tracked, words, scope.book),
        decision_word(decision, words) if decision else "",
        decision.day if decision else None,
        _until(decision),
        tracked.first_seen,
        tracked.last_seen,
        f"{note}\n{remarks}".strip(),
        decision_origin(decision, words) if decision else "",
    )


def _listed_row(scope: Scope, decision: Decision, found: Mapping[str, TrackedFinding]) -> tuple[Any, ...]:
    words = scope.words
    person = scope.people.get(decision.employee_id)
    tracked = found.get(decision.fingerprint)
    return (
        shown(decision.fingerprint, 40),
        words.say("Applied") if decision.applied else words.say("Not applied"),
        shown(decision.employee_id),
        shown(person.employee.full_name) if person else "",
        shown(person.employee.entity) if person else "",
        scope.book.criterion(tracked.finding.rule_id, words) if tracked else "",
        said(tracked, words, scope.book) if tracked else "",
        decision_word(decision, words),
        decision.decided_on,
        _until(decision),
        tracked.first_seen if tracked else None,
        tracked.last_seen if tracked else None,
        decision_note(decision, words),
        decision_origin(decision, words),
    )


def _until(decision: Decision | None) -> Any:
    return decision.until if decision and decision.word is DecisionWord.WAIVED else None


SHEET = Sheet(order=70, make=decisions_table)
