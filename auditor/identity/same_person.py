"""Whether the name on a page is the roster's person: the same, somebody else, or for a person to say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from auditor.headline.normalise import fold
from auditor.identity.given_names import (
    Likeness,
    equal_words,
    flat,
    given_names,
    is_given_name,
    near_words,
    spelling_key,
)
from auditor.identity.name_reading import (
    Reading,
    Unit,
    generation,
    is_nobody,
    is_of_another_script,
    is_prefix,
    parts_reading,
    plain_words,
    readings,
    words_of,
)
from auditor.model.employee import PersonName


class Identity(StrEnum):
    """How a page's name stands to the roster's, from the most to the least sure of the person."""

    SAME = "same"
    #: nobody is judged on such a page until a person has said whose it is
    UNSURE = "unsure"
    DIFFERS = "differs"
    #: no name is shown: only the address ties the page to the person
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class IdentityVerdict:
    """The answer with the code of its reason."""

    answer: Identity
    code: str


SAME_NAME = IdentityVerdict(Identity.SAME, "SAME_NAME")
#: the family name is cut to its initial, or the given name is one
SAME_INITIAL = IdentityVerdict(Identity.SAME, "SAME_INITIAL")
GIVEN_UNSURE = IdentityVerdict(Identity.UNSURE, "GIVEN_UNSURE")
FAMILY_UNSURE = IdentityVerdict(Identity.UNSURE, "FAMILY_UNSURE")
#: the given name fits and the family name does not: a marriage, or somebody else
FAMILY_DIFFERS = IdentityVerdict(Identity.UNSURE, "FAMILY_DIFFERS")
PART_MISSING = IdentityVerdict(Identity.UNSURE, "PART_MISSING")
#: Jr., Sr., III that differ, or that stand on one side only: perhaps the parent, perhaps the child
GENERATION_UNSURE = IdentityVerdict(Identity.UNSURE, "GENERATION_UNSURE")
OTHER_SCRIPT = IdentityVerdict(Identity.UNSURE, "OTHER_SCRIPT")
ORDER_UNSURE = IdentityVerdict(Identity.UNSURE, "ORDER_UNSURE")
GIVEN_DIFFERS = IdentityVerdict(Identity.DIFFERS, "GIVEN_DIFFERS")
NAME_DIFFERS = IdentityVerdict(Identity.DIFFERS, "NAME_DIFFERS")
NO_NAME = IdentityVerdict(Identity.UNSEEN, "NO_NAME")
_ORDER = (
    SAME_NAME,
    SAME_INITIAL,
    GIVEN_UNSURE,
    FAMILY_UNSURE,
    FAMILY_DIFFERS,
    ORDER_UNSURE,
    PART_MISSING,
    GIVEN_DIFFERS,
    NAME_DIFFERS,
)


def judge_identity(roster_name: PersonName, page_name: str) -> IdentityVerdict:
    """Compare all the roster's names of a person with the one a page shows, in every order."""
    if is_nobody(page_name):
        return NO_NAME
    if generation(roster_name.display) != generation(page_name):
        return GENERATION_UNSURE
    if set(plain_words(roster_name.display)) == set(plain_words(page_name)):
        return SAME_NAME if _one_order(roster_name, page_name) else ORDER_UNSURE
    if is_of_another_script(page_name) or is_of_another_script(roster_name.display):
        return OTHER_SCRIPT
    shown = readings(page_name)
    verdicts = [_compare(ours, theirs) for ours in _roster_readings(roster_name) for theirs in shown]
    return min(verdicts, key=_ORDER.index, default=PART_MISSING)


def same_person(roster_name: PersonName, page_name: str) -> Identity:
    """The answer alone."""
    return judge_identity(roster_name, page_name).answer


def name_key(page_name: str) -> str:
    """A shown name as it is remembered: equal for what differs in case, accents and signs only."""
    return " ".join(plain_words(page_name))


def _one_order(roster_name: PersonName, page_name: str) -> bool:
    """False where turning the name makes another one of it: Pieter Simon, Simon Pieter."""
    in_order = " ".join((roster_name.first, roster_name.prefix, roster_name.last))
    ours = plain_words(in_order if "," in roster_name.display else roster_name.display)
    if ours == plain_words(page_name) or "," in page_name or not roster_name.last:
        return True
    reading = parts_reading(roster_name.first, roster_name.last)
    return not _may_be_turned(reading)


def _may_be_turned(reading: Reading) -> bool:
    """Whether given and family name could change places: both are given names."""
    mains = [unit.main for unit in reading.family]
    return len(mains) == 1 and all(is_given_name(word) for word in (*flat(reading.given), *mains))


def _roster_readings(name: PersonName) -> list[Reading]:
    found: list[Reading] = []
    family = " ".join(part for part in (name.prefix, name.last) if part)
    in_parts = bool(name.first and name.last)
    if in_parts:
        found.append(parts_reading(name.first, family))
    known = set(plain_words(f"{name.first} {family}")) if in_parts else set()
    if not known.issuperset(plain_words(name.display)) or not in_parts:
        found.extend(_straight(name.display))
    for text in name.others:
        words = words_of(text)
        mains = [word for word in words if not is_prefix(word.key)]
        if len(mains) == 1 and in_parts:  # a birth or partner name alone
            found.append(parts_reading(name.first, text))
        else:
            found.extend(_straight(text))
    return list(dict.fromkeys(found))


def _straight(text: str) -> Iterator[Reading]:
    """Every cut of a full name; the page's name is turned, so the roster's need not be."""
    return (reading for reading in readings(text) if not reading.turned)


def _compare(ours: Reading, theirs: Reading) -> IdentityVerdict:
    if _given_in_family(ours.family, theirs.family) or _given_in_family(theirs.family, ours.family):
        return NAME_DIFFERS
    given = given_names(ours.given, theirs.given) if ours.given and theirs.given else None
    family = _families(ours.family, theirs.family) if ours.family and theirs.family else None
    verdict = _weigh(given, family, ours, theirs)
    if verdict is SAME_NAME and _family_in_given(ours, theirs):
        verdict = FAMILY_UNSURE
    if not theirs.turned:
        return verdict
    if verdict in (SAME_NAME, SAME_INITIAL):
        return ORDER_UNSURE if _may_be_turned(ours) else verdict
    return verdict if given and family and verdict.answer is Identity.UNSURE else NAME_DIFFERS


def _given_in_family(some: tuple[Unit, ...], others: tuple[Unit, ...]) -> bool:
    """Whether a cut took a second given name for a family name: `Pieter Bakker` in Jan Pieter Bakker."""
    if len(some) < 2 or some[0].prefixes or not is_given_name(some[0].main):
        return False
    return all(_unit(some[0], other) < Likeness.INITIAL for other in others)


def _family_in_given(ours: Reading, theirs: Reading) -> bool:
    """Whether a cut took a family name for a second given name, while the roster's has another in its place:
    `Ana Ruiz García` beside Ana López García."""
    if all(max(_unit(one, other) for other in theirs.family) >= Likeness.INITIAL for one in ours.family):
        return False
    return any(len(word) > 1 and not is_given_name(word) for word in flat(theirs.given)[1:])


def _weigh(
    given: Likeness | None, family: Likeness | None, ours: Reading, theirs: Reading
) -> IdentityVerdict:
    if given is None or family is None:
        return _one_part(given, family, ours, theirs)
    if given is Likeness.INITIAL and family is Likeness.SAME and len(ours.family) != len(theirs.family):
        return GIVEN_UNSURE  # an initial and a further family name are two guesses
    if family is Likeness.SAME:
        return {
            Likeness.SAME: SAME_NAME,
            Likeness.INITIAL: SAME_INITIAL,
            Likeness.UNSURE: GIVEN_UNSURE,
            Likeness.OTHER: GIVEN_DIFFERS,
        }[given]
    if given is Likeness.SAME:
        if family is Likeness.INITIAL:  # what a page for visitors shows of a name
            return SAME_INITIAL if _in_full(ours, theirs) else FAMILY_UNSURE
        return FAMILY_UNSURE if family is Likeness.UNSURE else FAMILY_DIFFERS
    if given is Likeness.OTHER or family is Likeness.OTHER:
        return NAME_DIFFERS
    return FAMILY_UNSURE


def _one_part(
    given: Likeness | None, family: Likeness | None, ours: Reading, theirs: Reading
) -> IdentityVerdict:
    """Only one part of the name is shown or known."""
    found = given if given is not None else family
    if found is None:  # a given name alone beside a family name alone
        words = (*flat(ours.given), *(unit.main for unit in ours.family))
        other = (*flat(theirs.given), *(unit.main for unit in theirs.family))
        found = Likeness.UNSURE if any(equal_words(a, b) for a in words for b in other) else Likeness.OTHER
    return NAME_DIFFERS if found is Likeness.OTHER else PART_MISSING


def _in_full(ours: Reading, theirs: Reading) -> bool:
    """Whether the given names are the same word, not only a form of it."""
    keys = set(map(spelling_key, flat(ours.given)))
    return any(spelling_key(word) in keys and len(word) > 1 for word in flat(theirs.given))


def _families(ours: tuple[Unit, ...], theirs: tuple[Unit, ...]) -> Likeness:
    """All family names of one side beside all of the other; of two names one is enough."""
    if equal_words("".join(unit.joined for unit in ours), "".join(unit.joined for unit in theirs)):
        return Likeness.SAME
    ours_best = [max(_unit(one, other) for other in theirs) for one in ours]
    theirs_best = [max(_unit(one, other) for one in ours) for other in theirs]
    if Likeness.SAME in theirs_best:
        whole = min(theirs_best) >= Likeness.INITIAL or min(ours_best) >= Likeness.INITIAL
        return Likeness.SAME if whole else Likeness.UNSURE
    if min(theirs_best) is Likeness.INITIAL:
        return Likeness.INITIAL
    return min(max(theirs_best), Likeness.UNSURE)


def _unit(one: Unit, other: Unit) -> Likeness:
    if len(one.main) == 1 or len(other.main) == 1:
        letters = {fold(one.main)[:1], fold(one.joined)[:1]} & {fold(other.main)[:1], fold(other.joined)[:1]}
        return Likeness.INITIAL if letters else Likeness.OTHER
    if equal_words(one.joined, other.joined):
        return Likeness.SAME
    if equal_words(one.main, other.main):
        return Likeness.SAME if _prefixes_agree(one.prefixes, other.prefixes) else Likeness.UNSURE
    if (
        _behind_prefix(one.joined, other.joined)
        or spelling_key(one.joined) == spelling_key(other.joined)
        or near_words(one.main, other.main)
    ):
        return Likeness.UNSURE
    return Likeness.OTHER


def _prefixes_agree(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    if "".join(ours) == "".join(theirs):
        return True
    return len(ours) == len(theirs) and all(
        one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])
        for one, other in zip(ours, theirs, strict=True)
    )


_SHORTEST_FAMILY = 4


def _behind_prefix(one: str, other: str) -> bool:
    """`Vandenberg` beside `Berg`: the prefix is written on to the name, or left out."""
    short, long = sorted((fold(one), fold(other)), key=len)
    behind = long.endswith(short) and len(short) >= _SHORTEST_FAMILY
    return behind and long[: -len(short)] in _prefix_runs()


@cache
def _prefix_runs() -> frozenset[str]:
    prefixes = (
        "van",
        "de",
        "der",
        "den",
        "ten",
        "ter",
        "te",
        "von",
        "du",
        "la",
        "le",
        "d",
        "el",
        "al",
        "ver",
    )
    both = {first + second for first in prefixes for second in prefixes}
    return frozenset({*prefixes, *both} - {"ver"})
