"""Compares job titles word by word: abbreviations, gender forms, seniority, never one fuzzy score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cache
from itertools import product

from auditor.files.tables import package_rows
from auditor.headline.markers import PACKAGE, book, phrases_of
from auditor.headline.normalise import clean, fold
from auditor.headline.tokens import Kind, Token, tokenise


class TitleMatch(StrEnum):
    """How two titles stand to each other, the best first."""

    SAME = "same"
    ABBREVIATION = "abbreviation"
    GENDER = "gender"
    SENIORITY = "seniority"
    DIFFERS = "differs"


#: A title with more readings than this is compared as it is written.
_READINGS = 32
Words = tuple[str, ...]


def title_words(text: str) -> Words:
    """The words of a title in comparable form, brackets and small words aside."""
    return comparable(tokenise(clean(text).text))


def comparable(tokens: Iterable[Token]) -> Words:
    """The comparable words of title tokens; initials (`R&D`) are one word."""
    words: list[str] = []
    pending_amp = False
    for token in tokens:
        if token.kind is Kind.AMP and token.glued:
            pending_amp = True
        elif token.kind is Kind.WORD:
            if pending_amp and token.glued and words and len(words[-1]) == len(token.key) == 1:
                words[-1] += token.key
            else:
                words.append(token.key)
            pending_amp = False
        elif token.text in "+#" and token.glued and words:
            words[-1] += token.text
    return tuple(words)


def with_title_words(tokens: Sequence[Token], titles: Iterable[Words]) -> tuple[Token, ...]:
    """The tokens with what spells one word of a title as one token: `R&D`, `C++` are several signs."""
    wanted = {word for title in titles for word in title}
    merged: list[Token] = []
    place = 0
    while place < len(tokens):
        length = next((n for n in (3, 2) if _spells(tokens[place : place + n], n, wanted)), 1)
        run, place = tokens[place : place + length], place + length
        (key,) = comparable(run) if length > 1 else ("",)
        text = "".join(one.text for one in run)
        last = run[-1].end
        merged.append(replace(run[0], text=text, end=last, key=key, key_german=key) if key else run[0])
    return tuple(merged)


def _spells(run: Sequence[Token], length: int, wanted: set[str]) -> bool:
    """Whether these tokens, all glued, are one of the words."""
    signs = all(token.kind in (Kind.WORD, Kind.AMP) or token.text in ("+", "#") for token in run)
    if len(run) < length or run[0].kind is not Kind.WORD or not signs:
        return False
    words = comparable(run)
    return len(words) == 1 and words[0] in wanted and all(token.glued for token in run[1:])


def title_spans(tokens: Sequence[Token], titles: Iterable[Words]) -> list[tuple[int, int]]:
    """Where the tokens spell a whole title, with whatever signs between its words."""
    words = [index for index, token in enumerate(tokens) if token.kind is Kind.WORD]
    keys = tuple(tokens[index].key for index in words)
    return [
        (words[start], words[start + len(title) - 1] + 1)
        for title in titles
        if title
        for start in range(len(keys) - len(title) + 1)
        if keys[start : start + len(title)] == title
    ]


def compare_titles(wanted: Words, seen: Words) -> TitleMatch:
    """How the title seen stands to the one of the roster."""
    one, other = _without_glue(wanted), _without_glue(seen)
    if _alike(one, other):
        return TitleMatch.SAME
    if _gender_alike(one, other):
        return TitleMatch.GENDER
    readings = list(product(_expansions(one), _expansions(other)))
    if any(_alike(first, second) for first, second in readings):
        return TitleMatch.ABBREVIATION
    if any(_gender_alike(first, second) for first, second in readings):
        return TitleMatch.GENDER
    if any(_seniority_apart(first, second) for first, second in readings):
        return TitleMatch.SENIORITY
    return TitleMatch.DIFFERS


def is_senior_word(word: str) -> bool:
    """True for senior, junior, lead, hoofd, adjoint, leitend ..."""
    return book("seniority").holds(tokenise(word)[0]) if word else False


def gender_pair(one: str, other: str) -> bool:
    """True where two words are the male and female form of one (after `fold`)."""
    if one == other or (one, other) in _pairs():
        return True
    return one[:3] == other[:3] and (_ending_pair(one, other) or _ending_pair(other, one))


def _alike(one: Words, other: Words) -> bool:
    return one == other or (bool(one) and "".join(one) == "".join(other))


def _gender_alike(one: Words, other: Words) -> bool:
    if not one:
        return False
    if len(one) == len(other):
        return all(gender_pair(first, second) for first, second in zip(one, other, strict=True))
    return gender_pair("".join(one), "".join(other))


def _seniority_apart(one: Words, other: Words) -> bool:
    first, second = _without_seniority(one), _without_seniority(other)
    if first and second and (_alike(first, second) or _gender_alike(first, second)):
        return True
    joined, seen = "".join(one), "".join(other)
    longer, shorter = (joined, seen) if len(joined) > len(seen) else (seen, joined)
    prefix = longer.removesuffix(shorter)
    return len(shorter) > 3 and prefix != longer and prefix in _seniority_prefixes()


@cache
def _seniority_prefixes() -> frozenset[str]:
    return frozenset(map(fold, phrases_of("seniority_prefix")))


def _without_seniority(words: Words) -> Words:
    return tuple(word for word in words if not is_senior_word(word))


@cache
def _glue() -> frozenset[str]:
    return frozenset(map(fold, phrases_of("glue")))


def _without_glue(words: Words) -> Words:
    kept = tuple(word for word in words if word not in _glue())
    return kept or words


@cache
def _abbreviations() -> dict[str, tuple[Words, ...]]:
    return {
        fold(row["short"]): tuple(_without_glue(title_words(text)) for text in row["long"].split(";"))
        for row in package_rows(PACKAGE, "abbreviations.tsv")
    }


def _expansions(words: Words) -> list[Words]:
    """All readings of a title with its abbreviations written out."""
    choices: list[list[Words]] = [[(word,), *_abbreviations().get(word, ())] for word in words]
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > _READINGS:
        choices = [[choice[0]] if len(choice) == 1 else [choice[1]] for choice in choices]
    return [tuple(word for part in reading for word in part) for reading in product(*choices)]


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    rows = [(fold(row["one"]), fold(row["other"])) for row in package_rows(PACKAGE, "genders.tsv")]
    whole = [pair for pair in rows if not pair[0].startswith("-")]
    return frozenset([*whole, *((other, one) for one, other in whole)])


@cache
def _pair_endings() -> tuple[tuple[str, str], ...]:
    rows = [(fold(row["one"]), fold(row["other"])) for row in package_rows(PACKAGE, "genders.tsv")]
    return tuple((one[1:], other[1:]) for one, other in rows if one.startswith("-"))


#: (masculine ending, feminine ending): German, French, Dutch; the stem must have three letters.
_ENDINGS: Sequence[tuple[str, str]] = (
    ("", "in"),
    ("e", "in"),
    ("er", "e"),
    ("", "e"),
    ("teur", "trice"),
    ("tor", "trice"),
    ("eur", "euse"),
    ("n", "nne"),
    ("f", "ve"),
    ("el", "elle"),
    ("er", "ster"),
    ("eux", "euse"),
    ("eur", "eresse"),
    ("t", "tte"),
    ("er", "eres"),
    ("e", "esse"),
)


def masculine_forms(word: str) -> frozenset[str]:
    """The male forms that a folded word may be the female form of; the word itself is none of them."""
    whole = {one for one, other in _pairs() if other == word}
    stems = (
        (word.removesuffix(feminine), masculine)
        for masculine, feminine in (*_ENDINGS, *_pair_endings())
        if word.endswith(feminine)
    )
    return frozenset(whole | {stem + masculine for stem, masculine in stems if len(stem) >= 3})


def _ending_pair(one: str, other: str) -> bool:
    for masculine, feminine in (*_ENDINGS, *_pair_endings()):
        stem = one.removesuffix(masculine) if masculine else one
        if one.endswith(masculine) and len(stem) >= 3 and other == stem + feminine:
            return True
    return False
