"""Texts made comparable: without case, accents, invisible signs and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from auditor.files.tables import package_rows
from auditor.model.accents import without_accents

_EXPANDED = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "œ": "oe", "đ": "d"})
_SEPARATORS = re.compile(r"[^\w]+|_+")


def visible(text: str) -> str:
    """The text without control and invisible signs, with single spaces, composed (NFC)."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    signs = (" " if sign.isspace() else sign for sign in unicodedata.normalize("NFC", text))
    return " ".join("".join(sign for sign in signs if unicodedata.category(sign)[0] != "C").split())


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Lower case, accents off, every run of other signs one space."""
    if text.isascii():
        return _SEPARATORS.sub(" ", text.lower()).strip()
    return _SEPARATORS.sub(" ", without_accents(text.translate(_EXPANDED).casefold())).strip()


@lru_cache(maxsize=20_000)
def compact(text: str) -> str:
    """As `folded`, without the spaces; a number sign reads as `nr`."""
    return folded(text.replace("#", " nr ").replace("°", "")).replace(" ", "")


def word_list(name: str) -> frozenset[str]:
    """The words of one list. Raises KeyError where there is no such list."""
    return _lists()[name]


def word_table(name: str) -> list[tuple[str, str]]:
    """The (kind, folded word) rows of a table of this folder."""
    pairs = (tuple(row.values()) for row in package_rows("auditor.roster", name))
    return [(kind, folded(word)) for kind, word in pairs]


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    gathered = defaultdict(set)
    for row in package_rows("auditor.roster", "_words.tsv"):
        gathered[row["list"]].add(row["word"])
    return {name: frozenset(found) for name, found in gathered.items()}
