"""Whether a headline names the company as employer, for the decision table."""

from __future__ import annotations

from enum import StrEnum

from auditor.domain.company import Company
from auditor.domain.observed import Observed, Present
from auditor.judging.headline.aliases import names_of
from auditor.judging.headline.markers import book
from auditor.judging.headline.mention import Mention, mentions_of
from auditor.judging.headline.near_names import has_near_miss
from auditor.judging.headline.reading import Reading, is_empty, is_masked, read_headline
from auditor.judging.headline.scripts import has_other_script
from auditor.judging.headline.standing import Expected, Join, Standing
from auditor.judging.headline.tokens import words_of


class HeadlineMention(StrEnum):
    """Whether a headline names the company, for the decision table."""

    PRESENT = "present"
    PAST = "past"
    NONE = "none"
    UNKNOWN = "unknown"


def headline_mention(headline: Observed[str], company: Company) -> HeadlineMention:
    """Whether a headline presents the company as employer now, only as a past one, or not at all.

    UNKNOWN wherever it was not read whole or its words can be understood in two ways.
    """
    if not isinstance(headline, Present) or is_masked(headline.value) or is_empty(headline.value):
        return HeadlineMention.UNKNOWN
    names = names_of(company.names, company.sister_names)
    reading = read_headline(headline.value, names)
    mentions = mentions_of(reading, Expected())
    retired = any(book("retired").spans(reading.tokens))
    if not retired and any(_plainly_now(mention) for mention in mentions):
        return HeadlineMention.PRESENT
    if not _read_whole(reading, company):
        return HeadlineMention.UNKNOWN
    if mentions:
        past = all(mention.standing is Standing.PAST for mention in mentions)
        return HeadlineMention.PAST if past else HeadlineMention.UNKNOWN
    return HeadlineMention.UNKNOWN if has_near_miss(reading, names, ()) else HeadlineMention.NONE


def _plainly_now(mention: Mention) -> bool:
    return mention.standing is Standing.PRESENT and mention.join in (Join.CONNECTOR, Join.ALONE)


def _read_whole(reading: Reading, company: Company) -> bool:
    known = frozenset(word.key for name in company.names for word in words_of(name.text))
    odd = has_other_script(reading.tokens, known) or "override" in reading.changes
    return not (reading.cut_off or reading.masked or odd)
