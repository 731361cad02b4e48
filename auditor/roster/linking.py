"""Which rows are one person: by number in an entity, work e-mail, profile address; never by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from auditor.roster.drafts import Draft

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


def link(drafts: Sequence[Draft]) -> list[list[int]]:
    """The rows of each person, in the order of the file."""
    groups = _Groups(len(drafts))
    words = [draft.name_words for draft in drafts]
    by_number: dict[tuple[str, str], list[int]] = defaultdict(list)
    by_bare_number: dict[str, list[int]] = defaultdict(list)
    by_mail: dict[str, list[int]] = defaultdict(list)
    by_address: dict[str, list[int]] = defaultdict(list)
    for index, draft in enumerate(drafts):
        if draft.number:
            by_number[draft.scope, draft.number].append(index)
            by_bare_number[draft.number].append(index)
        if draft.mail_hash:
            by_mail[draft.mail_hash].append(index)
        if draft.address.slug:
            by_address[draft.address.slug].append(index)
    for rows in by_number.values():
        _join_alike(groups, rows, words, _share_a_word)
    for rows in by_mail.values():
        _join_alike(groups, rows, words, _share_a_word)
    for rows in by_address.values():
        _join_alike(groups, rows, words, _same_name)
    for rows in by_bare_number.values():
        _join_moved(groups, rows, drafts, words)
    members: dict[int, list[int]] = defaultdict(list)
    for index in range(len(drafts)):
        members[groups.root(index)].append(index)
    return list(members.values())


def _join_alike(groups: _Groups, rows: Sequence[int], words: Sequence[frozenset[str]], alike: _Alike) -> None:
    """Join the rows whose names can be one person's; each distinct name is compared once."""
    if len(rows) < 2:
        return
    distinct: dict[frozenset[str], int] = {}
    for row in rows:
        known = distinct.setdefault(words[row], row)
        groups.join(known, row)
    names = [name for name in distinct if name][:_MOST_NAMES]
    for position, name in enumerate(names):
        for other in names[position + 1 :]:
            if alike(name, other):
                groups.join(distinct[name], distinct[other])
    nameless = distinct.get(frozenset())
    if nameless is not None and len({groups.root(distinct[name]) for name in names}) == 1:
        groups.join(nameless, distinct[names[0]])


def _join_moved(
    groups: _Groups, rows: Sequence[int], drafts: Sequence[Draft], words: Sequence[frozenset[str]]
) -> None:
    """One number in two entities is one person only where the whole name and the address agree too."""
    seen: dict[frozenset[str], int] = {}
    for row in rows:
        if len(words[row]) < 2:
            continue
        first = seen.setdefault(words[row], row)
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
