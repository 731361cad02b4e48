"""Finds where a headline mentions the company, and joins each mention to what stands before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from auditor.headline.aliases import NameFound, names_of
from auditor.headline.doubts import is_doubted
from auditor.headline.expectation import Expected, Join, Standing
from auditor.headline.markers import book
from auditor.headline.naming import read_as_name
from auditor.headline.near_names import has_near_miss
from auditor.headline.own_job import Job, whose_job
from auditor.headline.reading import Reading, is_empty, is_masked, not_whole, read_headline
from auditor.headline.standing import read_standing
from auditor.headline.surroundings import Surroundings
from auditor.headline.tenses import says_jobless, says_retired
from auditor.headline.titles import Words, title_words
from auditor.headline.tokens import Clause, Kind, Token, words_of
from auditor.model.company import Company
from auditor.model.day import OnDay
from auditor.model.observed import Observed, Present


@dataclass(frozen=True, slots=True)
class Mention:
    """One claim of a headline: a name, how it stands, and whose job the words beside it tell.

    `before` are the tokens of its clause before the connector.
    """

    found: NameFound
    standing: Standing
    clause: int
    join: Join
    connector: tuple[str, ...]
    before: tuple[int, int]
    job: Job = Job.UNSAID

    @property
    def claimed(self) -> bool:
        """True where the person plainly presents the company as employer now."""
        plain = self.join in (Join.CONNECTOR, Join.ALONE) and self.connector != ("by",)
        return self.standing is Standing.PRESENT and plain and self.job is Job.OWN


def mentions_of(reading: Reading, expected: Expected) -> tuple[Mention, ...]:
    """Every name that stands as a mention; a name inside a compound or an ordinary word is none."""
    read = (_mention(reading, found, expected) for found in reading.names)
    mentions = [mention for mention in read if mention is not None]
    outside = [one for one in mentions if not _inside_title(reading, one.found, expected.titles)]
    if outside:
        return tuple(outside)
    return tuple(replace(mention, standing=Standing.UNCLEAR) for mention in mentions)


def _inside_title(reading: Reading, found: NameFound, titles: tuple[Words, ...]) -> bool:
    """True where the name is only a word of the job title (`Acme Product Specialist`)."""
    clause = reading.clauses[reading.clause_at(found.start)]
    words = [index for index in range(clause.start, clause.end) if reading.tokens[index].kind is Kind.WORD]
    for title in titles:
        for start in range(len(words) - len(title) + 1):
            span = words[start : start + len(title)]
            within = found.start in span and found.end - 1 in span and len(title) > 1
            if within and tuple(reading.tokens[index].key for index in span) == title:
                return True
    return False


def _mention(reading: Reading, found: NameFound, expected: Expected) -> Mention | None:
    tokens, place = reading.tokens, reading.clause_at(found.start)
    clause = reading.clauses[place]
    join, connector, begin = _join(tokens, clause, found, expected)
    before = (clause.start, begin)
    job = whose_job(reading, place, before, expected.all_titles)
    around = Surroundings(reading, found, place, join, begin, expected, job)
    standing = read_as_name(around)
    if standing is None:
        return None
    if standing is Standing.PRESENT:
        standing = read_standing(around)
        job = Job.UNCLEAR if job is Job.OWN and is_doubted(around) else job
    return Mention(found, standing, place, join, connector, before, job)


def _join(
    tokens: Sequence[Token], clause: Clause, found: NameFound, expected: Expected
) -> tuple[Join, tuple[str, ...], int]:
    """What joins the name to the words before it, its words, and where it begins."""
    end = found.legal_start
    while end > clause.start and tokens[end - 1].kind in (Kind.HASH, Kind.OTHER, Kind.INNER):
        end -= 1
    if end == clause.start:
        return Join.ALONE, (), clause.start
    if tokens[end - 1].kind is Kind.AT:
        return Join.CONNECTOR, ("@",), end - 1
    for skip in (end, _before_articles(tokens, clause, end)):
        if skip > clause.start and tokens[skip - 1].kind is Kind.AT:
            return Join.CONNECTOR, ("@",), skip - 1
        start = _phrase_before(tokens, clause, skip)
        if start is not None:
            keys = tuple(token.key for token in tokens[start:skip] if token.kind is Kind.WORD)
            return _join_kind(tokens, start, skip, keys, expected), keys, start
    return Join.TOUCHING, (), end


def _before_articles(tokens: Sequence[Token], clause: Clause, end: int) -> int:
    while end > clause.start and (
        tokens[end - 1].kind is Kind.INNER or book("article").holds(tokens[end - 1])
    ):
        end -= 1
    return end


def _phrase_before(tokens: Sequence[Token], clause: Clause, end: int) -> int | None:
    """Where the longest connector that ends at `end` begins."""
    phrases = book("connector", "weak_connector", "relation")
    for start in range(max(clause.start, end - 7), end):
        if tokens[start].kind is Kind.WORD and phrases.length_at(tokens[start:end], 0) == end - start:
            return start
    return None


def _join_kind(
    tokens: Sequence[Token], start: int, end: int, keys: tuple[str, ...], expected: Expected
) -> Join:
    if keys == expected.join:
        return Join.CONNECTOR
    for join, kind in ((Join.RELATION, "relation"), (Join.CONNECTOR, "connector")):
        if book(kind).length_at(tokens[start:end], 0) == end - start:
            return join
    return Join.WEAK


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
    headline: Observed[str], company: Company, title: str = "", today: OnDay | None = None
) -> HeadlineMention:
    """The answer alone; see `read_mention`."""
    return read_mention(headline, company, title, today).mention


def read_mention(
    headline: Observed[str], company: Company, title: str = "", today: OnDay | None = None
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
    reading, mentions = take_apart(headline.value, company, title, today)
    claimed = any(mention.claimed for mention in mentions)
    # a company beside `unemployed` may be the last one
    if "struck" in reading.changes or (claimed and says_jobless(reading.text)):
        return MentionReading(HeadlineMention.UNKNOWN, "RELATION_UNCLEAR")
    retired = says_retired(reading.tokens)
    if claimed and not retired:
        return MentionReading(HeadlineMention.PRESENT, "OK_MENTION")
    known = frozenset(word.key for name in company.names for word in words_of(name.text))
    if trouble := not_whole(reading, known):
        return MentionReading(HeadlineMention.UNKNOWN, trouble)
    if mentions:
        return _not_claimed(mentions, retired=retired)
    words = title_words(title)
    if has_near_miss(reading, names_of(company.names, company.sister_names), (words,) if words else ()):
        return MentionReading(HeadlineMention.UNKNOWN, "COMPANY_TYPO")
    return MentionReading(HeadlineMention.NONE, "NO_COMPANY")


def take_apart(
    text: str, company: Company, title: str = "", today: OnDay | None = None
) -> tuple[Reading, tuple[Mention, ...]]:
    """A headline read with the company's names, and the mentions of them, whatever a template asks for."""
    words = title_words(title)
    titles = (words,) if words else ()
    reading = read_headline(text, names_of(company.names, company.sister_names), titles=titles)
    return reading, mentions_of(reading, Expected(known=titles, today=today))


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
