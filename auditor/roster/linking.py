"""Which rows are one person: by number in an entity, work e-mail, profile address; never by name."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field

from auditor.identity.same_person import GIVEN_DIFFERS, judge_identity
from auditor.model.employee import PersonName
from auditor.roster.drafts import Draft
from auditor.roster.repeats import repeated


@dataclass(slots=True)
class _Named:
    """The rows under one key that have the same name: the first of them, the numbers, e-mails and profile
    addresses of all."""

    name: PersonName
    words: frozenset[str]
    first: int
    numbers: set[str] = field(default_factory=set)
    mails: set[str] = field(default_factory=set)
    slugs: set[str] = field(default_factory=set)


_Alike = Callable[[_Named, _Named], bool]
#: More names than this under one number or address are no person's contracts.
_MOST_NAMES = 50


class _Groups:
    """Sets of row indexes that grow together."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first


def link(drafts: Sequence[Draft]) -> Iterator[list[int]]:
    """The rows of each person, in the order of the file."""
    groups = _Groups(len(drafts))
    for rows in _with_the_same(drafts, lambda one: (one.scope, one.number) if one.number else None):
        _join_alike(groups, rows, drafts, _alike_under_a_number)
    for rows in _with_the_same(drafts, lambda one: one.mail_hash or None):
        _join_alike(groups, rows, drafts, _alike_under_an_e_mail)
    for rows in _with_the_same(drafts, lambda one: one.address.slug or None):
        _join_alike(groups, rows, drafts, lambda one, other: _same_name(one.words, other.words))
    for rows in _with_the_same(drafts, lambda one: one.number or None):
        _join_moved(groups, rows, drafts)
    several: dict[int, list[int]] = {}
    for index in range(len(drafts)):
        if (root := groups.root(index)) != index:
            several.setdefault(root, [root]).append(index)
    for index in range(len(drafts)):
        if groups.root(index) == index:  # the first row of its person
            yield several.get(index, [index])


def _with_the_same(drafts: Sequence[Draft], key_of: Callable[[Draft], Hashable]) -> list[list[int]]:
    """The places of the rows that share a key, of each key that several have; None is no key."""
    several = repeated(lambda: (key for one in drafts if (key := key_of(one)) is not None))
    places: dict[Hashable, list[int]] = {}
    if several:
        for place, one in enumerate(drafts):
            if (key := key_of(one)) in several:
                places.setdefault(key, []).append(place)
    return list(places.values())


def _join_alike(groups: _Groups, rows: Sequence[int], drafts: Sequence[Draft], alike: _Alike) -> None:
    """Join the rows whose names can be one person's; each distinct name is compared once."""
    distinct: dict[frozenset[str], _Named] = {}
    for row in rows:
        draft = drafts[row]
        words = draft.name_words
        named = distinct.setdefault(words, _Named(draft.name, words, row))
        named.numbers.update([draft.number] if draft.number else [])
        named.mails.update([draft.mail_hash] if draft.mail_hash else [])
        named.slugs.update([draft.address.slug] if draft.address.slug else [])
        groups.join(named.first, row)
    names = [named for words, named in distinct.items() if words][:_MOST_NAMES]
    for position, named in enumerate(names):
        for other in names[position + 1 :]:
            if alike(named, other):
                groups.join(named.first, other.first)
    nameless = distinct.get(frozenset())
    if nameless is not None and len({groups.root(named.first) for named in names}) == 1:
        groups.join(nameless.first, names[0].first)


def _join_moved(groups: _Groups, rows: Sequence[int], drafts: Sequence[Draft]) -> None:
    """One number in two entities is one person only where the whole name and the address agree too."""
    seen: dict[frozenset[str], int] = {}
    for row in rows:
        words = drafts[row].name_words
        if len(words) < 2:
            continue
        first = seen.setdefault(words, row)
        slugs = {drafts[one].address.slug for one in (first, row)} - {None}
        if len(slugs) < 2:
            groups.join(first, row)


def _alike_under_a_number(one: _Named, other: _Named) -> bool:
    """A name may change with a marriage. Where the e-mail differs too, or given name and profile do (a father
    and his son), the number was given out again."""
    profiles = one.slugs and other.slugs and not one.slugs & other.slugs
    if profiles and judge_identity(one.name, other.name.display) is GIVEN_DIFFERS:
        return False
    differ = one.mails and other.mails and not one.mails & other.mails
    return _one_name(one.words, other.words) if differ else _share_a_word(one.words, other.words)


def _alike_under_an_e_mail(one: _Named, other: _Named) -> bool:
    """Colleagues of one family share a shop's mailbox, and many share `none@`: a word alone tells nothing."""
    if one.numbers & other.numbers:
        return _share_a_word(one.words, other.words)
    return _one_name(one.words, other.words)


def _share_a_word(one: frozenset[str], other: frozenset[str]) -> bool:
    return any(len(word) > 1 for word in one & other)


def _one_name(one: frozenset[str], other: frozenset[str]) -> bool:
    """The same name, or every word of the shorter one in the other, where an initial stands for its word."""
    if _same_name(one, other):
        return True
    fewer, more = sorted((one, other), key=len)
    return _share_a_word(one, other) and all(any(_stands_for(word, full) for full in more) for word in fewer)


def _stands_for(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) == 1 and long.startswith(short))


def _same_name(one: frozenset[str], other: frozenset[str]) -> bool:
    """The same words, or one name inside the other (two words or more)."""
    return (
        one == other
        or len(one & other) >= 2
        or (min(len(one), len(other)) >= 2 and (one <= other or other <= one))
    )
