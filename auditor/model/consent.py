"""A member's consent to connect LinkedIn: its states with their days, and what is read under it; pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

#: LinkedIn lets a consent last no longer
LONGEST_DAYS = 365
#: people are reminded so many days before the end
REMINDER_DAYS = 30


class ConsentState(StrEnum):
    """Where a person's consent stands."""

    INVITED = "invited"
    CONSENTED = "consented"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


#: who said no is not asked again by a round of invitations
SAID_NO = frozenset({ConsentState.REFUSED, ConsentState.WITHDRAWN})


class Purpose(StrEnum):
    """What a personal link is for: the first invitation, or renewing a consent that ends."""

    INVITE = "invite"
    RENEW = "renew"


@dataclass(frozen=True, slots=True)
class Consent:
    """A person's line in the register. Each day is the latest of its kind; `ends_on` is the last day of the
    consent. `grant` is the id of the consent that stands or stood, empty where none was ever given."""

    employee_id: str
    state: ConsentState
    invited_on: date | None = None
    consented_on: date | None = None
    ends_on: date | None = None
    reminded_on: date | None = None
    refused_on: date | None = None
    withdrawn_on: date | None = None
    expired_on: date | None = None
    grant: str = ""

    def stands(self, today: date) -> bool:
        """Whether data may be fetched on a day."""
        return (
            self.state is ConsentState.CONSENTED
            and bool(self.grant)
            and self.ends_on is not None
            and today <= self.ends_on
        )

    def needs_reminder(self, today: date) -> bool:
        """Whether the consent ends within 30 days and the person was not told since it was given."""
        if not self.stands(today) or self.ends_on is None or self.consented_on is None:
            return False
        told = self.reminded_on is not None and self.reminded_on >= self.consented_on
        return not told and self.ends_on - timedelta(days=REMINDER_DAYS) <= today

    def last_day(self) -> date | None:
        """The latest day on the line, from which its retention counts; None where it has none."""
        days = (
            *(self.invited_on, self.consented_on, self.ends_on, self.reminded_on),
            *(self.refused_on, self.withdrawn_on, self.expired_on),
        )
        return max((day for day in days if day), default=None)


def invite(before: Consent | None, employee_id: str, day: date) -> Consent:
    """The line after an invitation; a consent that stands goes on standing."""
    known = before or Consent(employee_id, ConsentState.INVITED)
    state = known.state if known.stands(day) else ConsentState.INVITED
    return replace(known, state=state, invited_on=day)


def consent(before: Consent | None, employee_id: str, day: date, ends_on: date, grant: str) -> Consent:
    """The line after a consent was given or renewed."""
    known = before or Consent(employee_id, ConsentState.CONSENTED)
    return replace(known, state=ConsentState.CONSENTED, consented_on=day, ends_on=ends_on, grant=grant)


def refuse(before: Consent | None, employee_id: str, day: date) -> Consent:
    """The line after the person said no on LinkedIn's page; it ends no earlier consent that stands."""
    known = before or Consent(employee_id, ConsentState.REFUSED)
    state = known.state if known.stands(day) else ConsentState.REFUSED
    return replace(known, state=state, refused_on=day)


def withdraw(before: Consent, day: date) -> Consent:
    """The line after the person took the consent back."""
    return replace(before, state=ConsentState.WITHDRAWN, withdrawn_on=day, grant="")


def expire(before: Consent, day: date) -> Consent:
    """The line after the consent ended by itself, or LinkedIn said that it stands no more."""
    return replace(before, state=ConsentState.EXPIRED, expired_on=day, grant="")


@dataclass(frozen=True, slots=True)
class Token:
    """What lets us read one member's data. Moments are aware (UTC); `refresh` is empty where LinkedIn gives
    none. Its secrets never appear in its text form."""

    access: str = field(repr=False)
    ends_at: datetime
    refresh: str = field(default="", repr=False)
    refresh_ends_at: datetime | None = None

    def consent_ends_on(self, now: datetime) -> date:
        """The last day on which it can still be used or renewed, at most a year ahead."""
        end = max(self.ends_at, self.refresh_ends_at or self.ends_at) if self.refresh else self.ends_at
        return min(now + timedelta(days=LONGEST_DAYS), end).date()


@dataclass(frozen=True, slots=True)
class Grant:
    """A standing consent as a source may use it."""

    id: str
    token: Token
    consented_on: date


@dataclass(frozen=True, slots=True)
class FetchedPages:
    """The pages of one member's snapshot, trimmed to the audited fields, and when they were fetched (UTC)."""

    pages: tuple[bytes, ...]
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """A personal link. Moments are aware (UTC); the store keeps only a hash of its secret."""

    id: str
    employee_id: str
    purpose: Purpose
    issued_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    opened_at: datetime | None = None
    opened: int = 0
