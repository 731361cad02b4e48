"""Where a case stands, in a few words, and the words for what the program itself knows of its steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from auditor.language.words import Words, mark
from auditor.model.case import Side, StepAnswer, StepState
from auditor.model.rule import Criterion
from auditor.offboarding import cases as offboarding
from auditor.offboarding.cases import Case, CaseFacts
from auditor.offboarding.due_steps import DueStep, KnownBy
from auditor.reports.file_names import checklist_name
from auditor.reports.offboarding.steps import DOERS
from auditor.reports.scope import Scope

_BOTH = mark("Open: both sides")
_OPEN = {
    Side.COMPANY: mark("Open: company's side"),
    Side.LEAVER: mark("Open: leaver's side"),
}
_TO_CLOSE = mark("Both sides are done; the next run closes it")


def case_state(case: Case, words: Words) -> str:
    """Which side is open, or the day on which it was closed."""
    if case.closed_on:
        return words.say("Closed on {day}", day=words.day(case.closed_on))
    left = [side for side in Side if side not in case.sides]
    if not left:
        return words.say(_TO_CLOSE)
    return words.say(_BOTH if len(left) > 1 else _OPEN[left[0]])


def states_of(scope: Scope) -> dict[str, str]:
    """By employee id: the state of the case, and on the next line the name of its checklist."""
    return {
        case.employee.employee_id: f"{case_state(case, scope.words)}\n{checklist_name(case.employee)}"
        for case in cases(scope)
        if case.present
    }


SEEN_CLEAN = mark("Seen without the company on {day}")
#: the letter and the reminder
LETTERS = (mark("Recorded: the letter was sent"), mark("Recorded: the reminder was sent"))
_KNOWN_BY: Mapping[KnownBy, str] = {
    KnownBy.LETTER_RECORDED: LETTERS[0],
    KnownBy.REMINDER_RECORDED: LETTERS[1],
    KnownBy.SEEN_CLEAN: SEEN_CLEAN,
    KnownBy.LOOKED: mark("Looked at on {day}"),
}
#: what the program saw itself; a letter was sent by somebody
_BY_PROGRAM = frozenset({KnownBy.SEEN_CLEAN, KnownBy.LOOKED})


def cases(scope: Scope) -> list[Case]:
    """The departures that this scope reports on, by employee id."""
    return [_with_next_step(scope, case) for case in offboarding.cases(_facts_of(scope))]


def _with_next_step(scope: Scope, case: Case) -> Case:
    """The case with the day of the next step beside the step that it is about, so that both say the same."""
    next_step = scope.step(case.employee.employee_id) if case.present else None
    if next_step is None or not next_step.due or not next_step.case_step:
        return case
    steps = (
        replace(one, due=next_step.due)
        if one.step.id == next_step.case_step and one.answer.state is StepState.OPEN
        else one
        for one in case.steps
    )
    return replace(case, steps=tuple(steps))


def answer_of(due: DueStep, words: Words) -> StepAnswer:
    """What stands on a step: what was noted, or in words what the program itself knows."""
    if due.known_by is None:
        return due.answer
    text = words.say(_KNOWN_BY[due.known_by], day=words.day(due.answer.done_on))
    by = words.say(DOERS["Program"]) if due.known_by in _BY_PROGRAM else ""
    return StepAnswer(due.answer.state, text, due.answer.done_on, by)


def _facts_of(scope: Scope) -> CaseFacts:
    report = scope.report
    departed = report.departed.values()
    return CaseFacts(
        run_id=report.run.id,
        today=scope.today,
        people=tuple(scope.people.values()),
        findings=report.findings,
        leaver_rules=scope.book.rules_about(Criterion.LEAVER),
        departed=tuple(one for one in departed if scope.entity is None or one.entity == scope.entity),
        records=report.cases,
        answers=report.case_answers,
        letters_sent=report.letters_sent,
        sightings=report.sightings,
        companies=report.companies,
        default_entity=report.default_entity,
        time_zone=report.time_zone,
    )
