"""How two given names stand to each other: one name, perhaps one name, or two names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import cache, lru_cache

import regex
from rapidfuzz.distance import DamerauLevenshtein

from auditor.files.tables import package_rows
from auditor.headline.normalise import fold, fold_german


class Likeness(IntEnum):
    """How alike two names are, least first."""

    OTHER = 0
    UNSURE = 1
    #: one of them is cut to its first letter, which fits
    INITIAL = 2
    SAME = 3


#: lists of other languages' names besides; two names of such a list may well be one name
_MIXED_LISTS = frozenset({"be", "dex", "x"})
_SHORTEST_PART = 3
_SHORTEST_SLIP = 4
#: spellings of one sound, wherever the name comes from
_SPELLINGS = tuple(
    (regex.compile(pattern), sign)
    for pattern, sign in (
        ("ph", "f"),
        ("ck|c(?![eiyh])|q", "k"),
        ("(?<![a-z])ch(?=r)", "k"),
        ("ij|y|j(?=$)", "i"),
        ("z", "s"),
        ("x", "ks"),
        ("(?<=[trn])h|h$", ""),
        ("w", "v"),
        (r"([a-z])\1", r"\1"),
    )
)
#: what transliterations write differently besides
_TRANSLITERATIONS = tuple(
    (regex.compile(pattern), sign)
    for pattern, sign in (
        ("dzh|dj|dsch|gi(?=[aou])|j", "i"),
        ("tch|tsch|sch|sh|ch|sz|cz|ş|ç", "s"),
        ("kh|gh|g", "k"),
        ("ou|oo|oe|w(?=[^aeiou]|$)|aw|au|o", "u"),
        ("ee|ie|ey|ei|ai|ay|ae|e", "i"),
        ("ff$|v$|f$", "f"),
        ("v|w|b|p", "f"),
        ("h|'", ""),
        ("d(?=$)", "t"),
        (r"([a-z])\1", r"\1"),
    )
)


def equal_words(one: str, other: str) -> bool:
    """The same letters, ä and ae, ö and oe, ü and ue, ß and ss as one."""
    return bool({fold(one), fold_german(one)} & {fold(other), fold_german(other)})


@lru_cache(maxsize=20_000)
def spelling_key(word: str) -> str:
    """Equal for two spellings of one sound: Philip and Filip, Erik and Eric, Sara and Sarah."""
    key = fold(word)
    for pattern, sign in _SPELLINGS:
        key = pattern.sub(sign, key)
    return key


@lru_cache(maxsize=20_000)
def transliteration_key(word: str) -> str:
    """Equal for what one name of another script may become in ours: Yulia and Julia."""
    key = fold(word)
    for pattern, sign in (*_TRANSLITERATIONS, *_SPELLINGS):
        key = pattern.sub(sign, key)
    return key


def near_words(one: str, other: str) -> bool:
    """One slip of the pen apart, or one transliteration."""
    short = min(len(one), len(other))
    if short < _SHORTEST_PART:
        return False
    if short >= _SHORTEST_SLIP and DamerauLevenshtein.distance(fold(one), fold(other), score_cutoff=1) <= 1:
        return True
    keys = transliteration_key(one), transliteration_key(other)
    longest = max(map(len, keys))
    return keys[0] == keys[1] or (
        longest > _SHORTEST_SLIP and DamerauLevenshtein.distance(*keys, score_cutoff=1) <= 1
    )


@lru_cache(maxsize=20_000)
def given_pair(one: str, other: str) -> Likeness:
    """Two single given names, one of them possibly an initial."""
    first, second = fold(one), fold(other)
    if not first or not second:
        return Likeness.OTHER
    if len(first) == 1 or len(second) == 1:
        return _initial(first, second)
    if equal_words(one, other):
        return Likeness.SAME
    if spelling_key(one) == spelling_key(other):
        return Likeness.UNSURE if _two_sexes(first, second) else Likeness.SAME
    listed = _listed(first, second)
    if listed is not None:
        return listed
    return Likeness.UNSURE if _alike(first, second) else Likeness.OTHER


def _initial(one: str, other: str) -> Likeness:
    if one[0] == other[0]:
        return Likeness.INITIAL
    letter, name = sorted((one, other), key=len)
    forms = {form for row, _ in _places().get(name, ()) for form in _rows()[row]}
    return Likeness.UNSURE if any(form[0] == letter for form in forms) else Likeness.OTHER


def is_given_name(word: str) -> bool:
    """Whether the word is a given name that is in use somewhere."""
    key = fold(word)
    return key in _in_use() or key in _places()


@cache
def _forms() -> tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...]:
    """(full forms, short forms, kindred names) of every name."""
    return tuple(
        (_split(row["names"]), _split(row["short"]), _split(row["kin"]))
        for row in package_rows("auditor.identity", "name_forms.tsv")
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(fold(word.strip()) for word in cell.split(";") if word.strip())


@cache
def _rows() -> tuple[frozenset[str], ...]:
    return tuple(frozenset((*names, *short)) for names, short, _ in _forms())


@cache
def _places() -> dict[str, tuple[tuple[int, str], ...]]:
    """Every form with the lines it stands on, and as what."""
    found: dict[str, list[tuple[int, str]]] = {}
    for row, columns in enumerate(_forms()):
        for role, forms in zip(("full", "short", "kin"), columns, strict=True):
            for form in forms:
                found.setdefault(form, []).append((row, role))
    return {form: tuple(places) for form, places in found.items()}


@cache
def _in_use() -> dict[str, frozenset[tuple[str, str]]]:
    """Every given name in use, with its (language, sex)."""
    found: dict[str, set[tuple[str, str]]] = {}
    for row in package_rows("auditor.identity", "given_names.tsv"):
        for name in row["names"].split(";"):
            found.setdefault(name, set()).add((row["language"], row["sex"]))
    return {name: frozenset(uses) for name, uses in found.items()}


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    rows = package_rows("auditor.identity", "name_nicknames.tsv")
    return {row["name"]: frozenset(row["nicknames"].split(";")) for row in rows}


def _listed(one: str, other: str) -> Likeness | None:
    """What the tables say of two names; None where they do not hold both together."""
    best: Likeness | None = None
    for row, role in _places().get(one, ()):
        for place, role_there in _places().get(other, ()):
            if place != row:
                continue
            sure = _one_name({one: role, other: role_there})
            best = max(best or Likeness.UNSURE, Likeness.SAME if sure else Likeness.UNSURE)
    if best is None and (other in _nicknames().get(one, ()) or one in _nicknames().get(other, ())):
        return Likeness.UNSURE
    return best


def _one_name(roles: dict[str, str]) -> bool:
    """Whether two forms on one line, with what they are there, are one name beyond doubt: a full form beside
    a short one or a translation. A form that is a name of its own, in use beside the other, is not, nor is
    what only a transliteration keeps apart (Julia, Yulia)."""
    if "kin" in roles.values() or "full" not in roles.values():
        return False
    one, other = roles
    if transliteration_key(one) == transliteration_key(other):
        return False
    if set(roles.values()) == {"full"} and _two_sexes(one, other):
        return False
    own = all(role == "full" or _is_full(form) for form, role in roles.items())
    shorter = {role: len(form) for form, role in roles.items()}
    no_short_form = shorter.get("short", 0) > shorter["full"]
    return not ((own or no_short_form) and _two_names_of_one_language(*roles))


def _is_full(form: str) -> bool:
    return any(role == "full" for _, role in _places().get(form, ()))


def _two_names_of_one_language(one: str, other: str) -> bool:
    """Luc and Lucas, Julie and Juliette: one origin, and yet two names for those who bear them."""
    languages = [{use[0] for use in _in_use().get(name, ())} - _MIXED_LISTS for name in (one, other)]
    return bool(languages[0] & languages[1])


_PET_ENDINGS = regex.compile(r"(?:ie|i|y|tje|je|ke)$")


def _alike(one: str, other: str) -> bool:
    """Whether an unlisted name may be a form of the other: a part of it, or near to it in writing."""
    short, long = sorted((one, other), key=len)
    part = (len(short) >= _SHORTEST_PART and (long.startswith(short) or long.endswith(short))) or _pet_name(
        short, long
    )
    if is_given_name(one) and is_given_name(other):
        return (part and _one_sex(one, other) and not _two_sexes(one, other)) or transliteration_key(
            one
        ) == transliteration_key(other)
    return part or near_words(one, other) or one[:_SHORTEST_PART] == other[:_SHORTEST_PART]


def _pet_name(short: str, long: str) -> bool:
    """`Lisi` for Elisabeth, `Dini` for Everdina, `Siggi` for Sigrid, `Fi` for Fiona."""
    if len(short) == _SHORTEST_PART - 1:
        return long.startswith(short)
    stem = regex.sub(r"([a-z])\1$", r"\1", _PET_ENDINGS.sub("", short)) if _PET_ENDINGS.search(short) else ""
    return _SHORTEST_PART <= len(stem) < len(long) - 1 and len(short) < len(long) and stem in long


def _two_sexes(one: str, other: str) -> bool:
    """Whether some language gives one of the names to men only and the other to women only."""
    uses = [_in_use().get(name, frozenset()) for name in (one, other)]
    for language in {use[0] for use in uses[0]} & {use[0] for use in uses[1]}:
        sexes = [{use[1] for use in own if use[0] == language} for own in uses]
        if not sexes[0] & sexes[1]:
            return True
    return False


def _one_sex(one: str, other: str) -> bool:
    """Unless all bearers of one are men and all of the other women."""
    sexes = [{use[1] for use in _in_use().get(name, ())} for name in (one, other)]
    return not all(sexes) or bool(sexes[0] & sexes[1])


#: given names as groups: what a hyphen joins is one group
Given = tuple[tuple[str, ...], ...]


def given_names(roster: Given, page: Given) -> Likeness:
    """All given names of the roster beside all those of the page.

    A second given name may be left out; of a double name (Jean-Marc) a part alone leaves it open, and
    two names that share a part only (Jan Willem, Jan Pieter) are two names.
    """
    ours, theirs = flat(roster), flat(page)
    if equal_words("".join(ours), "".join(theirs)) or _as_initials(ours, theirs):
        return Likeness.SAME
    if len(ours) == len(theirs) == 1:
        return given_pair(ours[0], theirs[0])
    swapped = len(theirs) > len(ours)
    short, long = (ours, theirs) if swapped else (theirs, ours)
    places = _places_in(short, long)
    if places is None:
        return _partly(ours, theirs)
    likeness = min(given_pair(word, long[place]) for word, place in zip(short, places, strict=True))
    if _torn(page if swapped else roster, places) or (places[0] and (swapped or likeness < Likeness.SAME)):
        return Likeness.UNSURE
    first = given_pair(short[0], long[places[0]])
    return first if first is Likeness.SAME else likeness


def flat(given: Given) -> tuple[str, ...]:
    """All given names in order, without their groups."""
    return tuple(word for group in given for word in group)


def _as_initials(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """`JP` for Jan Pieter or Jean-Pierre."""

    def initials(words: Sequence[str], of: Sequence[str]) -> bool:
        return (
            len(words) == 1
            and len(of) > 1
            and len(words[0]) == len(of)
            and words[0].isupper()
            and fold(words[0]) == "".join(fold(word)[:1] for word in of)
        )

    return initials(theirs, ours) or initials(ours, theirs)


def _places_in(short: Sequence[str], long: Sequence[str]) -> list[int] | None:
    """Where each of the fewer names stands among the others, in order; None where one does not."""
    places: list[int] = []
    for word in short:
        start = places[-1] + 1 if places else 0
        fitting = (at for at in range(start, len(long)) if given_pair(word, long[at]) >= Likeness.INITIAL)
        found = next(fitting, None)
        if found is None:
            return None
        places.append(found)
    return places


def _torn(given: Given, places: Sequence[int]) -> bool:
    """Whether only a part of a hyphenated name was found."""
    at = 0
    for group in given:
        inside = [place for place in places if at <= place < at + len(group)]
        if inside and len(inside) < len(group):
            return True
        at += len(group)
    return False


def _partly(ours: Sequence[str], theirs: Sequence[str]) -> Likeness:
    """Some name on each side has no counterpart on the other."""
    first = given_pair(ours[0], theirs[0])
    if first >= Likeness.INITIAL:
        rest = list(_pairs(ours[1:], theirs[1:]))
        apart = any(_two_names(one, other) for one, other in rest)
        return Likeness.OTHER if apart else Likeness.UNSURE
    if first is Likeness.UNSURE:
        return Likeness.UNSURE
    if _blend(ours, theirs) or _blend(theirs, ours):
        return Likeness.UNSURE
    others = [given_pair(one, other) for one, other in _pairs(ours, theirs)]
    if any(like is Likeness.SAME for like in others) and not _two_names(ours[0], theirs[0]):
        return Likeness.UNSURE
    open_ = len(theirs) == 1 and any(like is Likeness.UNSURE for like in others)
    return Likeness.UNSURE if open_ else Likeness.OTHER


def _blend(names: Sequence[str], one: Sequence[str]) -> bool:
    """`Hajo` for Hans-Joachim, `Maité` for Marie-Thérèse: one short word that begins like a double name."""
    if len(one) != 1 or len(names) == 1 or len(one[0]) > max(map(len, names)):
        return False
    return fold(one[0])[:2] == fold(names[0])[:2] and not _is_full(fold(one[0]))


def _pairs(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((one, other) for one in ours for other in theirs)


def _two_names(one: str, other: str) -> bool:
    both = is_given_name(one) and is_given_name(other)
    return both and given_pair(one, other) is Likeness.OTHER
