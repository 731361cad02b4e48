"""The one next step of a person, month by month; the days are worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from auditor.model.capture import CaptureStatus
from auditor.model.decision import Decision, DecisionWord
from auditor.model.employee import RosterState
from auditor.model.examination import Examination, Trial
from auditor.model.finding import FindingState, TrackedFinding
from auditor.model.message import say
from auditor.model.report import AuditReport, MonthCounts
from auditor.model.rule import Outcome, Passed, Undetermined
from auditor.offboarding.next_step import Act, NextStep, Why, next_step
from auditor.reports.codes import RuleBook
from tests.reports.departing import company, leaver, still_shown
from tests.reports.invented import (
    CAPTURED,
    DEGRADED,
    MAYBE_SISTER,
    RULES,
    TODAY,
    WRONG_HEADLINE,
    examined,
    old_banner,
    person,
    report,
    tracked,
)

BOOK = RuleBook(RULES)
#: the run is of 22 November 2026; the run before it was of 20 October
BEFORE = date(2026, 10, 20)


def step_of(one: Examination, *findings: TrackedFinding, **more: Any) -> NextStep:
    facts: dict[str, Any] = {
        "companies": {"Noordlicht NV": company()},
        "trend": (MonthCounts("r1", BEFORE, {}), MonthCounts("r2", TODAY, {})),
        **more,
    }
    made: AuditReport = report((one,), findings, **facts)
    return next_step(made, one, findings, BOOK.words_of_finding)


def colleague(**outcomes: Outcome) -> Examination:
    return examined(person(), {"HDL001": WRONG_HEADLINE, **outcomes})


# ---------------------------------------------------------------- somebody who left


@pytest.mark.parametrize(
    ("looked", "sent", "act", "why", "due"),
    [
        # high: 14 days from the first sighting, 22 November, are a Sunday
        (None, (), Act.LOOK, Why.LOOK_THEN_WRITE, date(2026, 12, 7)),
        (date(2026, 11, 20), (), Act.WRITE, Why.LETTER, date(2026, 12, 7)),
        # the letter of 5 November: nothing before 5 December, a Saturday, whatever the finding's age
        (date(2026, 11, 4), (date(2026, 11, 5),), Act.WAIT, Why.LETTER_SENT, date(2026, 12, 7)),
        # the letter of 19 October: over since 18 November, and this report is the first to say so
        (date(2026, 10, 18), (date(2026, 10, 19),), Act.LOOK, Why.LOOK_THEN_REMIND, date(2026, 12, 7)),
        (date(2026, 11, 21), (date(2026, 10, 19),), Act.REMIND, Why.REMINDER, date(2026, 12, 7)),
        # the letter of 15 September: since 15 October; the report of 20 October said so, so 14 days from then
        (date(2026, 11, 21), (date(2026, 9, 15),), Act.REMIND, Why.REMINDER, date(2026, 11, 3)),
    ],
)
def test_a_leaver_is_looked_at_written_to_waited_for_and_reminded(
    looked: date | None, sent: tuple[date, ...], act: Act, why: Why, due: date
) -> None:
    one = leaver(last_day=date(2026, 8, 31))
    looks = {"77": looked} if looked else {}
    step = step_of(one, tracked(one, "LVR001"), looks=looks, letters_sent={"77": sent} if sent else {})
    assert (step.act, step.why, step.due) == (act, why, due)


def test_after_two_letters_it_is_looked_at_once_more_and_decided() -> None:
    one = leaver(last_day=date(2026, 6, 30))
    sent = {"77": (date(2026, 8, 1), date(2026, 9, 2))}
    old = tracked(one, "LVR001", FindingState.OPEN, date(2026, 7, 20))
    assert step_of(one, old, letters_sent=sent).why is Why.LOOK_THEN_DECIDE
    decide = step_of(one, old, letters_sent=sent, looks={"77": TODAY})
    assert (decide.act, decide.why, decide.before) == (Act.DECIDE, Why.TWO_LETTERS, date(2026, 9, 2))


def test_a_letter_on_its_way_is_waited_for_though_the_page_could_not_be_seen_again() -> None:
    one = leaver()
    lost = tracked(one, "LVR001", FindingState.UNVERIFIED)
    step = step_of(one, lost, letters_sent={"77": (date(2026, 11, 10),)}, looks={"77": date(2026, 11, 10)})
    assert (step.act, step.on) == (Act.WAIT, date(2026, 12, 10))


def test_an_optional_letter_is_for_hr_to_decide() -> None:
    one = leaver("77", still_shown("LEAVER_ALUMNI_WORDING", "optional soft letter"))
    assert step_of(one, tracked(one, "LVR001")).act is Act.DECIDE


def test_the_days_count_from_the_reopening() -> None:
    one = leaver(last_day=date(2026, 3, 31))
    again = tracked(one, "LVR001", FindingState.REOPENED, date(2026, 4, 20), reopened_on=TODAY)
    assert step_of(one, again).due == date(2026, 12, 7)  # 14 days, then a Sunday
    assert step_of(one, replace(again, reopened_on=None)).due == date(2026, 5, 4)


# ---------------------------------------------------------------- somebody in service


def test_all_findings_of_a_person_make_one_message_due_with_the_most_urgent() -> None:
    one = colleague(BNR001=old_banner(1))
    step = step_of(one, tracked(one, "HDL001"), tracked(one, "BNR001"))
    # headline: medium, 30 days; banner: low, 60 days
    assert (step.act, step.why, step.due) == (Act.WRITE, Why.KIT, date(2026, 12, 22))


def test_nobody_is_asked_while_the_roster_or_the_page_is_in_doubt() -> None:
    doubtful = Undetermined("PAST_ONLY", "a past employer", True)
    one = examined(person(), {"HDL001": doubtful, "BNR001": old_banner(1)})
    assert step_of(one, tracked(one, "HDL001"), tracked(one, "BNR001")).act is Act.CORRECT_ROSTER
    one = examined(person(), {"HDL001": MAYBE_SISTER, "BNR001": old_banner(1)})
    step = step_of(one, tracked(one, "HDL001"), tracked(one, "BNR001"))
    assert (step.act, step.rests_on and step.rests_on.finding.code) == (Act.LOOK, "MAYBE_SISTER")


@pytest.mark.parametrize(
    ("asked_on", "times", "act", "due"),
    [
        # asked on 10 November: nothing before 10 December
        (date(2026, 11, 10), 1, Act.WAIT, date(2026, 12, 10)),
        # asked on 20 October: the 30 days were over on 19 November, today's report is the first to say so
        (BEFORE, 1, Act.REMIND, date(2026, 12, 6)),
        (BEFORE, 2, Act.DECIDE, date(2026, 12, 6)),
    ],
)
def test_who_was_asked_is_left_in_peace_then_reminded_once(
    asked_on: date, times: int, act: Act, due: date
) -> None:
    one = colleague()
    asked = tracked(
        one, "HDL001", FindingState.OPEN, date(2026, 9, 20), asked_on=asked_on, more_days=30 * times
    )
    step = step_of(one, asked)
    assert (step.act, step.due) == (act, due)


def test_something_new_waits_for_the_thirty_days_too_and_then_goes_into_one_message() -> None:
    one = colleague(BNR001=old_banner(1))
    lately = tracked(one, "HDL001", FindingState.OPEN, asked_on=date(2026, 11, 10), more_days=30)
    assert step_of(one, lately, tracked(one, "BNR001")).act is Act.WAIT
    earlier = replace(lately, asked_on=BEFORE)
    assert step_of(one, earlier, tracked(one, "BNR001")).why is Why.KIT_AGAIN


def test_a_new_hire_settles_in_first() -> None:
    hired = replace(colleague(), employee=person(start_day=date(2026, 11, 2)))
    step = step_of(hired, tracked(hired, "HDL001"))
    # 2 November + 30 days
    assert (step.act, step.why, step.on) == (Act.WAIT, Why.SETTLING_IN, date(2026, 12, 2))
    assert step_of(hired, tracked(hired, "HDL001"), settling_in_days=20).act is Act.WRITE
    # settled in on 22 October, after the report of the 20th: asked since today, medium = 30 days
    early = replace(hired, employee=person(start_day=date(2026, 9, 22)))
    old = tracked(early, "HDL001", FindingState.OPEN, date(2026, 9, 24))
    assert step_of(early, old).due == date(2026, 12, 22)


def test_where_nobody_may_be_checked_nobody_is_asked_to_look() -> None:
    council = Undetermined("WORKS_COUNCIL_OPEN", "the works council's consent is not on record")
    one = replace(leaver(), results=examined(person("77"), {"LVR001": council}).results)
    lost = tracked(leaver(), "LVR001", FindingState.UNVERIFIED)
    assert step_of(one, lost) == NextStep(Act.NOTHING, Why.MAY_NOT_CHECK)


def test_a_run_that_cannot_be_trusted_sends_nothing_but_still_corrects_the_roster() -> None:
    one = colleague()
    assert step_of(one, tracked(one, "HDL001"), health=DEGRADED).why is Why.NOT_SOUND
    wrong = tracked(one, "HDL001", FindingState.OPEN, roster_wrong_on=BEFORE)
    assert step_of(one, wrong, health=DEGRADED).act is Act.CORRECT_ROSTER


def test_what_hr_has_answered_since_the_run_is_not_asked_for_again() -> None:
    one, left = colleague(BNR001=old_banner(1)), leaver()
    headline, banner = tracked(one, "HDL001"), tracked(one, "BNR001")
    fixed = Decision(headline.finding.fingerprint, "1042", DecisionWord.FIXED, "r2", TODAY)
    objected = Decision("", "1042", DecisionWord.OBJECTED, "r2", TODAY)
    assert step_of(one, headline, answers_since=(fixed,)) == NextStep(Act.WAIT, Why.ANSWERED)
    assert step_of(one, headline, banner, answers_since=(fixed,)).act is Act.WRITE
    assert step_of(one, headline, banner, answers_since=(objected,)).why is Why.ANSWERED
    shown = tracked(left, "LVR001")
    objected = replace(objected, employee_id=left.employee.employee_id)
    assert step_of(left, shown, answers_since=(objected,)).why is Why.ANSWERED
    wrong = step_of(left, replace(shown, roster_wrong_on=BEFORE))
    assert (wrong.act, wrong.why, wrong.before) == (Act.CORRECT_ROSTER, Why.ROSTER_WRONG, BEFORE)


def test_the_day_is_said_on_which_hr_called_the_roster_wrong() -> None:
    one = colleague()
    step = step_of(one, tracked(one, "HDL001", FindingState.OPEN, roster_wrong_on=BEFORE))
    assert (step.why, step.before) == (Why.ROSTER_WRONG, BEFORE)


def test_what_is_settled_asks_for_nothing() -> None:
    one = examined(person(), {"HDL001": Passed("OK_EXACT")})
    closed = tracked(colleague(), "HDL001", FindingState.RESOLVED)
    waived = tracked(colleague(), "HDL001", FindingState.WAIVED)
    assert step_of(one, closed, waived) == NextStep(Act.NOTHING, Why.NOTHING_OPEN)
    leaving = examined(person(state=RosterState.LEAVING_SOON, last_day=date(2026, 12, 31)))
    assert step_of(leaving).act is Act.PREPARE


# ---------------------------------------------------------------- somebody who could not be verified


def read_by(status: CaptureStatus, source: str = "saved_pages", **more: Any) -> Trial:
    return Trial(source, status, None, CAPTURED, from_file=source != "public_page", **more)


def unverified(trial: Trial | None, code: str = "NOT_ATTEMPTED", **employee: Any) -> Examination:
    one = examined(person(**employee), {"HDL001": Undetermined(code, "open")})
    return replace(one, trials=(trial,) if trial else ())


OLD = say("the evidence of {day} is older than {n} days", day=BEFORE, n=45)


@pytest.mark.parametrize(
    ("one", "act", "why"),
    [
        (unverified(read_by(CaptureStatus.NOT_ATTEMPTED)), Act.SAVE_PAGE, Why.NO_PAGE_SAVED),
        (unverified(read_by(CaptureStatus.AUTH_WALL)), Act.SAVE_PAGE, Why.SAVED_REFUSAL),
        (unverified(read_by(CaptureStatus.LOGGED_IN)), Act.SAVE_PAGE, Why.SAVED_SIGNED_IN),
        (unverified(read_by(CaptureStatus.UNREADABLE, trouble=OLD)), Act.SAVE_PAGE, Why.TOO_OLD),
        (unverified(read_by(CaptureStatus.OK), "BANNER_NOT_LOADED"), Act.SAVE_PAGE, Why.NO_PICTURES),
        (unverified(read_by(CaptureStatus.OK), "HEADLINE_UNSEEN"), Act.ASK_EXPORT, Why.HIDDEN),
        (unverified(read_by(CaptureStatus.OK), "NO_TEMPLATE"), Act.COMPLETE_POLICY, Why.POLICY_GAP),
        (unverified(read_by(CaptureStatus.AUTH_WALL, "public_page")), Act.WAIT, Why.NOT_REACHED),
        (unverified(read_by(CaptureStatus.WRONG_PERSON)), Act.CORRECT_ROSTER, Why.WRONG_PERSON),
        (
            unverified(None, profile_url=None, address_note="short_link"),
            Act.CORRECT_ROSTER,
            Why.ADDRESS_UNUSABLE,
        ),
        (unverified(None, profile_url=None, address_note="shared"), Act.CORRECT_ROSTER, Why.ADDRESS_SHARED),
        (unverified(None, profile_url=None, address_note="empty"), Act.CORRECT_ROSTER, Why.NO_ADDRESS),
        (
            unverified(None, profile_url=None, state=RosterState.LEAVER_OVERDUE, last_day=BEFORE),
            Act.NOTHING,
            Why.NO_SEARCH,
        ),
        (
            unverified(
                read_by(CaptureStatus.OK),
                "LEAVER_NOT_SEEN",
                state=RosterState.LEAVER_OVERDUE,
                last_day=BEFORE,
            ),
            Act.NOTHING,
            Why.HIDDEN_LEAVER,
        ),
    ],
)
def test_what_could_not_be_verified_has_its_true_reason(one: Examination, act: Act, why: Why) -> None:
    step = step_of(one)
    assert (step.act, step.why) == (act, why)
