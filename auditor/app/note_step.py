"""One answer about a step of a departure, given outside a checklist; the same rules, the same notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from auditor.app.latest_report import Reported
from auditor.app.paths import log_of
from auditor.app.read_back import must_be_there
from auditor.errors import UsageError
from auditor.model.case import CasePerson, StepAnswer, StepNote, StepState, case_of
from auditor.model.message import say
from auditor.model.policy import Policy
from auditor.model.returned import ReturnedStep
from auditor.offboarding.cases import Case
from auditor.offboarding.due_steps import DueStep
from auditor.offboarding.step_notes import answers_of, note_of
from auditor.offboarding.steps import steps
from auditor.store.cases import StepNoteStore
from auditor.store.runs import RunStore


def note_step(
    step: str,
    answer: StepAnswer,
    reported: Reported,
    policy: Policy,
    store: RunStore,
    today: date,
    by: str,
    place: str,
) -> StepNote:
    """Keep an answer about a case's step (OPEN takes an earlier one back) and return what became of it.

    The answer that holds already is not kept again. Raises UsageError where the latest report has no such
    step, or the day lies ahead; StoreError.
    """
    case, _ = step_of(reported, step)
    person = CasePerson(case.employee.employee_id, case.employee.last_day)
    row = ReturnedStep(place, step, "", answer.state, answer.evidence, answer.done_on, answer.done_by)
    run_id = reported.run.facts.id
    numbers = frozenset(one.id for one in steps())
    note = replace(
        note_of(row, case.id, person, numbers, today), noted_by=by, report_id=run_id, after_run=run_id
    )
    if not note.applied:
        raise UsageError(
            say("{day} is in the future.", day=answer.done_on),
            say("Note only what has happened."),
            code="DAY_IN_FUTURE",
        )
    kept = StepNoteStore(store.engine)
    before = answers_of(kept.all()).get(step, StepAnswer(StepState.OPEN))
    if before == answer:
        return note
    kept.add([note])
    must_be_there(policy, "What was noted", lambda anew: note in StepNoteStore(anew).all())
    log_of(policy, store.engine).append("step_noted", read=1, applied=1)
    return note


def step_of(reported: Reported, step: str) -> tuple[Case, DueStep]:
    """The case and the step of a step's id. Raises UsageError."""
    for case in reported.cases:
        for due in case.steps if case.id == case_of(step) else ():
            if due.id == step:
                return case, due
    raise UsageError(
        say("The run {report} has no step {step}.", report=reported.run.facts.id, step=step),
        say("Another run may have ended meanwhile; open the page again."),
        code="ANSWER_OUTDATED",
    )
