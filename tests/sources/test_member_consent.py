"""What the source makes of LinkedIn's answers, its setting up, and what it never says."""

from __future__ import annotations

import logging
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

import auditor.extract.dma_snapshot as extractor
from auditor.demo.consent_site import BEYOND, SECRET, ConsentSite, Fault
from auditor.errors import SourceUnavailable
from auditor.model.capture import CaptureStatus
from auditor.model.consent import Token
from auditor.model.observed import Absent, Present, Unseen
from auditor.sources.member_consent import SOURCE, MemberConsentSettings, checked_address

from .invented import BAS, ODA, context
from .scenarios.member_consent import Desk, member, settings_for, token_of

NAMES = (ODA, BAS)


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setenv("INVENTED_APP_SECRET", SECRET)
    with ConsentSite(map(member, NAMES)) as running:
        yield running


@pytest.fixture
def desk(site):
    return Desk({one.employee_id: token_of(site, one) for one in NAMES})


def fetch(site, desk, person=ODA, **changes):
    there = replace(context(None), consents=desk, today=datetime.now(UTC).date())
    with SOURCE.open(replace(settings_for(site), **changes), there) as source:
        return source.fetch(person)


def test_all_pages_are_read_to_their_end_whatever_total_says(site, desk):
    past = ((f"Firm {n}", "Clerk", "2001", "2002") for n in range(6))
    rows = (*past, ("Vintergloed", "Now", "2020", ""))
    site.change(replace(member(ODA), positions=rows))
    profile = extractor.read(fetch(site, desk))
    assert isinstance(profile.positions, Present)
    assert [one.company_name for one in profile.positions.value] == [row[0] for row in rows]
    assert profile.headline == Present("Grid planner")
    assert isinstance(profile.banner, Present)


def test_an_empty_domain_is_unseen_and_an_empty_headline_absent(site, desk):
    site.change(replace(member(ODA), positions=(), headline="", banner=""))
    profile = extractor.read(fetch(site, desk))
    assert isinstance(profile.positions, Unseen)
    assert isinstance(profile.banner, Unseen)
    assert profile.headline == Absent()


def test_nothing_beyond_the_audited_fields_leaves_the_fetch(site, desk, caplog):
    caplog.set_level(logging.DEBUG)
    capture = fetch(site, desk)
    text = b"".join(one.body for one in capture.artifacts).decode()
    assert "Vintergloed" in text
    assert BEYOND not in text + caplog.text + repr(capture)
    token = desk.tokens["E-101"]
    assert token.access not in caplog.text + repr(capture) + repr(token)


@pytest.mark.parametrize(
    ("fault", "status", "http_status"),
    [
        (Fault.THROTTLED, CaptureStatus.RATE_LIMITED, 429),
        (Fault.BROKEN, CaptureStatus.NETWORK_ERROR, 500),
        (Fault.ENDLESS, CaptureStatus.UNREADABLE, None),
        (Fault.HUGE, CaptureStatus.UNREADABLE, None),
        (Fault.PROXY, CaptureStatus.UNREADABLE, 401),
        (Fault.NOT_READY, CaptureStatus.NOT_ATTEMPTED, None),
    ],
)
def test_a_wrong_answer_is_a_status_and_ends_no_consent(site, desk, fault, status, http_status):
    site.faults.add(fault)
    capture = fetch(site, desk)
    assert (capture.status, capture.http_status, capture.artifacts) == (status, http_status, ())
    assert capture.retry_after == (120 if fault is Fault.THROTTLED else None)
    assert desk.ended == []
    assert desk.kept == {}


def test_not_ready_is_waited_for_while_the_consent_is_new_only(site, desk):
    site.faults.add(Fault.NOT_READY)
    long_ago = replace(context(None), consents=desk, today=datetime(2026, 3, 4, tzinfo=UTC).date())
    soon = replace(long_ago, today=datetime(2026, 3, 3, tzinfo=UTC).date())
    for there, final in ((soon, False), (long_ago, True)):
        with SOURCE.open(settings_for(site), there) as source:
            assert source.fetch(ODA).final is final


def test_a_consent_that_ended_is_told_once_and_not_renewed(site, desk):
    site.end_consent("E-101")
    capture = fetch(site, desk)
    assert (capture.status, capture.final, desk.ended) == (CaptureStatus.NOT_ATTEMPTED, True, ["E-101"])
    assert fetch(site, desk, BAS).status is CaptureStatus.OK


def test_a_token_without_renewal_that_ran_out_is_not_sent(site, desk):
    desk.tokens["E-101"] = Token("AQX-old", datetime.now(UTC) + timedelta(minutes=4))
    before = site.requests
    assert fetch(site, desk).final
    assert (site.requests, desk.ended) == (before, ["E-101"])


def test_what_is_kept_of_this_period_is_not_asked_for_again(site, desk):
    fetch(site, desk)
    again = fetch(site, desk)
    assert (again.attempts, site.fetches) == (0, {"E-101": 1})


def test_nobody_is_listening(site, desk):
    capture = fetch(site, desk, api_address="http://127.0.0.1:9")
    assert capture.status is CaptureStatus.NETWORK_ERROR
    assert desk.ended == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"client_id": ""}, "not set up"),
        ({"page_address": ""}, "not set up"),
        ({"secret_env": "NO_SUCH_VARIABLE"}, "NO_SUCH_VARIABLE is not set"),
    ],
)
def test_what_is_not_set_up_is_said_before_anybody_is_asked_for(site, desk, changes, words):
    with pytest.raises(SourceUnavailable, match=words):
        fetch(site, desk, **changes)


def test_without_the_optional_packages_the_hint_says_what_to_install(site, desk, monkeypatch):
    monkeypatch.delitem(sys.modules, "auditor.sources._portability", raising=False)
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(SourceUnavailable, match="not installed") as refused:
        fetch(site, desk)
    assert "[member]" in refused.value.hint


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("", ""),
        ("https://profile.example.com/", "https://profile.example.com"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
    ],
)
def test_addresses_are_written_in_one_way(text, right):
    assert checked_address(text) == right


@pytest.mark.parametrize(
    "text",
    [
        "http://profile.example.com",
        "profile.example.com",
        "https://a@b.example",
        "https://b.example?x",
        "ftp://b",
    ],
)
def test_other_addresses_are_refused(text):
    with pytest.raises(ValueError, match="must be"):
        checked_address(text)


def test_the_defaults_are_linkedins_own_hosts():
    settings = MemberConsentSettings()
    assert settings.api_address == "https://api.linkedin.com"
    assert settings.sign_in_address == "https://www.linkedin.com"
