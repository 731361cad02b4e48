"""When most people suddenly fail a rule, nothing is newly said by it."""

from datetime import UTC, date, datetime

import pytest

from auditor.findings.drift import mass_failing, without_mass_failures
from auditor.findings.tracking import track
from auditor.model.capture import CaptureStatus
from auditor.model.employee import Employee, RosterState
from auditor.model.examination import Examination, Trial
from auditor.model.profile import PageKind
from auditor.model.rule import CheckResult, Failed, Passed, Severity

TODAY = date(2026, 11, 22)
TRIAL = Trial("public_page", CaptureStatus.OK, PageKind.PROFILE_FULL, datetime(2026, 11, 22, tzinfo=UTC))
FAILED = Failed("NO_COMPANY", "m", "e", "o")


def crowd(failing, count=20):
    return [
        Examination(
            Employee(str(n), "Quilla", RosterState.ACTIVE),
            (TRIAL,),
            (
                CheckResult("HDL001", FAILED if n < failing else Passed("OK"), Severity.MEDIUM),
                CheckResult("BNR001", FAILED if n == 0 else Passed("OK"), Severity.LOW),
            ),
        )
        for n in range(count)
    ]


def tracked(people, history=None):
    return track(history or {}, people, TODAY)


@pytest.mark.parametrize(
    ("failing", "count", "rules"), [(11, 20, {"HDL001"}), (10, 20, set()), (9, 9, set())]
)
def test_only_a_mass_of_enough_people_counts(failing, count, rules):
    people = crowd(failing, count)
    assert mass_failing(people, tracked(people), 0.5) == rules


def test_what_was_open_before_stays_and_the_rest_is_not_judged():
    before = {one.finding.fingerprint: one for one in tracked(crowd(2))}
    people = crowd(18)
    rules = mass_failing(people, tracked(people, before), 0.5)
    changed = without_mass_failures(people, rules, before)
    assert [one.employee.employee_id for one in changed] == [str(n) for n in range(2, 18)]
    assert {one.results[0].outcome.code for one in changed} == {"LAYOUT_DRIFT"}
    whole = {one.employee.employee_id: one for one in people} | {
        one.employee.employee_id: one for one in changed
    }
    states = [str(one.state) for one in tracked(whole.values(), before)]
    assert sorted(states) == ["open", "open", "open"], "two headlines and the one banner"
