"""Reads one headline: its words, clauses and the company names in it, availability phrases cut out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from auditor.headline.aliases import Name, NameFound, find_names
from auditor.headline.markers import book, list_book
from auditor.headline.moments import Moment, find_moments
from auditor.headline.normalise import SOFT, clean
from auditor.headline.scripts import has_other_script
from auditor.headline.template import Literal
from auditor.headline.titles import Words, title_spans, with_title_words
from auditor.headline.tokens import Clause, Kind, Token, clauses_of, same_word, tokenise

_MASKED = regex.compile(r"(?:\*|undefined|[\W_])+")
_CUT_OFF = regex.compile(
    rf"(?:(?<!\.)\.{{3}}(?!\.)|…)[\s)\]\"'»{SOFT}]*"
    rf"(?:(?:see )?more|meer(?: weergeven)?|(?:voir )?plus|mehr(?: anzeigen)?)?[\s{SOFT}]*$",
    regex.IGNORECASE,
)
_PARTS = frozenset({Kind.HARD, Kind.WEAK, Kind.OPEN, Kind.CLOSE, Kind.CUT})


@dataclass(frozen=True, slots=True)
class Reading:
    """A headline taken apart. `cut_off`: shortened with an ellipsis; `masked`: some of it is asterisks;
    `sought`: indices of names that stand in a phrase about looking for work; `literal_tokens`: indices of
    what belongs to a slogan or hashtag of the template; `moments`: the times that are told, `timed` the
    indices of their tokens."""

    text: str
    changes: frozenset[str]
    tokens: tuple[Token, ...]
    clauses: tuple[Clause, ...]
    names: tuple[NameFound, ...]
    literal_of: tuple[tuple[Literal, tuple[int, int]], ...]
    cut_off: bool
    masked: bool
    gaps: bool
    sought: frozenset[int]
    lower_case: bool
    literal_tokens: frozenset[int]
    moments: tuple[Moment, ...]
    timed: frozenset[int]

    def clause_at(self, index: int) -> int:
        """The number of the clause that holds a token."""
        return next(place for place, clause in enumerate(self.clauses) if clause.start <= index < clause.end)

    def holds_name(self, clause: Clause) -> bool:
        """True where a company name, ours or a sister's, begins in the clause."""
        return any(clause.start <= name.start < clause.end for name in self.names)

    def is_ours(self, index: int) -> bool:
        """True for a token of a company name, ours or a sister's, or of the template's fixed words."""
        named = any(name.legal_start <= index < name.legal_end for name in self.names)
        return named or index in self.literal_tokens

    def moments_in(self, clause: Clause) -> list[Moment]:
        """The times that begin in the clause."""
        return [one for one in self.moments if clause.start <= one.start < clause.end]

    def tells_time(self, token: Token) -> bool:
        """True for a token of a time that is told: `since` and `2019` in `since 2019`."""
        return any(self.tokens[index] is token for index in self.timed)

    def told(self, tokens: Iterable[Token]) -> list[Token]:
        """The words among tokens that tell more than a time."""
        return [token for token in tokens if token.kind is Kind.WORD and not self.tells_time(token)]

    def colon_before(self, place: int) -> bool:
        """True where a colon parts the clause of this number from the one before it."""
        signs = self.tokens[self.clauses[place - 1].end : self.clauses[place].start]
        return any(token.text == ":" for token in signs) and self.clauses[place].boundary is Kind.WEAK


def not_whole(reading: Reading, known: frozenset[str]) -> str:
    """Why nothing can be said of what a headline does not hold; empty where it was read whole.

    Words that are `known` (folded) may stand in another script.
    """
    if reading.cut_off:
        return "TRUNCATED"
    if reading.masked:
        return "MASKED"
    odd = has_other_script(reading.tokens, known) or "override" in reading.changes
    return "MIXED_SCRIPT" if odd else ""


def is_masked(raw: str) -> bool:
    """True for a value of asterisks, blanks and signs only: hidden from visitors."""
    return "*" in raw and _MASKED.fullmatch(raw) is not None


def is_empty(raw: str) -> bool:
    """True where nothing can be read: blank, invisible signs, `--`."""
    return not regex.search(r"[\p{L}\p{N}]", clean(raw).text) and not regex.search(r"\p{Emoji}", raw)


def read_headline(
    raw: str, names: tuple[Name, ...], literals: Sequence[Literal] = (), titles: Sequence[Words] = ()
) -> Reading:
    """Take a headline apart. `names` are looked for outside the template's literals only; the signs inside
    one of the person's `titles` part nothing (`Head of R&D`, `Sales, Marketing and Data`)."""
    cleaned = clean(raw)
    text, cut_off, whole_word = _without_ellipsis(cleaned.text)
    tokens = tokenise(text)
    if cut_off:
        tokens = _with_cut(tokens, whole_word)
    tokens, masked = _without_masks(with_title_words(tokens, titles))
    found = find_names(tokens, names, frozenset())
    tokens, sought_names, gaps = _without_availability(tokens, found)
    literal_of = _find_literals(tokens, literals)
    literal_tokens = _within(span for _, span in literal_of)
    found = find_names(tokens, names, literal_tokens)
    fused = literal_tokens | _within((name.legal_start, name.legal_end) for name in found)
    moments = find_moments(tokens, fused)
    timed = _within((one.start, one.end) for one in moments)
    # the first word of a phrase such as `en mission chez` is no `and`
    relations = _within(book("relation").spans(tokens))
    letters = [token for token in tokens if token.kind is Kind.WORD]
    return Reading(
        text=text,
        changes=cleaned.changes,
        tokens=tokens,
        clauses=clauses_of(tokens, fused | timed | relations | _within(title_spans(tokens, titles))),
        names=tuple(found),
        literal_of=literal_of,
        cut_off=cut_off,
        masked=masked,
        gaps=gaps,
        sought=frozenset(name.start for name in found if tokens[name.start].start in sought_names),
        lower_case=bool(letters) and all(token.text == token.text.lower() for token in letters),
        literal_tokens=literal_tokens,
        moments=moments,
        timed=timed,
    )


def _within(spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(index for start, end in spans for index in range(start, end))


def _without_ellipsis(text: str) -> tuple[str, bool, bool]:
    """(text, was cut off, the last word is whole)."""
    match = _CUT_OFF.search(text)
    if match is None or match.start() == 0:
        return text, False, True
    before = text[: match.start()]
    return before, True, before[-1:].isspace() or not before[-1:].isalnum()


def _with_cut(tokens: tuple[Token, ...], whole_word: bool) -> tuple[Token, ...]:
    kept = tokens if whole_word or not tokens else tokens[:-1]
    end = kept[-1].end if kept else 0
    return (*kept, Token(Kind.CUT, "", end, end, False))


def _gap(token: Token) -> Token:
    return Token(Kind.HARD, "", token.start, token.start, False)


def _without_masks(tokens: tuple[Token, ...]) -> tuple[tuple[Token, ...], bool]:
    masked = any(token.kind is Kind.MASK for token in tokens)
    return tuple(_gap(token) if token.kind is Kind.MASK else token for token in tokens), masked


def _without_availability(
    tokens: tuple[Token, ...], names: Sequence[NameFound]
) -> tuple[tuple[Token, ...], frozenset[int], bool]:
    """Tokens without phrases of availability, and the text offsets of names they reach."""
    kept: list[Token] = []
    sought: set[int] = set()
    position, gaps = 0, False
    for start, end in list_book("availability.tsv").spans(tokens):
        if start < position:
            continue
        begin = start - 1 if start and tokens[start - 1].kind is Kind.HASH else start
        stop = end if begin < start else _end_of_part(tokens, end)
        if begin == start and stop < len(tokens) and tokens[stop].text == ":":
            stop = _end_of_part(tokens, stop + 1)
        reached = [name for name in names if end <= name.start < stop]
        if reached:
            sought.update(tokens[name.start].start for name in reached)
            stop = end
        kept += [*tokens[position:begin], _gap(tokens[begin])]
        position, gaps = stop, True
    return (*kept, *tokens[position:]), frozenset(sought), gaps


def _end_of_part(tokens: tuple[Token, ...], index: int) -> int:
    while index < len(tokens) and tokens[index].kind not in _PARTS:
        index += 1
    return index


def _find_literals(
    tokens: tuple[Token, ...], literals: Sequence[Literal]
) -> tuple[tuple[Literal, tuple[int, int]], ...]:
    found = []
    for literal in literals:
        span = next((span for i in range(len(tokens)) if (span := _literal_at(tokens, i, literal))), None)
        if span:
            found.append((literal, span))
    return tuple(found)


def _literal_at(tokens: tuple[Token, ...], index: int, literal: Literal) -> tuple[int, int] | None:
    if literal.hashtag and (index == 0 or tokens[index - 1].kind is not Kind.HASH):
        return None
    position = index
    for place, word in enumerate(literal.words):
        while place and position < len(tokens) and tokens[position].kind not in _SPOKEN:
            position += 1
        if position >= len(tokens) or not same_word(tokens[position], word):
            return None
        position += 1
    return (index, position) if tokens[index].kind in _SPOKEN else None


_SPOKEN = frozenset({Kind.WORD, Kind.AMP, Kind.HARD, Kind.CUT})
