"""Notices other current employers and own businesses in a headline, without naming them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.judging.headline.markers import book, list_book
from auditor.judging.headline.mention import Mention
from auditor.judging.headline.reading import Reading
from auditor.judging.headline.tokens import Clause, Kind, Token

#: Connectors that announce an employer; `à`, `aan`, `by`, `in` announce places and makers as well.
_EMPLOYING = frozenset({"at", "bij", "chez", "bei", "beim", "sein", "employed", "working"})


def names_other_employer(reading: Reading) -> bool:
    """True where a connector leads to an organisation that is not ours, and nothing says it is past."""
    return any(_leads_elsewhere(reading, clause) for clause in reading.clauses)


def has_second_role(reading: Reading, mention: Mention, used: frozenset[int]) -> bool:
    """True where a second current role or employer is named beside the one that fits."""
    for place, clause in enumerate(reading.clauses):
        if _leads_elsewhere(reading, clause) or _own_business(reading, clause, used):
            return True
        if place == mention.clause + 1 and _second_name(reading, mention, clause):
            return True
    return False


def _leads_elsewhere(reading: Reading, clause: Clause) -> bool:
    if _past_or_study(reading, clause):
        return False
    return any(_an_employer(reading, clause, index) for index in _behind_connectors(clause))


def _behind_connectors(clause: Clause) -> Iterator[int]:
    """Indices (in the clause) of the first word behind each employing connector."""
    tokens = clause.tokens
    for index, token in enumerate(tokens):
        if token.kind is Kind.AT or _employing(tokens, index):
            ahead = index + 1
            while ahead < len(tokens) and _passed_over(tokens[ahead]):
                ahead += 1
            if ahead < len(tokens):
                yield ahead


def _employing(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.kind is not Kind.WORD or token.key not in _EMPLOYING:
        return False
    return token.key != "sein" or (index > 0 and tokens[index - 1].key == "au")


def _passed_over(token: Token) -> bool:
    return token.kind in (Kind.INNER, Kind.OTHER, Kind.HASH) or book("article").holds(token)


def _an_employer(reading: Reading, clause: Clause, ahead: int) -> bool:
    token = clause.tokens[ahead]
    index = clause.start + ahead
    if token.kind is not Kind.WORD or any(n.legal_start <= index < n.legal_end for n in reading.names):
        return False
    if index in reading.literal_tokens or book("function", "filler", "connector").holds(token):
        return False
    if token.capital:
        return not token.text.isdigit()
    return reading.lower_case and clause.tokens[ahead - 1].kind is not Kind.AT


def _past_or_study(reading: Reading, clause: Clause) -> bool:
    if any(book("past", "past_after", "study").spans(clause.tokens)):
        return True
    place = reading.clauses.index(clause)
    while place > 0 and reading.clauses[place].boundary is not Kind.HARD:
        place -= 1
        if _only_past(reading.clauses[place].tokens):
            return True
    return False


def _only_past(tokens: Sequence[Token]) -> bool:
    words = sum(token.kind is Kind.WORD for token in tokens)
    return words > 0 and sum(end - start for start, end in book("past").spans(tokens)) == words


def _own_business(reading: Reading, clause: Clause, used: frozenset[int]) -> bool:
    free = [t for i, t in enumerate(clause.tokens, clause.start) if i not in used]
    owns = (span for span in book("own_business").spans(free) if not _another_owner(free, *span))
    return any(owns) and not _past_or_study(reading, clause)


def _another_owner(tokens: Sequence[Token], start: int, end: int) -> bool:
    """`Product Owner`, `dog owner`, `Investor Relations`: no business of one's own."""
    before = tokens[start - 1].key if start else ""
    after = tokens[end].key if end < len(tokens) else ""
    return before in _OWNED or after == "relations"


_OWNED = frozenset(
    {
        "product",
        "process",
        "system",
        "service",
        "data",
        "asset",
        "risk",
        "application",
        "platform",
        "control",
        "dog",
        "cat",
        "pet",
        "horse",
        "home",
        "house",
        "business",
        "solution",
    }
)


def _second_name(reading: Reading, mention: Mention, clause: Clause) -> bool:
    """`Acme/Globex`, `Acme & Globex`: a capitalised word right behind, that names no role."""
    if clause.boundary not in (Kind.AMP, Kind.SLASH) or clause.inside:
        return False
    first = clause.tokens[0]
    index = clause.start
    ours = any(n.legal_start <= index < n.legal_end for n in reading.names) or index in reading.literal_tokens
    if ours or first.kind is not Kind.WORD or list_book("roles.tsv").holds(first):
        return False
    if book("past", "function", "filler", "study").length_at(clause.tokens, 0):
        return False
    return first.capital or (clause.boundary is Kind.SLASH and reading.lower_case)
