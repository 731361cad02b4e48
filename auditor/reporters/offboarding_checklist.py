"""One checklist per flagged leaver, and one to prepare for everybody who leaves soon."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from auditor.domain.employee import Employee, RosterState
from auditor.domain.examination import Examination
from auditor.domain.finding import FindingState, TrackedFinding
from auditor.domain.health import HealthVerdict
from auditor.domain.report import AuditReport, CellKind, Column, Document, InputLimit, Table, Workbook
from auditor.domain.rule import Confidence
from auditor.ports import Reporter
from auditor.reporters._findings import checklist_name, said
from auditor.reporters._offboarding import AFTER_A_FINDING, CONDITIONS, DOERS, SIDES, Step, steps
from auditor.reporters._people import local, shown
from auditor.reporters._scope import Scope, whole
from auditor.reporters._words import Words, mark

_FLAGGING = frozenset({FindingState.NEW, FindingState.OPEN, FindingState.REOPENED})
_PREPARE = mark(
    "Leaves soon: prepare these steps. Nothing is checked or asked on LinkedIn before the last day."
)
_VOLUNTARY = mark("The leaver's side is a request: the profile belongs to the person.")
_CLOSES = mark("The case closes when both sides are done.")


def offboarding_checklists(report: AuditReport) -> Sequence[Document]:
    """By employee id; a second run gives the same file names, so that a case is never doubled."""
    scope = whole(report)
    flagged: dict[str, list[TrackedFinding]] = {}
    for tracked in report.findings:
        if tracked.finding.rule_id.startswith("LVR") and tracked.state in _FLAGGING:
            flagged.setdefault(tracked.finding.employee_id, []).append(tracked)
    documents = []
    for employee_id, examination in sorted(scope.people.items()):
        soon = examination.employee.roster_state is RosterState.LEAVING_SOON
        if employee_id in flagged or soon:
            documents.append(_checklist(scope, examination, flagged.get(employee_id, [])))
    return documents


def _checklist(scope: Scope, examination: Examination, findings: list[TrackedFinding]) -> Workbook:
    words, employee, run = scope.words, examination.employee, scope.report.run
    say = words.say
    degraded = scope.report.health.verdict is HealthVerdict.DEGRADED
    rows = tuple(_row(step, employee, words) for step in steps() if _concerns(step, employee, bool(findings)))
    untrusted = say("This run cannot be trusted; see the summary.")
    table = Table(
        "checklist",
        say("Checklist"),
        _columns(words),
        rows,
        lead=_lead(scope, employee, findings),
        alerts=(untrusted,) if degraded else (),
    )
    return Workbook(
        file_name=checklist_name(employee),
        title=say("Offboarding checklist {id}", id=shown(employee.employee_id)),
        tables=(table,),
        footer=say("Confidential - HR only"),
        created=run.finished_at or run.started_at,
        language=words.language,
        page_header=untrusted if degraded else "",
        alarming=degraded,
        page_of=say("Page {page} of {pages}"),
    )


def _concerns(step: Step, employee: Employee, found: bool) -> bool:
    contractor = employee.roster_state in (RosterState.CONTRACTOR_ENDED, RosterState.CONTRACTOR_ACTIVE)
    if step.when == "contractor" and not contractor:
        return False
    return found or step.id not in AFTER_A_FINDING


def _lead(scope: Scope, employee: Employee, findings: list[TrackedFinding]) -> tuple[str, ...]:
    words = scope.words
    say = words.say
    lines = [
        say(
            "Offboarding checklist: {name} ({id})",
            name=shown(employee.full_name, 80),
            id=shown(employee.employee_id),
        )
    ]
    facts = (
        (say("Last day"), words.day(employee.last_day)),
        (say("Entity"), shown(employee.entity)),
        (say("Manager"), shown(employee.manager)),
    )
    lines.append(" · ".join(f"{label}: {value}" for label, value in facts if value))
    for tracked in findings:
        lines.append(_sighting(scope, tracked))
        if tracked.finding.confidence is Confidence.REVIEW:
            lines.append(say("A person looks at the profile before anything is sent."))
    if not findings:
        lines.append(say(_PREPARE))
    return (*lines, f"{say(_VOLUNTARY)} {say(_CLOSES)}", "")


def _sighting(scope: Scope, tracked: TrackedFinding) -> str:
    result = scope.result(tracked)
    moment = local(result.captured_at, scope.report.time_zone) if result else None
    when = scope.words.moment(moment) if moment else scope.words.day(tracked.last_seen)
    seen = " - ".join(said(tracked, scope.words).split("\n"))
    return scope.words.say("Seen on {day}: {what}", day=when, what=seen)


def _columns(words: Words) -> tuple[Column, ...]:
    say = words.say
    past = InputLimit.UP_TO_TODAY
    return (
        Column(
            "done", say("Done"), 9, CellKind.CHOICE, editable=True, choices=(say("Yes"), say("Not needed"))
        ),
        Column("step", say("No."), 7),
        Column("side", say("Side"), 13, CellKind.WRAPPED),
        Column("what", say("What to do"), 52, CellKind.WRAPPED),
        Column("owner", say("Owner"), 17, CellKind.WRAPPED),
        Column("due", say("Due"), 12, CellKind.DUE),
        Column("when", say("Applies"), 22, CellKind.WRAPPED),
        Column("evidence_wanted", say("Evidence wanted"), 26, CellKind.WRAPPED),
        Column("evidence", say("Evidence"), 30, CellKind.WRAPPED, editable=True),
        Column("done_on", say("Done on"), 12, CellKind.DATE, editable=True, limit=past),
        Column("done_by", say("Done by"), 16, CellKind.WRAPPED, editable=True),
    )


def _row(step: Step, employee: Employee, words: Words) -> tuple[Any, ...]:
    say = words.say
    return (
        None,
        step.id,
        say(SIDES[step.side]),
        say(step.what),
        say(DOERS[step.owner]),
        step.due(employee.last_day) if employee.last_day else None,
        say(CONDITIONS[step.when]),
        say(step.evidence),
        None,
        None,
        None,
    )


REPORTER = Reporter("offboarding_checklist", offboarding_checklists)
