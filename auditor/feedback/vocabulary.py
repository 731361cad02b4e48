"""Headings and words in any of the languages, padded or in another case, back to their codes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from auditor.model.accents import without_accents
from auditor.model.returned import KeyKind, KeyWord

_BRACKETS = re.compile(r"\s*[(\[].*?[)\]]\s*")
_OTHER_SIGNS = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Comparable: lower case, without accents, punctuation, invisible signs and spaces too many."""
    letters = without_accents(text).casefold()
    kept = (sign for sign in letters if unicodedata.category(sign) != "Cf")
    return _OTHER_SIGNS.sub(" ", "".join(kept)).strip()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Comparable text -> code: of headings, of decisions about findings and about people, of answers about
    the steps of a departure, of what became of a letter."""

    columns: Mapping[str, str]
    decisions: Mapping[str, str]
    unverified: Mapping[str, str]
    answers: Mapping[str, str]
    letters: Mapping[str, str]

    def column(self, heading: str) -> str:
        """The key of the column with this heading; empty where it is none of ours."""
        return self.columns.get(plain(heading)) or self.columns.get(plain(_BRACKETS.sub(" ", heading)), "")


def vocabulary(ours: Iterable[KeyWord], theirs: Iterable[KeyWord] = ()) -> Vocabulary:
    """Our words first, then those of earlier reports; what only the file's own keys know comes last. What
    comes later never redefines what is known."""
    ours = tuple(ours)
    known: dict[KeyKind, dict[str, str]] = {kind: {} for kind in KeyKind}
    codes = set()
    for key in ours:
        codes.add((key.kind, key.code))
        _learn(known[key.kind], key)
    for key in ours:
        _learn(known[key.kind], replace(key, words=key.former))
    for key in theirs:
        if (key.kind, key.code) in codes:
            _learn(known[key.kind], key)
    return Vocabulary(
        known[KeyKind.COLUMN],
        known[KeyKind.DECISION],
        known[KeyKind.UNVERIFIED],
        known[KeyKind.ANSWER],
        known[KeyKind.LETTER],
    )


def _learn(known: dict[str, str], key: KeyWord) -> None:
    for word in (*key.words, key.code):
        known.setdefault(plain(word), key.code)
        if key.kind is KeyKind.COLUMN:
            known.setdefault(plain(_BRACKETS.sub(" ", word)), key.code)
    known.pop("", None)
