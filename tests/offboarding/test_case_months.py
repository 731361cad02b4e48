"""A case over the months: what is seen outranks what is ticked, and only both sides close it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from auditor.model.case import CaseRecord, Side, StepState
from auditor.offboarding.case import CaseSight, CaseStep, letters_known, next_record, sides_settled

OPEN, DONE = StepState.OPEN, StepState.DONE
LAST_DAY, TODAY, LATER = date(2026, 10, 23), date(2026, 11, 22), date(2026, 12, 22)
FRESH = CaseRecord("77", LAST_DAY, TODAY)
RUN, NEXT_RUN = "2026-11-22-01", "2026-12-22-01"


def sight(company: StepState = OPEN, leaver: StepState = OPEN, **more: object) -> CaseSight:
    steps = (CaseStep("a", Side.COMPANY, company), CaseStep("b", Side.LEAVER, leaver))
    return CaseSight(steps, **more)  # type: ignore[arg-type]


def after(record: CaseRecord | None, seen: CaseSight, run: str = RUN, *, sound: bool = True) -> CaseRecord:
    today = TODAY if run == RUN else LATER
    return next_record(record, replace(FRESH, opened_on=today), seen, run, sound=sound)


@pytest.mark.parametrize(
    ("seen", "clean_on", "done"),
    [
        (sight(DONE, DONE), None, set(Side)),
        (sight(DONE, DONE, flagged=True), None, {Side.COMPANY}),
        (sight(DONE, DONE, leaving=True), None, {Side.COMPANY}),
        (sight(OPEN, OPEN), TODAY, {Side.LEAVER}),
        (sight(OPEN, OPEN, left_out=True), None, {Side.LEAVER}),
        (sight(OPEN, DONE, flagged=True), TODAY, set()),
        (sight(DONE, OPEN), None, {Side.COMPANY}),
    ],
)
def test_what_the_program_sees_outranks_what_is_ticked(
    seen: CaseSight, clean_on: date | None, done: set[Side]
) -> None:
    assert sides_settled(seen, clean_on) == done


def test_a_case_begins_goes_on_and_is_closed_on_the_day_both_sides_are_done() -> None:
    begun = after(None, sight(flagged=True, sighted=True))
    assert begun == FRESH
    clean = after(begun, sight(clean_on=LATER), NEXT_RUN)
    assert (clean.closed_on, clean.clean_on) == (None, LATER)
    closed = after(clean, sight(company=DONE), NEXT_RUN)
    assert (closed.opened_on, closed.closed_on, closed.closed_in) == (TODAY, LATER, NEXT_RUN)


def test_seen_put_right_holds_until_the_opposite_is_seen() -> None:
    clean = after(FRESH, sight(clean_on=TODAY))
    assert after(clean, sight(), NEXT_RUN).clean_on == TODAY, "not looked at is no news"
    assert after(clean, sight(flagged=True, sighted=True), NEXT_RUN).clean_on is None
    assert after(clean, sight(sighted=True), NEXT_RUN).clean_on is None, "agreed to, but seen"


def test_a_run_that_is_not_sound_closes_nothing_and_has_seen_nothing_put_right() -> None:
    assert after(FRESH, sight(DONE, DONE), sound=False) == FRESH
    assert after(FRESH, sight(DONE, clean_on=TODAY), sound=False) == FRESH


def test_seen_again_the_same_case_opens_again() -> None:
    closed = after(FRESH, sight(DONE, clean_on=TODAY))
    assert closed.closed_on == TODAY
    again = after(closed, sight(DONE, flagged=True, sighted=True), NEXT_RUN)
    assert (again.id, again.closed_on, again.closed_in, again.reopened_on) == (closed.id, None, "", LATER)


def test_a_closed_case_stays_closed_unless_it_is_flagged_or_put_back() -> None:
    closed = after(FRESH, sight(DONE, DONE))
    assert after(closed, sight(OPEN, OPEN), NEXT_RUN) == closed, "steps that nobody answered are no news"
    again = after(closed, sight(OPEN, DONE, put_back=True), NEXT_RUN)
    assert (again.closed_on, again.reopened_on) == (None, LATER)


def test_the_same_run_once_more_changes_nothing() -> None:
    for seen in (sight(DONE, DONE), sight(flagged=True), sight(DONE, clean_on=TODAY), sight()):
        once = after(FRESH, seen)
        assert after(once, seen) == once


def test_a_run_gone_on_with_on_another_day_takes_back_what_it_closed_too_soon() -> None:
    closed = after(FRESH, sight(DONE, clean_on=TODAY))
    assert after(closed, sight(DONE, flagged=True, sighted=True)).closed_on is None
    assert after(closed, sight(DONE, flagged=True, sighted=True)).reopened_on is None


FIRST, SECOND, THIRD = date(2026, 11, 24), date(2026, 11, 25), date(2026, 12, 30)


@pytest.mark.parametrize(
    ("recorded", "noted", "known"),
    [
        ([], [], ()),
        ([FIRST], [], (FIRST,)),
        ([], [FIRST, None], (FIRST,)),
        ([FIRST], [SECOND, None], (FIRST,)),  # one letter, told of twice
        ([FIRST], [None, THIRD], (FIRST, THIRD)),
        ([THIRD, FIRST], [SECOND, SECOND], (FIRST, THIRD)),
        ([], [None, THIRD], (THIRD,)),
    ],
)
def test_a_letter_told_of_on_the_checklist_counts_where_none_is_recorded(
    recorded: list[date], noted: list[date | None], known: tuple[date, ...]
) -> None:
    assert letters_known(recorded, noted) == known
