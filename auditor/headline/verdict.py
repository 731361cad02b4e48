"""Judges a headline: pass, fail or review, with a reason code and the exact text to paste."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from auditor.files.tables import package_rows
from auditor.headline.aliases import names_of
from auditor.headline.expectation import (
    Answer,
    Expected,
    ExtrasAfter,
    HeadlineExpectation,
    HeadlineVerdict,
    Strictness,
    TitleCheck,
)
from auditor.headline.markers import PACKAGE
from auditor.headline.mention import mentions_of
from auditor.headline.normalise import without_gender_marks
from auditor.headline.reading import is_empty, is_masked, not_whole, read_headline
from auditor.headline.redaction import redact
from auditor.headline.scripts import mixes_scripts
from auditor.headline.template import fill, parse_template
from auditor.headline.titles import Words, title_words
from auditor.headline.tokens import words_of
from auditor.headline.weighing import Case, pass_code, weigh
from auditor.model.company import Company
from auditor.model.employee import Employee
from auditor.model.observed import Observed, Present

__all__ = [
    "Answer",
    "ExtrasAfter",
    "HeadlineExpectation",
    "HeadlineVerdict",
    "Strictness",
    "TitleCheck",
    "choose_templates",
    "judge_any",
    "judge_headline",
]
#: LinkedIn takes no longer headline (240 signs in its apps); what is longer is not just the headline.
LONGEST_HEADLINE = 240
_ANSWERS = list(Answer)
_TITLE_CODES = frozenset({"TITLE_DIFFERS", "TITLE_SENIORITY", "COMPANY_TYPO", "MAYBE_SISTER", "ORDER"})


def judge_headline(headline: Observed[str], expectation: HeadlineExpectation) -> HeadlineVerdict:
    """The verdict on one headline. Never raises, whatever the text holds."""
    if not isinstance(headline, Present):
        return _verdict("NOT_READ", expectation, "")
    raw = headline.value
    if is_masked(raw):
        return _verdict("MASKED", expectation, "")
    if is_empty(raw):
        return _verdict("NOT_READ", expectation, "")
    case = _case(raw, expectation)
    weighed = weigh(case)
    code = _as_far_as_readable(case, weighed.code or pass_code(case))
    return _verdict(
        code, expectation, redact(case.reading, case.mentions, weighed.title, wanted=bool(case.titles))
    )


def judge_any(headline: Observed[str], expectations: Iterable[HeadlineExpectation]) -> HeadlineVerdict:
    """The best verdict of several templates; among equals the first. Raises ValueError without any."""
    verdicts = [judge_headline(headline, expectation) for expectation in expectations]
    return min(verdicts, key=lambda verdict: _ANSWERS.index(verdict.answer))


def choose_templates(company: Company, employee: Employee) -> tuple[str, ...]:
    """The entity's templates that apply to a person, the one to recommend first.

    Templates of the person's tier replace those for everyone; among them those in the person's own
    language (the entity's, where the roster names none) and those without a language apply. Where
    none is left, all of the tier do.
    """
    tier = [one for one in company.templates if one.tier and one.tier == employee.tier]
    pool = tier or [one for one in company.templates if not one.tier]
    language = (employee.language or company.language).casefold()[:2]
    fitting = [one for one in pool if not one.language or one.language.casefold()[:2] == language]
    own_first = sorted(fitting or pool, key=lambda one: one.language.casefold()[:2] != language)
    return tuple(dict.fromkeys(one.text for one in own_first))


def _case(raw: str, expectation: HeadlineExpectation) -> Case:
    template = parse_template(expectation.template)
    names = names_of(expectation.names, expectation.sister_names)
    titles = _wanted_titles(expectation)
    own = title_words(expectation.title)
    expected = Expected(titles, template.join, (own,) if own else (), expectation.today)
    reading = read_headline(raw, names, template.literals, expected.all_titles)
    return Case(raw, expectation, template, names, titles, reading, mentions_of(reading, expected))


def _wanted_titles(expectation: HeadlineExpectation) -> tuple[Words, ...]:
    """The titles that count; none where any title will do."""
    own = title_words(expectation.title)
    if expectation.title_check is TitleCheck.OFF or not own:
        return ()
    if expectation.title_check is TitleCheck.ROSTER:
        return (own,)
    groups = [[title_words(title) for title in group] for group in expectation.title_aliases]
    equal = [title for group in groups if own in group for title in group if title]
    return tuple(dict.fromkeys((own, *equal)))


def _as_far_as_readable(case: Case, code: str) -> str:
    """Nothing fails on a headline that was cut off, partly hidden or written in other letters."""
    reading = case.reading
    expectation = case.expectation
    texts = (expectation.template, expectation.title, *(name.text for name in expectation.names))
    known = frozenset(word.key for text in texts for word in words_of(text))
    answer = _reasons()[code]["answer"]
    if "struck" in reading.changes and answer != Answer.REVIEW:
        return "RELATION_UNCLEAR"
    odd = "override" in reading.changes or mixes_scripts(reading.tokens, known)
    if odd and (answer == Answer.FAIL or code in _TITLE_CODES or "override" in reading.changes):
        return "MIXED_SCRIPT"
    if answer != Answer.FAIL:
        return code
    too_long = len(case.raw.strip()) > LONGEST_HEADLINE
    return not_whole(reading, known) or ("NOT_READ" if too_long else code)


@cache
def _reasons() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in package_rows(PACKAGE, "reasons.tsv")}


def _verdict(code: str, expectation: HeadlineExpectation, observed: str) -> HeadlineVerdict:
    row = _reasons()[code]
    company = expectation.names[0].text if expectation.names else ""
    expected = fill(expectation.template, without_gender_marks(expectation.title), company)
    return HeadlineVerdict(
        answer=Answer(row["answer"]),
        code=code,
        expected=expected,
        observed=observed,
        reason=row["reason"],
        remedy=(row["remedy"] or "").replace("{expected}", expected),
    )
