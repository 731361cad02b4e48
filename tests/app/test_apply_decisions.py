"""A report shows the decisions that are new to it, and holds `not our employee` against its roster."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from auditor.app.apply_decisions import answers_since, decisions_to_show
from auditor.model.decision import Decision, DecisionReason, DecisionWord
from auditor.model.employee import Employee, RosterState
from auditor.model.history import History

BEFORE = "2026-10-22-01"
GONE = Decision("", "7", DecisionWord.NOT_OUR_EMPLOYEE, BEFORE, date(2026, 11, 1), after_run=BEFORE)


def shown(*decisions, state=RosterState.ACTIVE):
    result = SimpleNamespace(
        findings=(), roster=SimpleNamespace(employees=(Employee("7", "P", state, None),))
    )
    runs = (SimpleNamespace(facts=SimpleNamespace(id=BEFORE)),)
    return decisions_to_show(result, History(runs=runs, decisions=decisions))


def test_a_person_whom_the_roster_still_names_is_shown_as_a_contradiction():
    [one] = shown(GONE)
    assert (one.applied, one.reason) == (False, DecisionReason.IN_ROSTER)


def test_once_the_roster_comes_without_the_person_it_holds():
    waits = replace(GONE, reason=DecisionReason.WAITS)
    assert shown(waits, state=RosterState.VANISHED) == (GONE,)


@pytest.mark.parametrize("after", ["", "2026-09-22-01"])
def test_what_was_read_before_and_concerns_no_finding_of_the_run_is_left_out(after):
    assert shown(replace(GONE, after_run=after)) == ()


def test_what_was_answered_since_the_run_names_the_person_of_an_objection_too():
    """An objection is kept without the person; what was answered before, or taken back, is none of these."""
    found = SimpleNamespace(finding=SimpleNamespace(fingerprint="f1", employee_id="7"))
    result = SimpleNamespace(findings=(found,), run=SimpleNamespace(id="now"))
    objected = Decision("f1", "", DecisionWord.OBJECTED, "now", date(2026, 11, 23), after_run="now")
    earlier = replace(objected, fingerprint="f2", after_run=BEFORE)
    refused = replace(objected, fingerprint="f3", applied=False)
    [one] = answers_since(result, History(decisions=(earlier, refused, objected)))
    assert (one.word, one.employee_id) == (DecisionWord.OBJECTED, "7")
