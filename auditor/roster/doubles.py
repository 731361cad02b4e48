"""Finds people who have ended under one number and may be in service under another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from auditor.model.address import profile_slug
from auditor.model.employee import GONE, RosterState
from auditor.model.roster import RosterPerson
from auditor.roster.names import match_words
from auditor.roster.states import StateOfPerson
from auditor.roster.words import compact

#: who is in service so, or may be
_HERE = frozenset(
    {
        RosterState.ACTIVE,
        RosterState.LONG_LEAVE,
        RosterState.LEAVING_SOON,
        RosterState.CONTRACTOR_ACTIVE,
        RosterState.CONFLICT,
    }
)
#: so long two people who follow each other may both be in service
_HANDOVER = timedelta(days=31)
#: an e-mail that more people have is no person's
_MOST_HOLDERS = 2


def seen_in_service(people: Sequence[RosterPerson], states: Mapping[str, StateOfPerson]) -> dict[str, str]:
    """Each person who has ended while another one in service may be the same, with the other's key.

    The same is somebody with the same name, or with the same e-mail and a part of the name.
    """
    gone: dict[str, list[RosterPerson]] = defaultdict(list)
    for person in people:
        if states[person.key].state in GONE:
            for mark in _marks(person):
                gone[mark].append(person)
    holders = Counter(person.mail_hash for person in people)
    found: dict[str, str] = {}
    for other in people:
        if states[other.key].state not in _HERE:
            continue
        for mark in _marks(other):
            if holders[mark] > _MOST_HOLDERS:
                continue
            for person in gone.get(mark, ()):
                alike = mark != person.mail_hash or _share_a_word(person, other)
                if alike and not _certainly_two(person, other, states[person.key].last_day):
                    found.setdefault(person.key, other.key)
    return found


def _marks(person: RosterPerson) -> Iterator[str]:
    """What another person's row may have too: the whole name in any order or as one word, the e-mail."""
    words = match_words(person.name)
    if len(words) > 1:
        yield " ".join(sorted(words))
        yield compact(person.name.display)
    if person.mail_hash:
        yield person.mail_hash


def _share_a_word(one: RosterPerson, other: RosterPerson) -> bool:
    return any(len(word) > 1 for word in match_words(one.name) & match_words(other.name))


def _certainly_two(gone: RosterPerson, here: RosterPerson, last_day: date | None) -> bool:
    """True where each has a profile of their own, or each had an e-mail while both were in service."""
    slugs = [profile_slug(one.profile_url) if one.profile_url else None for one in (gone, here)]
    if all(slugs):
        return slugs[0] != slugs[1]
    if not gone.mail_hash or not here.mail_hash or gone.mail_hash == here.mail_hash or last_day is None:
        return False
    starts = [one.start for one in here.contracts if one.start is not None]
    return bool(starts) and min(starts) < last_day - _HANDOVER
