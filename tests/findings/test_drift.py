"""A changed layout is noticed, and nothing is newly said from a field it may have moved."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from auditor.app.registry import rules
from auditor.findings.drift import LAYOUT_DRIFT, Drift, drifted_fields, hold_back, measure
from auditor.findings.tracking import track
from auditor.model.capture import CaptureStatus
from auditor.model.employee import Employee, RosterState
from auditor.model.examination import Examination, Trial
from auditor.model.finding import FindingState
from auditor.model.health import Coverage
from auditor.model.profile import PageKind
from auditor.model.rule import ADDRESS, CheckResult, Failed, Passed, Severity, Undetermined

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TODAY = date(2026, 11, 22)
KEY = "public_page.profile_full.headline"
RESTS_ON = {"HDL001": frozenset({"headline"}), "BNR001": frozenset({"banner"}), "NEW001": None}
DRIFT = Drift("public_page", "profile_full", "headline", 0.1, 0.9)
FAILED = Failed("NO_COMPANY", "no company", "Engineer at Vlinderbouw", "Engineer")
MAYBE = Undetermined("TRUNCATED", "cut", review=True)


def page(headline, *, source="public_page", kind=PageKind.PROFILE_FULL, status=CaptureStatus.OK):
    return Trial(source, status, kind, NOW, fields=(("headline", headline), ("banner", "present")))


def person(trials, outcomes=(), number="1", source="public_page"):
    results = tuple(CheckResult(rule, outcome, Severity.LOW, source, NOW) for rule, outcome in outcomes)
    return Examination(Employee(number, "Quilla Ostrander", RosterState.ACTIVE), tuple(trials), results)


def run_of(present=0, absent=0, unseen=0):
    counts = (("present", present), ("absent", absent), ("unseen", unseen))
    return measure([person([page(state)]) for state, count in counts for _ in range(count)])


def test_shares_are_counted_per_source_and_shape_over_readable_pages_only():
    coverage = measure(
        [
            person([page("present"), page("unseen", source="saved_pages")]),
            person([page("absent")]),
            person([page("unseen", kind=PageKind.PROFILE_MASKED)]),
            person([page("unseen", status=CaptureStatus.TIMEOUT)]),
        ]
    )
    assert coverage.pages == {
        "public_page.profile_full": 2,
        "public_page.profile_masked": 1,
        "saved_pages.profile_full": 1,
    }
    assert coverage.read[KEY] == 1.0
    assert coverage.shown[KEY] == 0.5
    assert coverage.read["saved_pages.profile_full.headline"] == 0.0


@pytest.mark.parametrize(
    ("earlier", "now", "share"),
    [
        ([run_of(20)], run_of(12, 0, 8), 0.6),
        ([run_of(20)], run_of(15, 0, 5), None),  # a fall of 25 % is within the limit
        ([run_of(20)], run_of(0, 0, 9), None),  # nine pages prove nothing
        ([run_of(9)], run_of(0, 0, 20), None),  # nor did nine pages before
        ([], run_of(0, 0, 20), None),  # nothing to compare with
        ([run_of(20), run_of(20), run_of(5, 0, 15)], run_of(12, 0, 8), 0.6),  # the median, not the last
        ([run_of(0, 0, 20)] * 2 + [run_of(20)], run_of(0, 0, 20), None),
        ([run_of(0, 0, 20)] * 9 + [run_of(20)] * 6, run_of(12, 0, 8), 0.6),  # the last six only
        ([run_of(50, 0, 150)], run_of(0, 0, 40), 0.0),  # small before, but 10 were due and none came
        ([run_of(50, 0, 150)], run_of(0, 0, 39), None),
    ],
)
def test_a_fall_below_the_median_of_earlier_runs_is_drift(earlier, now, share):
    drifts = drifted_fields(now, earlier, 0.3)
    assert [drift.now for drift in drifts if drift.field == "headline"] == ([] if share is None else [share])
    assert not [drift for drift in drifts if drift.field == "banner"]


def test_a_field_that_is_suddenly_empty_everywhere_has_drifted_too():
    (drift,) = drifted_fields(run_of(1, 19), [run_of(19, 1)], 0.3)
    assert drift.vanished
    assert str(drift.words()) == f"field {KEY} was shown on 5% of pages, earlier on 95%"


def test_what_a_store_of_an_earlier_version_lacks_is_no_drift():
    assert drifted_fields(run_of(0, 0, 20), [Coverage({}, {KEY: 1.0}, {})], 0.3) == ()


def held(examination, drifts=(DRIFT,), history=None):
    changed = hold_back([examination], drifts, RESTS_ON, history or {})
    return {r.rule_id: r.outcome for e in changed for r in e.results if _is_drift(r)}


def _is_drift(result):
    return isinstance(result.outcome, Undetermined) and result.outcome.code == LAYOUT_DRIFT


def history_of(outcome, state=FindingState.OPEN, rule="HDL001"):
    before = person([page("present")], [(rule, outcome)])
    return {
        found.finding.fingerprint: replace(found, state=state)
        for found in track({}, [before], date(2026, 10, 1))
    }


@pytest.mark.parametrize("outcome", [FAILED, MAYBE])
def test_no_finding_is_newly_made_from_a_drifted_field(outcome):
    examination = person([page("present")], [("HDL001", outcome), ("BNR001", FAILED)])
    outcomes = held(examination)
    assert set(outcomes) == {"HDL001"}
    assert "headline" in str(outcomes["HDL001"].reason)
    changed = hold_back([examination], [DRIFT], RESTS_ON, {})
    findings = track({}, changed, TODAY)
    assert [found.finding.rule_id for found in findings] == ["BNR001"]


def test_a_closed_finding_is_not_opened_again_but_an_open_one_stays_open():
    examination = person([page("present")], [("HDL001", FAILED)])
    assert held(examination, history=history_of(FAILED, FindingState.RESOLVED))
    assert not held(examination, history=history_of(FAILED))


def test_nothing_is_closed_from_a_drifted_field():
    examination = person([page("present")], [("HDL001", Passed("OK_EXACT"))])
    assert not held(examination), "a pass that closes nothing stays a pass"
    (changed,) = hold_back([examination], [DRIFT], RESTS_ON, history_of(FAILED))
    (found,) = track(history_of(FAILED), [changed], TODAY)
    assert found.state is FindingState.UNVERIFIED


@pytest.mark.parametrize(
    ("trial", "source"),
    [
        (page("present", kind=PageKind.PROFILE_MASKED), "public_page"),
        (page("present", source="member_export"), "member_export"),
    ],
)
def test_other_shapes_and_other_sources_are_believed(trial, source):
    assert not held(person([trial], [("HDL001", FAILED)], source=source))


def test_evidence_of_another_rung_is_believed():
    trials = [page("unseen"), page("present", source="member_export")]
    assert not held(person(trials, [("HDL001", FAILED)], source="member_export"))


def test_a_rule_that_declares_no_fields_rests_on_all():
    assert set(held(person([page("present")], [("NEW001", FAILED), ("ODD001", FAILED)]))) == {
        "NEW001",
        "ODD001",
    }


@pytest.mark.parametrize("fields", [frozenset(), frozenset({ADDRESS})])
def test_a_rule_that_reads_no_profile_field_is_not_held_back(fields):
    examination = person([page("present")], [("NEW001", FAILED)])
    assert hold_back([examination], [DRIFT], {"NEW001": fields}, {}) == []


def test_every_rule_declares_fields_that_exist():
    known = {"full_name", "headline", "banner", "topcard_company", "positions"}
    for rule in rules():
        assert rule.fields is not None, rule.id
        assert rule.fields <= known | {ADDRESS}, rule.id
