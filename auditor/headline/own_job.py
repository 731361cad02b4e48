"""Whose job the words beside a name tell: the person's own, somebody else's, or nobody's for sure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache

from auditor.headline.elsewhere import leads_elsewhere
from auditor.headline.markers import book, list_book, listed, phrases_of
from auditor.headline.normalise import fold
from auditor.headline.reading import Reading
from auditor.headline.tenses import content_starts, holds_title, without_titles
from auditor.headline.titles import Words, masculine_forms
from auditor.headline.tokens import Clause, Kind, Token, words_of


class Job(StrEnum):
    """Whose job the words tell."""

    OWN = "own"
    #: a relative's, a customer's, a topic: `Proud mum of a nurse at ...`, `Customer at ...`
    OTHERS = "others"
    #: a sentence about something: `Things I learned at ...`, `Helping teams at ...`
    UNCLEAR = "unclear"
    #: no word names a job: `Wizard of numbers at ...`
    UNSAID = "unsaid"


def whose_job(reading: Reading, place: int, before: tuple[int, int], titles: tuple[Words, ...]) -> Job:
    """Whose job stands beside a name. `before` are the tokens of its clause up to the connector."""
    clause = reading.clauses[place]
    if _among_others(reading, place):
        return Job.OTHERS
    own = reading.tokens[before[0] : before[1]]
    if _content(own) or _works(own):
        return _with_joined(reading, place, own, titles)
    beside = [_job_in(one.tokens, titles) for one in _beside(reading, place)]
    if Job.OWN in beside:
        return Job.OWN
    bare = all(clause is one or not _content(one.tokens) for one in reading.clauses)
    now = any(book("present").spans(own))
    return Job.OWN if not beside and (bare or now) else Job.UNSAID


def _with_joined(reading: Reading, place: int, own: Sequence[Token], titles: tuple[Words, ...]) -> Job:
    """Whose job these words tell, together with those that `&` or `/` joins to them, as far as they say
    nothing by themselves: `Head of R&D`, `Director Mergers & Acquisitions`."""
    job = _job_in(own, titles)
    while job is Job.UNSAID and place and reading.clauses[place].boundary in (Kind.AMP, Kind.SLASH):
        place -= 1
        if _names_employer(reading, reading.clauses[place]):
            break
        own = (*reading.clauses[place].tokens, *own)
        job = _job_in(own, titles)
    return job


def _job_in(tokens: Sequence[Token], titles: tuple[Words, ...]) -> Job:
    """Whose job these words tell."""
    content = _content(tokens)
    titled = holds_title(tokens, titles)
    rest = without_titles(content, titles) if titled else list(content)
    if has_tie(rest, followed=titled):
        return Job.OTHERS
    if any(_talks(rest, index) for index in range(len(rest))):
        return Job.UNCLEAR
    if rest and (book("serving").length_at(rest, 0) or _gerund(rest[0])) and not titled:
        return Job.UNCLEAR
    return (
        Job.OWN
        if titled
        or _works(tokens)
        or any(is_role(token) and not book("topic").holds(token) for token in rest)
        else Job.UNSAID
    )


def is_role(token: Token) -> bool:
    """True for a word that names a role or its field, its female form, or a compound that ends in one."""
    return token.kind is Kind.WORD and _names_role(token.key)


@lru_cache(maxsize=20_000)
def _names_role(key: str) -> bool:
    words = (key, *masculine_forms(key)) if len(key) > _SHORT else (key,)
    if any(len(word) >= _LONG and word.endswith(_endings()) for word in words):
        return True
    return any(list_book("roles.tsv").holds(word) for text in words for word in words_of(text))


#: Shorter words have no female forms that are not listed.
_SHORT = 4
#: A compound is at least this long (`zorgkundige`).
_LONG = 8


@lru_cache(maxsize=1)
def _endings() -> tuple[str, ...]:
    """The ends of compounds that name a person at work: listed ones (plain `-er` would take in `summer`), and
    the long words that name a role by themselves (`Systemadministrator`)."""
    long = (word for word in map(fold, listed("roles.tsv")) if len(word) >= _LONG and word.isalpha())
    return tuple({*(fold(word) for word in phrases_of("role_ending")), *long})


def _gerund(token: Token) -> bool:
    return token.key.endswith("ing") and len(token.key) > 5 and not book("gerund_field").holds(token)


def _content(tokens: Sequence[Token]) -> list[Token]:
    """The words from the first on that says something: without `I am a`, `proud`, `since 2019`."""
    start = content_starts(tokens, "filler", "present", "article", "also")
    return [token for token in tokens[start:] if token.kind is Kind.WORD]


def _works(tokens: Sequence[Token]) -> bool:
    return any(book("working").spans(tokens))


def has_tie(tokens: Sequence[Token], *, followed: bool) -> bool:
    """A word such as `mum` or `customer` that heads its phrase; `Customer Service Manager` has none.

    `followed`: only where a preposition follows, since the title itself stands beside it.
    """
    for _, end in book("tie").spans(tokens):
        behind = tokens[end] if end < len(tokens) else None
        if behind is None and not followed:
            return True
        if behind is not None and book("aside", "indefinite", "weak_connector").holds(behind):
            return True
    served = (end for _, end in book("tie_of").spans(tokens) if end < len(tokens))
    return any(book("weak_connector").holds(tokens[end]) for end in served)


def _talks(tokens: Sequence[Token], index: int) -> bool:
    """Words of a sentence about somebody: pronouns, negations, `a` behind the first word, `for teams`."""
    token = tokens[index]
    if book("person", "negation").holds(token) and not (token.text.isupper() and len(token.text) > 1):
        return True
    if index and (book("indefinite").holds(token) or (_gerund(token) and not token.capital)):
        return True
    return bool(
        book("aside").holds(token)
        and not token.capital
        and not (index and book("responsible").holds(tokens[index - 1]))
    )


def _beside(reading: Reading, place: int) -> Iterator[Clause]:
    """The clauses that may hold the job of a name without words of its own, the nearest first."""
    clauses = reading.clauses
    for step in (-1, 1):
        hard, at = 0, place
        while 0 <= at + step < len(clauses) and hard < 2:
            hard += clauses[at if step < 0 else at + 1].boundary is Kind.HARD
            at += step
            if hard < 2 and not _names_employer(reading, clauses[at]):
                if _content(clauses[at].tokens):
                    yield clauses[at]
            else:
                break


def _names_employer(reading: Reading, clause: Clause) -> bool:
    """True where the clause has an employer of its own, ours or another."""
    return reading.holds_name(clause) or leads_elsewhere(reading, clause)


def _among_others(reading: Reading, place: int) -> bool:
    """`at Acme, Globex & others`: a list of customers rather than an employer."""
    clauses = reading.clauses
    end = place + 1
    while end < len(clauses) and clauses[end].boundary is not Kind.HARD:
        end += 1
    return any(
        book("others").length_at(clause.tokens, 0) for clause in clauses[place + 1 : end] if clause.tokens
    )
