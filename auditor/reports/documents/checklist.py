"""One checklist per flagged leaver, and one to prepare for everybody who leaves soon."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from auditor.language.words import LANGUAGES, Words, mark, words_of
from auditor.model.case import Side, StepAnswer, StepState
from auditor.model.document import CellKind, Column, Document, InputLimit, Table, Workbook
from auditor.model.health import HealthVerdict
from auditor.model.report import AuditReport
from auditor.model.returned import KeyKind, KeyWord
from auditor.offboarding.cases import Case
from auditor.offboarding.due_steps import DueStep
from auditor.ports import Reporter
from auditor.reports.file_names import checklist_name
from auditor.reports.keys import hidden_keys, key_row, with_former
from auditor.reports.offboarding.cases import LETTERS, answer_of, cases
from auditor.reports.offboarding.checklist_head import doubted_answers, head_lines
from auditor.reports.offboarding.steps import CONDITIONS, DOERS, SIDES
from auditor.reports.people import shown
from auditor.reports.scope import Scope, whole

_MISSED = mark("should have been done by {day}")
ANSWERS = {StepState.DONE: mark("Yes"), StepState.NOT_NEEDED: mark("Not needed")}
#: what is understood as an answer besides the words of the drop-down list
_OTHER_WORDS = {StepState.DONE: ("done",), StepState.OPEN: ("No", "open")}
#: who or what stands in the cells that the program itself fills in
OWN_WORDS = (DOERS["Program"], *LETTERS)
_LONGEST_EVIDENCE, _LONGEST_NAME = 500, 100


def offboarding_checklists(report: AuditReport) -> Iterable[Document]:
    """By employee id; a second run gives the same file names, so that a case is never doubled."""
    if report.summary:
        return ()
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
        lead=head_lines(scope, case),
        folded=sum(due.missed is not None for due in case.steps),
        alerts=(*([untrusted] if degraded else []), *doubted_answers(scope, case)),
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
