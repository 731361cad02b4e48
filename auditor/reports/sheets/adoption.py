"""The sheet Adoption: of those who could be judged, how many carry what is asked; no names of employees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from auditor.findings.adoption import Answer
from auditor.language.words import Words
from auditor.model.document import Block, CellKind, Chart, Column, Grid, Heading, Page, Paragraph
from auditor.model.rule import Criterion
from auditor.reports.adoption import (
    Campaign,
    Group,
    Share,
    Shares,
    answers,
    campaigns,
    coverage_words,
    current_shares,
    doors,
    entity_groups,
    monthly_shares,
    share_words,
    team_groups,
)
from auditor.reports.codes import CRITERIA
from auditor.reports.people import shown
from auditor.reports.scope import Scope
from auditor.reports.sheet import Sheet

_WIDTHS = (28, 13, 28, 28, 28)


def adoption_page(scope: Scope) -> Page:
    """This month, the last thirteen, and the same per campaign, entity, team and source."""
    say, found = scope.words.say, answers(scope)
    blocks: list[Block] = [
        Heading(f"{say('Adoption')} – {scope.words.month(scope.today)}", 1),
        Paragraph(coverage_words(found, scope.words)),
    ]
    if not found:
        return Page("adoption", say("Adoption"), _WIDTHS, tuple(blocks))
    blocks += [Heading(say("This month")), _current(scope, found)]
    months = monthly_shares(scope, found)
    if any(one.share is not None for _, shares in months for one in shares.values()):
        blocks += [Heading(say("The last thirteen months")), _months(scope, _criteria(found), months)]
    begun = campaigns(scope, found)
    if begun:
        blocks += [Heading(say("Banner campaigns since their start")), _campaigns(scope, begun)]
    for heading, first, groups in (
        (say("Per entity"), say("Entity"), entity_groups(found)),
        (say("Per team"), say("Manager"), team_groups(found)),
    ):
        if groups:
            blocks += [Heading(heading), _groups(scope, first, groups)]
    blocks += [Heading(say("By source")), _doors(scope, found)]
    blocks += [Paragraph(""), *(Paragraph(note, quiet=True) for note in _notes(scope))]
    return Page("adoption", say("Adoption"), _WIDTHS, tuple(blocks))


def _current(scope: Scope, found: Sequence[Answer]) -> Grid:
    words = scope.words
    columns = (
        Column("criterion", words.say("Criterion"), _WIDTHS[0], CellKind.WRAPPED),
        Column("people", words.say("Employees"), _WIDTHS[1], CellKind.NUMBER),
        Column("judged", words.say("Checked"), _WIDTHS[2], CellKind.WRAPPED),
        Column("passed", words.say("Of these, carry it"), _WIDTHS[3], CellKind.NUMBER),
        Column("share", words.say("Share"), _WIDTHS[4], CellKind.WRAPPED),
    )
    rows = tuple(
        (
            words.say(CRITERIA[criterion]),
            one.people,
            f"{words.number(one.judged)} ({words.share(one.coverage)})",
            one.passed,
            share_words(one, words),
        )
        for criterion, one in current_shares(found).items()
    )
    return Grid(columns, rows)


def _months(scope: Scope, used: Sequence[Criterion], months: Sequence[tuple[date, Shares]]) -> Grid:
    words = scope.words
    columns = (
        Column("month", words.say("Month"), _WIDTHS[0]),
        Column("judged", words.say("Checked (banner)"), _WIDTHS[1], CellKind.SHARE),
        *(
            Column(str(criterion), words.say(CRITERIA[criterion]), _WIDTHS[2 + place], CellKind.SHARE)
            for place, criterion in enumerate(used)
        ),
    )
    rows = tuple(
        (
            words.month(month),
            next((one.coverage for one in shares.values()), None),
            *(shares[criterion].share if criterion in shares else None for criterion in used),
        )
        for month, shares in months
    )
    chart = Chart(
        words.say("Share that carries it, of those checked"),
        "month",
        tuple(map(str, used)),
        words.say("Line chart: of the people checked, who carry banner, headline and link, per month"),
        shares=True,
    )
    return Grid(columns, rows, chart=chart)


def _campaigns(scope: Scope, begun: Sequence[Campaign]) -> Grid:
    words = scope.words
    columns = (
        Column("campaign", words.say("Campaign"), _WIDTHS[0], CellKind.WRAPPED),
        Column("since", words.say("Since"), _WIDTHS[1], CellKind.DATE),
        Column("share", words.say("Carry it now"), _WIDTHS[2], CellKind.WRAPPED),
        Column("months", words.say("Month by month"), _WIDTHS[3], CellKind.WRAPPED),
        Column("entities", words.say("Entity"), _WIDTHS[4], CellKind.WRAPPED),
    )
    rows = tuple(
        (
            one.name,
            one.since,
            share_words(one.months[-1][1], words),
            " · ".join(_month_share(month, share, words) for month, share in one.months),
            ", ".join(shown(entity, 40) for entity in one.entities),
        )
        for one in begun
    )
    return Grid(columns, rows)


def _groups(scope: Scope, first: str, groups: Sequence[Group]) -> Grid:
    words = scope.words
    used = sorted({one for group in groups for one in group.shares}, key=list(CRITERIA).index)
    columns = (
        Column("name", first, _WIDTHS[0], CellKind.WRAPPED),
        Column("people", words.say("Employees"), _WIDTHS[1], CellKind.NUMBER),
        *(
            Column(str(criterion), words.say(CRITERIA[criterion]), _WIDTHS[2 + place], CellKind.WRAPPED)
            for place, criterion in enumerate(used)
        ),
    )
    rows = tuple(
        (
            shown(group.name, 60),
            group.people,
            *(share_words(group.shares.get(criterion), words) for criterion in used),
        )
        for group in groups
    )
    return Grid(columns, rows)


def _doors(scope: Scope, found: Sequence[Answer]) -> Grid:
    words = scope.words
    used = _criteria(found)
    columns = (
        Column("source", words.say("Source"), _WIDTHS[0], CellKind.WRAPPED),
        Column("space", "", _WIDTHS[1]),
        *(
            Column(str(criterion), words.say(CRITERIA[criterion]), _WIDTHS[2 + place], CellKind.NUMBER)
            for place, criterion in enumerate(used)
        ),
    )
    rows = tuple(
        (source, "", *(numbers[criterion] for criterion in used)) for source, numbers in doors(scope, found)
    )
    return Grid(columns, rows, words.say("None"))


def _month_share(month: date, share: Share | None, words: Words) -> str:
    number = share.share if share else None
    return f"{words.short_month(month)} {'–' if number is None else words.share(number)}"


def _criteria(found: Sequence[Answer]) -> list[Criterion]:
    return sorted({one.criterion for one in found}, key=list(CRITERIA).index)


def _notes(scope: Scope) -> tuple[str, ...]:
    say = scope.words.say
    return (
        say("Employees: as the roster says, also those who leave soon or are absent for a long time."),
        say("Whoever is left out (objection, outside the scope) or has no settled status is not counted."),
        say("Between: the range in which the share of all employees probably lies (95%)."),
        say("With fewer than ten people checked it is too few to say."),
        say("Entities and teams of fewer than ten people are not shown by themselves."),
        say("Teams stand in alphabetical order: this is no ranking of people."),
    )


SHEET = Sheet(order=88, make=adoption_page)
