"""Weighs what a headline says against what it should say, and names the one reason that counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from auditor.headline.aliases import Name
from auditor.headline.elsewhere import names_other_employer
from auditor.headline.expectation import ExtrasAfter, HeadlineExpectation, Join, Standing, Strictness
from auditor.headline.markers import book, connectors_of
from auditor.headline.mention import Mention
from auditor.headline.near_names import has_near_miss
from auditor.headline.normalise import without_gender_marks
from auditor.headline.other_roles import has_second_role
from auditor.headline.own_job import Job
from auditor.headline.placing import Place, TitleFound, find_title
from auditor.headline.reading import Reading
from auditor.headline.template import Literal, Template, fill
from auditor.headline.tenses import says_retired
from auditor.headline.titles import TitleMatch, Words
from auditor.headline.tokens import Kind, words_of


@dataclass(frozen=True, slots=True)
class Weighed:
    """The reason code, and the tokens of the title where it is the wanted one."""

    code: str
    title: frozenset[int] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Case:
    """One headline with all that is known about it."""

    raw: str
    expectation: HeadlineExpectation
    template: Template
    names: tuple[Name, ...]
    titles: tuple[Words, ...]
    reading: Reading
    mentions: tuple[Mention, ...]


def weigh(case: Case) -> Weighed:
    """The reason that counts for a complete, readable headline."""
    if not (case.template.wants_company or case.expectation.strictness is Strictness.MENTION):
        return _without_company(case)
    present = [one for one in case.mentions if one.standing is Standing.PRESENT]
    found = find_title(case.reading, None, case.titles)
    title = found.tokens if found and found.fits and case.titles else frozenset()
    retired = says_retired([token for index, token in enumerate(case.reading.tokens) if index not in title])
    if not present:
        return Weighed(_not_present(case, retired=retired), title)
    if retired:
        return Weighed("RETIRED_MARK")
    reasons = [_weigh_mention(case, mention) for mention in present[:MOST_MENTIONS]]
    return min(reasons, key=lambda one: _severity(one.code))


#: A headline that names the company more often is judged by the first ones.
MOST_MENTIONS = 6
#: Codes that are certain, whatever the rest of the headline says.
_CERTAIN_FAILURES = ("LITERAL_MISSING", "NO_TITLE", "NOT_EXACT")


def _severity(code: str) -> int:
    if not code or code.startswith("OK_"):
        return 0
    return 2 if code in _CERTAIN_FAILURES else 1


_STANDING_CODES = (
    (Standing.CUT, "TRUNCATED"),
    (Standing.FUTURE, "FUTURE_MARK"),
    (Standing.RELATION, "RELATION_UNCLEAR"),
    (Standing.UNCLEAR, "RELATION_UNCLEAR"),
    (Standing.SISTER, "MAYBE_SISTER"),
    (Standing.TYPO, "COMPANY_TYPO"),
    (Standing.PAST, "PAST_ONLY"),
)


def _not_present(case: Case, *, retired: bool) -> str:
    standings = {mention.standing for mention in case.mentions}
    if standings and retired:
        return "RETIRED_MARK"
    for standing, code in _STANDING_CODES:
        if standing in standings:
            return code
    if any(_names_us(literal, case.names) for literal, _ in case.reading.literal_of):
        return "RELATION_UNCLEAR"
    if has_near_miss(case.reading, case.names, case.titles):
        return "COMPANY_TYPO"
    return "OTHER_COMPANY_ONLY" if names_other_employer(case.reading) else "NO_COMPANY"


def _names_us(literal: Literal, names: tuple[Name, ...]) -> bool:
    keys = tuple(word.key for word in literal.words if word.kind is Kind.WORD)
    return any(name.words[0].key in keys for name in names if name.ours)


def _weigh_mention(case: Case, mention: Mention) -> Weighed:
    if case.expectation.strictness is Strictness.MENTION:
        named = mention.join is not Join.TOUCHING and mention.job is not Job.UNCLEAR
        return Weighed("OK_MENTION" if named else "RELATION_UNCLEAR")
    title = find_title(case.reading, mention, case.titles) if case.template.wants_title else None
    tokens = title.tokens if title and title.fits else frozenset()
    missing = _literal_missing(case)
    if case.template.wants_title and title is None:
        return Weighed("NO_TITLE")
    if not case.titles and mention.job is Job.UNCLEAR:
        return Weighed("RELATION_UNCLEAR")
    if missing == "LITERAL_MISSING":
        return Weighed(missing, tokens)
    code = _title_code(case, mention, title) or missing or _company_code(case, mention, tokens)
    return Weighed(code, tokens)


def _title_code(case: Case, mention: Mention, title: TitleFound | None) -> str:
    if title is None:
        return ""
    if not title.fits:
        if mention.join is Join.TOUCHING:
            return "RELATION_UNCLEAR"
        return _if_cut(case, title) or (
            "TITLE_SENIORITY" if title.match is TitleMatch.SENIORITY else "TITLE_DIFFERS"
        )
    wanted = Place.BEFORE if case.template.title_first in (True, None) else Place.AFTER
    if case.template.title_first is not None and title.place is not wanted:
        return "ORDER"
    clause = case.reading.clauses[mention.clause]
    inside = (
        title.place is Place.AFTER and min(title.tokens) < clause.end and min(title.tokens) > clause.start
    )
    if mention.join is Join.TOUCHING or inside:
        return "RELATION_UNCLEAR"
    return _if_cut(case, title)


def _if_cut(case: Case, title: TitleFound) -> str:
    """A title directly before the cut may go on behind it."""
    behind = max(title.tokens, default=-1) + 1
    tokens = case.reading.tokens
    return "TRUNCATED" if behind < len(tokens) and tokens[behind].kind is Kind.CUT else ""


def _literal_missing(case: Case) -> str:
    found = [literal for literal, _ in case.reading.literal_of]
    absent = [one for one in case.template.literals if not one.optional and one not in found]
    if not absent:
        return ""
    keys = [token.key for token in case.reading.tokens if token.kind is Kind.WORD]
    cut = case.reading.cut_off
    return "LITERAL_DIFFERS" if all(_partly(one, keys, cut=cut) for one in absent) else "LITERAL_MISSING"


def _partly(literal: Literal, keys: list[str], *, cut: bool) -> bool:
    """A slogan in part, or a hashtag's letters without the hash; what was `cut` off is not shortened."""
    words = [word.key for word in literal.words if word.kind is Kind.WORD]
    if literal.hashtag or len(words) == 1:
        return any("".join(keys[i : i + n]) == words[0] for i in range(len(keys)) for n in range(1, 6))
    telling = [word for word in words if not book("function").holds(words_of(word)[0])] or words
    return sum(word in keys for word in telling) * 2 > len(telling) or (
        not cut and _shortened(words, telling, keys)
    )


def _shortened(words: list[str], telling: list[str], keys: list[str]) -> bool:
    """Two words or more of a slogan in their order, one of them a telling one."""
    pairs = {(one, other) for one, other in pairwise(words) if one in telling or other in telling}
    return any(pair in pairs for pair in pairwise(keys))


def _company_code(case: Case, mention: Mention, title: frozenset[int]) -> str:
    used = _used(case, mention, title)
    if has_second_role(case.reading, mention, used, case.expectation.side_posts):
        return "SECOND_ROLE"
    extra = _has_more_words(case, used)
    if extra and case.expectation.extras_after is ExtrasAfter.REVIEW:
        return "EXTRA_TEXT"
    # another connector than the template's own
    joined = case.template.title_first is not None and mention.connector != case.template.join
    if joined and not case.expectation.connectors_any_language and not _own_language(case, mention):
        return "CONNECTOR_LANGUAGE"
    if case.expectation.strictness is Strictness.EXACT and (
        extra or (joined and mention.connector != ("@",))
    ):
        return "NOT_EXACT"
    if extra or case.reading.gaps:
        return "OK_EXTRA"
    return "OK_CONNECTOR" if joined else ""


def _used(case: Case, mention: Mention, title: frozenset[int]) -> frozenset[int]:
    names = {i for name in case.reading.names for i in range(name.legal_start, name.legal_end)}
    connector = set(range(mention.before[1], mention.found.legal_start))
    return frozenset(names | connector | title | case.reading.literal_tokens)


def _own_language(case: Case, mention: Mention) -> bool:
    if not mention.connector or mention.connector == ("@",):
        return True
    text = " ".join(mention.connector)
    own = case.expectation.language.casefold()[:2]
    join = " ".join(case.template.join)
    languages = [language for language in ("en", "nl", "fr", "de") if _is_connector(join, language)] or [own]
    return any(_is_connector(text, language) for language in languages)


def _is_connector(text: str, language: str) -> bool:
    tokens = words_of(text)
    return bool(tokens) and connectors_of(language).length_at(tokens, 0) == len(tokens)


def _without_company(case: Case) -> Weighed:
    title = find_title(case.reading, None, case.titles) if case.template.wants_title else None
    tokens = title.tokens if title and title.fits else frozenset()
    missing = _literal_missing(case)
    if case.template.wants_title and title is None:
        return Weighed("NO_TITLE")
    if missing == "LITERAL_MISSING":
        return Weighed(missing, tokens)
    if title is not None and not title.fits:
        senior = title.match is TitleMatch.SENIORITY
        return Weighed(_if_cut(case, title) or ("TITLE_SENIORITY" if senior else "TITLE_DIFFERS"), tokens)
    return Weighed(
        missing or ("OK_EXTRA" if _has_more_words(case, tokens | case.reading.literal_tokens) else ""), tokens
    )


def _has_more_words(case: Case, used: frozenset[int]) -> bool:
    return any(t.kind is Kind.WORD and i not in used for i, t in enumerate(case.reading.tokens))


def pass_code(case: Case) -> str:
    """How a headline that holds differs from the exact text."""
    mention = next((one for one in case.mentions if one.standing is Standing.PRESENT), None)
    title = find_title(case.reading, mention, case.titles) if case.template.wants_title else None
    match = title.match if title else None
    name = (mention.found.name.text if mention else "") or case.expectation.names[0].text
    expected = fill(case.template.text, without_gender_marks(case.expectation.title), name)
    if case.raw == expected:
        return "OK_EXACT"
    changes = case.reading.changes
    checks = (
        (mention is not None and mention.found.has_legal_form, "OK_LEGALFORM"),
        (match is TitleMatch.ABBREVIATION, "OK_ABBREV"),
        (match is TitleMatch.GENDER or "gender" in changes, "OK_GENDER"),
        ("unicode" in changes, "OK_UNICODE"),
        ("emoji" in changes, "OK_EMOJI"),
        (" ".join(case.raw.split()) == expected, "OK_SPACE"),
        (" ".join(case.raw.split()).casefold() == expected.casefold(), "OK_CASE"),
    )
    return next((code for holds, code in checks if holds), "OK_PUNCT")
