"""A trial run with a few people is no reason to distrust the first whole one; a sudden mass is."""

from tests.app.test_run_audit_rate_limits import DAY, call, row, write


def test_people_seen_for_the_first_time_do_not_fail_newly(firm, site):
    write(firm, [row(n) for n in range(1, 25)])
    policy = firm / "config" / "policy.yaml"
    policy.write_text(
        policy.read_text("utf-8").replace("{job title} at", "{job title} with pride at"), "utf-8"
    )
    call(firm, site, limit=4)
    end, _ = call(firm, site)
    assert len(end.report.findings) == 24
    assert str(end.report.health.verdict) == "sound"


def test_a_sudden_mass_is_said_and_held_back(firm, site, monkeypatch):
    write(firm, [row(n) for n in range(1, 25)])
    first, _ = call(firm, site)
    assert first.report.findings == ()
    monkeypatch.setattr(site, "headline", "Planner")
    end, _ = call(firm, site, DAY.replace(month=12))
    assert str(end.report.health.verdict) == "degraded"
    assert any("no longer meet the policy" in str(reason) for reason in end.report.health.reasons)
    assert end.report.findings == ()
