"""Small word lists of the intake, from `_words.tsv`: prefixes of names, yes and no, mailboxes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib import resources

from auditor.rosters._folding import folded


def word_list(name: str) -> frozenset[str]:
    """The words of one list. Raises KeyError where there is no such list."""
    return _lists()[name]


def word_table(name: str) -> list[tuple[str, str]]:
    """The (kind, folded word) rows of a table of this folder."""
    text = resources.files("auditor.rosters").joinpath(name).read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in text.splitlines()[1:])
    return [(kind, folded(word)) for kind, word in pairs]


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    text = resources.files("auditor.rosters").joinpath("_words.tsv").read_text(encoding="utf-8")
    gathered = defaultdict(set)
    for line in text.splitlines()[1:]:
        name, word = line.split("\t")
        gathered[name].add(word)
    return {name: frozenset(found) for name, found in gathered.items()}
