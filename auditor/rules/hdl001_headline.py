"""The headline says what the policy asks for.

What it checks
    Whether the headline carries the person's job title and the company in the form of one of the
    entity's templates. Case, accents, emoji, style letters, legal forms, known abbreviations and
    the language of the connector do not matter.

Why it matters
    Clients and colleagues recognise whom they can reach, and the same line stands with everybody.

Example
    Template "{job title} at {company}": "Software Engineer at Acme | Python" passes,
    "Former Software Engineer at Acme" fails, "Software Engineer at Ac…" was cut and is not judged.

How to fix
    The finding holds the exact text to paste. Titles that differ from the roster go to a person.

Settings
    strictness: mention = the employer; standard = title, company and fixed words; exact = the template's text
    connectors_any_language: accept "bij" where the template says "at"
    extras_after: allow or review further words after a separator
    title_check: roster = the roster's title; alias_list = that or one equal to it in title_aliases; off = any
    title_aliases: lists of titles that count as the same
    side_posts: allow or review a volunteer, honorary, council or teaching post beside the job
"""

from __future__ import annotations

from dataclasses import dataclass

from auditor.headline.expectation import (
    Answer,
    ExtrasAfter,
    HeadlineExpectation,
    HeadlineVerdict,
    SidePosts,
    Strictness,
    TitleCheck,
)
from auditor.headline.verdict import choose_templates, judge_any
from auditor.model.employee import Employee, RosterState
from auditor.model.observed import Unseen
from auditor.model.rule import Criterion, Failed, Outcome, Passed, Rule, Severity, Subject, Undetermined
from auditor.rules._evidence import unreadable
from auditor.rules._words import words_table


@dataclass(frozen=True, slots=True)
class Settings:
    """Options of the headline rule; see the rule's text."""

    strictness: Strictness = Strictness.STANDARD
    connectors_any_language: bool = True
    extras_after: ExtrasAfter = ExtrasAfter.ALLOW
    title_check: TitleCheck = TitleCheck.ROSTER
    title_aliases: tuple[tuple[str, ...], ...] = ()
    side_posts: SidePosts = SidePosts.ALLOW


#: these reasons mean that nothing readable was there, so there is nothing for a person to look at
NOTHING_TO_SEE = frozenset({"NOT_READ", "MASKED"})


def check(subject: Subject, settings: Settings) -> Outcome:
    """The best verdict over the templates that hold for this person."""
    missing = unreadable(subject)
    if missing:
        return missing
    headline = subject.profile.headline
    if isinstance(headline, Unseen):
        return Undetermined("HEADLINE_UNSEEN", headline.reason)
    templates = choose_templates(subject.company, subject.employee)
    if not templates:
        return Undetermined("NO_TEMPLATE", "the policy has no headline template for this person")
    return _outcome(judge_any(headline, (_expectation(subject, settings, one) for one in templates)))


def _expectation(subject: Subject, settings: Settings, template: str) -> HeadlineExpectation:
    listed = settings.title_aliases and settings.title_check is TitleCheck.ROSTER
    return HeadlineExpectation(
        template=template,
        names=subject.company.names,
        title=subject.employee.title,
        sister_names=subject.company.sister_names,
        title_aliases=settings.title_aliases,
        strictness=settings.strictness,
        connectors_any_language=settings.connectors_any_language,
        extras_after=settings.extras_after,
        title_check=TitleCheck.ALIAS_LIST if listed else settings.title_check,
        language=subject.employee.language or subject.company.language,
        side_posts=settings.side_posts,
        today=subject.day,
    )


def _outcome(verdict: HeadlineVerdict) -> Outcome:
    if verdict.answer is Answer.PASS:
        return Passed(verdict.code, verdict.expected, verdict.observed, verdict.reason)
    if verdict.answer is Answer.REVIEW:
        look = verdict.code not in NOTHING_TO_SEE
        return Undetermined(
            verdict.code,
            verdict.reason,
            look,
            verdict.expected,
            verdict.observed,
            verdict.expected if look else "",
        )
    return Failed(verdict.code, verdict.reason, verdict.expected, verdict.observed, remedy=verdict.expected)


def _applies(employee: Employee) -> bool:
    return employee.roster_state is RosterState.ACTIVE


RULE = Rule(
    "HDL001",
    "Headline",
    Severity.MEDIUM,
    Settings,
    check,
    _applies,
    fields=frozenset({"headline"}),
    about=Criterion.HEADLINE,
    words=words_table("hdl001_headline.tsv"),
)
