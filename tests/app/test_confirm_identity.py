"""The run's question whose page it is, and HR's answer to it, straight from the store."""

from dataclasses import replace
from datetime import date

import pytest

from auditor.app.confirm_identity import Question, answer, questions
from auditor.errors import UsageError
from auditor.model.decision import DecisionWord
from auditor.model.rule import WHO_IS_THIS, CheckResult, Severity, Undetermined
from auditor.store.database import open_database
from auditor.store.runs import Examined, RunStore
from tests.store.test_runs import EMPLOYEE, EXAMINATION, NOW, ROSTER, facts, finish

DAY = date(2026, 11, 23)


@pytest.fixture
def store():
    """A run about two people; of the second it is open whose page it is."""
    store = RunStore(open_database("sqlite://"))
    run = store.begin(facts(), ROSTER, "inputs")
    outcome = Undetermined(WHO_IS_THIS, "two names", observed="Zoe Xander", pictures=(("seen", b"\x01"),))
    doubtful = replace(
        EXAMINATION,
        employee=replace(EMPLOYEE, employee_id="0043", full_name="Zoë X"),
        results=(CheckResult("CMP001", outcome, Severity.HIGH, "public_page", NOW),),
    )
    store.save(run.facts.id, [Examined(0, EXAMINATION, True)])
    store.save(run.facts.id, [Examined(1, doubtful, True)])
    finish(store, run, [EXAMINATION, doubtful], run.facts.today)
    return store


def test_only_the_person_with_an_open_question_is_asked_about(store):
    assert questions(store) == [Question("0043", "Zoë X", "Zoe Xander", "https://www.linkedin.com/in/zoe-x/")]


def test_nothing_can_be_answered_that_was_not_asked(store):
    with pytest.raises(UsageError) as trouble:
        answer(store, None, "0042", DecisionWord.SAME_PERSON, DAY)
    assert "asks nothing about '0042'" in trouble.value.message
