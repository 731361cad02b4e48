"""A step ticked at the desk is the same note as one on a returned checklist."""

from dataclasses import replace
from datetime import timedelta

import pytest

from auditor.app.latest_report import LatestReport
from auditor.app.note_step import note_step
from auditor.errors import UsageError
from auditor.model.case import StepAnswer, StepState, case_id, step_id
from auditor.offboarding.step_notes import answers_of
from auditor.store.cases import StepNoteStore
from tests.feedback.firm import MONTHS
from tests.feedback.leaving import LAST_DAY, STILL, LeavingFirm

DAY = MONTHS[0] + timedelta(days=3)
STEP = step_id(case_id("0201", LAST_DAY), "O05")
DONE = StepAnswer(StepState.DONE, "list of admins", DAY, "Els")


@pytest.fixture
def firm(tmp_path):
    made = LeavingFirm(tmp_path)
    made.month(0, n0201=STILL)
    made.latest = LatestReport(made.policy.path)
    return made


def note(firm, answer=DONE, step=STEP):
    return note_step(step, answer, firm.latest(), firm.policy, firm.store, DAY, "Els", "desk")


def step_of_the_report(firm):
    (case,) = [one for one in firm.latest().cases if one.employee.employee_id == "0201"]
    return next(one for one in case.steps if one.id == STEP)


def test_a_tick_stands_in_the_case_and_in_the_next_checklist(firm):
    note(firm)
    assert step_of_the_report(firm).answer == DONE
    firm.month(1, n0201=STILL)
    assert firm.latest().run.facts.today == MONTHS[1]
    assert step_of_the_report(firm).answer.evidence == "list of admins"


def test_the_same_tick_is_kept_once_and_open_takes_it_back(firm):
    note(firm)
    note(firm)
    assert len(StepNoteStore(firm.store.engine).all()) == 1
    note(firm, StepAnswer(StepState.OPEN))
    assert answers_of(StepNoteStore(firm.store.engine).all())[STEP].state is StepState.OPEN
    assert step_of_the_report(firm).answer.state is StepState.OPEN


def test_a_day_ahead_and_an_unknown_step_are_refused(firm):
    with pytest.raises(UsageError, match="in the future"):
        note(firm, replace(DONE, done_on=DAY + timedelta(days=1)))
    with pytest.raises(UsageError, match="no step"):
        note(firm, step="000000000000-O05")
    assert StepNoteStore(firm.store.engine).all() == []
