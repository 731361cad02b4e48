from __future__ import annotations

from datetime import date

import pytest

from auditor.model.case import Side, StepState, case_id
from auditor.offboarding.case import CaseStep, is_closed, sides_done

OPEN, DONE, NOT_NEEDED = StepState.OPEN, StepState.DONE, StepState.NOT_NEEDED


def steps(company: list[StepState], leaver: list[StepState]) -> list[CaseStep]:
    both = ((Side.COMPANY, company), (Side.LEAVER, leaver))
    return [CaseStep(f"{side}{n}", side, state) for side, states in both for n, state in enumerate(states)]


@pytest.mark.parametrize(
    ("company", "leaver", "done"),
    [
        ([DONE, NOT_NEEDED], [DONE], {Side.COMPANY, Side.LEAVER}),
        ([DONE, OPEN], [DONE], {Side.LEAVER}),
        ([DONE], [OPEN], {Side.COMPANY}),
        ([], [DONE], {Side.LEAVER}),  # nothing asked is not the same as done
        ([], [], set()),
    ],
)
def test_a_case_closes_only_when_both_sides_are_done(
    company: list[StepState], leaver: list[StepState], done: set[Side]
) -> None:
    case = steps(company, leaver)
    assert sides_done(case) == done
    assert is_closed(case) is (len(done) == 2)


def test_what_follows_the_closing_does_not_hold_it_up() -> None:
    later = CaseStep("delete", Side.COMPANY, OPEN, closing=False)
    assert is_closed([*steps([DONE], [DONE]), later])
    assert not is_closed([later, *steps([], [DONE])])


def test_the_id_of_a_case_is_that_of_the_person_and_the_last_day() -> None:
    day = date(2026, 10, 23)
    assert case_id("77", day) == case_id("77", day)
    others = {case_id("77", date(2026, 10, 24)), case_id("78", day), case_id("77", None), case_id("", day)}
    assert len(others | {case_id("77", day)}) == 5
