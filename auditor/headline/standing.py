"""Tells how the company's name stands in time, from all that stands around it."""

from __future__ import annotations

from auditor.headline.before_name import read_bracket_before, read_earlier, read_markers
from auditor.headline.behind_name import read_behind, read_turn
from auditor.headline.dating import read_times
from auditor.headline.expectation import Join, Standing
from auditor.headline.own_job import Job
from auditor.headline.surroundings import Surroundings
from auditor.headline.tenses import has_accents, maybe_past


def read_standing(around: Surroundings) -> Standing:
    """Whether the name is the employer now, once, soon, or something else."""
    if around.found.start in around.reading.sought:
        return Standing.UNCLEAR
    before = (read_markers(around, around.left), read_bracket_before(around))
    standings = (*before, read_behind(around), read_times(around), read_turn(around))
    if Standing.PAST in standings:
        return Standing.PAST
    if not has_accents(around.reading.tokens) and (maybe_past(around.left) or maybe_past(around.right)):
        return Standing.UNCLEAR
    if around.job is Job.OTHERS or around.join is Join.RELATION:
        return Standing.RELATION
    for standing in (Standing.FUTURE, Standing.RELATION, Standing.UNCLEAR):
        if standing in standings:
            return standing
    return Standing.PRESENT if around.says_now else read_earlier(around)
