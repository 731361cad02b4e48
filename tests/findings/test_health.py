"""A run that cannot be trusted says so."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from auditor.findings.drift import Drift
from auditor.findings.health import judge_health
from auditor.model.capture import CaptureStatus
from auditor.model.employee import Employee, RosterState
from auditor.model.examination import Examination, Trial
from auditor.model.health import HealthLimits, HealthVerdict
from auditor.model.profile import PageKind

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def people(count, status, *, kind=PageKind.PROFILE_FULL, headline="present", postponed=False):
    employee = Employee("1", "Quilla Ostrander", RosterState.ACTIVE)
    fields = (("headline", headline), ("banner", "present"))
    trial = Trial("public_page", status, kind, NOW, fields=fields, postponed=postponed)
    return [Examination(employee, (trial,), ())] * count


OK = people(20, CaptureStatus.OK)


@pytest.mark.parametrize(
    ("examinations", "newly", "reason"),
    [
        (OK + people(1, CaptureStatus.AUTH_WALL), 0, "refused 1 visit"),
        (OK + people(1, CaptureStatus.NOT_ATTEMPTED, postponed=True), 0, "people not reached: 1"),
        (people(3, CaptureStatus.TIMEOUT), 0, "no profile at all could be read"),
        (people(300, CaptureStatus.NO_URL), 0, "no profile at all could be read"),
        (people(4, CaptureStatus.OK) + people(10, CaptureStatus.TIMEOUT), 0, "only 4 of 14 people"),
        (OK, 15, "15 of 20 people no longer meet the policy"),
    ],
)
def test_reasons_to_distrust(examinations, newly, reason):
    health = judge_health(examinations, newly, HealthLimits())
    assert health.verdict is HealthVerdict.DEGRADED
    assert any(reason in str(one) for one in health.reasons)


def test_a_healthy_run_is_sound():
    assert (
        judge_health(OK + people(5, CaptureStatus.NOT_FOUND), 3, HealthLimits()).verdict
        is HealthVerdict.SOUND
    )
    lacking = OK + people(5, CaptureStatus.NOT_ATTEMPTED)
    assert judge_health(lacking, 0, HealthLimits()).verdict is HealthVerdict.SOUND
    assert judge_health([], 0, HealthLimits()).verdict is HealthVerdict.SOUND


def test_who_hands_over_nothing_of_their_own_is_no_trouble_of_the_run():
    """60 of 100 people without a consent leave a sound run; the same of pages that HR saves are a gap, and
    so is a consent that could not be read."""
    consent = frozenset({"member_consent"})

    def of(count, status, *sources):
        (one,) = people(1, status)
        trials = tuple(replace(one.trials[0], source=source) for source in sources)
        return [replace(one, trials=trials)] * count

    read = of(40, CaptureStatus.OK, "member_consent")
    nothing = of(60, CaptureStatus.NOT_ATTEMPTED, "member_consent")
    both = of(60, CaptureStatus.NOT_ATTEMPTED, "member_consent", "saved_pages")
    unread = of(60, CaptureStatus.UNREADABLE, "member_consent")
    sound, gap, bad, none = (
        judge_health(examined, 0, HealthLimits(), voluntary=consent)
        for examined in (read + nothing, read + both, read + unread, nothing)
    )
    assert sound.verdict is HealthVerdict.SOUND
    for one in (gap, bad):
        assert [str(reason) for reason in one.reasons] == [
            "only 40 of 100 people had evidence that could be read"
        ]
    assert [str(reason) for reason in none.reasons] == ["no profile at all could be read"]


def test_a_crashed_rule_degrades():
    health = judge_health(OK, 0, HealthLimits(), crashed_rules=("HDL001",))
    assert tuple(map(str, health.reasons)) == ("rule HDL001 crashed",)


def test_a_drifted_field_degrades_and_is_named():
    drift = Drift("public_page", "profile_full", "headline", 0.1, 0.95)
    health = judge_health(OK, 0, HealthLimits(), drifts=(drift,))
    assert health.verdict is HealthVerdict.DEGRADED
    assert tuple(map(str, health.reasons)) == (
        "field public_page.profile_full.headline was read on 10% of pages, earlier on 95%",
    )
    assert health.coverage.read["public_page.profile_full.headline"] == 1.0
    assert health.coverage.pages == {"public_page.profile_full": 20}
