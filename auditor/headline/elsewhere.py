"""Notices where a headline leads to another employer, without naming it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.headline.markers import book, small_words_of
from auditor.headline.reading import Reading
from auditor.headline.tokens import Clause, Kind, Token

#: Connectors that announce an employer, with their language; `à`, `aan`, `by`, `in` announce places and
#: makers as well.
_EMPLOYING = {
    "at": "en",
    "employed": "en",
    "working": "en",
    "bij": "nl",
    "chez": "fr",
    "sein": "fr",
    "bei": "de",
    "beim": "de",
}


def names_other_employer(reading: Reading) -> bool:
    """True where a connector leads to an organisation that is not ours, and nothing says it is past."""
    return any(leads_elsewhere(reading, clause) for clause in reading.clauses)


def leads_elsewhere(reading: Reading, clause: Clause) -> bool:
    """True where a connector in the clause leads to another employer, and nothing says it is past."""
    leads = any(_an_employer(reading, clause, index) for index in _behind_connectors(clause))
    return leads and not past_or_study(reading, clause)


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
    if token.kind is not Kind.WORD or reading.is_ours(index):
        return False
    if book("function", "filler", "connector").holds(token) and not _written_as_name(clause, ahead):
        return False
    if token.capital:
        return not token.text.isdigit()
    return reading.lower_case and clause.tokens[ahead - 1].kind is not Kind.AT


def _written_as_name(clause: Clause, ahead: int) -> bool:
    """A capitalised small word where a name must stand: `@ Vos`, `bij Plus`, but not `At Your Service`.

    No language ends a phrase with such a word, or has it behind the connector of another language.
    """
    token = clause.tokens[ahead]
    if not token.capital:
        return False
    if clause.tokens[ahead - 1].kind is Kind.AT:
        return True
    ends = not any(one.kind is Kind.WORD for one in clause.tokens[ahead + 1 :])
    joins = [one for one in clause.tokens[:ahead] if one.kind is Kind.WORD and one.key in _EMPLOYING]
    foreign = bool(joins) and not small_words_of(_EMPLOYING[joins[-1].key]).holds(token)
    return ends or foreign


def past_or_study(reading: Reading, clause: Clause) -> bool:
    """True where a clause tells of the past, of a study or of a post beside the job."""
    if any(book("past", "past_after", "study", "side_post").spans(clause.tokens)):
        return True
    place = reading.clause_at(clause.start)
    while place > 0 and reading.clauses[place].boundary is not Kind.HARD:
        place -= 1
        if _only_past(reading.clauses[place].tokens):
            return True
    return False


def _only_past(tokens: Sequence[Token]) -> bool:
    words = sum(token.kind is Kind.WORD for token in tokens)
    return words > 0 and sum(end - start for start, end in book("past").spans(tokens)) == words
