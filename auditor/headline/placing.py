"""Finds the job title that belongs to a mention of the company, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from auditor.headline.markers import book
from auditor.headline.mention import Mention
from auditor.headline.reading import Reading
from auditor.headline.tenses import content_starts
from auditor.headline.titles import TitleMatch, Words, comparable, compare_titles
from auditor.headline.tokens import Clause, Kind


class Place(StrEnum):
    """Where the title stands as seen from the company's name."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class TitleFound:
    """The best title seen: how it fits, on which side of the name, and the indices of its tokens."""

    match: TitleMatch
    place: Place
    tokens: frozenset[int]

    @property
    def fits(self) -> bool:
        """True where it is the wanted title, but for spelling, abbreviation or gender."""
        return self.match in (TitleMatch.SAME, TitleMatch.ABBREVIATION, TitleMatch.GENDER)


#: How many clauses one title may run over (`Manager, Sales & Marketing, Benelux`).
_REACH = 4
_RANK = list(TitleMatch)
_Run = tuple[Place, tuple[int, ...]]


def find_title(reading: Reading, mention: Mention | None, titles: tuple[Words, ...]) -> TitleFound | None:
    """The title that fits best; None where no words could be one. No `titles`: any words fit."""
    if mention is None:
        return _best(reading, titles, _clause_runs(reading, None))
    joined = _best(reading, titles, _runs_before(reading, mention))
    if joined and joined.fits:
        return joined
    behind = range(mention.found.legal_end, reading.clauses[mention.clause].end)
    after = _best(reading, titles, [(Place.AFTER, tuple(behind))])
    if after and after.fits:
        return after
    if _stripped(reading, range(*mention.before)):
        return joined or after
    apart = _best(reading, titles, _clause_runs(reading, mention))
    found = [one for one in (joined, apart, after) if one is not None]
    return min(found, key=lambda one: _RANK.index(one.match), default=None)


def _best(reading: Reading, titles: tuple[Words, ...], runs: Iterable[_Run]) -> TitleFound | None:
    best: TitleFound | None = None
    for place, run in _with_stripped(reading, runs):
        words = comparable(reading.tokens[index] for index in run)
        if not words:
            continue
        matches = (compare_titles(title, words) for title in titles)
        match = min(matches, key=_RANK.index, default=TitleMatch.SAME)
        if best is None or _RANK.index(match) < _RANK.index(best.match):
            best = TitleFound(match, place, frozenset(run))
    return best


def _with_stripped(reading: Reading, runs: Iterable[_Run]) -> Iterator[_Run]:
    """Each run as a person may mean it: without `I am a`, and, where words are left, as it stands."""
    for place, run in runs:
        stripped = _stripped(reading, run)
        yield place, stripped
        if stripped:
            yield place, tuple(index for index in run if index not in reading.literal_tokens)


def _runs_before(reading: Reading, mention: Mention) -> Iterator[_Run]:
    """The words before the connector, then with the clauses before them taken in.

    Each time with and without the clauses in brackets: `Buyer (Packaging) at ...`.
    """
    whole = tuple(range(*mention.before))
    plain = whole
    place = mention.clause
    first = mention.before[0]
    yield Place.BEFORE, whole
    for _ in range(_REACH):
        boundary = reading.clauses[place].boundary
        if place == 0 or (boundary is Kind.HARD and _stripped(reading, plain)):
            return
        place -= 1
        clause = reading.clauses[place]
        if _is_extra(reading, clause):
            return
        span = tuple(range(clause.start, first))
        first = clause.start
        whole = span + whole
        yield Place.BEFORE, whole
        if not clause.inside:
            plain = span + plain
            yield Place.BEFORE, plain


def _clause_runs(reading: Reading, mention: Mention | None) -> Iterator[_Run]:
    """Every other clause, and runs of clauses that only commas part."""
    for start, first in enumerate(reading.clauses):
        if (mention and start == mention.clause) or _is_extra(reading, first):
            continue
        place = Place.AFTER if mention and start > mention.clause else Place.BEFORE
        for number, clause in enumerate(reading.clauses[start : start + _REACH]):
            same_part = number == 0 or clause.boundary is not Kind.HARD
            if not same_part or (mention and start + number == mention.clause) or _is_extra(reading, clause):
                break
            yield place, tuple(range(first.start, clause.end))


def _is_extra(reading: Reading, clause: Clause) -> bool:
    """A clause that cannot be a title: a name, a hashtag, something past, a slogan."""
    if reading.holds_name(clause):
        return True
    if any(token.kind is Kind.HASH for token in clause.tokens) or any(book("past").spans(clause.tokens)):
        return True
    return all(index in reading.literal_tokens for index in range(clause.start, clause.end))


def _stripped(reading: Reading, run: Iterable[int]) -> tuple[int, ...]:
    """The indices without slogans, and without `I am a`, `proud`, `currently` at either end."""
    kept = [index for index in run if index not in reading.literal_tokens]
    tokens = [reading.tokens[index] for index in kept]
    kinds = ("filler", "present", "article")
    fillers = book(*kinds)
    start, end = content_starts(tokens, *kinds), len(tokens)
    while end > start and (tokens[end - 1].kind not in _WORDY or fillers.holds(tokens[end - 1])):
        end -= 1
    return tuple(kept[start:end])


_WORDY = frozenset({Kind.WORD, Kind.OTHER})
