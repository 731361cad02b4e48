"""Whether the name on a page can be the roster's person; only a name that fits nobody like them differs."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import cache

import regex
from rapidfuzz.distance import DamerauLevenshtein

from auditor.domain.employee import PersonName
from auditor.judging.headline.normalise import clean, fold
from auditor.judging.tables import package_rows


class Identity(StrEnum):
    """How a page's name stands to the roster's."""

    FITS = "fits"
    #: nothing speaks against it, but little speaks for it (calling name, another script, only one part)
    WEAK = "weak"
    DIFFERS = "differs"


#: Signs that part the words of a name; points part initials (J.P.).
_PARTS = regex.compile(r"[^\p{L}\p{M}]+")
_BRACKETS = regex.compile(r"[(\[\"“«„][^)\]\"”»“]*[)\]\"”»“]")
_AFTER_COMMA = regex.compile(r",\s*(.*)$")
_LATIN = regex.compile(r"\p{Script=Latin}")


def same_person(roster_name: PersonName, page_name: str) -> Identity:
    """Compare all the roster's names of a person with the one a page shows, in either order."""
    shown = [words for words in _page_readings(page_name) if words]
    if not shown or not _LATIN.search(page_name) or "*" in page_name:
        return Identity.WEAK
    grades = [_grade(name, words) for name in _roster_names(roster_name) for words in shown]
    if not grades:
        return Identity.WEAK
    return min(grades, key=list(Identity).index)


_Words = tuple[str, ...]


def _roster_names(name: PersonName) -> list[tuple[_Words, _Words]]:
    """(given, family) for every name the roster gives; empty given where it has no parts."""
    pairs = []
    known: set[str] = set()
    if name.first and name.last:
        pairs.append((_words(name.first), _words(name.last)))
        known.update(*pairs[0])
    for text in (name.display, name.first, name.last, *name.others):
        pairs += [pair for pair in _split(text) if not known.issuperset(pair[0] + pair[1])]
    return [(given, family) for given, family in pairs if given or family]


def _split(text: str) -> list[tuple[_Words, _Words]]:
    head, comma, tail = text.partition(",")
    if comma and tail.strip() and not _is_suffix(tail):
        return [(_words(tail), _words(head))]
    words = _words(head if comma else text)
    return [((), words)] if words else []


def _page_readings(page_name: str) -> list[_Words]:
    """The page's name with and without what stands in brackets, suffixes and titles aside."""
    plain = _BRACKETS.sub(" ", page_name)
    match = _AFTER_COMMA.search(plain)
    if match and _is_suffix(match.group(1)):
        plain = plain[: match.start()]
    readings = [_words(plain), _words(page_name)]
    return list(dict.fromkeys(readings))


def _is_suffix(text: str) -> bool:
    words = [fold(word) for word in _PARTS.split(clean(text).text) if word]
    return bool(words) and all(word in _titles() or len(word) <= 1 or word.upper() in text for word in words)


def _words(text: str) -> _Words:
    cleaned = clean(text).text
    pieces = [word for word in _PARTS.split(cleaned.replace("'", "")) if word]
    kept = tuple(fold(word) for word in pieces if not _passed_over(word))
    return kept or tuple(fold(word) for word in pieces)


def _passed_over(word: str) -> bool:
    """A prefix or title; a single capital is an initial."""
    key = fold(word)
    return (key in _prefixes() or key in _titles()) and (len(key) > 1 or word.islower())


@cache
def _listed(kind: str) -> frozenset[str]:
    rows = package_rows("auditor.judging", "name_words.tsv")
    return frozenset(
        fold(word.strip()) for row in rows if row["kind"] == kind for word in row["words"].split(";")
    )


def _prefixes() -> frozenset[str]:
    return _listed("prefix")


def _titles() -> frozenset[str]:
    return _listed("title")


@cache
def _calling_groups() -> tuple[frozenset[str], ...]:
    rows = package_rows("auditor.judging", "name_words.tsv")
    return tuple(
        frozenset(fold(word.strip()) for word in row["words"].split(";"))
        for row in rows
        if row["kind"] == "calling"
    )


def _grade(roster: tuple[_Words, _Words], shown: _Words) -> Identity:
    given, family = roster
    if not given:
        return _grade_whole(family, shown)
    if not family:
        return Identity.WEAK if _any_equal(given, shown) else Identity.DIFFERS
    return _grade_parts(given, family, shown)


def _grade_whole(wanted: _Words, shown: _Words) -> Identity:
    """A name without parts: the first word may be the given name, or the last (family name first)."""
    if len(wanted) == 1 or len(shown) == 1:
        return Identity.WEAK if _any_equal(wanted, shown) else Identity.DIFFERS
    splits = [(wanted[:i], wanted[i:]) for i in range(1, len(wanted))]
    splits += [(family, given) for given, family in splits]
    grades = (_grade_parts(given, family, shown) for given, family in splits)
    return min(grades, key=list(Identity).index)


def _grade_parts(given: _Words, family: _Words, shown: _Words) -> Identity:
    if len(shown) == 1:
        return Identity.WEAK if _any_equal((*given, *family), shown) else Identity.DIFFERS
    family_found = _any_equal(family, shown) or _joined(family, shown)
    rest = tuple(word for word in shown if not _any_equal(family, (word,))) or shown
    given_grade = _given(given, rest)
    if family_found:
        # another given name may be a calling name that no list holds
        return Identity.FITS if given_grade is Identity.FITS else Identity.WEAK
    if given_grade is Identity.FITS and _cut_family(family, rest):
        return Identity.FITS if _any_equal(given, rest) or _joined(given, rest) else Identity.WEAK
    if given_grade is Identity.FITS:
        return Identity.WEAK if _slip(family, rest) or _long_given(given, rest) else Identity.DIFFERS
    return Identity.DIFFERS


def _given(given: _Words, rest: _Words) -> Identity:
    if _any_equal(given, rest) or _joined(given, rest):
        return Identity.FITS
    if any(word[0] == name[0] and (len(word) == 1 or len(name) == 1) for word in rest for name in given):
        return Identity.FITS
    if any(_calling(word, name) for word in rest for name in given):
        return Identity.WEAK
    return Identity.WEAK if _slip(given, rest) else Identity.DIFFERS


def _calling(word: str, name: str) -> bool:
    """Jan for Johannes, Bert for Albert, Liz for Elizabeth."""
    if any(word in group and name in group for group in _calling_groups()):
        return True
    short, long = sorted((word, name), key=len)
    return len(short) >= 3 and (long.startswith(short) or long.endswith(short))


def _cut_family(family: _Words, rest: _Words) -> bool:
    """A family name cut to its initial: `Sanne V.` for Sanne Verhoeven."""
    letters = [word for word in rest if len(word) == 1]
    initials = {word[0] for word in family}
    return any(letter in initials for letter in letters)


def _any_equal(wanted: _Words, shown: _Words) -> bool:
    return any(_equal(one, other) for one in wanted for other in shown if len(one) > 1 and len(other) > 1)


def _equal(one: str, other: str) -> bool:
    return one == other or _unwritten(one) == _unwritten(other)


def _unwritten(word: str) -> str:
    """ä and ae, ö and oe, ü and ue, ij and y, ß and ss as one."""
    for long, short in (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ij", "y"), ("ph", "f"), ("ck", "k")):
        word = word.replace(long, short)
    return word


def _joined(wanted: _Words, shown: _Words) -> bool:
    """`Vandenberg` for `van den Berg`, `Jean Pierre` for `Jeanpierre`."""
    whole = "".join(wanted)
    runs = ("".join(shown[i:j]) for i in range(len(shown)) for j in range(i + 1, len(shown) + 1))
    return len(whole) > 3 and any(_equal(whole, run) or _behind_prefix(whole, run) for run in runs)


def _behind_prefix(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.endswith(short) and len(short) > 3 and long[: -len(short)] in _prefix_runs()


@cache
def _prefix_runs() -> frozenset[str]:
    prefixes = _prefixes()
    return prefixes | {first + second for first in prefixes for second in prefixes}


def _slip(wanted: Iterable[str], shown: Iterable[str]) -> bool:
    return any(
        min(len(one), len(other)) > 3 and DamerauLevenshtein.distance(one, other, score_cutoff=1) <= 1
        for one in wanted
        for other in shown
    )


def _long_given(given: _Words, rest: _Words) -> bool:
    """Two given names agree in full: likely a married name that the roster does not know."""
    return len(given) > 1 and sum(_any_equal((name,), rest) for name in given) > 1
