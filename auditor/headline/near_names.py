"""Names that are nearly ours: a typing slip, the first word of a longer name, its initials, a longer word."""

from __future__ import annotations

from auditor.headline.aliases import Name, is_glued, is_slip, near_miss
from auditor.headline.markers import book, list_book
from auditor.headline.reading import Reading
from auditor.headline.titles import Words
from auditor.headline.tokens import Kind, Token


def has_near_miss(reading: Reading, names: tuple[Name, ...], titles: tuple[Words, ...]) -> bool:
    """True where a name that is nearly ours stands where an employer would."""
    if any(token.kind is Kind.WORD and is_glued(token, names) for token in reading.tokens):
        return True
    return any(_in_clause(clause.tokens, names, titles) for clause in reading.clauses)


def _in_clause(tokens: tuple[Token, ...], names: tuple[Name, ...], titles: tuple[Words, ...]) -> bool:
    return any(near_miss(tokens, *span, names) for span in _employer_spans(tokens)) or any(
        is_slip(tokens[start:stop], names) and _namelike(tokens[start:stop], titles)
        for start in range(len(tokens))
        for stop in range(start + 1, min(start + 4, len(tokens)) + 1)
    )


def _employer_spans(tokens: tuple[Token, ...]) -> list[tuple[int, int]]:
    """Where an employer's name would stand: behind a connector, or as a short clause of its own."""
    connectors = book("connector", "weak_connector", "relation")
    starts = {end for _, end in connectors.spans(tokens)}
    starts |= {index + 1 for index, token in enumerate(tokens) if token.kind is Kind.AT}
    if len(tokens) <= 5 and tokens[0].capital:
        starts.add(0)
    return [span for start in sorted(starts) for span in _spans_from(tokens, start)]


def _spans_from(tokens: tuple[Token, ...], start: int) -> list[tuple[int, int]]:
    """The name with and without an article before it: `De Boer`, `the Globe`."""
    while start < len(tokens) and tokens[start].kind is not Kind.WORD:
        start += 1
    behind = start
    while start > 0 and book("article").holds(tokens[start - 1]):
        start -= 1
    while behind < len(tokens) and book("article").holds(tokens[behind]):
        behind += 1
    return [(first, _end_of_name(tokens, behind)) for first in sorted({start, behind})]


def _end_of_name(tokens: tuple[Token, ...], start: int) -> int:
    end = start
    while end < len(tokens) and (tokens[end].capital or not book("function").holds(tokens[end])):
        end += 1
    return end


def _namelike(tokens: tuple[Token, ...], titles: tuple[Words, ...]) -> bool:
    """Words that could be a name: capitals, and neither role words nor words of the title."""
    known = {word for title in titles for word in title}
    words = [token for token in tokens if token.kind is Kind.WORD]
    return bool(words) and all(
        token.capital
        and len(token.text) > 2
        and token.key not in known
        and not list_book("roles.tsv").holds(token)
        and not book("function", "filler", "past", "seniority").holds(token)
        for token in words
    )
