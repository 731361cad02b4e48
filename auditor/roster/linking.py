"""Which rows are one person: by number in an entity, work e-mail, profile address; never by name."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence

from auditor.roster.drafts import Draft
from auditor.roster.repeats import repeated

_Alike = Callable[[frozenset[str], frozenset[str]], bool]
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
        _join_alike(groups, rows, drafts, _share_a_word)
    for rows in _with_the_same(drafts, lambda one: one.mail_hash or None):
        _join_alike(groups, rows, drafts, _share_a_word)
    for rows in _with_the_same(drafts, lambda one: one.address.slug or None):
        _join_alike(groups, rows, drafts, _same_name)
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
    distinct: dict[frozenset[str], int] = {}
    for row in rows:
        known = distinct.setdefault(drafts[row].name_words, row)
        groups.join(known, row)
    names = [name for name in distinct if name][:_MOST_NAMES]
    for position, name in enumerate(names):
        for other in names[position + 1 :]:
            if alike(name, other):
                groups.join(distinct[name], distinct[other])
    nameless = distinct.get(frozenset())
    if nameless is not None and len({groups.root(distinct[name]) for name in names}) == 1:
        groups.join(nameless, distinct[names[0]])


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


def _share_a_word(one: frozenset[str], other: frozenset[str]) -> bool:
    return any(len(word) > 1 for word in one & other)


def _same_name(one: frozenset[str], other: frozenset[str]) -> bool:
    """The same words, or one name inside the other (two words or more)."""
    return (
        one == other
        or len(one & other) >= 2
        or (min(len(one), len(other)) >= 2 and (one <= other or other <= one))
    )
