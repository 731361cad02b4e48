"""Notices words that may take back a claim: `Buyer at Acme, now enjoying my garden`."""

from __future__ import annotations

from auditor.headline.elsewhere import leads_elsewhere
from auditor.headline.endings import bracket_in_doubt
from auditor.headline.markers import book, list_book
from auditor.headline.moments import MomentKind
from auditor.headline.own_job import has_tie
from auditor.headline.surroundings import Surroundings
from auditor.headline.tenses import RELATIVE, UNTIL, binding, tells_a_day
from auditor.headline.tokens import Clause, Kind, Token

#: Signs by which people draw a way from one employer to the next.
_ARROWS = frozenset(">→➔⇒»")


def is_doubted(around: Surroundings) -> bool:
    """True where words around a claim may take it back; no ground to call anything past or missing."""
    words = [token for token in around.right if token.kind is Kind.WORD]
    if any(book("person").holds(token) or token.key in UNTIL for token in words):
        return not any(one.open for one in around.reading.moments)
    if any(book("past_behind").spans(around.left)):
        return True
    later = _later_clauses(around)
    if around.clause.inside and later and bracket_in_doubt(around, later):
        return True
    label = around.label
    if label is not None and not around.reading.holds_name(label) and not _explains(around, label):
        return True
    return _leads_on(around) or any(_takes_back(around, one) for one in later)


def _explains(around: Surroundings, label: Clause) -> bool:
    """True for a label that names a job, a time that goes on, or nothing: `Now: Nurse at Acme`."""
    words = [token for token in label.tokens if token.kind is Kind.WORD]
    if has_tie(words, followed=False) or any(token.key == "partner" for token in words):
        return False
    return all(
        index in around.reading.timed
        or token.kind is not Kind.WORD
        or binding(token)
        or book("present").holds(token)
        or list_book("roles.tsv").holds(token)
        for index, token in enumerate(label.tokens, label.start)
    )


def _leads_on(around: Surroundings) -> bool:
    """`Acme → Globex`, `Acme → ?`: an arrow behind the name leads to the next employer, to another job, or to
    nobody knows what."""
    following = around.next_clause
    if around.reading.told(around.right):
        return False
    if following is None:
        return any(token.text in _ARROWS for token in around.reading.tokens[around.clause.end :])
    signs = {token.text for token in around.reading.tokens[around.clause.end : following.start]}
    return "→" in signs or (_namelike(following.tokens[0]) and not signs.isdisjoint(_ARROWS))


def _later_clauses(around: Surroundings) -> list[Clause]:
    """The clauses behind the name, up to one that holds a name again."""
    later = around.reading.clauses[around.place + 1 :]
    end = next((i for i, one in enumerate(later) if around.reading.holds_name(one)), len(later))
    return list(later[:end])


def _takes_back(around: Surroundings, clause: Clause) -> bool:
    """`, per 1 januari gestopt`; `, now enjoying my garden`."""
    if any(book("also").spans(clause.tokens)):
        return False
    if any(book(kind).length_at(clause.tokens, 0) for kind in ("turn", "departure", "future")):
        return True
    # `, where I worked for years`
    if clause.tokens[0].key in RELATIVE and any(book("past", "past_behind").spans(clause.tokens)):
        return True
    since = any(one.kind is MomentKind.SINCE for one in around.reading.moments_in(clause))
    own = any(book("own_business", "self_employed").spans(clause.tokens))
    if (since and (own or leads_elsewhere(around.reading, clause))) or _now_named(around, clause):
        return True
    spans = [end for _, end in book("past_behind", "ended").spans(clause.tokens)]
    roles = any(list_book("roles.tsv").holds(token) for token in clause.tokens)
    over = bool(spans) and all(
        binding(token) or tells_a_day(token) for token in around.reading.told(clause.tokens[spans[-1] :])
    )
    return over and (clause.boundary is not Kind.HARD or not roles)


def _now_named(around: Surroundings, clause: Clause) -> bool:
    """`Currently: Globex`: a label of the present before a name."""
    length = book("present").length_at(clause.tokens, 0)
    place = around.reading.clause_at(clause.start) + 1
    if not length or length < len(clause.tokens) or place == len(around.reading.clauses):
        return False
    following = around.reading.clauses[place]
    return _namelike(following.tokens[0]) and following.boundary is Kind.WEAK


def _namelike(token: Token) -> bool:
    return token.capital and not list_book("roles.tsv").holds(token)
