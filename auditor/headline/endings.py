"""Notices what may say that a job or business in brackets is over: `my shop (Acme) sold in 2019`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from auditor.headline.elsewhere import leads_elsewhere
from auditor.headline.markers import book
from auditor.headline.moments import MONTH_NUMBER, Moment, MomentKind, When
from auditor.headline.normalise import SOFT
from auditor.headline.own_job import is_role
from auditor.headline.surroundings import Surroundings
from auditor.headline.tenses import binding, holds_title, is_past_adjective
from auditor.headline.tokens import Clause, Kind, Token

#: Signs that end a sentence, and emoji, part as well as a bar does.
_SENTENCE_ENDS = frozenset({".", ";", "!", SOFT})
#: Words that also mean something else (`praat over`, `à la partie`) and end something only as the last word.
_LAST_ONLY = frozenset({"over", "weg", "parti", "partie", "zu", "toe", "dicht", "stop"})
#: Adverbs before an earlier job: `vroeger bakker`.
_EARLIER = frozenset(
    {"before", "earlier", "voorheen", "vroeger", "eerder", "auparavant", "precedemment", "fruher", "zuvor"}
)
#: `she/her` behind a bar.
_PRONOUNS = frozenset({"he", "him", "his", "she", "her", "hers", "they", "them", "hij", "hem", "zij", "haar"})
_ENDING = ("past", "past_after", "past_behind", "ended", "closing", "turn", "negation")
#: Behind a verb in -ed they tell what somebody did with a thing: `handed over`, `wrapped it up`.
_PARTICLES = frozenset({"it", "up", "out", "down", "off", "over", "on", "away", "back", "my"})


def bracket_in_doubt(around: Surroundings, later: Sequence[Clause]) -> bool:
    """True where the words around a bracket with the name may say that the job in it is over.

    What goes on with the sentence behind the bracket may say anything. Of what a bar or the end of a
    sentence parts from it, only what plainly tells of something else leaves no doubt: there are too many
    ways to say that a job is over (`| Job done`, `| Neue Wege`).
    """
    if not _job_stands_by(around):
        return True
    going_on = set(map(id, _going_on(around, later)))
    return any(
        not _only_present(around, one) and (id(one) in going_on or not _unrelated(around, one))
        for one in later
    )


def sentence_ends_it(around: Surroundings) -> bool:
    """True where the sentence that goes on behind the bracket has words that end something."""
    following = around.reading.clauses[around.place + 1 :]
    return around.clause.inside and any(_ends(_untimed(around, one)) for one in _going_on(around, following))


def _job_stands_by(around: Surroundings) -> bool:
    """True where the job stands in the bracket or right before it; `Sold my shop (Acme) | Buyer` has none."""
    if around.has_own_words or around.place == 0:
        return True
    tokens = around.reading.clauses[around.place - 1].tokens
    job = any(map(is_role, tokens)) or holds_title(tokens, around.expected.all_titles)
    return job and not _ends(tokens)


def _going_on(around: Surroundings, later: Sequence[Clause]) -> Iterator[Clause]:
    """The clauses behind the bracket that no sign parts from the sentence before it."""
    before = around.clause
    for clause in later:
        signs = around.reading.tokens[before.end : clause.start]
        if before.inside:
            closed = next((i for i, token in enumerate(signs) if token.kind is Kind.CLOSE), len(signs))
            signs = signs[closed + 1 :]
        if any(token.kind is Kind.HARD or token.text in _SENTENCE_ENDS for token in signs):
            return
        if not clause.inside:
            yield clause
        before = clause


def _only_present(around: Surroundings, clause: Clause) -> bool:
    """`since 2019`, `currently`: nothing but a time that goes on."""
    moments = around.reading.moments_in(clause)
    going = all(one.when(around.expected.today) is When.GOES_ON for one in moments)
    told = around.reading.told(clause.tokens)
    return going and all(binding(token) or book("present").holds(token) for token in told)


def _unrelated(around: Surroundings, clause: Clause) -> bool:
    """True for a clause that tells of something else: a family, a pastime, another kind of work, a place
    beside the name in the bracket. No word of it ends something, and no time in it may have ended."""
    if _about_another_job(around, clause):
        return True
    tokens = _untimed(around, clause)
    dated = any(_may_have_ended(around, one) for one in around.reading.moments_in(clause))
    dated = dated or any(token.key in MONTH_NUMBER for token in tokens)
    if dated or _ends(tokens) or leads_elsewhere(around.reading, clause):
        return False
    words = [token for token in tokens if token.kind is Kind.WORD]
    if clause.inside:
        return all(token.capital or book("function", "article").holds(token) for token in words)
    if any(book("self_employed", "own_business").spans(tokens)):
        return False
    known = any(book("tie", "side_post", "pastime").spans(tokens)) or any(map(is_role, tokens))
    return known or all(token.key in _PRONOUNS for token in words)


def _untimed(around: Surroundings, clause: Clause) -> list[Token]:
    """The tokens of a clause without its times: `today` in `2012 - today` leads nowhere else."""
    timed = around.reading.timed
    return [token for index, token in enumerate(clause.tokens, clause.start) if index not in timed]


def _may_have_ended(around: Surroundings, moment: Moment) -> bool:
    """`20 years (of experience)` and a time that goes on end nothing."""
    if moment.kind is MomentKind.DURATION and not moment.past:
        return False
    return moment.when(around.expected.today) is not When.GOES_ON


def _ends(tokens: Sequence[Token]) -> bool:
    """True where the words hold a verb in the past or another word that ends a job or business."""
    for start, end in book(*_ENDING).spans(tokens):
        prefix = book("past_prefix").holds(tokens[start])
        hyphened = end < len(tokens) and tokens[end].kind is Kind.HYPHEN and not prefix  # `left-handed`
        last = not any(token.kind is Kind.WORD for token in tokens[end:])
        if not hyphened and (last or tokens[start].key not in _LAST_ONLY):
            return True
    words = [token for token in tokens if token.kind is Kind.WORD]
    if words and book("past_first").holds(words[0]):
        return True
    return any(
        one.key.endswith("ed") and len(one.key) > 4 and two.key in _PARTICLES for one, two in pairwise(words)
    )


def _about_another_job(around: Surroundings, clause: Clause) -> bool:
    """`Former teacher`, `ex-Globex 2008-2011`, `vroeger bakker`: the past of something else."""
    first, rest = clause.tokens[0], clause.tokens[1:]
    if clause.inside or _ends(rest):
        return False
    said = {token.key for token in around.reading.tokens[: around.found.start]}
    small = book("employee_word", "term", "article")
    own = [
        token
        for token in around.reading.told(rest)
        if token.key not in said and not binding(token) and not small.holds(token)
    ]
    if first.key in _EARLIER:
        return any(map(is_role, own))
    marker = is_past_adjective(first) and book("past", "past_after").holds(first)
    return bool(own) and (marker or book("past_prefix").holds(first))
