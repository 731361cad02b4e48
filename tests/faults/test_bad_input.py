"""Clocks, stores and sites that are not as they should be: a clear message, nothing lost, nobody accused."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from auditor.app import run_plan as ground
from auditor.model.capture import Artifact, ArtifactKind, CaptureStatus
from tests.app.test_run_audit_rate_limits import POLICY, call
from tests.faults.bench import Bench, Weather, World, capture
from tests.faults.looking import accused

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="forks its audits")


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return World(tmp_path_factory.mktemp("bad") / "world")


@pytest.fixture
def bench(world, tmp_path):
    return Bench(world, tmp_path / "bench")


def tracked(end):
    return {(f.finding.employee_id, f.finding.rule_id): f for f in end.report.findings}


def spoil_the_headline(firm):
    """Everybody's headline is wrong from now on: another firm's name is asked for."""
    path = firm / "config" / "policy.yaml"
    path.write_text(
        path.read_text("utf-8").replace('"{job title} at {company}"', '"Proud {company} {job title}"')
    )


class TestClock:
    def test_a_clock_that_is_set_back_turns_no_history_round(self, firm, site):
        spoil_the_headline(firm)
        first, _ = call(firm, site, date(2026, 11, 3))
        assert tracked(first), "there must be findings to follow"
        second, _ = call(firm, site, date(2026, 9, 7))
        third, _ = call(firm, site, date(2026, 12, 4))
        for end in (second, third):
            for finding in tracked(end).values():
                assert finding.first_seen <= finding.last_seen
                assert finding.months_open >= 0
        assert {f.first_seen for f in tracked(third).values()} == {date(2026, 11, 3)}
        assert {str(f.state) for f in tracked(third).values()} == {"open"}
        assert "R02" in {notice.code for notice in second.report.notices}
        assert "R02" not in {notice.code for notice in third.report.notices}

    @pytest.mark.parametrize(
        ("moment", "day"),
        [
            (datetime(2026, 10, 24, 22, 30, tzinfo=UTC), date(2026, 10, 25)),  # summer time ends this night
            (datetime(2026, 10, 25, 22, 30, tzinfo=UTC), date(2026, 10, 25)),
            (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 26)),
            (datetime(2026, 3, 28, 22, 30, tzinfo=UTC), date(2026, 3, 28)),  # and begins in this one
            (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), date(2026, 3, 29)),
            (datetime(2026, 3, 29, 22, 30, tzinfo=UTC), date(2026, 3, 30)),
        ],
    )
    @pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system's zone cannot be set for one process")
    def test_the_day_is_that_of_the_policy_wherever_the_computer_is(
        self, firm, site, monkeypatch, moment, day
    ):
        class Set(datetime):
            @classmethod
            def now(cls, tz=None):
                return moment.astimezone(tz)

        monkeypatch.setattr(ground, "datetime", Set)
        policy = POLICY + "sources: {ladder: [public_page]}\nroster: {time_zone: Europe/Brussels}\n"
        (firm / "config" / "policy.yaml").write_text(policy, "utf-8")
        zone = os.environ.get("TZ")
        try:
            for computer in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Brussels"):
                os.environ["TZ"] = computer
                time.tzset()
                end, _ = call(firm, site, day=None, resume=False)
                assert end.report.run.today == day
        finally:
            os.environ.pop("TZ") if zone is None else os.environ.update(TZ=zone)
            time.tzset()


class TestPeriod:
    def test_a_policy_changed_in_the_middle_is_said_to_the_end(self, firm, site):
        site.share = 2
        first, _ = call(firm, site, date(2026, 11, 3))
        spoil_the_headline(firm)
        site.share = 2
        call(firm, site, date(2026, 11, 4))
        site.share = 99
        end, _ = call(firm, site, date(2026, 11, 5))
        assert end.run_id == first.run_id
        told = [notice for notice in end.report.notices if notice.code == "R01"]
        assert len(told) == 1
        assert "2026-11-04" in told[0].message
        assert len(site.asked) == 6

    def test_an_unchanged_policy_is_not_mentioned(self, firm, site):
        site.share = 2
        call(firm, site, date(2026, 11, 3))
        site.share = 99
        end, _ = call(firm, site, date(2026, 11, 4))
        assert not {"R01", "R02"} & {notice.code for notice in end.report.notices}


@needs_linux
class TestStore:
    def test_one_of_a_newer_version_is_left_alone(self, bench):
        connection = sqlite3.connect(bench.store)
        connection.execute("update alembic_version set version_num = '9999_of_tomorrow'")
        connection.commit()
        connection.close()
        self.refused_untouched(bench, "newer version")

    @pytest.mark.parametrize("where", [0, 40, 4096, 20_000])
    def test_a_damaged_one_is_told_and_left_as_it_is(self, bench, where):
        body = bytearray(bench.store.read_bytes())
        body[where : where + 3000] = b"\xa5" * 3000
        bench.store.write_bytes(body)
        self.refused_untouched(bench, "store")

    def test_half_of_one(self, bench):
        body = bench.store.read_bytes()
        bench.store.write_bytes(body[: len(body) // 2])
        self.refused_untouched(bench, "store")

    def test_a_read_only_one(self, bench, monkeypatch):
        # no policy may name such an address; a disk that is mounted read-only gives the same error
        address = f"sqlite:///file:{bench.store}?mode=ro&uri=true"
        monkeypatch.setattr("auditor.app.run_plan.store_address", lambda policy: address)
        self.refused_untouched(bench, "readonly")

    def refused_untouched(self, bench, word):
        before = bench.store.read_bytes()
        ended = bench.call()
        assert ended.status == 4, ended.said
        assert word in ended.said
        assert "Traceback" not in ended.said
        assert "internal error" not in ended.said
        assert bench.store.read_bytes() == before
        assert bench.ledger.asked() == [], "nobody's page may be opened when nothing can be kept"


def portal(employee, _honest):
    """A proxy's own page for whatever was asked."""
    body = b"<html><head><title>Guest network</title></head><body><h1>Accept the terms</h1></body></html>"
    page = Artifact(ArtifactKind.MAIN, body, employee.profile_url, "text/html")
    return capture(employee, CaptureStatus.OK, http_status=200, artifacts=(page,))


@needs_linux
class TestSite:
    def ends_unsound_without_an_accusation(self, bench, weather):
        ended = bench.call(weather)
        assert ended.status == 3, ended.said
        content = bench.findings()
        assert content["run"]["health"]["verdict"] == "degraded"
        assert "cannot be trusted" in ended.said
        states = {result["state"] for person in content["employees"] for result in person["results"]}
        assert states <= {"unverified", "open", None}, "from such a run nothing new may follow"
        assert not bench.query(
            "select 1 from tracked t join runs r on r.id = t.run_id where t.state in ('resolved', 'new') "
            "and r.today >= '2026-11-22'"
        )
        return content

    def test_a_proxy_that_answers_everything_with_its_own_page(self, bench):
        content = self.ends_unsound_without_an_accusation(bench, Weather(always=portal))
        assert accused(content) == set()

    @pytest.mark.parametrize("body", [b"", b"\x00" * 5000, b"<html></html>", b'{"error": "no"}'])
    def test_a_proxy_that_answers_with_nothing_or_noise(self, bench, body):
        def noise(employee, _honest):
            page = Artifact(ArtifactKind.MAIN, body, employee.profile_url, "text/html")
            return capture(employee, CaptureStatus.OK, http_status=200, artifacts=(page,))

        assert accused(self.ends_unsound_without_an_accusation(bench, Weather(always=noise))) == set()

    @pytest.mark.parametrize("whose", ["leaver_linked", "banner_default_headline_other", "masked_linked"])
    @pytest.mark.parametrize("redirects", [False, True])
    def test_one_page_for_everybody(self, bench, world, whose, redirects):
        """Everybody but its owner is not judged by it."""
        owner = next(person for person in world.people if person.case.name == whose)
        address = f"http://127.0.0.1:9/in/{owner.slug}"

        def same(employee, _honest):
            _, main, more = world.pages._bodies[owner.slug]
            page = Artifact(ArtifactKind.MAIN, main, employee.profile_url, "text/html")
            got = capture(employee, CaptureStatus.OK, http_status=200, artifacts=(page, *more))
            return replace(got, final_url=address) if redirects else got

        content = self.ends_unsound_without_an_accusation(bench, Weather(always=same))
        assert {one for one, _, _ in accused(content)} <= {owner.number}
        wrong = {
            person["capture_status"]
            for person in content["employees"]
            if person["employee_id"] != owner.number
        }
        assert wrong <= {"wrong_page", "wrong_person", "no_url", None}

    def test_a_site_that_cannot_be_reached_at_all(self, bench):
        def down(employee, _honest):
            return capture(employee, CaptureStatus.NETWORK_ERROR, trouble="ERR_NAME_NOT_RESOLVED")

        content = self.ends_unsound_without_an_accusation(bench, Weather(always=down))
        assert accused(content) == set()
