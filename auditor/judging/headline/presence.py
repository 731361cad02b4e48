"""Whether a headline names the company as employer, for the decision table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from auditor.domain.company import Company
from auditor.domain.observed import Observed, Present
from auditor.judging.headline.aliases import names_of
from auditor.judging.headline.mention import Mention, mentions_of
from auditor.judging.headline.near_names import has_near_miss
from auditor.judging.headline.reading import Reading, is_empty, is_masked, read_headline
from auditor.judging.headline.scripts import has_other_script
from auditor.judging.headline.standing import Expected, Standing
from auditor.judging.headline.tenses import says_retired
from auditor.judging.headline.titles import title_words
from auditor.judging.headline.tokens import words_of


class HeadlineMention(StrEnum):
    """Whether a headline names the company, for the decision table."""

    PRESENT = "present"
    PAST = "past"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class MentionReading:
    """The answer and the reason code (of `reasons.tsv`) behind it."""

    mention: HeadlineMention
    code: str


def headline_mention(
    headline: Observed[str], company: Company, title: str = "", today: date | None = None
) -> HeadlineMention:
    """The answer alone; see `read_mention`."""
    return read_mention(headline, company, title, today).mention


def read_mention(
    headline: Observed[str], company: Company, title: str = "", today: date | None = None
) -> MentionReading:
    """Whether a headline presents the company as employer now, only as a past one, or not at all.

    It rests on the same reading of the claims as the verdict on a headline. `title` is the person's
    job by the roster; a year is past only as seen from `today`. UNKNOWN wherever the headline was
    not read whole or its words can be understood in two ways.
    """
    if not isinstance(headline, Present) or is_empty(headline.value):
        return MentionReading(HeadlineMention.UNKNOWN, "NOT_READ")
    if is_masked(headline.value):
        return MentionReading(HeadlineMention.UNKNOWN, "MASKED")
    names = names_of(company.names, company.sister_names)
    reading = read_headline(headline.value, names)
    words = title_words(title)
    mentions = mentions_of(reading, Expected(known=(words,) if words else (), today=today))
    retired = says_retired(reading.tokens)
    if not retired and any(mention.claimed for mention in mentions):
        return MentionReading(HeadlineMention.PRESENT, "OK_MENTION")
    if trouble := _not_whole(reading, company):
        return MentionReading(HeadlineMention.UNKNOWN, trouble)
    if mentions:
        return _not_claimed(mentions, retired=retired)
    if has_near_miss(reading, names, (words,) if words else ()):
        return MentionReading(HeadlineMention.UNKNOWN, "COMPANY_TYPO")
    return MentionReading(HeadlineMention.NONE, "NO_COMPANY")


_CODES = {
    Standing.CUT: "TRUNCATED",
    Standing.FUTURE: "FUTURE_MARK",
    Standing.SISTER: "MAYBE_SISTER",
    Standing.TYPO: "COMPANY_TYPO",
}


def _not_claimed(mentions: tuple[Mention, ...], *, retired: bool) -> MentionReading:
    if all(mention.standing is Standing.PAST for mention in mentions):
        return MentionReading(HeadlineMention.PAST, "PAST_ONLY")
    if retired:
        return MentionReading(HeadlineMention.UNKNOWN, "RETIRED_MARK")
    codes = (_CODES.get(mention.standing) for mention in mentions)
    return MentionReading(HeadlineMention.UNKNOWN, next(filter(None, codes), "RELATION_UNCLEAR"))


def _not_whole(reading: Reading, company: Company) -> str:
    """Why nothing can be said of what a headline does not hold; empty where it was read whole."""
    known = frozenset(word.key for name in company.names for word in words_of(name.text))
    if reading.cut_off:
        return "TRUNCATED"
    if reading.masked:
        return "MASKED"
    odd = has_other_script(reading.tokens, known) or "override" in reading.changes
    return "MIXED_SCRIPT" if odd else ""
