"""Adoption on one page that may be shown outside HR: no employee, no manager, no group of fewer than ten."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.findings.adoption import Answer
from auditor.model.document import Document, ShareBar, ShareLines, SharePage
from auditor.model.health import HealthVerdict
from auditor.model.report import AuditReport
from auditor.model.rule import Criterion
from auditor.ports import Reporter
from auditor.reports.adoption import (
    FEWEST_JUDGED,
    Share,
    answers,
    campaigns,
    count_words,
    coverage_words,
    current_shares,
    doors,
    entity_groups,
    monthly_shares,
    people_judged,
    share_words,
)
from auditor.reports.codes import CRITERIA
from auditor.reports.people import shown
from auditor.reports.scope import Scope, whole

FILE_NAME = "adoption.pdf"
_MOST_ENTITIES = 12
_MOST_CAMPAIGNS = 3


def adoption_document(report: AuditReport) -> Sequence[Document]:
    """One page; none where the run is not sound or not whole, or where too few people were judged to say."""
    scope = whole(report)
    found = answers(scope)
    incomplete = report.run.left or report.run.partial or report.health.verdict is not HealthVerdict.SOUND
    if incomplete or people_judged(found)[0] < FEWEST_JUDGED:
        return []
    words, shares = scope.words, current_shares(found)
    bars = tuple(_bar(scope, criterion, share) for criterion, share in shares.items())
    name = words.say("Adoption on LinkedIn")
    title = f"{name} – {words.month(scope.today)}"
    coverage = coverage_words(found, words)
    spoken = ". ".join(words.labelled(bar.name, bar.words) for bar in bars)
    page = SharePage(
        FILE_NAME,
        title,
        coverage,
        words.language,
        bars,
        _lines(scope, found, tuple(shares)),
        _entities(scope, found, tuple(shares)),
        _notes(scope, found),
        f"{title}. {spoken}. {coverage}",
        report.run.written_at,
    )
    return [page]


def _bar(scope: Scope, criterion: Criterion, share: Share) -> ShareBar:
    words = scope.words
    name, spoken = words.say(CRITERIA[criterion]), share_words(share, words)
    if share.share is None:  # how many of a few people carry it would tell of single ones
        return ShareBar(name, spoken)
    low, high = (None, None) if share.complete else (share.low, share.high)
    return ShareBar(name, spoken, count_words(share, words), share.share, low, high)


def _lines(scope: Scope, found: Sequence[Answer], used: Sequence[Criterion]) -> ShareLines | None:
    months = monthly_shares(scope, found)
    values = tuple(
        tuple(shares[one].share if one in shares else None for _, shares in months) for one in used
    )
    if len([month for month in zip(*values, strict=True) if any(one is not None for one in month)]) < 2:
        return None
    words = scope.words
    names = (
        f"{words.short_month(month)}\n{month.year}"
        if place == 0 or month.month == 1
        else words.short_month(month)
        for place, (month, _) in enumerate(months)
    )
    return ShareLines(words.say("Share that carries it, of those checked"), tuple(names), values)


def _entities(
    scope: Scope, found: Sequence[Answer], used: Sequence[Criterion]
) -> tuple[tuple[str, ...], ...]:
    words = scope.words
    groups = entity_groups(found)
    if not groups:
        return ()
    headings = (
        words.say("Entity"), words.say("Employees"), *(words.say(CRITERIA[criterion]) for criterion in used),
    )  # fmt: skip
    rows = (
        (
            shown(group.name, 32),
            words.number(group.people),
            *(share_words(group.shares.get(criterion), words) for criterion in used),
        )
        for group in groups[:_MOST_ENTITIES]
    )
    return (headings, *rows)


def _notes(scope: Scope, found: Sequence[Answer]) -> tuple[str, ...]:
    words = scope.words
    say = words.say
    begun = [
        say(
            "Campaign {name}, since {day}: {share}",
            name=one.name,
            day=words.day(one.since),
            share=share_words(one.months[-1][1], words),
        )
        for one in campaigns(scope, found)[:_MOST_CAMPAIGNS]
    ]
    left_out = len(entity_groups(found)) - _MOST_ENTITIES
    more = words.count("{n} more entity: see the workbook", "{n} more entities: see the workbook", left_out)
    judged = [(name, max(numbers.values())) for name, numbers in doors(scope, found)]
    judged = [(name, number) for name, number in judged if number >= FEWEST_JUDGED]
    sources = " · ".join(f"{name} {words.number(number)}" for name, number in judged)
    by_source = say("By source")
    return (
        *([more] if left_out > 0 else []),
        *begun,
        *([words.labelled(by_source, sources)] if judged else []),
        say("Between: the range in which the share of all employees probably lies (95%)."),
        say("With fewer than ten people checked it is too few to say."),
    )


REPORTER = Reporter("adoption_page", adoption_document)
