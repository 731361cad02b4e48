"""Notices a second role beside ours: another employer, an own business, a post beside the job."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.headline.elsewhere import leads_elsewhere, past_or_study
from auditor.headline.expectation import SidePosts
from auditor.headline.markers import book, list_book
from auditor.headline.mention import Mention
from auditor.headline.reading import Reading
from auditor.headline.tokens import Clause, Kind, Token


def has_second_role(
    reading: Reading,
    mention: Mention,
    used: frozenset[int],
    side_posts: SidePosts = SidePosts.ALLOW,
) -> bool:
    """True where a second current role or employer is named beside the one that fits.

    A volunteer, honorary, council or teaching post counts where `side_posts` asks for it.
    """
    for place, clause in enumerate(reading.clauses):
        if side_posts is SidePosts.REVIEW and _side_post(clause, used):
            return True
        if leads_elsewhere(reading, clause) or _own_business(reading, clause, used):
            return True
        if place == mention.clause + 1 and _second_name(reading, mention, clause):
            return True
    return False


def _side_post(clause: Clause, used: frozenset[int]) -> bool:
    free = [token for index, token in enumerate(clause.tokens, clause.start) if index not in used]
    return any(book("side_post").spans(free)) and not any(book("past").spans(free))


def _own_business(reading: Reading, clause: Clause, used: frozenset[int]) -> bool:
    free = [t for i, t in enumerate(clause.tokens, clause.start) if i not in used]
    owns = (span for span in book("own_business").spans(free) if not _another_owner(free, *span))
    return any(owns) and not past_or_study(reading, clause)


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
    if reading.is_ours(clause.start) or first.kind is not Kind.WORD or list_book("roles.tsv").holds(first):
        return False
    if book("past", "function", "filler", "study").length_at(clause.tokens, 0):
        return False
    return first.capital or (clause.boundary is Kind.SLASH and reading.lower_case)
