"""What the invented people do about the request for consent, and what they have on LinkedIn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from auditor.demo.addresses import banner_address
from auditor.demo.cases import Banner
from auditor.demo.consent_site import Member
from auditor.demo.people import Person

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Reaction(StrEnum):
    """What a person does with the link."""

    CONSENTS = "consents"
    REFUSES = "refuses"
    WITHDRAWS = "withdraws"
    #: the consent ends at LinkedIn before the audit
    ENDS = "ends"
    SILENT = "silent"


_TEN = (*[Reaction.CONSENTS] * 6, Reaction.REFUSES, Reaction.WITHDRAWS, Reaction.ENDS, Reaction.SILENT)


def reaction_of(person: Person) -> Reaction:
    """Six of ten consent; the others do one of the other things each."""
    return _TEN[person.index % len(_TEN)]


def members_of(people: Iterable[Person]) -> list[Member]:
    """The people as members of the replica, under their employee numbers."""
    return [_member(person) for person in people]


def _member(person: Person) -> Member:
    positions = tuple(
        (job.employer.name, role.title, _month(role.started), _month(role.ended))
        for job in person.jobs
        for role in job.roles
    )
    chosen = person.case.banner is not Banner.DEFAULT
    banner = f"https://media.licdn.com{banner_address(person)}" if chosen else ""
    consents = reaction_of(person) is not Reaction.REFUSES
    return Member(
        person.number, person.first, person.last, person.headline or "", positions, banner, consents
    )


def _month(day: date | None) -> str:
    return f"{_MONTHS[day.month - 1]} {day.year}" if day else ""
