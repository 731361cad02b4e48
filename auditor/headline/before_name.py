"""Tells what the words before the company's name say of it: `Former buyer at Acme`, `Past: Acme`."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.headline.expectation import Standing
from auditor.headline.markers import book
from auditor.headline.own_job import is_role
from auditor.headline.surroundings import Surroundings
from auditor.headline.tenses import (
    after_article,
    binding,
    holds_title,
    is_past_adjective,
    only_marker_or_role,
    past_spans,
    without_titles,
)
from auditor.headline.titles import comparable
from auditor.headline.tokens import Clause, Kind, Token

#: Nouns that may be the topic of a job: `Hulpverlener afscheid`.
_PAST_NOUNS = frozenset(
    {"afscheid", "abschied", "adieu", "farewell", "goodbye", "premier", "eerste", "erste", "first"}
)
#: Markers that begin job titles too, and how many words the rest of such a title has at least.
_IN_TITLES = {
    "alumni": 1,
    "alumnus": 1,
    "prior": 2,
    "left": 2,
    "quit": 2,
    "past": 2,
    "previous": 2,
    "sold": 2,
}
_LEAVING = frozenset({"left", "quit", "quitte", "verliet", "verlaten", "verlassen", "departed", "resigned"})
_TOWARDS = frozenset({"for", "to", "pour", "voor", "naar", "fur", "zu", "zum", "zur"})


def read_markers(around: Surroundings, tokens: Sequence[Token]) -> Standing:
    """What the markers before the name say; a word such as `now` ends the reach of those before it."""
    resets = [end for _, end in book("present").spans(tokens)]
    reach = tokens[resets[-1] :] if resets else tokens
    free = without_titles(reach, around.expected.all_titles)
    past = past_spans(free, around.expected.all_titles)
    if past:
        return _past(around, reach, free, past[0])
    if any(not after_article(free, start) for start, _ in book("future").spans(free)):
        return Standing.FUTURE
    if any(book("self_employed", "in_name").spans(free)):
        return Standing.RELATION
    return Standing.PRESENT


def _past(
    around: Surroundings, reach: Sequence[Token], free: Sequence[Token], span: tuple[int, int]
) -> Standing:
    """PAST where the marker plainly governs the name; UNCLEAR where it may belong to something else."""
    before = [
        token
        for token in free[: span[0]]
        if token.kind is Kind.WORD and not binding(token) and not book("person").holds(token)
    ]
    between = [token for token in free[span[1] :] if token.kind is Kind.WORD and not binding(token)]
    titled = holds_title(reach, around.expected.all_titles)
    marker = free[span[0]]
    behind = bool(before) and (is_past_adjective(marker) or marker.key in _PAST_NOUNS)
    # `Alumni Officer`, `Left Luggage Attendant`: the marker is a part of a job title
    least = _IN_TITLES.get(marker.key, 0)
    named = around.reading.lower_case or all(token.capital for token in between)
    compound = bool(least) and len(between) >= least and named
    # `Left Globex for Acme`
    last = next((token.key for token in reversed(free) if token.kind is Kind.WORD), "")
    moved = free[span[1] - 1].key in _LEAVING and bool(between) and last in _TOWARDS
    unclear = behind or compound or moved or (between and (before or titled))
    return Standing.UNCLEAR if unclear else Standing.PAST


def read_bracket_before(around: Surroundings) -> Standing:
    """`(ex-)buyer at Acme`: a bracket of a marker alone holds for the words it stands before."""
    before = around.reading.clauses[around.place - 1] if around.place else None
    if before is None or not before.inside or around.clause.inside or not around.has_own_words:
        return Standing.PRESENT
    words = [token for token in before.tokens if token.kind is Kind.WORD]
    if not words or not all(book("past", "past_prefix").holds(token) for token in words):
        return Standing.PRESENT
    return Standing.PAST if before.boundary is Kind.HARD else Standing.UNCLEAR


def read_earlier(around: Surroundings) -> Standing:
    """What the clauses before say of a name: its label (`Past: Buyer at Acme`), or markers that go on."""
    label = around.label
    headed = read_markers(around, label.tokens) if label is not None else Standing.PRESENT
    if label is not None and headed is Standing.PAST:
        sentence = len(around.others(label)) > 1  # `Past caring about mud: Buyer at Acme`
        return Standing.UNCLEAR if sentence or _another_job(around, label) else Standing.PAST
    return headed if headed in (Standing.PAST, Standing.FUTURE) else _inherited(around)


def _another_job(around: Surroundings, marked: Clause) -> bool:
    """True where a marker has a job of its own and the wanted one stands outside its clause:
    `Buyer (former teacher) at Acme`, `Former teacher: Buyer at Acme`."""
    clauses, first = around.reading.clauses, around.reading.clause_at(marked.start)
    while first > 0 and clauses[first].boundary is not Kind.HARD:
        first -= 1
    part = [one.tokens for one in clauses[first : around.place] if one != marked]
    part.append(around.reading.tokens[around.clause.start : around.begin])
    outside = any(holds_title(one, around.expected.all_titles) or any(map(is_role, one)) for one in part)
    return outside and any(map(is_role, around.others(marked)))


def _inherited(around: Surroundings) -> Standing:
    """Markers of earlier clauses reach a name that has no words of its own."""
    clauses, place = around.reading.clauses, around.place
    before = around.reading.tokens[around.clause.start : around.begin]
    own_words = any(token.kind is Kind.WORD for token in before)
    touching = clauses[place].boundary
    if own_words and touching not in (Kind.AMP, Kind.SLASH):
        return Standing.PRESENT
    if own_words and comparable(before) in around.expected.all_titles:
        return Standing.PRESENT
    hard = touching is Kind.HARD
    while place > 0 and (clauses[place].boundary is not Kind.HARD or place == around.place):
        place -= 1
        inherited = _from_clause(around, clauses[place], hard=hard, own_words=own_words)
        if inherited is not None:
            return inherited
        if hard:
            break
    return Standing.PRESENT


def _from_clause(around: Surroundings, clause: Clause, *, hard: bool, own_words: bool) -> Standing | None:
    """What the markers of an earlier clause say of the name; None where they do not reach it."""
    if around.reading.holds_name(clause):
        return None
    standing = read_markers(around, clause.tokens)
    if standing is Standing.PRESENT:
        return None
    if standing is Standing.RELATION and hard:
        return None
    if hard and not holds_title(clause.tokens, around.expected.all_titles):
        return None
    certain = not hard and not own_words and only_marker_or_role(clause.tokens, around.expected.all_titles)
    certain = certain and not _another_job(around, clause)
    if standing is Standing.PAST and not certain:
        return Standing.UNCLEAR
    return standing
