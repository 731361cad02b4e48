"""The word lists: where a marker of the past, the future, a relation ... stands in a headline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from auditor.files.tables import package_rows
from auditor.headline.normalise import fold
from auditor.headline.tokens import JOINING, Kind, Token, words_of

PACKAGE = "auditor.headline"


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase of a list. `stem`: its last word may go on; `exact`: a first word whose accents matter
    (à, travaillé); `first_only`: counts only where a part begins."""

    keys: tuple[str, ...]
    stem: bool = False
    exact: str = ""
    first_only: bool = False


class PhraseBook:
    """A list of phrases to be found in tokens. Longer phrases go first."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[_Phrase]] = defaultdict(list)
        self._stems: list[_Phrase] = []
        for phrase in sorted({_read(text) for text in phrases}, key=lambda one: -len(one.keys)):
            if not phrase.keys:
                continue
            if phrase.stem and len(phrase.keys) == 1:
                self._stems.append(phrase)
            else:
                self._by_first[phrase.keys[0]].append(phrase)

    def length_at(self, tokens: Sequence[Token], index: int, *, part_begins: bool = False) -> int:
        """How many tokens, from `index` on, the longest phrase there takes; 0 = none."""
        token = tokens[index]
        if token.kind is not Kind.WORD:
            return 0
        candidates = [*self._by_first.get(token.key, ())]
        if token.key_german != token.key:
            candidates += self._by_first.get(token.key_german, ())
        candidates += (stem for stem in self._stems if _begins(token, stem.keys[0]))
        lengths = (_match(tokens, index, one) for one in candidates if part_begins or not one.first_only)
        return max(lengths, default=0)

    def spans(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """The (start, end) of each phrase, from left to right, none overlapping another."""
        index = 0
        while index < len(tokens):
            begins = index == 0 or tokens[index - 1].kind is Kind.HARD
            length = self.length_at(tokens, index, part_begins=begins)
            if length:
                yield index, index + length
            index += max(1, length)

    def holds(self, token: Token) -> bool:
        """True where the one word is in the list."""
        return self.length_at((token,), 0) == 1


def phrases_of(*kinds: str, language: str = "") -> list[str]:
    """The phrases of these kinds in `words.tsv`, of one language or of all together."""
    return [
        phrase
        for row in package_rows(PACKAGE, "words.tsv")
        if row["kind"] in kinds and language in ("", row["language"])
        for phrase in _cut(row["phrases"])
    ]


@cache
def book(*kinds: str) -> PhraseBook:
    """The phrases of these kinds in `words.tsv`, all four languages together."""
    return PhraseBook(phrases_of(*kinds))


@cache
def unaccented(*kinds: str) -> PhraseBook:
    """The participles of these kinds that only their accent tells from the present tense, without it."""
    return PhraseBook(phrase.removesuffix("=") for phrase in phrases_of(*kinds) if phrase.endswith("="))


@cache
def connectors_of(language: str) -> PhraseBook:
    """The connectors (at, bij, chez, bei ...) of one language."""
    return PhraseBook(phrases_of("connector", "weak_connector", language=language))


@cache
def small_words_of(language: str) -> PhraseBook:
    """The words of one language that name nothing: articles, prepositions, fillers."""
    return PhraseBook(phrases_of("function", "filler", "connector", language=language))


def listed(name: str) -> list[str]:
    """All phrases of a one-purpose list (`availability.tsv`, `sensitive.tsv`, `roles.tsv`)."""
    return [
        text
        for row in package_rows(PACKAGE, name)
        for text in _cut(row.get("phrases") or row.get("words") or "")
    ]


@cache
def list_book(name: str) -> PhraseBook:
    """The phrases of a one-purpose list, to be looked for in tokens."""
    return PhraseBook(listed(name))


def _cut(phrases: str) -> list[str]:
    return [phrase.strip() for phrase in phrases.split(";") if phrase.strip()]


def _read(text: str) -> _Phrase:
    first_only, stem = text.startswith("^"), text.endswith("*")
    words = words_of(text.strip("^*="))
    letter = bool(words) and len(words[0].text) == 1 and not words[0].text.isascii()
    exact = words[0].text.casefold() if letter or text.endswith("=") else ""
    return _Phrase(tuple(fold(word.text) for word in words), stem, exact, first_only)


def _begins(token: Token, stem: str) -> bool:
    return token.key.startswith(stem) or token.key_german.startswith(stem)


def _match(tokens: Sequence[Token], index: int, phrase: _Phrase) -> int:
    if phrase.exact and tokens[index].text.casefold() != phrase.exact:
        return 0
    position, last = index, len(phrase.keys) - 1
    for place, key in enumerate(phrase.keys):
        while place and position < len(tokens) and tokens[position].kind in JOINING:
            position += 1
        if position >= len(tokens) or not _fits(tokens[position], key, phrase.stem and place == last):
            return 0
        position += 1
    return position - index


def _fits(token: Token, key: str, stem: bool) -> bool:
    if token.kind not in (Kind.WORD, Kind.AMP):
        return False
    return _begins(token, key) if stem else key in (token.key, token.key_german)
