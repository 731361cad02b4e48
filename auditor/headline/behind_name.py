"""Tells what the words behind the company's name say of it: `Acme (former)`, `Acme, now at Globex`."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.headline.elsewhere import leads_elsewhere
from auditor.headline.endings import sentence_ends_it
from auditor.headline.expectation import Standing
from auditor.headline.markers import book, list_book
from auditor.headline.moments import MomentKind
from auditor.headline.own_job import is_role
from auditor.headline.surroundings import Surroundings
from auditor.headline.tenses import (
    RELATIVE,
    UNTIL,
    binding,
    is_past_adjective,
    is_year,
    tells_a_day,
    without_titles,
)
from auditor.headline.tokens import Clause, Kind, Token

_THROUGH = frozenset({"via", "through"})
_CONTRACTS = frozenset({"contract", "contrat", "vertrag", "arbeitsvertrag"})
_BUT = frozenset({"but", "maar", "mais", "aber", "doch"})
#: What follows them came later: `before` of one word.
_LEADS_IN = frozenset({"alvorens", "voordat", "bevor", "ehe"})


def read_behind(around: Surroundings) -> Standing:
    """Markers behind the name: `alumnus`, `(former)`, `gearbeitet`, `via Globex`."""
    right = [token for token in around.right if token.kind is not Kind.INNER]
    if right and right[0].kind is Kind.WORD:
        standing = _markers_behind(around, right)
        if standing is not Standing.PRESENT:
            return standing
        if book("future").length_at(right, 0):
            return Standing.FUTURE
        if book("approved").length_at(right, 0):  # `Acme certified partner`
            return Standing.RELATION
        until = right[0].key in UNTIL and around.found.legal_end not in around.reading.timed
        if until or any(token.key in _THROUGH for token in right):
            return Standing.RELATION
    following = around.next_clause
    if following is None or around.reading.told(right):
        return Standing.PRESENT
    bracketed = Standing.PRESENT if following.boundary is Kind.HARD else _bracketed(around, following)
    if bracketed is Standing.PRESENT and (_says_over(around, following) or sentence_ends_it(around)):
        return Standing.UNCLEAR
    return bracketed


def _markers_behind(around: Surroundings, right: Sequence[Token]) -> Standing:
    """What markers of the past among the words behind the name say of it."""
    length = book("past_after").length_at(right, 0)
    if length:
        return _marked(around, right[0], right[length:])
    behind = list(book("past_behind").spans(right))
    over = [span for span in book("past").spans(right) if around.reading.told(right[slice(*span)])]
    begun = [token for token in right if book("begun").holds(token)]
    first = min((start for start, _ in (*behind, *over)), default=0)
    whose = any(token.key in RELATIVE for token in right[:first])
    # `who completed ten marathons` tells of something else that is over
    ended = any(
        end - start > 1 or right[start].key in _LEADS_IN or _only_job(around, right[end:])
        for start, end in behind
    )
    last = bool(over) and not begun and not around.reading.told(right[over[-1][1] :])
    plain = last and all(
        binding(token) or book("person").holds(token) or token.key in _BUT
        for token in around.reading.told(right[: over[0][0]])
    )
    if (ended or plain) and not whose:
        return Standing.PAST
    taken_back = right[0].key in _BUT and any(book("negation").spans(right))  # `but not for a while`
    timed = all(map(around.reading.tells_time, begun))  # `begun in 2020` is a time
    if behind or last or taken_back or not timed:
        return Standing.UNCLEAR
    return Standing.PRESENT


def _only_job(around: Surroundings, tokens: Sequence[Token]) -> bool:
    """`(gewerkt) als inkoper`: no words but a job's."""
    words = around.reading.told(without_titles(tokens, around.expected.all_titles))
    return all(is_role(token) or binding(token) for token in words)


def _marked(around: Surroundings, marker: Token, rest: Sequence[Token]) -> Standing:
    """`Acme alumnus`, `Acme former employee`; but `Acme Alumni Office`, `Acme former Globex`."""
    words = [token for token in without_titles(rest, around.expected.all_titles) if token.kind is Kind.WORD]
    roles = (token for token in words if not book("employee_word").holds(token) and not binding(token))
    known = all(is_role(token) and not book("topic").holds(token) for token in roles)
    adjective = is_past_adjective(marker)
    named = any(token.capital for token in words) and not around.reading.lower_case
    return Standing.PAST if known or not (adjective or named) else Standing.UNCLEAR


def _bracketed(around: Surroundings, clause: Clause) -> Standing:
    """What a clause of its own right behind the name says: `(former)`, `, freelance`, `(incoming)`."""
    tokens = clause.tokens
    place = around.place + 2
    if place < len(around.reading.clauses) and around.reading.colon_before(place):
        return Standing.PRESENT  # `(formerly: teacher)`
    only = all(t.kind is not Kind.WORD or is_year(t) or _marker(tokens, i) for i, t in enumerate(tokens))
    if only and any(book("past", "past_after").spans(tokens)):
        return Standing.PAST
    if any(book("self_employed").spans(tokens)) and len(tokens) <= 3:
        return Standing.RELATION
    if clause.inside and book("future").length_at(tokens, 0):
        return Standing.FUTURE
    if tokens[0].key in UNTIL and clause.start not in around.reading.timed:
        return Standing.UNCLEAR
    return Standing.PRESENT


def _marker(tokens: Sequence[Token], index: int) -> bool:
    return any(
        book(kind).length_at(tokens, index) for kind in ("past", "past_after", "article", "employee_word")
    )


def _says_over(around: Surroundings, clause: Clause) -> bool:
    """`, left in March 2023`, `(last day Friday)`, `(einde contract)`: only that it ended; `contrat échu en
    2021`."""
    kinds = {one.kind for one in around.reading.moments_in(clause)}
    dated = not kinds.isdisjoint((MomentKind.DURING, MomentKind.UNTIL))
    if dated and any(token.key in _CONTRACTS for token in clause.tokens):
        return True
    over = {i for start, end in book("ended").spans(clause.tokens) for i in range(start, end)}
    rest = around.reading.told([token for index, token in enumerate(clause.tokens) if index not in over])
    small = book("function", "term")
    return bool(over) and all(binding(token) or small.holds(token) or tells_a_day(token) for token in rest)


def read_turn(around: Surroundings) -> Standing:
    """A `now`, `then` that leads somewhere else: what stands before it is over."""
    clauses = around.reading.clauses
    later = [around.right, *(one.tokens for one in clauses[around.place + 1 :])]
    for number, tokens in enumerate(later):
        if number and around.reading.holds_name(clauses[around.place + number]):
            break
        standing = _turned(around, tokens, elsewhere=_leads_away(around, around.place + number, tokens))
        if standing is not Standing.PRESENT:
            return standing
    earlier = clauses[: around.place]
    if around.says_now:
        return Standing.PRESENT
    moved = any(
        book("present").length_at(one.tokens, 0) and leads_elsewhere(around.reading, one) for one in earlier
    )
    return Standing.UNCLEAR if moved else Standing.PRESENT


def _turned(around: Surroundings, tokens: Sequence[Token], *, elsewhere: bool) -> Standing:
    """What a `now` or `then` that begins these tokens says of the name before it."""
    start = next((i for i, token in enumerate(tokens) if token.kind is Kind.WORD), 0)
    turn = book("turn").length_at(tokens, start) if tokens else 0
    length = turn or (book("present").length_at(tokens, start) if tokens else 0)
    rest = tokens[start + length :]
    if not length or any(book("also").spans(rest)) or any(book("side_post").spans(rest)):
        return Standing.PRESENT
    leaves = any(book("own_business", "self_employed", "retired").spans(rest))
    after = any(
        one.kind is MomentKind.AFTER for one in around.reading.moments if one.start < around.found.start
    )
    if turn and (elsewhere or leaves or after):
        return Standing.PAST
    role = any(list_book("roles.tsv").holds(token) for token in rest)
    return Standing.UNCLEAR if elsewhere or leaves or role else Standing.PRESENT


def _leads_away(around: Surroundings, place: int, tokens: Sequence[Token]) -> bool:
    """True where the tokens, the last ones of a clause, lead to another employer."""
    clause = around.reading.clauses[place]
    if tokens and tokens[0] is not clause.tokens[0]:
        clause = Clause(clause.end - len(tokens), clause.end, Kind.WEAK, clause.inside, tuple(tokens))
    return bool(tokens) and leads_elsewhere(around.reading, clause)
