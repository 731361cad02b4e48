"""The doors: the kinds of evidence, the conditions in which they come, and what can be seen through each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Door(StrEnum):
    """A kind of evidence."""

    VISITOR = "saved page, signed out"
    SIGNED_IN = "saved page, signed in"
    EXPORT = "member's export"
    SNAPSHOT = "portability snapshot"
    CONSENT = "member's consent"
    VENDOR = "vendor's file"
    ATTESTATION = "attestation"
    #: pages of the replica site in a real browser
    BROWSER = "page in a browser"


class Places(StrEnum):
    """How much of the experience list can be seen."""

    LINKED = "linked"
    #: with names, without the pages they lead to
    NAMED = "named"
    #: only the employer of the top card
    CARD = "card"
    #: only a part: what is there counts, what is missing proves nothing
    PART = "part"
    #: one link, as stated
    STATED = "stated"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Sight:
    """A line of the table: a condition of a door and what it lets see. `weight`: how often it comes up."""

    door: Door
    condition: str
    readable: bool
    name: bool
    headline: bool
    #: `picture`, `picture only` (not whether it is LinkedIn's default), `default` (only whether it is),
    #: `nothing`
    banner: str
    places: Places
    weight: int


_ALL = (True, True, True, "picture")
_OWN_DATA = (True, True, True, "nothing")
_NOTHING = (False, False, False, "nothing", Places.NOTHING)
#: the table: the evidence -> readable, name, headline, banner, experience
SIGHTS: tuple[Sight, ...] = (
    Sight(Door.VISITOR, "full", *_ALL, Places.LINKED, 62),
    Sight(Door.VISITOR, "masked", True, True, False, "picture", Places.CARD, 20),
    Sight(Door.VISITOR, "masked, no employer", True, True, False, "picture", Places.NOTHING, 4),
    Sight(Door.VISITOR, "experience hidden", *_ALL, Places.CARD, 3),
    Sight(Door.VISITOR, "half loaded", *_ALL, Places.CARD, 3),
    Sight(Door.VISITOR, "banner's folder lost", True, True, True, "default", Places.LINKED, 2),
    Sight(Door.VISITOR, "wall saved by mistake", *_NOTHING, 2),
    Sight(Door.VISITOR, "not found", *_NOTHING, 2),
    Sight(Door.VISITOR, "stale", *_NOTHING, 2),
    Sight(Door.VISITOR, "saved signed in", *_NOTHING, 1),
    Sight(Door.VISITOR, "no file", *_NOTHING, 1),
    Sight(Door.SIGNED_IN, "2024 and 2025", *_ALL, Places.LINKED, 40),
    Sight(Door.SIGNED_IN, "2026", True, True, True, "picture only", Places.LINKED, 40),
    Sight(Door.SIGNED_IN, "2018", True, True, True, "nothing", Places.LINKED, 8),
    Sight(Door.SIGNED_IN, "list cut", *_ALL, Places.PART, 5),
    Sight(Door.SIGNED_IN, "list not loaded", *_ALL, Places.NOTHING, 4),
    Sight(Door.SIGNED_IN, "stale", *_NOTHING, 2),
    Sight(Door.SIGNED_IN, "no file", *_NOTHING, 1),
    Sight(Door.EXPORT, "whole", *_OWN_DATA, Places.NAMED, 90),
    Sight(Door.EXPORT, "without positions", *_OWN_DATA, Places.NOTHING, 4),
    Sight(Door.EXPORT, "stale", *_NOTHING, 3),
    Sight(Door.EXPORT, "damaged archive", *_NOTHING, 3),
    Sight(Door.SNAPSHOT, "whole", *_OWN_DATA, Places.NAMED, 90),
    Sight(Door.SNAPSHOT, "a page missing", *_OWN_DATA, Places.NOTHING, 6),
    Sight(Door.SNAPSHOT, "no file", *_NOTHING, 4),
    Sight(Door.CONSENT, "given", *_OWN_DATA, Places.NAMED, 90),
    Sight(Door.CONSENT, "ended", *_NOTHING, 5),
    Sight(Door.CONSENT, "never given", *_NOTHING, 5),
    Sight(Door.VENDOR, "bright_data", True, True, True, "default", Places.LINKED, 50),
    Sight(Door.VENDOR, "proxycurl", True, True, True, "default", Places.LINKED, 25),
    Sight(Door.VENDOR, "coresignal", True, True, True, "default", Places.LINKED, 15),
    Sight(Door.VENDOR, "stale", *_NOTHING, 3),
    Sight(Door.VENDOR, "nothing found", *_NOTHING, 3),
    Sight(Door.VENDOR, "marked as deleted", *_NOTHING, 2),
    Sight(Door.VENDOR, "date that reads two ways", *_NOTHING, 2),
    Sight(Door.ATTESTATION, "answered", True, False, True, "picture only", Places.STATED, 88),
    Sight(Door.ATTESTATION, "headline only", True, False, True, "nothing", Places.NOTHING, 6),
    Sight(Door.ATTESTATION, "stale", *_NOTHING, 3),
    Sight(Door.ATTESTATION, "not answered", *_NOTHING, 3),
)  # fmt: skip
#: which share of the people comes through which door
SHARES: dict[Door, int] = {
    Door.VISITOR: 34,
    Door.SIGNED_IN: 22,
    Door.EXPORT: 9,
    Door.SNAPSHOT: 7,
    Door.CONSENT: 5,
    Door.VENDOR: 15,
    Door.ATTESTATION: 8,
}
