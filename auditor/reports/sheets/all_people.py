"""The sheet All people: one row per person with one word per criterion, so that nobody is lost."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from auditor.findings.counting import STANDING, in_scope
from auditor.language.words import mark
from auditor.model.capture import CaptureStatus
from auditor.model.dates import local
from auditor.model.document import CellKind, Column, RowsOf, Table
from auditor.model.employee import RosterState
from auditor.model.examination import Examination
from auditor.model.rule import Criterion, Failed, NotApplicable, Outcome, Passed, Undetermined
from auditor.reports.codes import CRITERIA
from auditor.reports.evidence import source_words
from auditor.reports.people import STATES, open_profile, shown
from auditor.reports.scope import Scope
from auditor.reports.sheet import Sheet

_COLUMNS: Mapping[Criterion, str] = {
    Criterion.BANNER: "bnr",
    Criterion.HEADLINE: "hdl",
    Criterion.COMPANY_LINK: "cmp",
    Criterion.LEAVER: "lvr",
}
_MEETS = mark("Meets the standard")
_FAILS = mark("Does not meet the standard")
_REVIEW = mark("To be reviewed")
_UNKNOWN = mark("Could not verify")
_NOT_CHECKED = mark("Not checked")
_RANK = (_FAILS, _REVIEW, _UNKNOWN, _MEETS, _NOT_CHECKED)


def people_table(scope: Scope) -> Table:
    """By name. People whose data must not be used (objection, outside scope) appear in counts only."""
    say = scope.words.say
    people = [e for e in scope.examinations if e.employee.roster_state is not RosterState.EXCLUDED]
    people.sort(key=lambda e: (e.employee.full_name.casefold(), e.employee.employee_id))
    columns = (
        Column("employee_no", say("Employee no."), 14),
        Column("name", say("Name"), 26, CellKind.WRAPPED),
        Column("entity", say("Entity"), 18, CellKind.WRAPPED),
        Column("manager", say("Manager"), 20, CellKind.WRAPPED),
        Column("state", say("Roster status"), 18, CellKind.WRAPPED),
        Column("result", say("Result"), 20, CellKind.WRAPPED),
        *(Column(key, say(CRITERIA[about]), 18, CellKind.WRAPPED) for about, key in _COLUMNS.items()),
        *(Column(rule.id.lower(), say(rule.name), 18, CellKind.WRAPPED) for rule in scope.book.others()),
        Column("findings", say("Open findings"), 14, CellKind.NUMBER),
        Column("source", say("Source and age"), 16, CellKind.WRAPPED),
        Column("seen_on", say("Seen on"), 17, CellKind.DATETIME),
        Column("profile", say("Profile"), 21, CellKind.LINK),
    )
    open_counts = _open_counts(scope)
    rows = RowsOf(people, lambda examination: _row(scope, examination, open_counts))
    empty = say("No people")
    return Table("all_people", say("All people"), columns, rows, empty=empty, freeze_columns=2)


def _open_counts(scope: Scope) -> dict[str, int]:
    counts: dict[str, int] = {}
    for tracked in scope.findings:
        if tracked.state in STANDING:
            employee_id = tracked.finding.employee_id
            counts[employee_id] = counts.get(employee_id, 0) + 1
    return counts


def _row(scope: Scope, examination: Examination, open_counts: dict[str, int]) -> tuple[Any, ...]:
    say = scope.words.say
    employee, best = examination.employee, examination.best
    seen = best if best and best.status is CaptureStatus.OK else None  # what was not read is no evidence
    answers = [_answer(examination, scope.book.rules_about(about)) for about in _COLUMNS]
    answers += [_answer(examination, (rule.id,)) for rule in scope.book.others()]
    identity = _answer(examination, scope.book.rules_about(Criterion.IDENTITY))
    overall = min([*answers, *([identity] if identity in (_FAILS, _REVIEW) else [])], key=_RANK.index)
    if overall is _NOT_CHECKED and in_scope(examination) and identity is _UNKNOWN:
        overall = _UNKNOWN
    return (
        shown(employee.employee_id),
        shown(employee.full_name),
        shown(employee.entity),
        shown(employee.manager),
        say(STATES[employee.roster_state]),
        say(overall),
        *(say(answer) for answer in answers),
        open_counts.get(employee.employee_id, 0),
        source_words(seen.source, scope) if seen else "",
        local(seen.captured_at, scope.report.time_zone) if seen else None,
        open_profile(examination, scope.words),
    )


def _answer(examination: Examination, rules: Collection[str]) -> str:
    outcomes = [result.outcome for result in examination.results if result.rule_id in rules]
    return min((_word(outcome) for outcome in outcomes), key=_RANK.index, default=_NOT_CHECKED)


def _word(outcome: Outcome) -> str:
    if isinstance(outcome, Failed):
        return _REVIEW if outcome.confidence == "review" else _FAILS
    if isinstance(outcome, Undetermined):
        return _REVIEW if outcome.review else _UNKNOWN
    return {Passed: _MEETS, NotApplicable: _NOT_CHECKED}[type(outcome)]


SHEET = Sheet(order=80, make=people_table, when=lambda scope: not scope.report.summary)
