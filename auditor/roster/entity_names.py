"""Which of the policy's entities a roster means, however it spells the legal form."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor.model.accents import without_accents

#: legal forms; those of one line are the same form in another language or by an older name
_FAMILIES = (
    "bv bvba sprl srl ebvba besloten vennootschap",
    "nv sa naamloze vennootschap societe anonyme",
    "cv cvba scrl sc cooperatie",
    "vof snc",
    "commv scs gcv",
    "vzw asbl",
    "ivzw aisbl",
    "gmbh mbh gesmbh ug",
    "ag aktiengesellschaft",
    "kg",
    "gmbhcokg",
    "kgaa",
    "ohg",
    "gbr",
    "se",
    "ev",
    "eg",
    "sas sasu",
    "sarl eurl",
    "sca",
    "sci",
    "gie",
    "ltd limited",
    "llc",
    "llp",
    "lp",
    "plc",
    "inc incorporated",
    "corp corporation",
    "spa",
    "sl slu",
    "ab",
    "as asa",
    "aps",
    "oy oyj",
    "spzoo",
    "maatschap",
)
_FAMILY: Mapping[str, int] = {word: number for number, line in enumerate(_FAMILIES) for word in line.split()}
#: words that belong to a form and are none by themselves
_OF_A_FORM = frozenset({"co", "cie", "besloten", "naamloze", "vennootschap", "societe", "anonyme"})
_AND = frozenset({"and", "und", "et", "en"})
#: forms that also stand in front of a name
_IN_FRONT = frozenset({"bv", "bvba", "nv", "sa", "sprl", "srl", "sarl", "sas", "vzw", "asbl"})
_INITIALS = re.compile(r"(?<!\w)(?:\w )+\w(?!\w)")
_NEAR = 0.75


@dataclass(frozen=True, slots=True)
class EntitySpelling:
    """An entity as spelt somewhere: `whole` is comparable, `core` is so without the legal form."""

    whole: str
    core: str
    forms: frozenset[int]


@dataclass(frozen=True, slots=True)
class EntityMatch:
    """The policy's entity that a roster's name means, or empty and those that it may mean."""

    entity: str
    may_mean: tuple[str, ...] = ()


def match_entities(given: Iterable[str], known: Iterable[str]) -> dict[str, EntityMatch]:
    """What each of the roster's entities is in the policy.

    The same name but for case, accents, punctuation, spaces and the way the form is written; else the same
    without its form, where one entity of the policy alone has that name. Two entities of the roster with
    forms that differ are never taken for one.
    """
    names = list(dict.fromkeys(name for name in given if name))
    policy = {name: spelling_of(name) for name in known}
    matches = {name: _match(name, policy) for name in names}
    taken: dict[str, set[frozenset[int]]] = {}
    for name, match in matches.items():
        if match.entity:
            taken.setdefault(match.entity, set()).add(spelling_of(name).forms)
    return {name: _unless_disputed(name, match, policy, taken) for name, match in matches.items()}


def spelling_of(name: str) -> EntitySpelling:
    """A name made comparable; where it is nothing but a legal form, that is its core."""
    bare = without_accents(name.casefold().replace("ø", "o"))
    words = " ".join(re.sub(r"[^\w]+|_", " ", bare).split())
    words = _INITIALS.sub(lambda match: match.group().replace(" ", ""), words)
    tokens = [token for token in words.split() if token not in _AND]
    core, forms = _without_form(tokens)
    return EntitySpelling("".join(tokens), "".join(core), frozenset(forms))


def _without_form(tokens: list[str]) -> tuple[list[str], set[int]]:
    core = list(tokens)
    forms: set[int] = set()
    while len(core) > 1 and (core[-1] in _FAMILY or (core[-1] in _OF_A_FORM and forms)):
        forms.add(_FAMILY.get(core.pop(), -1))
    if not forms and len(core) > 1 and core[0] in _IN_FRONT:
        forms.add(_FAMILY[core.pop(0)])
    return core, forms - {-1}


def _match(name: str, policy: Mapping[str, EntitySpelling]) -> EntityMatch:
    if name in policy:
        return EntityMatch(name)
    given = spelling_of(name)
    for agrees in (_same_whole, _same_core):
        found = [entity for entity, spelling in policy.items() if agrees(given, spelling)]
        if found:
            return EntityMatch(found[0]) if len(found) == 1 else EntityMatch("", tuple(found))
    near = difflib.get_close_matches(given.core, [one.core for one in policy.values()], 3, _NEAR)
    return EntityMatch("", tuple(entity for entity, one in policy.items() if one.core in near))


def _unless_disputed(
    name: str,
    match: EntityMatch,
    policy: Mapping[str, EntitySpelling],
    taken: Mapping[str, set[frozenset[int]]],
) -> EntityMatch:
    """The match, unless another entity of the roster has the same name, the same match and another form."""
    if not match.entity or _same_whole(spelling_of(name), policy[match.entity]):
        return match
    forms = spelling_of(name).forms
    others = taken[match.entity] - {forms}
    disputed = bool(forms) and any(other and not other & forms for other in others)
    return EntityMatch("", (match.entity,)) if disputed else match


def _same_whole(one: EntitySpelling, other: EntitySpelling) -> bool:
    return one.whole == other.whole


def _same_core(one: EntitySpelling, other: EntitySpelling) -> bool:
    return one.core == other.core
