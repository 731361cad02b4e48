"""The picture of the month: people and findings as sums, adoption as bars and lines, the trend."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.findings.adoption import Answer
from auditor.findings.assessment import Group
from auditor.model.finding import FindingState
from auditor.model.rule import Criterion
from auditor.reports.adoption import (
    Share,
    answers,
    count_words,
    coverage_words,
    current_shares,
    monthly_shares,
    share_words,
)
from auditor.reports.codes import CRITERIA
from auditor.reports.month.chart import line_chart
from auditor.reports.month.markup import element, table, text
from auditor.reports.overview import by_severity
from auditor.reports.scope import Scope
from auditor.reports.trend import LINES, latest_months, table_of


def figures(scope: Scope) -> str:
    """Two sums that add up, and below them what belongs to neither."""
    counts, words = scope.counts(), scope.words
    say = words.say
    severities = " · ".join(part.replace(" ", "\u00a0") for part in by_severity(counts, words).split(" · "))
    longer = counts[FindingState.OPEN] + counts[FindingState.UNVERIFIED]
    people = [
        (say("People in the roster"), counts["people"], ""),
        (say("Assessed"), counts[Group.ASSESSED], say("every rule that concerns the person was decided")),
        (
            say("Could not verify"),
            counts[Group.COULD_NOT_VERIFY],
            say("something stays open; never counted as a finding"),
        ),
        (
            say("Not assessed"),
            counts[Group.NOT_ASSESSED],
            say("no rule was tried; the sheet Not assessed says why"),
        ),
    ]
    findings = [
        (say("Open findings"), counts["standing"], severities),
        (say("New this month"), counts[FindingState.NEW], ""),
        (say("Reopened this month"), counts[FindingState.REOPENED], ""),
        (say("Open for longer"), longer, ""),
    ]
    beside = [
        (say("Read"), counts["read"]),
        (say("Closed this month"), counts[FindingState.RESOLVED]),
        (say("Waived findings"), counts[FindingState.WAIVED]),
    ]
    facts = "".join(
        element("div", element("dt", text(label)) + element("dd", text(words.number(n))))
        for label, n in beside
    )
    return _sum(scope, people) + _sum(scope, findings) + element("dl", facts, class_="beside")


def adoption(scope: Scope) -> str:
    """A bar for each criterion, the lines of the last thirteen months, and the same as tables."""
    words, found = scope.words, answers(scope)
    if not found:
        return ""
    bars = "".join(_bar(scope, criterion, share) for criterion, share in current_shares(found).items())
    said = element("p", text(coverage_words(found, words)), class_="quiet")
    return element("div", element("ul", bars, class_="bars") + said, class_="card") + _lines(scope, found)


def trend(scope: Scope) -> str:
    """The chart and, for whoever does not see it, the same as a table."""
    words = scope.words
    months = latest_months(scope)
    sheet = table_of(scope, months)
    assert sheet.chart is not None
    names = {column.key: column.heading for column in sheet.columns}
    figures_table = table(
        sheet.chart.title, [column.heading for column in sheet.columns], sheet.rows, words.number
    )
    if len(sheet.rows) < 2:
        return (
            element("p", text(words.say("The trend begins with the second month.")), class_="quiet")
            + figures_table
        )
    chart = line_chart(months, {key: names[key] for key in LINES}, sheet.chart.words, words)
    return _chart(chart, sheet.chart.title) + _table_folded(scope, figures_table)


def _sum(scope: Scope, tiles: Sequence[tuple[str, int, str]]) -> str:
    """The first tile is the sum of the others."""
    made = []
    for label, number, note in tiles:
        small = element("dd", text(note), class_="note") if note else ""
        figure = element("dd", text(scope.words.number(number)))
        made.append(element("div", element("dt", text(label)) + figure + small))
    return element("dl", "".join(made), class_="figures")


def _bar(scope: Scope, criterion: Criterion, share: Share) -> str:
    words = scope.words
    name = words.say(CRITERIA[criterion])
    spoken, count = share_words(share, words), count_words(share, words)
    shapes = _box("track", 0, 1, 0, 10)
    if share.share is not None and share.low is not None and share.high is not None:
        shapes += _box(f"fill {criterion}", 0, share.share, 0, 10)
        if not share.complete:
            shapes += _box("range", share.low, share.high, 4, 2)
    svg = element(
        "svg",
        shapes,
        viewBox="0 0 100 10",
        preserveAspectRatio="none",
        role="img",
        aria_label=words.labelled(name, f"{spoken}; {count}" if count else spoken),
    )
    said = element("span", text(spoken), class_="said")
    if count:
        said += element("span", text(count), class_="quiet")
    return element("li", element("span", text(name), class_="name") + svg + said)


def _box(kind: str, low: float, high: float, top: int, height: int) -> str:
    return element(
        "rect", "", x=f"{low * 100:.1f}", width=f"{(high - low) * 100:.1f}", y=str(top), height=str(height),
        class_=kind,
    )  # fmt: skip


def _lines(scope: Scope, found: Sequence[Answer]) -> str:
    words = scope.words
    months = monthly_shares(scope, found)
    values = [
        (month, {str(key): one.share for key, one in shares.items() if one.share is not None})
        for month, shares in months
    ]
    if len([one for _, one in values if one]) < 2:
        return ""
    used = [criterion for criterion in CRITERIA if any(criterion in shares for _, shares in months)]
    title = words.say("Share that carries it, of those checked")
    rows = [
        [words.month(month), *(share_words(shares.get(criterion), words) for criterion in used)]
        for month, shares in months
    ]
    headings = [words.say("Month"), *(words.say(CRITERIA[criterion]) for criterion in used)]
    chart = line_chart(
        values,
        {str(criterion): words.say(CRITERIA[criterion]) for criterion in used},
        words.say("Line chart: of the people checked, who carry banner, headline and link, per month"),
        words,
        shares=True,
    )
    heading = element("h3", text(title))
    return heading + _chart(chart, title) + _table_folded(scope, table(title, headings, rows, words.number))


def _chart(chart: str, title: str) -> str:
    return element("div", chart, class_="card scroll chart", tabindex="0", role="region", aria_label=title)


def _table_folded(scope: Scope, figures_table: str) -> str:
    summary = element("summary", text(scope.words.say("The figures as a table")))
    return element("details", summary + figures_table)
