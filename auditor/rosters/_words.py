"""Small word lists of the intake, from `_words.tsv`: prefixes of names, yes and no, mailboxes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib import resources


def word_list(name: str) -> frozenset[str]:
    """The words of one list. Raises KeyError where there is no such list."""
    return _lists()[name]


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    text = resources.files("auditor.rosters").joinpath("_words.tsv").read_text(encoding="utf-8")
    gathered = defaultdict(set)
    for line in text.splitlines()[1:]:
        name, word = line.split("\t")
        gathered[name].add(word)
    return {name: frozenset(found) for name, found in gathered.items()}
