"""Tells what the times of a headline say of the company's name: `Buyer at Acme (2012-2019)`."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from auditor.headline.elsewhere import leads_elsewhere
from auditor.headline.expectation import Join, Standing
from auditor.headline.markers import book
from auditor.headline.moments import Moment, MomentKind, When
from auditor.headline.own_job import is_role
from auditor.headline.reading import Reading
from auditor.headline.surroundings import Surroundings
from auditor.headline.tenses import binding, without_titles
from auditor.headline.tokens import Clause, Kind, Token

#: `for 20 years` behind the name: it may be over.
_LASTING = frozenset({"for", "during", "pendant", "durant", "gedurende", "wahrend"})


class _Concern(StrEnum):
    """How surely a time is told of a name."""

    SURELY = "surely"
    PERHAPS = "perhaps"


def read_times(around: Surroundings) -> Standing:
    """What the times beside the name say: in its clause, or in one of their own next to it.

    Who came back is here: a time that goes on outranks one that had ended when it began.
    """
    told = [(one, concern) for one in around.reading.moments if (concern := _concern(around, one))]
    going_on = [
        one
        for one, concern in told
        if concern is _Concern.SURELY and one.when(around.expected.today) is When.GOES_ON
    ]
    standings = [
        _at_moment(around, one, concern, going_on)
        for one, concern in told
        if not any(one.before(other) for other in going_on)
    ]
    return next((one for one in (Standing.PAST, Standing.UNCLEAR) if one in standings), Standing.PRESENT)


def _at_moment(around: Surroundings, moment: Moment, concern: _Concern, going_on: list[Moment]) -> Standing:
    """What one time says, given the times of the name that go on."""
    when = moment.when(around.expected.today)
    if when is When.GOES_ON:
        return Standing.PRESENT
    # `since 2010, team leader 2012-2015`: a span within a time that goes on
    within = moment.kind is MomentKind.RANGE and bool(going_on)
    sure = concern is _Concern.SURELY and not _far(around, moment) and not within
    return Standing.PAST if when is When.ENDED and sure else Standing.UNCLEAR


def _far(around: Surroundings, moment: Moment) -> bool:
    """True for a time in an earlier part that may belong to what stands before it."""
    clauses = around.reading.clauses
    place = around.reading.clause_at(moment.start)
    return 0 < place < around.place and clauses[place].boundary is Kind.HARD


def _concern(around: Surroundings, moment: Moment) -> _Concern | None:
    """How surely a time is told of the name; None where it is told of something else."""
    clauses = around.reading.clauses
    if around.clause.start <= moment.start < around.clause.end:
        lasting = around.reading.tokens[moment.start].key in _LASTING
        told = moment.kind is not MomentKind.DURATION or lasting or moment.start < around.found.start
        behind = around.reading.tokens[moment.end : around.clause.end]
        told = told or (moment.past and not around.reading.told(behind))
        # `at Acme until 2018 since 2019 florist`
        rest = around.reading.tokens[max(moment.end, around.found.legal_end) : around.clause.end]
        leads = moment.kind is MomentKind.SINCE and any(map(is_role, rest))
        perhaps = leads or _of_name_before(around, moment) or _of_something_else(around, moment)
        return (_Concern.PERHAPS if perhaps else _Concern.SURELY) if told else None
    place = next((i for i, one in enumerate(clauses) if one.start <= moment.start < one.end), None)
    if place is None or (moment.kind is MomentKind.DURATION and not moment.past):
        return None
    if moment.kind is MomentKind.DURING and not clauses[place].inside:
        return None
    between = range(min(place, around.place) + 1, max(place, around.place))
    near = not any(clauses[one].boundary is Kind.HARD for one in (*between, max(place, around.place)))
    named = any(around.reading.holds_name(clauses[one]) for one in (*between, place))
    far = not near and _parts_between(around, place) > 1
    if named or (not near and not _own_part(around, place)) or (far and place < around.place):
        return None
    if _only_time(around.reading, clauses[place]):
        concern = _dated_behind(around, place) if place > around.place else _dated_before(around, place)
        return _Concern.PERHAPS if concern and far else concern
    if near and moment.kind is MomentKind.AFTER:
        return _Concern.SURELY
    heads = moment.kind in (MomentKind.RANGE, MomentKind.UNTIL) and moment.start == clauses[place].start
    return _headed(around, place) if near and heads and place < around.place else None


def _of_name_before(around: Surroundings, moment: Moment) -> bool:
    """`Globex 2004-2011 Acme`: a span between two names may be told of the first."""
    if moment.kind is not MomentKind.RANGE or moment.start > around.found.start:
        return False
    before = around.reading.tokens[around.clause.start : moment.start]
    words = without_titles(before, around.expected.all_titles)
    named = any(token.capital and not is_role(token) for token in around.reading.told(words))
    return named and around.join is not Join.CONNECTOR


def _of_something_else(around: Surroundings, moment: Moment) -> bool:
    """`at Acme leading the merger 2019-2023`: a span behind other words than a job or a place."""
    if moment.kind is not MomentKind.RANGE:
        return False
    between = around.reading.told(around.reading.tokens[around.found.legal_end : moment.start])
    words = without_titles(between, around.expected.all_titles)
    return not around.reading.lower_case and any(
        token.kind is Kind.WORD
        and not (token.capital or is_role(token) or binding(token))
        and not book("term", "function", "employee_word").holds(token)
        for token in words
    )


def _own_part(around: Surroundings, place: int) -> bool:
    """True where a clause is a part of its own."""
    clauses = around.reading.clauses
    last = place + 1 == len(clauses) or clauses[place + 1].boundary is Kind.HARD
    return clauses[place].boundary is Kind.HARD and last


def _parts_between(around: Surroundings, place: int) -> int:
    """How many parts away from the name a clause stands; 1 for the part right beside."""
    between = around.reading.clauses[min(place, around.place) + 1 : max(place, around.place) + 1]
    return sum(one.boundary is Kind.HARD for one in between)


def _only_time(reading: Reading, clause: Clause) -> bool:
    """True where a clause tells a time and nothing else: `(2008-2012)`."""
    terms = {i for start, end in book("term").spans(clause.tokens) for i in range(start, end)}
    return all(
        clause.start + index in reading.timed
        or token.kind is not Kind.WORD
        or binding(token)
        or index in terms
        for index, token in enumerate(clause.tokens)
    )


def _dated_behind(around: Surroundings, place: int) -> _Concern | None:
    """A time behind the name dates what stands right before it: `Acme, Globex (2008-2012)`."""
    clauses = around.reading.clauses
    between = clauses[around.place + 1 : place]
    words = [token for clause in between for token in around.others(clause)]
    if not words:  # `since 2012 (2010-2012: intern)`: a label of what follows
        labels = place + 1 < len(clauses) and around.reading.colon_before(place + 1)
        return _Concern.PERHAPS if labels else _Concern.SURELY
    named = any(token.capital or is_role(token) for token in words)
    elses = ("past", "past_after", "study", "side_post") if named else ("study", "side_post")
    if any(any(book(*elses).spans(one.tokens)) or leads_elsewhere(around.reading, one) for one in between):
        return None
    # `Acme, trainee (2010-2012)`: the job of a name that has none before it
    job = _tells_job(words) and not around.has_own_words
    return _Concern.SURELY if job else _Concern.PERHAPS


def _dated_before(around: Surroundings, place: int) -> _Concern | None:
    """A time before the name: it may date what stands before it, `Globex (2008-2012), Buyer at Acme`."""
    if around.says_now:
        return None
    clauses = around.reading.clauses
    between = [token for one in clauses[place + 1 : around.place] for token in around.others(one)]
    follows = place > 0 and clauses[place].boundary is not Kind.HARD
    before = around.others(clauses[place - 1]) if follows else []
    if around.reading.colon_before(place + 1):  # `2014-now: Acme`, `2008-2014: Globex. 2014-now: Acme`
        return _Concern.SURELY if place + 1 == around.place or _tells_job(between) else _Concern.PERHAPS
    if not follows:
        apart = bool(between) and (around.has_own_words or not _tells_job(between))
        return _Concern.PERHAPS if apart else _Concern.SURELY
    joined = _tells_job([*before, *between]) and not around.has_own_words
    return _Concern.SURELY if joined else _Concern.PERHAPS


def _headed(around: Surroundings, place: int) -> _Concern | None:
    """`2012-2019 planner, Acme`: a span that heads the part holds for all of it, but not for another job
    (`Until 2019 teacher, now Buyer at Acme`)."""
    if around.says_now:
        return None
    clauses = around.reading.clauses[place : around.place]
    job = _tells_job([token for one in clauses for token in around.others(one)])
    return _Concern.SURELY if job and not around.has_own_words else _Concern.PERHAPS


def _tells_job(words: Sequence[Token]) -> bool:
    """True for no words, and for those of a job (`pharmacienne industrielle`) without a name."""
    roles = [token for token in words if is_role(token)]
    return not words or (bool(roles) and all(token in roles or not token.capital for token in words))
