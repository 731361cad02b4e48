"""Personal links and visits to LinkedIn's page on each kind of store."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from auditor.model.consent import Purpose
from auditor.store import tables
from auditor.store.invitations import Invitations, Throttle

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
LATER = NOW + timedelta(days=90)


@pytest.fixture
def invitations(engine):
    return Invitations(engine)


def test_only_the_secret_of_the_link_opens_it_and_the_store_does_not_hold_it(invitations, engine):
    mine, theirs = invitations.issue(["E-1", "E-2"], Purpose.INVITE, NOW, LATER)
    assert invitations.find(mine.invitation.id, mine.secret) == mine.invitation
    assert invitations.find(mine.invitation.id, theirs.secret) is None
    assert invitations.find("no such id", mine.secret) is None
    with engine.connect() as connection:
        rows = connection.execute(sa.select(tables.consent_invitations)).all()
    assert mine.secret not in str(rows)


def test_a_new_link_and_a_revocation_stop_the_earlier_one(invitations):
    (first,) = invitations.issue(["E-1"], Purpose.INVITE, NOW, LATER)
    (second,) = invitations.issue(["E-1"], Purpose.RENEW, NOW + timedelta(days=1), LATER)
    assert invitations.find(first.invitation.id, first.secret).revoked_at == NOW + timedelta(days=1)
    assert invitations.find(second.invitation.id, second.secret).revoked_at is None
    assert invitations.revoke("E-1", NOW + timedelta(days=2)) == 1
    assert invitations.revoke("E-1", NOW + timedelta(days=2)) == 0


def test_openings_are_counted_from_the_first(invitations):
    (one,) = invitations.issue(["E-1"], Purpose.INVITE, NOW, LATER)
    invitations.note_opening(one.invitation.id, NOW)
    invitations.note_opening(one.invitation.id, NOW + timedelta(days=1))
    (known,) = invitations.of("E-1")
    assert (known.opened, known.opened_at) == (2, NOW)


def test_a_visit_to_linkedin_comes_back_once_and_the_latest_only(invitations):
    (one,) = invitations.issue(["E-1"], Purpose.INVITE, NOW, LATER)
    first = invitations.begin_request(one.invitation, NOW)
    second = invitations.begin_request(one.invitation, NOW)
    assert invitations.take_request(first.id) is None
    assert invitations.take_request(second.id) == second
    assert invitations.take_request(second.id) is None


def test_attempts_are_counted_for_each_and_forgotten_after_a_while(engine):
    throttle = Throttle(engine, b"k" * 32)
    tries = [throttle.allows("192.0.2.7", 3, 60, NOW + timedelta(seconds=n)) for n in range(5)]
    assert tries == [True, True, True, False, False]
    assert throttle.allows("192.0.2.8", 3, 60, NOW)
    assert throttle.allows("192.0.2.7", 3, 60, NOW + timedelta(seconds=61))
    assert throttle.allows("192.0.2.7", 3, 60, NOW), "a clock that was set back locks nobody out"
    with engine.connect() as connection:
        assert "192.0.2" not in str(connection.execute(sa.select(tables.throttles)).all())
