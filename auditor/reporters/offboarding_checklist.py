"""One checklist per flagged leaver, and one to prepare for everybody who leaves soon."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from auditor.domain.case import Side, StepState, sides_done
from auditor.domain.finding import TrackedFinding
from auditor.domain.health import HealthVerdict
from auditor.domain.report import AuditReport, CellKind, Column, Document, InputLimit, Table, Workbook
from auditor.domain.rule import Confidence
from auditor.ports import Reporter
from auditor.reporters._cases import Case, DueStep, cases
from auditor.reporters._findings import checklist_name, said
from auditor.reporters._offboarding import CONDITIONS, DOERS, SIDES
from auditor.reporters._people import local, shown
from auditor.reporters._scope import Scope, whole
from auditor.reporters._words import LANGUAGES, Words, mark, words_of

_PREPARE = mark(
    "Leaves soon: prepare these steps. Nothing is checked or asked on LinkedIn before the last day."
)
_VOLUNTARY = mark("The leaver's side is a request: the profile belongs to the person.")
_CLOSES = mark("The case closes when both sides are done.")
ANSWERS = {StepState.DONE: mark("Yes"), StepState.NOT_NEEDED: mark("Not needed")}


def offboarding_checklists(report: AuditReport) -> Sequence[Document]:
    """By employee id; a second run gives the same file names, so that a case is never doubled."""
    scope = whole(report)
    return [_checklist(scope, case) for case in cases(scope)]


def _checklist(scope: Scope, case: Case) -> Workbook:
    words, run = scope.words, scope.report.run
    say = words.say
    degraded = scope.report.health.verdict is HealthVerdict.DEGRADED
    untrusted = say("This run cannot be trusted; see the summary.")
    table = Table(
        "checklist",
        say("Checklist"),
        checklist_columns(words),
        tuple(_row(due, words) for due in case.steps),
        lead=_lead(scope, case),
        alerts=(untrusted,) if degraded else (),
        print_until="done_by",
    )
    return Workbook(
        file_name=checklist_name(case.employee),
        title=say("Offboarding checklist {id}", id=shown(case.employee.employee_id)),
        tables=(table, _keys(scope, case)),
        footer=say("Confidential - HR only"),
        created=run.finished_at or run.started_at,
        language=words.language,
        page_header=untrusted if degraded else "",
        alarming=degraded,
        page_of=say("Page {page} of {pages}"),
    )


def _lead(scope: Scope, case: Case) -> tuple[str, ...]:
    words, employee, findings = scope.words, case.employee, case.findings
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
    if any(due.answer.state is not StepState.OPEN for due in case.steps):
        lines.append(_progress(case, words))
    return (*lines, f"{say(_VOLUNTARY)} {say(_CLOSES)}", "")


def _progress(case: Case, words: Words) -> str:
    done = sides_done(case.as_steps())
    states = {True: words.say("done"), False: words.say("open")}
    return " · ".join(f"{words.say(SIDES[side])}: {states[side in done]}" for side in Side)


def _sighting(scope: Scope, tracked: TrackedFinding) -> str:
    result = scope.result(tracked)
    moment = local(result.captured_at, scope.report.time_zone) if result else None
    when = scope.words.moment(moment) if moment else scope.words.day(tracked.last_seen)
    seen = " - ".join(said(tracked, scope.words).split("\n"))
    return scope.words.say("Seen on {day}: {what}", day=when, what=seen)


def checklist_columns(words: Words) -> tuple[Column, ...]:
    """The columns of a checklist; those to fill in and `step_id` are what is read back."""
    say = words.say
    past = InputLimit.UP_TO_TODAY
    answers = tuple(say(text) for text in ANSWERS.values())
    return (
        Column("done", say("Done"), 9, CellKind.CHOICE, editable=True, choices=answers),
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
        Column("step_id", say("Step id"), 18, CellKind.QUIET),
    )


def _row(due: DueStep, words: Words) -> tuple[Any, ...]:
    say, step, answer = words.say, due.step, due.answer
    return (
        say(ANSWERS[answer.state]) if answer.state in ANSWERS else None,
        step.id,
        say(SIDES[step.side]),
        say(step.what),
        say(DOERS[step.owner]),
        due.due,
        say(CONDITIONS[step.when]),
        say(step.evidence),
        shown(answer.evidence) or None,
        answer.done_on,
        shown(answer.done_by) or None,
        due.id,
    )


def _keys(scope: Scope, case: Case) -> Table:
    """A hidden sheet by which a returned checklist is read: the case, and words in all languages."""
    run, employee = scope.report.run, case.employee
    last_day = employee.last_day.isoformat() if employee.last_day else ""
    spoken = [words_of(language) for language in LANGUAGES]
    rows: list[tuple[str, ...]] = [
        ("run", run.id, run.policy_sha256, "", "", ""),
        ("case", case.id, employee.employee_id, last_day, "", ""),
    ]
    rows += [("answer", str(code), *(w.say(text) for w in spoken)) for code, text in ANSWERS.items()]
    headings = zip(*(checklist_columns(words) for words in spoken), strict=True)
    rows += [("column", same[0].key, *(column.heading for column in same)) for same in headings]
    columns = (Column("kind", "kind", 12), Column("code", "code", 18), *(Column(x, x, 20) for x in LANGUAGES))
    return Table("_keys", "_keys", columns, tuple(rows), hidden=True)


REPORTER = Reporter("offboarding_checklist", offboarding_checklists)
