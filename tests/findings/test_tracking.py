"""The life of a finding: said once, kept while open, closed only by evidence."""

from datetime import date

import pytest

from auditor.findings.tracking import track
from auditor.model.dates import months_between
from auditor.model.employee import Employee, RosterState
from auditor.model.examination import Examination
from auditor.model.finding import FindingState, fingerprint
from auditor.model.rule import CheckResult, Failed, NotApplicable, Passed, Severity, Undetermined

MONTHS = [date(2026, month, 22) for month in range(1, 9)]
FAILED = Failed("NO_COMPANY", "message", "expected", "observed")


def person(outcome):
    employee = Employee("7", "Quilla Ostrander", RosterState.ACTIVE)
    return Examination(employee, (), (CheckResult("HDL001", outcome, Severity.MEDIUM),))


def live(outcomes):
    """The states of one person's finding over the months."""
    history, states = {}, []
    for today, outcome in zip(MONTHS, outcomes, strict=False):
        tracked = track(history, [] if outcome is None else [person(outcome)], today)
        history |= {one.finding.fingerprint: one for one in tracked}
        states.append(tracked[0] if tracked else None)
    return states


@pytest.mark.parametrize(
    ("outcomes", "states"),
    [
        ([FAILED, FAILED, Passed("OK")], ["new", "open", "resolved"]),
        ([FAILED, Undetermined("X", "wall"), FAILED], ["new", "unverified", "open"]),
        ([FAILED, Undetermined("X", "wall"), Passed("OK")], ["new", "unverified", "resolved"]),
        ([FAILED, Passed("OK"), FAILED, FAILED], ["new", "resolved", "reopened", "open"]),
        ([FAILED, Passed("OK"), Undetermined("X", "wall")], ["new", "resolved", None]),
        ([FAILED, NotApplicable("LEFT", "left")], ["new", "resolved"]),
        ([FAILED, None, FAILED], ["new", None, "open"]),
        ([Passed("OK"), FAILED], [None, "new"]),
        ([Undetermined("T", "look", review=True), FAILED], ["new", "open"]),
    ],
)
def test_life(outcomes, states):
    assert [one and str(one.state) for one in live(outcomes)] == states


def test_dates_tell_the_whole_story():
    _, unverified, reopened = live([FAILED, Undetermined("X", "sign-in wall"), FAILED])
    assert (unverified.first_seen, unverified.last_seen, unverified.months_open) == (MONTHS[0], MONTHS[0], 1)
    assert unverified.note == "sign-in wall"
    assert (reopened.first_seen, reopened.last_seen, reopened.months_open) == (MONTHS[0], MONTHS[2], 2)


def test_other_wording_is_the_same_finding_and_another_key_is_another():
    assert fingerprint("HDL001", "7") != fingerprint("HDL001", "7", "second")
    first = track({}, [person(FAILED)], MONTHS[0])
    reworded = Failed("PAST_ONLY", "other words", "e", "o")
    again = track({one.finding.fingerprint: one for one in first}, [person(reworded)], MONTHS[1])
    assert [one.state for one in again] == [FindingState.OPEN]
    assert again[0].finding.code == "PAST_ONLY"


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 0),
        (date(2025, 12, 1), date(2026, 2, 1), 2),
        (date(2026, 5, 5), date(2026, 4, 5), 0),
    ],
)
def test_months(first, last, months):
    assert months_between(first, last) == months
