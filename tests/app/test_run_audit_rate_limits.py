"""A run may take days, and a refusal is remembered: with a source of our own that can refuse."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from auditor.app import registry as families
from auditor.app import run_audit as auditing
from auditor.app import run_plan as ground
from auditor.model.capture import Artifact, ArtifactKind, Capture, CaptureFormat, CaptureStatus
from auditor.ports import Source
from auditor.proof.pages.visitor import full_page
from auditor.store.rate_limits import CoolDowns
from tests.pages.people import BannerForm, Link, Person, Role
from tests.pages.variants import LANGUAGES

PAGE = "https://be.linkedin.com/company/vintergloed"
DAY = date(2026, 11, 3)
POLICY = """\
version: 1
entities:
  - name: Vintergloed
    names: [Vintergloed]
    pages: [https://be.linkedin.com/company/vintergloed]
    headline: "{job title} at {company}"
    privacy:
      purpose: correct presentation
      balancing_note_date: 2026-01-15
      contact: privacy@vintergloed.example
      notice_date: 2026-02-01
"""
HEAD = "Employee number;Full name;Status;Start date;End date;Job title;LinkedIn\n"


def row(number, end="", status="active"):
    return f"{number};Ondara Quivel{number};{status};2020-01-01;{end};Planner;https://www.linkedin.com/in/ondara-{number}\n"


def page_of(slug, headline="Planner at Vintergloed"):
    role = Role("Planner", "Vintergloed", Link(PAGE, "company", "vintergloed"), "Jan 2020")
    name = f"Ondara Quivel{slug.rsplit('-', 1)[-1]}"
    person = Person(slug, name, headline, BannerForm(None), (role,), LANGUAGES[0], role)
    return full_page(person, "2026").encode()


@dataclass(frozen=True)
class Settings:
    allowed_hosts: tuple[str, ...] = ()
    cool_down_hours: float = 24.0
    control_profile: str = ""


class Site:
    """Answers until it does not; remembers every page asked for."""

    def __init__(self):
        self.asked, self.refuse_from, self.share, self.status = [], 10**9, 10**9, CaptureStatus.RATE_LIMITED
        self.retry_after = None
        self.settings = Settings()
        self.headline = "Planner at Vintergloed"

    def fetch(self, employee):
        slug = employee.profile_url.rstrip("/").rsplit("/", 1)[-1]
        if self.share <= 0:
            return self.capture(employee, CaptureStatus.NOT_ATTEMPTED, trouble="the day's cap is reached")
        self.share -= 1
        self.asked.append(slug)
        if len(self.asked) > self.refuse_from:
            return self.capture(employee, self.status, trouble="answered 999", retry_after=self.retry_after)
        return self.capture(
            employee, CaptureStatus.OK, artifacts=(Artifact(ArtifactKind.MAIN, page_of(slug, self.headline)),)
        )

    def capture(self, employee, status, **more):
        url = employee.profile_url
        now = datetime.now(UTC)
        return Capture(
            employee.employee_id, url, url, status, now, "public_page", CaptureFormat.PAGE, 200, **more
        )

    def source(self):
        @contextmanager
        def opened(settings, context):
            yield self

        return Source(
            "public_page", "a test's own", Settings, frozenset({"headline"}), opened, touches_network=True
        )


def write(firm, rows):
    (firm / "people.csv").write_text(HEAD + "".join(rows), "utf-8")


def call(firm, site, day=DAY, **more):
    policy = families.policy_of(firm / "config" / "policy.yaml")
    policy = replace(policy, source_settings={"public_page": site.settings})
    store = ground.open_store(policy)
    request = ground.RunRequest(firm / "people.csv", policy.path, firm / "reports", today=day, **more)
    prepared = ground.prepare(request, policy, store)
    return auditing.run_audit(prepared, store, lambda: False), store


def statuses(end):
    return {e.employee.employee_id: str(e.status) for e in end.report.examinations}


def test_a_run_spread_over_days_asks_nobody_twice(firm, site):
    ends = []
    for day in range(3):
        site.share = 2
        ends.append(call(firm, site, DAY + timedelta(days=day))[0])
    assert [(end.report.run.left, end.left, end.paused) for end in ends] == [
        (4, 4, True),
        (2, 2, True),
        (0, 0, False),
    ]
    assert [str(end.report.health.verdict) for end in ends] == ["sound"] * 3, "to be left is no trouble yet"
    assert len({end.run_id for end in ends}) == 1
    assert sorted(site.asked) == [f"ondara-{n}" for n in range(1, 7)]
    assert str(ends[-1].report.health.verdict) == "sound"
    assert ends[-1].report.run.today == DAY + timedelta(days=2)


def test_the_last_day_of_the_period_reports_what_there_is(firm, site):
    site.share = 2
    end, _ = call(firm, site, date(2026, 11, 30))
    assert end.report is not None
    assert str(end.report.health.verdict) == "degraded"
    assert list(statuses(end).values()).count("not_attempted") == 4


def test_a_new_period_is_a_new_run(firm, site):
    site.share = 2
    first, _ = call(firm, site, date(2026, 11, 3))
    site.share = 99
    second, _ = call(firm, site, date(2026, 12, 3))
    assert first.run_id != second.run_id
    assert set(statuses(second).values()) == {"ok"}


def test_a_roster_replaced_in_the_middle(firm, site):
    site.share = 3
    call(firm, site)
    write(firm, [row(1), row(2, "2026-10-01", "left"), *(row(n) for n in range(3, 8) if n != 4)])
    site.share = 99
    end, _ = call(firm, site, DAY + timedelta(days=1))
    people = {e.employee.employee_id: str(e.employee.roster_state) for e in end.report.examinations}
    assert people == {
        "1": "active",
        "2": "leaver_overdue",
        "3": "active",
        "5": "active",
        "6": "active",
        "7": "active",
    }
    assert sorted(site.asked) == [f"ondara-{n}" for n in (1, 2, 2, 3, 5, 6, 7)]
    leaver = next(e for e in end.report.examinations if e.employee.employee_id == "2")
    assert {r.rule_id: r.outcome.code for r in leaver.results}["LVR001"] == "LEAVER_CURRENT_LINKED"


def test_a_refusal_is_remembered_and_the_wait_doubles(firm, site):
    site.refuse_from = 2
    first, store = call(firm, site)
    waits = CoolDowns(store.engine)
    assert first.report is not None
    assert hours_until(waits) == pytest.approx(24, abs=0.1)
    asked = len(site.asked)
    second, _ = call(firm, site, DAY + timedelta(days=1))
    assert len(site.asked) == asked, "nothing may be opened while the source cools down"
    assert any("not reached" in str(reason) for reason in second.report.health.reasons)
    waits.set("public_page", datetime.now(UTC) - timedelta(minutes=1), 1)
    call(firm, site, DAY + timedelta(days=2))
    assert hours_until(waits) == pytest.approx(48, abs=0.1)
    waits.set("public_page", datetime.now(UTC) - timedelta(minutes=1), 2)
    site.refuse_from = 10**9
    last, _ = call(firm, site, DAY + timedelta(days=6))
    assert set(statuses(last).values()) == {"ok"}
    assert waits.until("public_page") is None


def test_a_longer_wait_that_the_site_asks_for_is_kept(firm, site):
    site.refuse_from, site.retry_after = 1, 100 * 3600.0
    _, store = call(firm, site)
    assert hours_until(CoolDowns(store.engine)) == pytest.approx(100, abs=0.1)


def hours_until(waits):
    return (waits.until("public_page") - datetime.now(UTC)) / timedelta(hours=1)


def test_a_refusal_is_stored_before_anything_else_can_go_wrong(firm, site, monkeypatch):
    site.refuse_from = 0

    def no_room(*arguments, **more):
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(auditing.RunStore, "save", no_room)
        with pytest.raises(OSError, match="no space"):
            call(firm, site)
    assert len(site.asked) == 1
    call(firm, site)
    assert len(site.asked) == 1, "it is not asked again"


@pytest.mark.parametrize("hours", [1e300, 24.0 * 400])
def test_no_wait_is_too_long_to_be_stored(firm, site, hours):
    site.refuse_from, site.retry_after, site.settings = 1, 1e18, Settings(cool_down_hours=hours)
    end, store = call(firm, site)
    until = CoolDowns(store.engine).until("public_page")
    assert end.report is not None
    assert timedelta(days=365) < until - datetime.now(UTC) < timedelta(days=367)


def test_the_control_profile_is_asked_first(firm, site):
    site.settings = Settings(control_profile="https://www.linkedin.com/in/ondara-0/")
    end, _ = call(firm, site)
    assert site.asked[0] == "ondara-0"
    assert set(statuses(end).values()) == {"ok"}


@pytest.mark.parametrize("status", [CaptureStatus.RATE_LIMITED, CaptureStatus.NETWORK_ERROR])
def test_when_the_control_profile_is_not_shown_nobody_else_is_asked_for(firm, site, status):
    site.settings = Settings(control_profile="https://www.linkedin.com/in/ondara-0/")
    site.refuse_from, site.status = 0, status
    end, _ = call(firm, site)
    assert site.asked == ["ondara-0"]
    assert set(statuses(end).values()) == {"not_attempted"}
    assert str(end.report.health.verdict) == "degraded"
