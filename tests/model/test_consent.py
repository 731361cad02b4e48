"""The line of the consent register: what stands, what ends, who is reminded and when."""

from datetime import UTC, date, datetime, timedelta

from auditor.model import consent as lines
from auditor.model.consent import ConsentState, Token

GIVEN = date(2026, 1, 10)
ENDS = date(2027, 1, 10)
LINE = lines.consent(None, "E-1", GIVEN, ENDS, "g1")
NOW = datetime(2026, 1, 10, 9, tzinfo=UTC)


def test_a_consent_stands_to_its_last_day_and_no_longer():
    assert LINE.stands(ENDS)
    assert not LINE.stands(ENDS + timedelta(days=1))
    assert not lines.withdraw(LINE, date(2026, 2, 1)).stands(date(2026, 2, 1))
    assert not lines.expire(LINE, date(2026, 2, 1)).stands(date(2026, 2, 1))


def test_the_reminder_is_due_thirty_days_before_the_end_and_once_a_consent():
    assert not LINE.needs_reminder(date(2026, 12, 10))
    assert LINE.needs_reminder(date(2026, 12, 11))
    told = lines.replace(LINE, reminded_on=date(2026, 12, 11))
    assert not told.needs_reminder(date(2026, 12, 20))
    renewed = lines.consent(told, "E-1", date(2026, 12, 21), date(2027, 12, 21), "g2")
    assert renewed.needs_reminder(date(2027, 11, 21))


def test_an_invitation_or_a_no_ends_no_consent_that_stands():
    assert lines.invite(LINE, "E-1", date(2026, 5, 1)).state is ConsentState.CONSENTED
    assert lines.refuse(LINE, "E-1", date(2026, 5, 1)).state is ConsentState.CONSENTED
    assert lines.refuse(None, "E-1", GIVEN).state is ConsentState.REFUSED
    again = lines.invite(lines.withdraw(LINE, GIVEN), "E-1", date(2026, 5, 1))
    assert (again.state, again.withdrawn_on) == (ConsentState.INVITED, GIVEN)


def test_a_consent_ends_with_what_can_still_renew_it_and_within_a_year():
    short = Token("a", NOW + timedelta(days=60))
    assert short.consent_ends_on(NOW) == date(2026, 3, 11)
    year = Token("a", NOW + timedelta(days=60), "r", NOW + timedelta(days=400))
    assert year.consent_ends_on(NOW) == date(2027, 1, 10)


def test_a_token_never_shows_its_secrets():
    assert "s3cret" not in repr(Token("s3cret", NOW, "s3cret-too", NOW))
