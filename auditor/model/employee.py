"""A person of the roster, as the audit of one day sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RosterState(StrEnum):
    """What the roster says of a person on the day of the audit (see docs/roster.md)."""

    EXCLUDED = "excluded"
    CONFLICT = "conflict"
    VANISHED = "vanished"
    FUTURE_STARTER = "future_starter"
    LONG_LEAVE = "long_leave"
    LEAVING_SOON = "leaving_soon"
    ACTIVE = "active"
    CONTRACTOR_ACTIVE = "contractor_active"
    CONTRACTOR_ENDED = "contractor_ended"
    LEAVER_GRACE = "leaver_grace"
    LEAVER_OVERDUE = "leaver_overdue"
    RELATED = "related"
    NOT_IN_ROSTER = "not_in_roster"


#: States whose profile is never opened.
NEVER_OPENED = frozenset(
    {
        RosterState.EXCLUDED,
        RosterState.CONFLICT,
        RosterState.VANISHED,
        RosterState.LONG_LEAVE,
        RosterState.LEAVING_SOON,
        RosterState.RELATED,
    }
)
#: States of people who are out of service and whose link with the company is watched.
GONE = frozenset({RosterState.LEAVER_GRACE, RosterState.LEAVER_OVERDUE, RosterState.CONTRACTOR_ENDED})


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as typed in the roster, in parts where the roster has parts (empty = not given).

    `others` holds further full names that also fit: birth name, partner name, both orders.
    """

    display: str
    first: str = ""
    prefix: str = ""
    last: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Employee:
    """A person to audit. `profile_url` is the canonical address, or None.

    `address_note` says why there is no address: `empty`, `no_profile`, `not_a_profile`,
    `other_site`, `ambiguous`, `shared` ... (the kinds of `model.address` and of the roster).
    `last_day` is the last day worked; None while a contract is open.
    """

    employee_id: str
    full_name: str
    roster_state: RosterState
    profile_url: str | None = None
    title: str = ""
    entity: str = ""
    manager: str = ""
    language: str = ""
    last_day: date | None = None
    roster_row: int = 0
    name: PersonName | None = None
    address_note: str = ""
    tier: str = ""
    start_day: date | None = None
    #: the last day of grace after the last day worked, for those who are gone
    grace_until: date | None = None
    #: names, as a page shows them, of which HR said that they are this person's at this address
    confirmed_names: tuple[str, ...] = ()
    #: why the roster does not settle the state: the code of the intake table (P08, P09, P10 ...)
    state_code: str = ""
    #: the roster's own status word, kept only where it is unknown or ambiguous or stands against the dates,
    #: so that HR can settle it; empty where it may tell of the person's health, "(empty)" for an empty cell
    state_word: str = ""


def number_meant(typed: str, known: Iterable[str]) -> str | None:
    """Which of the known employee numbers is meant: the very same, else the only one that differs in zeros in
    front, as spreadsheets drop them; None where that is nobody, or several."""
    numbers = list(known)
    wanted = typed.strip()
    if wanted in numbers:
        return wanted
    bare = wanted.lstrip("0")
    same = {one for one in numbers if bare and one.lstrip("0") == bare}
    return same.pop() if len(same) == 1 else None
