"""What a right audit concludes about a person, from the lines of the tables that were drawn for them.

`pass` and `fail` are decidable from the evidence; `open` is not, so that anything but "could not be verified"
or a question to a person is wrong; `either` is right but may be left to a person; `nothing`: no rule asks.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from auditor.proof.careers import CLEAN, SHOWN, At, Career, Sighting
from auditor.proof.doors import Door, Places
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
    if not person.sight.headline:
        return Truth.OPEN
    said = Truth(person.wording.in_service)
    return Truth.OPEN if said is Truth.FAIL and in_another_script(person.headline) else said


def in_another_script(text: str) -> bool:
    """Whether letters of another script stand in it: they may name the company."""
    return any(letter.isalpha() and not _is_latin(letter) for letter in text)


def _is_latin(letter: str) -> bool:
    name = unicodedata.name(letter, "")
    return name.startswith(("LATIN", "MATHEMATICAL", "FEMININE", "MASCULINE"))


def seen_places(person: Person) -> Sighting:
    """What the visible part of the experience list tells."""
    career = person.career
    match person.sight.places:
        case Places.LINKED:
            # a vendor leaves out links, so that a missing one tells nothing
            seen = Sighting(career.named.link, career.linked.leaver)
            return seen if person.sight.door is Door.VENDOR and _unlinked(career) else career.linked
        case Places.NAMED:
            return career.named
        case Places.CARD:
            return career.card
        case Places.PART:
            # the first row is in the file: what goes on there counts, what is missing does not
            return career.linked if _first_at(career) is At.OURS else Sighting("open", "open")
    return Sighting("open", "open")


def _unlinked(career: Career) -> bool:
    ours = [part for part in career.parts if part.at is At.OURS and part.goes_on]
    return bool(ours) and not any(part.linked for part in ours)


def _first_at(career: Career) -> At | None:
    """Where the job of the top card is; None where it shows none."""
    return career.shown_first.at if career.shown_first else None


def _company(person: Person) -> Truth:
    first = _first_at(person.career)
    if person.sight.places is Places.STATED:
        # the statement holds the link of the first job that goes on, where it is ours
        linked = person.career.shown_first and person.career.shown_first.linked
        return Truth.PASS if first is At.OURS and linked else Truth.OPEN
    hidden = person.sight.door is Door.VISITOR and person.sight.places is Places.CARD
    named = person.wording.leaver != "none" or in_another_script(person.headline)
    if hidden and person.sight.headline and not named and first not in (At.OURS, At.FOUNDATION):
        return Truth.FAIL  # a visitor sees nothing at all of the company, which is what the finding says
    return Truth(seen_places(person).link)


def _leaver(person: Person) -> Truth:
    """One sign of still working here is enough; nobody is clear whose list was not seen."""
    places = seen_places(person)
    if places.leaver == SHOWN:
        return Truth.FAIL
    whole = person.sight.places in (Places.LINKED, Places.NAMED)
    if person.career.name == _FREELANCE and person.standing.worker != "Permanent" and whole:
        return Truth.FAIL  # the assignment ended, and the page says that it goes on
    if places.leaver == "open" and _is_to_be_looked_at(person):
        return Truth.OPEN
    if person.career.name == _NAMESAKE and places.leaver == CLEAN:
        return Truth.PASS  # the name in the headline is the other organisation's
    if person.sight.headline and person.wording.leaver == "present":
        return Truth.FAIL
    if banner_seen(person) and person.banner.leaver == "ours":
        return Truth.FAIL
    if places.leaver != CLEAN:
        return Truth.OPEN
    unclear = (person.sight.headline and person.wording.leaver == "open") or (
        banner_seen(person) and person.banner.leaver == "open"
    )
    return Truth.EITHER if unclear else Truth.PASS


_FREELANCE, _NAMESAKE = "freelance for us since", "a namesake's page"


def _is_to_be_looked_at(person: Person) -> bool:
    """Whether the list, or the top card, shows a tie that only a person can weigh, whatever else is there."""
    first = _first_at(person.career)
    if first is At.FOUNDATION:  # a headline or a banner of ours tells more than a name that is not quite ours
        return False
    if person.sight.places in (Places.LINKED, Places.NAMED):
        return True
    if person.sight.door is Door.SIGNED_IN:  # there the top card names the employer without its link
        return first in (At.OURS, At.SISTER, At.NAMESAKE)
    return person.sight.places is Places.CARD and first in (At.OURS, At.SISTER)
