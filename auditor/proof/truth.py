"""What a right audit concludes about a person, from the lines of the tables that were drawn for them.

`pass` and `fail` are decidable from the evidence; `open` is not, so that anything but "could not be verified"
or a question to a person is wrong; `either` is right but may be left to a person; `nothing`: no rule asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from auditor.proof.careers import CLEAN, SHOWN, Sighting
from auditor.proof.doors import Places
from auditor.proof.people import IN_SERVICE, LEFT, NOBODY, Person

BANNER, HEADLINE, COMPANY, LEAVER, IDENTITY = "BNR001", "HDL001", "CMP001", "LVR001", "PRF001"
RULES = (BANNER, HEADLINE, COMPANY, LEAVER, IDENTITY)


class Truth(StrEnum):
    """What is right."""

    PASS = "pass"
    FAIL = "fail"
    OPEN = "open"
    EITHER = "either"
    NOTHING = "nothing"


def truth_of(person: Person) -> Mapping[str, Truth]:
    """What is right for each rule."""
    if person.asked == NOBODY:
        return dict.fromkeys(RULES, Truth.NOTHING)
    in_service = person.asked == IN_SERVICE
    found = dict.fromkeys(RULES, Truth.OPEN)
    for rule in (LEAVER,) if in_service else (BANNER, HEADLINE, COMPANY):
        found[rule] = Truth.NOTHING
    if not person.sight.readable:
        return found
    if not person.sight.name:
        found[IDENTITY] = Truth.NOTHING
    elif not person.form.same:
        return found
    else:
        found[IDENTITY] = Truth.PASS
    if in_service:
        found |= {BANNER: _banner(person), HEADLINE: _headline(person), COMPANY: _company(person)}
    elif person.asked == LEFT:
        found[LEAVER] = _leaver(person)
    return found


def _banner(person: Person) -> Truth:
    return Truth(person.banner.in_service) if banner_seen(person) else Truth.OPEN


def banner_seen(person: Person) -> bool:
    """Whether the evidence shows what the banner is; LinkedIn's default one is told by its address."""
    default = person.banner.name == "LinkedIn's default"
    shows = person.sight.banner
    return shows == "picture" or shows == ("default" if default else "picture only")


def _headline(person: Person) -> Truth:
    return Truth(person.wording.in_service) if person.sight.headline else Truth.OPEN


def seen_places(person: Person) -> Sighting:
    """What the visible part of the experience list tells."""
    career = person.career
    match person.sight.places:
        case Places.LINKED:
            return career.linked
        case Places.NAMED:
            return career.named
        case Places.CARD:
            return career.card
        case Places.PART:
            # the first row is in the file: what goes on there counts, what is missing does not
            return career.card if career.card.link == "pass" else Sighting("open", "open")
    return Sighting("open", "open")


def _company(person: Person) -> Truth:
    if person.sight.places is Places.STATED:
        return _stated(person)
    return Truth(seen_places(person).link)


def _stated(person: Person) -> Truth:
    """The statement holds the link of the first job that goes on: ours, another one's, or none."""
    first = person.career.shown_first
    if first is None or not first.linked:
        return Truth.OPEN
    return Truth.PASS if first.at == "ours" else Truth.OPEN


def _leaver(person: Person) -> Truth:
    """One sign of still working here is enough; nobody is clear whose list was not seen."""
    places = seen_places(person)
    if places.leaver == SHOWN:
        return Truth.FAIL
    if person.sight.places in (Places.LINKED, Places.NAMED) and places.leaver == "open":
        return Truth.OPEN
    if person.sight.headline and person.wording.leaver == "present":
        return Truth.FAIL
    if banner_seen(person) and person.banner.leaver == "ours":
        return Truth.FAIL
    return Truth.PASS if places.leaver == CLEAN else Truth.OPEN
