"""One checklist per flagged leaver, and one to prepare for everybody who leaves soon."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from auditor.language.words import LANGUAGES, Words, mark, words_of
from auditor.model.case import Side, StepAnswer, StepReason, StepState
from auditor.model.dates import local
from auditor.model.document import CellKind, Column, Document, InputLimit, Table, Workbook
from auditor.model.finding import TrackedFinding
from auditor.model.health import HealthVerdict
from auditor.model.report import AuditReport
from auditor.model.returned import KeyKind, KeyWord
from auditor.model.rule import Confidence
from auditor.offboarding.case import sides_done
from auditor.offboarding.cases import Case, DueStep
from auditor.offboarding.next_step import Act
from auditor.ports import Reporter
from auditor.reports.file_names import checklist_name
from auditor.reports.finding_rows import said
from auditor.reports.keys import hidden_keys, key_row, with_former
from auditor.reports.offboarding.cases import LETTERS, SEEN_CLEAN, answer_of, cases
from auditor.reports.offboarding.steps import CONDITIONS, DOERS, SIDES
from auditor.reports.people import shown
from auditor.reports.scope import Scope, whole
from auditor.reports.step_words import person_step

_PREPARE = mark(
    "Leaves soon: prepare these steps. Nothing is checked or asked on LinkedIn before the last day."
)
_VOLUNTARY = mark("The leaver's side is a request: the profile belongs to the person.")
_CLOSES = mark("The case closes when both sides are done.")
_CLOSED = mark(
    "Closed on {day}. No further checklist is written unless the person is seen again shown as working here."
)
_REOPENED = mark("It was closed before and was opened again on {day}.")
_STILL_SHOWN = mark(
    "All steps of the leaver's side are ticked, but the profile still shows the person as working here: "
    "the side stays open until a run sees it put right."
)
_OUTDATED = mark(
    "Answered before the profile was last seen with the company, on {day}: {steps}. These answers count no "
    "longer; look again and enter the new date."
)
_LEFT_OUT = mark("The profile is not looked at any more, so nothing is asked of the leaver's side.")
_DEPARTED = mark("The person no longer stands in the roster; the case goes on until both sides are done.")
_MISSED = mark("should have been done by {day}")
ANSWERS = {StepState.DONE: mark("Yes"), StepState.NOT_NEEDED: mark("Not needed")}
#: what is understood as an answer besides the words of the drop-down list
_OTHER_WORDS = {StepState.DONE: ("done",), StepState.OPEN: ("No", "open")}
DOUBTS = {
    StepReason.UNKNOWN_WORD: mark("This word is no known answer."),
    StepReason.TWO_ANSWERS: mark("There are two different answers; neither was applied."),
    StepReason.TWO_COLUMNS: mark("The row says two different things."),
    StepReason.DATE_UNREADABLE: mark("The date cannot be read for sure."),
    StepReason.DATE_IN_FUTURE: mark("The day lies in the future."),
}
#: who or what stands in the cells that the program itself fills in
OWN_WORDS = (DOERS["Program"], *LETTERS)
_LONGEST_EVIDENCE, _LONGEST_NAME = 500, 100


def offboarding_checklists(report: AuditReport) -> Iterable[Document]:
    """By employee id; a second run gives the same file names, so that a case is never doubled."""
    scope = whole(report)
    return (_checklist(scope, case) for case in cases(scope))


def _checklist(scope: Scope, case: Case) -> Workbook:
    words, run = scope.words, scope.report.run
    say = words.say
    degraded = scope.report.health.verdict is HealthVerdict.DEGRADED
    untrusted = say("This run cannot be trusted; see the summary.")
    table = Table(
        "checklist",
        say("Checklist"),
        checklist_columns(words),
        tuple(_row(case, due, words) for due in _in_order(scope, case)),
        lead=_lead(scope, case),
        folded=sum(due.missed is not None for due in case.steps),
        alerts=(*([untrusted] if degraded else []), *_doubts(scope, case)),
        print_until="done_by",
    )
    return Workbook(
        file_name=checklist_name(case.employee),
        title=say("Offboarding checklist {id}", id=shown(case.employee.employee_id)),
        tables=(table, _keys(scope, case)),
        footer=say("Confidential - HR only"),
        created=run.written_at,
        language=words.language,
        page_header=untrusted if degraded else "",
        alarming=degraded,
        page_of=say("Page {page} of {pages}"),
    )


def _doubts(scope: Scope, case: Case) -> list[str]:
    """What came back and was not taken over: a line for each step and reason, with the files."""
    say = scope.words.say
    files: dict[tuple[str, StepReason], list[str]] = {}
    for note in scope.report.step_doubts:
        if note.case == case.id and note.reason in DOUBTS:
            places = files.setdefault((note.step_id.removeprefix(f"{case.id}-"), note.reason), [])
            places.append(f"{shown(note.file_name, 60)}, {shown(note.place, 40)}")
    return [
        say(
            "Step {step} was not taken over: {why}",
            step=step,
            why=f"{say(DOUBTS[reason])} ({'; '.join(found)})",
        )
        for (step, reason), found in files.items()
    ]


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
    if next_step := _next_step(scope, case):
        lines.append(next_step)
    lines.append(" · ".join(words.labelled(label, value) for label, value in facts if value))
    for tracked in findings:
        lines.append(_sighting(scope, tracked))
        if tracked.finding.confidence is Confidence.REVIEW:
            lines.append(say("A person looks at the profile before anything is sent."))
    if case.closed_on:
        return (*lines, _progress(case, words), say(_CLOSED, day=words.day(case.closed_on)), "")
    if case.leaving:
        lines.append(say(_PREPARE))
    lines += _standing(case, words)
    if missed := sum(due.missed is not None for due in case.steps):
        lines.append(
            words.count(
                "{n} step before the last day is folded at the end: the moment for it has passed.",
                "{n} steps before the last day are folded at the end: the moment for them has passed.",
                missed,
            )
        )
    return (*lines, f"{say(_VOLUNTARY)} {say(_CLOSES)}", "")


def _next_step(scope: Scope, case: Case) -> str:
    """What matters most now: the one next step about the person, with its day."""
    words, step = scope.words, scope.step(case.employee.employee_id)
    if step is None or not case.present or case.closed_on or step.act is Act.NOTHING:
        return ""
    text = words.labelled(words.say("Now"), person_step(scope, case.employee.employee_id))
    if step.due is None or step.act in (Act.WAIT, Act.PREPARE):
        return text
    return f"{text} ({words.labelled(words.say('Due'), words.day(step.due))})"


def _standing(case: Case, words: Words) -> list[str]:
    """Where a case stands that goes on, and why a side is or is not done."""
    record = case.record
    lines = []
    if record and record.reopened_on:
        lines.append(words.say(_REOPENED, day=words.day(record.reopened_on)))
    if not case.present:
        lines.append(words.say(_DEPARTED))
    answered = any(
        due.answer.state is not StepState.OPEN for due in case.steps if due.step.owner != "Program"
    )
    if answered or case.sides or not (case.findings or case.leaving):
        lines.append(_progress(case, words))
    if case.sight.flagged and Side.LEAVER in sides_done(case.sight.steps):
        lines.append(words.say(_STILL_SHOWN))
    elif case.outdated:
        day = words.day(case.sight.sighted_on)
        lines.append(words.say(_OUTDATED, steps=", ".join(case.outdated), day=day))
    elif case.sight.left_out:
        lines.append(words.say(_LEFT_OUT))
    return lines


def _progress(case: Case, words: Words) -> str:
    states = {True: words.say("done"), False: words.say("open")}
    parts = [words.labelled(words.say(SIDES[side]), states[side in case.sides]) for side in Side]
    if case.clean_on and Side.LEAVER in case.sides:
        parts.append(words.say(SEEN_CLEAN, day=words.day(case.clean_on)))
    return " · ".join(parts)


def _sighting(scope: Scope, tracked: TrackedFinding) -> str:
    result = scope.result(tracked)
    moment = local(result.captured_at, scope.report.time_zone) if result else None
    when = scope.words.moment(moment) if moment else scope.words.day(tracked.last_seen)
    seen = " - ".join(said(tracked, scope.words, scope.book).split("\n"))
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
        Column("evidence_wanted", say("Confirmation wanted"), 26, CellKind.WRAPPED),
        Column("evidence", say("Confirmation"), 30, CellKind.WRAPPED, editable=True),
        Column("done_on", say("Done on"), 12, CellKind.DATE, editable=True, limit=past),
        Column("done_by", say("Done by"), 16, CellKind.WRAPPED, editable=True),
        Column("step_id", say("Step id"), 18, CellKind.QUIET),
    )


def _in_order(scope: Scope, case: Case) -> list[DueStep]:
    """The step that matters now first, then by plan; those whose moment has passed last."""
    step = scope.step(case.employee.employee_id)
    now = step.case_step if step and case.present and not case.closed_on else ""
    return sorted(case.steps, key=lambda due: (due.missed is not None, due.step.id != now))


def _row(case: Case, due: DueStep, words: Words) -> tuple[Any, ...]:
    say, step, answer = words.say, due.step, answer_of(due, words)
    settled = answer.state is StepState.OPEN and Side(step.side) in case.sides and step.owner != "Program"
    return (
        say(ANSWERS[answer.state]) if answer.state in ANSWERS else None,
        step.id,
        say(SIDES[step.side]),
        say(step.what),
        say(DOERS[step.owner]),
        None if settled else due.due,
        say(_MISSED, day=words.day(due.missed)) if due.missed else say(CONDITIONS[step.when]),
        say(step.evidence),
        _evidence(answer) or None,
        answer.done_on,
        _name(answer) or None,
        due.id,
    )


def _evidence(answer: StepAnswer) -> str:
    return shown(answer.evidence, _LONGEST_EVIDENCE)


def _name(answer: StepAnswer) -> str:
    return shown(answer.done_by, _LONGEST_NAME)


def checklist_words() -> tuple[KeyWord, ...]:
    """Every heading and every answer, in all languages: what a returned checklist is read with; and the
    words by which cells that the program filled in are recognised where the hidden keys are gone."""
    spoken = [words_of(language) for language in LANGUAGES]
    answers = [
        with_former(KeyWord(KeyKind.ANSWER, str(code), _in_all(texts)))
        for code in StepState
        if (texts := (*filter(None, [ANSWERS.get(code)]), *_OTHER_WORDS.get(code, ())))
    ]
    headings = zip(*(checklist_columns(words) for words in spoken), strict=True)
    columns = [
        with_former(KeyWord(KeyKind.COLUMN, same[0].key, tuple(column.heading for column in same)))
        for same in headings
    ]
    own = with_former(KeyWord(KeyKind.SHOWN, "", _in_all(OWN_WORDS)))
    return (*answers, *columns, own)


def _in_all(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(words_of(language).say(text) for text in texts for language in LANGUAGES)


def _keys(scope: Scope, case: Case) -> Table:
    """A hidden sheet by which a returned checklist is read: the case, words in all languages, and what
    was written into the cells to fill in, so that only what somebody changed counts as said."""
    run, employee = scope.report.run, case.employee
    last_day = employee.last_day.isoformat() if employee.last_day else ""
    rows: list[tuple[str, ...]] = [
        ("run", run.id, run.policy_sha256, "", "", ""),
        ("case", case.id, employee.employee_id, last_day, "", ""),
    ]
    rows += [key_row(key) for key in checklist_words() if key.code]
    rows += [_shown_row(due, scope.words) for due in case.steps if due.answer != StepAnswer(StepState.OPEN)]
    return hidden_keys(rows)


def _shown_row(due: DueStep, words: Words) -> tuple[str, ...]:
    answer = answer_of(due, words)
    day = answer.done_on.isoformat() if answer.done_on else ""
    return (str(KeyKind.SHOWN), due.id, str(answer.state), _evidence(answer), day, _name(answer))


REPORTER = Reporter("offboarding_checklist", offboarding_checklists)
