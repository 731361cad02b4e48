"""What was noted about a step: applied beyond doubt, once, the later word over the earlier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from auditor.model.case import CasePerson, StepAnswer, StepNote, StepReason, StepState, case_id, step_id
from auditor.model.returned import Doubt, ReturnedStep
from auditor.offboarding.step_notes import answers_of, newly_noted, note_of, open_doubts

LAST_DAY, READ_ON = date(2026, 10, 23), date(2026, 11, 25)
CASE = case_id("77", LAST_DAY)
PERSON = CasePerson("77", LAST_DAY)
STEP = step_id(CASE, "O05")
NUMBERS = frozenset({"O05", "O18", "O21"})


def row(**more: Any) -> ReturnedStep:
    facts: dict[str, Any] = {
        "typed": "Yes",
        "state": StepState.DONE,
        "evidence": "list of 3 May",
        "done_on": date(2026, 11, 2),
        "done_by": "Piet",
        **more,
    }
    return ReturnedStep("Checklist!9", facts.pop("step_id", STEP), **facts)


def note(report: str = "r1", **more: Any) -> StepNote:
    made = note_of(row(**more), CASE, PERSON, NUMBERS, READ_ON)
    return replace(made, report_id=report, file_name="a.xlsx", file_sha256=report)


def test_a_row_beyond_doubt_is_applied_with_whose_case_it_is() -> None:
    said = note()
    assert (said.applied, said.reason, said.employee_id, said.last_day) == (True, None, "77", LAST_DAY)
    assert said.answer == StepAnswer(StepState.DONE, "list of 3 May", date(2026, 11, 2), "Piet")


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"typed": "perhaps", "state": None}, StepReason.UNKNOWN_WORD),
        ({"doubt": Doubt.DATE_UNREADABLE}, StepReason.DATE_UNREADABLE),
        ({"doubt": Doubt.TWO_COLUMNS}, StepReason.TWO_COLUMNS),
        ({"done_on": READ_ON + timedelta(days=1)}, StepReason.DATE_IN_FUTURE),
        ({"step_id": step_id(CASE, "O77")}, StepReason.UNKNOWN_STEP),
        ({"step_id": "O05"}, StepReason.UNKNOWN_STEP),
        ({"step_id": step_id(CASE, "O21"), "done_on": LAST_DAY}, StepReason.BEFORE_LAST_DAY),
    ],
)
def test_what_is_doubtful_is_listed_and_not_applied(more: dict[str, Any], reason: StepReason) -> None:
    said = note(**more)
    assert (said.applied, said.reason) == (False, reason)
    assert answers_of([said]) == {}
    assert note(done_on=READ_ON).applied, "today is not ahead"
    assert note(done_on=LAST_DAY - timedelta(days=9)).applied, "only letters go out after the last day"
    assert note(step_id=step_id(CASE, "O21"), done_on=LAST_DAY + timedelta(days=1)).applied


@pytest.mark.parametrize(("person", "foreign"), [(None, False), (PERSON, True), (None, True)])
def test_of_other_companies_people_nothing_is_kept(person: CasePerson | None, foreign: bool) -> None:
    said = note_of(row(), CASE, person, NUMBERS, READ_ON, foreign=foreign)
    reason = StepReason.UNKNOWN_REPORT if foreign else StepReason.UNKNOWN_STEP
    assert (said.applied, said.reason, said.employee_id, said.last_day) == (False, reason, "", None)
    assert said.answer == StepAnswer(StepState.DONE)


OPENED = {"typed": "", "state": StepState.OPEN, "evidence": "list of 3 May"}


def test_a_later_reading_overrides_an_earlier_one_also_back_to_open() -> None:
    first = newly_noted([note()], [])
    second = newly_noted([note("r2", **OPENED)], first)
    third = newly_noted([note("r3")], [*first, *second])
    holds = [answers_of(said)[STEP].state for said in (first, [*first, *second], [*first, *second, *third])]
    assert holds == [StepState.DONE, StepState.OPEN, StepState.DONE]


def test_what_is_known_is_said_once() -> None:
    known = newly_noted([note()], [])
    assert newly_noted([note(), note("r2"), note("")], known) == ()
    listed = newly_noted([note(typed="perhaps", state=None)], known)
    assert newly_noted([note(typed="perhaps", state=None)], [*known, *listed]) == ()
    assert newly_noted([note(typed="maybe", state=None)], [*known, *listed])


@pytest.mark.parametrize("old_copy", ["r1", ""])
def test_an_old_copy_that_repeats_what_was_known_changes_nothing(old_copy: str) -> None:
    known = [*newly_noted([note()], []), *newly_noted([note("r2", **OPENED)], [note()])]
    assert answers_of(known)[STEP].state is StepState.OPEN
    assert newly_noted([note(old_copy)], known) == ()


def test_an_old_copy_may_still_bring_what_nobody_said_yet() -> None:
    known = newly_noted([note("r5", evidence="seen by IT")], [])
    (late,) = newly_noted([note("r1", step_id=step_id(CASE, "O18"))], known)
    assert late.applied


@pytest.mark.parametrize(
    "other",
    [{"typed": "Not needed", "state": StepState.NOT_NEEDED}, OPENED, {"done_on": date(2026, 11, 3)}],
)
def test_two_different_answers_in_one_call_apply_none_and_list_both(other: dict[str, Any]) -> None:
    told = newly_noted([note(), note("r2", **other)], [])
    assert [(one.applied, one.reason) for one in told] == [(False, StepReason.TWO_ANSWERS)] * 2
    assert answers_of(told) == {}


def test_two_answers_that_differ_in_words_only_do_not_contradict_each_other() -> None:
    told = newly_noted([note(), note("r2", evidence="the list", done_on=None)], [])
    assert [one.applied for one in told] == [True, True]
    assert answers_of(told)[STEP].evidence == "the list"


def test_a_stale_copy_beside_a_new_answer_is_no_contradiction() -> None:
    known = newly_noted([note()], [])
    told = newly_noted([note("r1"), note("r2", **OPENED)], known)
    assert [one.answer.state for one in told if one.applied] == [StepState.OPEN]


def test_a_doubtful_answer_does_not_contradict_a_sure_one() -> None:
    told = newly_noted([note(), note("r2", typed="perhaps", state=None)], [])
    assert [one.applied for one in told] == [True, False]


def test_what_was_doubtful_is_settled_by_the_next_answer_to_the_step() -> None:
    doubtful, sure = note(typed="perhaps", state=None), note("r2")
    elsewhere = replace(doubtful, step_id=step_id(CASE, "O18"))
    assert open_doubts([doubtful, elsewhere]) == (doubtful, elsewhere)
    assert open_doubts([doubtful, elsewhere, sure]) == (elsewhere,)
    assert open_doubts([sure, doubtful]) == (doubtful,), "what is said afterwards is not settled"
