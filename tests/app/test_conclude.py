"""What a run decides, case by case and without a database: drift, masses, HR's decisions, cases, counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from auditor.app.conclude import Ending, conclude
from auditor.app.publish import report_of
from auditor.findings.assessment import Group
from auditor.findings.tracking import track
from auditor.model.capture import CaptureStatus
from auditor.model.case import CaseEvent, CaseEventKind, CaseRecord, StepAnswer, StepNote, StepState, step_id
from auditor.model.company import Company, CompanyName
from auditor.model.decision import Decision, DecisionWord
from auditor.model.employee import Employee, RosterState
from auditor.model.examination import Examination, Trial
from auditor.model.health import HealthLimits, HealthVerdict, RunHealth
from auditor.model.history import EndedRun, History
from auditor.model.policy import Policy, RosterPolicy
from auditor.model.profile import PageKind
from auditor.model.report import RunFacts
from auditor.model.rule import (
    BoundRule,
    CheckResult,
    Criterion,
    Failed,
    NotApplicable,
    Passed,
    Rule,
    Severity,
    Undetermined,
)
from auditor.model.run_result import RosterKept
from auditor.offboarding.steps import PROGRAM, steps
from auditor.store.history import load_history
from tests.app.test_run_audit_rate_limits import call

LAST_MONTH, TODAY = date(2026, 10, 20), date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
WRONG = Failed("NO_COMPANY", "m", "e", "Planner")
STILL = Failed("LEAVER_CURRENT_NAMED", "m", "e", "Planner at Vlinderbouw")
HEADLINE = "public_page.profile_full.headline"
LAST_DAY = date(2026, 9, 30)


@dataclass(frozen=True)
class NoSettings:
    pass


def rule(name, fields, about=Criterion.HEADLINE):
    bound = Rule(
        name, name, Severity.MEDIUM, NoSettings, lambda subject, settings: WRONG, fields=fields, about=about
    )
    return BoundRule(bound, NoSettings())


POLICY = Policy(
    companies={"Vlinderbouw": Company("Vlinderbouw", (CompanyName("Vlinderbouw"),), ())},
    default_entity="Vlinderbouw",
    rules=(
        rule("HDL001", frozenset({"headline"})),
        rule("LVR001", frozenset({"positions"}), Criterion.LEAVER),
    ),
    roster=RosterPolicy(), ladder=(), source_settings={}, evidence_days={}, health=HealthLimits(), privacy={},
    allowed_hosts=frozenset(), permission=None, store_address="", language="en", thumbnails="none",
    keep_captures_days=0, path=Path("policy.yaml"), sha256="p",
)  # fmt: skip


def facts(run_id="now", today=TODAY, policy="p", **more):
    return RunFacts(run_id, NOON, None, today, policy, "r", "people.csv", None, "", "0", **more)


def person(number, outcome, rule_id="HDL001", state=RosterState.ACTIVE, read="present", last_day=None):
    employee = Employee(str(number), f"Quilla {number}", state, last_day=last_day)
    trial = Trial("public_page", CaptureStatus.OK, PageKind.PROFILE_FULL, NOON, fields=(("headline", read),))
    result = CheckResult(rule_id, outcome, Severity.MEDIUM, "public_page", NOON)
    return Examination(employee, (trial,), (result,))


def ended(health=None, policy="p"):
    sound = RunHealth({}, {}, 0.0, HealthVerdict.SOUND, ())
    return EndedRun(1, facts("before", LAST_MONTH, policy), health or sound)


def history_of(people, **more):
    """What a run of last month with these people left behind."""
    found = track({}, people, LAST_MONTH)
    more = {"runs": (ended(),), "people_before": frozenset(e.employee.employee_id for e in people)} | more
    return History(findings={one.finding.fingerprint: one for one in found}, **more)


def decided(people, history=None, *, policy="p", left=0, paused=False, partial=False):
    roster = RosterKept(tuple(one.employee for one in people), (), ())
    return conclude(
        facts(policy=policy, partial=partial),
        roster,
        frozenset(one.employee.employee_id for one in people),
        people,
        history or History(),
        POLICY,
        Ending(NOON, left, paused),
    )


def states(result):
    return {one.finding.employee_id: str(one.state) for one in result.findings}


def test_a_finding_is_new_then_open_then_resolved():
    before = [person(1, WRONG), person(2, WRONG)]
    result = decided(
        [person(1, WRONG), person(2, Passed("OK")), person(3, WRONG), person(4, Passed("OK"))],
        history_of(before),
    )
    assert states(result) == {"1": "open", "2": "resolved", "3": "new"}
    assert result.run.counts["standing"] == 2
    assert result.revised == ()


@pytest.mark.parametrize(("paused", "kept"), [(False, 10), (True, 0)])
def test_nothing_is_newly_said_from_a_field_that_drifted(paused, kept):
    before = [person(n, Passed("OK")) for n in range(20)]
    coverage = RunHealth(
        {}, {HEADLINE: 1.0}, 0.0, HealthVerdict.SOUND, (), {HEADLINE: 1.0}, {"public_page.profile_full": 20}
    )
    now = [person(n, WRONG if n < 10 else Passed("OK"), read="unseen") for n in range(20)]
    result = decided(now, history_of(before, runs=(ended(coverage),)), left=5 * paused, paused=paused)
    assert states(result) == {}
    assert result.health.verdict is HealthVerdict.DEGRADED
    assert any(f"field {HEADLINE} was read on 0%" in str(reason) for reason in result.health.reasons)
    assert len(result.revised) == kept, "what a part of the people cannot bear out is not stored for good"
    codes = {one.results[0].outcome.code for one in result.examinations}
    assert codes == {"LAYOUT_DRIFT", "OK"}


@pytest.mark.parametrize(("policy", "told"), [("p", 0), ("a changed one", 11)])
def test_a_sudden_mass_is_held_back_unless_the_policy_changed(policy, told):
    before = history_of([person(n, Passed("OK")) for n in range(20)])
    result = decided([person(n, WRONG if n < 11 else Passed("OK")) for n in range(20)], before, policy=policy)
    assert len(result.findings) == told
    assert result.health.verdict is HealthVerdict.DEGRADED
    assert any("no longer meet the policy" in str(reason) for reason in result.health.reasons)


def test_people_seen_for_the_first_time_do_not_fail_newly():
    result = decided([person(n, WRONG) for n in range(20)], history_of([person(99, Passed("OK"))]))
    assert result.health.verdict is HealthVerdict.SOUND
    assert len(result.findings) == 20


@pytest.mark.parametrize(
    ("word", "more", "state"),
    [
        (DecisionWord.WAIVED, {"until": date(2026, 12, 31), "remark": "agreed"}, "waived"),
        (DecisionWord.WAIVED, {"until": date(2026, 11, 1), "remark": "agreed"}, "open"),
        (DecisionWord.FIXED, {}, "reopened"),
        (DecisionWord.ASKED, {}, "open"),
    ],
)
def test_what_hr_decided_counts(word, more, state):
    history = history_of([person(1, WRONG)])
    (key,) = history.findings
    decision = Decision(key, "1", word, "before", date(2026, 10, 25), **more)
    assert states(decided([person(1, WRONG)], replace(history, decisions=(decision,)))) == {"1": state}


@pytest.mark.parametrize(("name", "said"), [("Quilla 1", True), ("Quilla Ostrander", False)])
def test_a_roster_that_hr_called_wrong_is_remembered_until_it_changes(name, said):
    history = history_of([person(1, WRONG)])
    (key,) = history.findings
    wrong = Decision(key, "1", DecisionWord.ROSTER_WRONG, "before", date(2026, 10, 25))
    then = {"before": {"1": Employee("1", name, RosterState.ACTIVE)}}
    (found,) = decided([person(1, WRONG)], replace(history, decisions=(wrong,), rosters=then)).findings
    assert ("it has not changed since" in str(found.note)) is said


def leaver(outcome):
    return person(7, outcome, "LVR001", RosterState.LEAVER_OVERDUE, last_day=LAST_DAY)


def company_side_done(case):
    return tuple(
        StepNote(step_id(case.id, one.id), case.id, "7", LAST_DAY, StepAnswer(StepState.DONE), LAST_MONTH)
        for one in steps()
        if one.side == "company" and one.owner != PROGRAM
    )


CASE = CaseRecord("7", LAST_DAY, LAST_MONTH)


def test_a_case_begins_with_a_finding_about_a_leaver():
    result = decided([leaver(STILL)])
    assert result.changed_cases == (CaseRecord("7", LAST_DAY, TODAY),)
    assert result.case_counts == {"open": 1, "closed": 0}


@pytest.mark.parametrize(
    ("outcome", "more", "closed"),
    [
        (Passed("LEAVER_CLEAN"), {}, True),
        (Passed("LEAVER_CLEAN"), {"left": 1}, False),
        (Passed("LEAVER_CLEAN"), {"partial": True}, False),
        (STILL, {}, False),
        (Undetermined("AUTH_WALL", "wall"), {}, False),
    ],
)
def test_a_case_closes_when_both_sides_are_done_in_a_whole_run(outcome, more, closed):
    history = history_of([leaver(STILL)], cases={CASE.id: CASE}, step_notes=company_side_done(CASE))
    record = decided([leaver(outcome)], history, **more).cases[CASE.id]
    assert (record.closed_on == TODAY) is closed


def test_an_unsound_run_closes_no_case():
    before = [leaver(STILL), *(person(n, Passed("OK")) for n in range(20, 40))]
    history = history_of(before, cases={CASE.id: CASE}, step_notes=company_side_done(CASE))
    now = [leaver(Passed("LEAVER_CLEAN")), *(person(n, WRONG) for n in range(20, 40))]
    result = decided(now, history)
    assert result.health.verdict is HealthVerdict.DEGRADED
    assert result.cases == {CASE.id: CASE}
    assert result.changed_cases == ()


def test_everybody_is_counted_in_one_group():
    wait = Employee("9", "Ivo", RosterState.LEAVER_GRACE)
    result = CheckResult("HDL001", NotApplicable("STATE_LEAVER_GRACE", "waits"), Severity.MEDIUM)
    people = [
        person(1, Passed("OK")),
        person(2, Undetermined("UNSEEN", "masked")),
        Examination(wait, (), (result,)),
    ]
    counts = decided(people).run.counts
    assert [counts[group] for group in Group] == [1, 1, 1]


def test_the_report_of_a_run_needs_no_database_either():
    history = history_of(
        [leaver(STILL)],
        cases={CASE.id: CASE},
        times_unverified={"2": 3, "8": 2},
        sightings={"7": LAST_MONTH},
        case_events=(CaseEvent("7", LAST_DAY, CaseEventKind.LOOKED, date(2026, 11, 1)),),
    )
    people = [leaver(STILL), person(2, Undetermined("UNSEEN", "masked")), person(8, Passed("OK"))]
    report = report_of(decided(people, history), history, POLICY)
    assert report.times_unverified == {"2": 4}
    assert report.sightings == {"7": TODAY}
    assert report.looks == {"7": date(2026, 11, 1)}
    assert [month.run_id for month in report.trend] == ["before", "now"]


@pytest.mark.parametrize(
    "asked_for",
    ["FROM decisions", "SELECT tracked.fingerprint", "FROM cases", "FROM step_notes", "FROM case_events"],
)
def test_a_run_reads_what_was_before_once(firm, site, asked_for):
    call(firm, site)
    asked = []

    @sa.event.listens_for(sa.Engine, "before_cursor_execute")
    def listen(connection, cursor, statement, *rest):
        text = " ".join(statement.split())
        if text.startswith("SELECT") and asked_for in text and not text.startswith("SELECT max("):
            asked.append(text)

    try:
        call(firm, site, date(2026, 12, 3))
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", listen)
    assert len(asked) == 1, asked


def test_what_comes_back_while_a_run_goes_on_is_noticed(firm, site):
    from auditor.store.cases import CaseEventStore
    from auditor.store.history import is_current

    _, store = call(firm, site)
    history = load_history(store, store.run(), ("LVR001",))
    assert is_current(store.engine, history)
    CaseEventStore(store.engine).add(CaseEvent("7", LAST_DAY, CaseEventKind.LOOKED, TODAY))
    assert not is_current(store.engine, history)
