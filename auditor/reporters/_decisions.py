"""The sheet Decisions: agreed exceptions, what closed this month, what came back."""

from __future__ import annotations

from typing import Any

from auditor.domain.finding import FindingState, TrackedFinding
from auditor.domain.report import CellKind, Column, Table
from auditor.reporters._codes import criterion
from auditor.reporters._decision_words import STATUSES
from auditor.reporters._findings import said
from auditor.reporters._people import shown
from auditor.reporters._scope import Scope

_ORDER = (FindingState.REOPENED, FindingState.WAIVED, FindingState.RESOLVED)


def decisions_table(scope: Scope) -> Table:
    """Reopened first, then waived, then closed; by name."""
    say = scope.words.say
    chosen = [tracked for tracked in scope.findings if tracked.state in _ORDER]
    chosen.sort(key=lambda t: (_ORDER.index(t.state), _name(scope, t).casefold(), t.finding.fingerprint))
    columns = (
        Column("finding", say("Finding"), 14),
        Column("status", say("Status"), 18),
        Column("employee_no", say("Employee no."), 14),
        Column("name", say("Name"), 24, CellKind.WRAPPED),
        Column("entity", say("Entity"), 16, CellKind.WRAPPED),
        Column("criterion", say("Criterion"), 16, CellKind.WRAPPED),
        Column("seen", say("Finding in words"), 46, CellKind.WRAPPED),
        Column("open_since", say("Open since"), 12, CellKind.DATE),
        Column("last_seen", say("Last seen"), 12, CellKind.DATE),
        Column("note", say("Reason and history"), 46, CellKind.WRAPPED),
    )
    rows = tuple(_row(scope, tracked) for tracked in chosen)
    empty = say("Nothing was waived, closed or reopened")
    return Table("decisions", say("Decisions"), columns, rows, empty=empty, freeze_columns=4, protected=True)


def _name(scope: Scope, tracked: TrackedFinding) -> str:
    person = scope.person(tracked)
    return shown(person.employee.full_name) if person else ""


def _row(scope: Scope, tracked: TrackedFinding) -> tuple[Any, ...]:
    person = scope.person(tracked)
    return (
        tracked.finding.fingerprint,
        scope.words.say(STATUSES[tracked.state]),
        shown(tracked.finding.employee_id),
        _name(scope, tracked),
        shown(person.employee.entity) if person else "",
        criterion(tracked.finding.rule_id, scope.words),
        said(tracked, scope.words),
        tracked.first_seen,
        tracked.last_seen,
        shown(tracked.note),
    )
