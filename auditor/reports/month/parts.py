"""The parts of the page above the findings: notices, figures, trend, and what stands per rule and entity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from auditor.findings.assessment import Group
from auditor.findings.counting import STANDING, could_not_verify
from auditor.model.finding import FindingState
from auditor.model.health import HealthVerdict
from auditor.model.rule import Severity, outcome_word
from auditor.reports.decision_words import SEVERITIES
from auditor.reports.month.chart import line_chart
from auditor.reports.month.markup import element, table, text
from auditor.reports.not_assessed import groups_of, reason_of
from auditor.reports.overview import FIGURES, by_severity, first_notices
from auditor.reports.people import shown, unverified_reason
from auditor.reports.scope import Scope, entity_counts
from auditor.reports.trend import LINES, latest_months, table_of

#: so many reasons are listed; the rest stands in the workbook
_REASONS = 12


def notices(scope: Scope) -> str:
    """The summary's notices, those that say that the run is not sound first."""
    found = first_notices(scope)
    sound = scope.report.health.verdict is HealthVerdict.SOUND
    parts = [
        _notice([n.text for n in found if n.grave], "grave"),
        _notice([n.text for n in found if not n.grave], "mild"),
    ]
    if sound:
        parts.append(_notice([scope.words.say("The run is sound: its results may be used.")], "sound"))
    return "".join(parts)


def figures(scope: Scope) -> str:
    """The counts of the run, each with its word."""
    counts, words = scope.counts(), scope.words
    severities = " · ".join(part.replace(" ", "\u00a0") for part in by_severity(counts, words).split(" · "))
    cards = []
    for key, label, note in FIGURES:
        beside = severities if key == "standing" else words.say(note)
        small = element("dd", text(beside), class_="note") if beside else ""
        cards.append(
            element(
                "div",
                element("dt", text(words.say(label)))
                + element("dd", text(words.number(counts[key])))
                + small,
            )
        )
    return element("dl", "".join(cards), class_="figures")


def trend(scope: Scope) -> str:
    """The chart and, for whoever does not see it, the same as a table."""
    words = scope.words
    months = latest_months(scope)
    sheet = table_of(scope, months)
    assert sheet.chart is not None
    names = {column.key: column.heading for column in sheet.columns}
    rows = [[cell if cell is not None else "–" for cell in row] for row in sheet.rows]
    figures_table = table(sheet.chart.title, [column.heading for column in sheet.columns], rows, words.number)
    if len(rows) < 2:
        return (
            element("p", text(words.say("The trend begins with the second month.")), class_="quiet")
            + figures_table
        )
    chart = line_chart(months, {key: names[key] for key in LINES}, sheet.chart.words, words)
    framed = element(
        "div", chart, class_="card scroll chart", tabindex="0", role="region", aria_label=sheet.chart.title
    )
    summary = element("summary", text(words.say("The figures as a table")))
    return framed + element("details", summary + figures_table)


def rules(scope: Scope) -> str:
    """Per rule: who meets it, what stands by severity, what is new, closed, or could not be seen."""
    from auditor.analysis import adoption_of  # here: pandas takes half a second that few commands need

    words = scope.words
    say = words.say
    answers = [("", one.rule_id, outcome_word(one.outcome)) for one in scope.results.values()]
    counted = adoption_of(answers).set_index("rule")
    passed = counted["passed"].to_dict()
    undecided = (counted["people"] - counted["judged"]).to_dict()
    standing = Counter((f.finding.rule_id, f.finding.severity) for f in scope.findings if f.state in STANDING)
    states = Counter((f.finding.rule_id, f.state) for f in scope.findings)
    known = {rule.id for rule in scope.report.rules} | {result.rule_id for result in scope.results.values()}
    rows: list[tuple[str | int, ...]] = [
        (
            f"{scope.book.criterion(rule, words)} ({rule})",
            passed.get(rule, 0),
            sum(standing[rule, severity] for severity in Severity),
            *(standing[rule, severity] for severity in Severity),
            states[rule, FindingState.NEW],
            states[rule, FindingState.RESOLVED],
            undecided.get(rule, 0),
        )
        for rule in sorted(known | {rule for rule, _ in states})
    ]
    headings = (
        say("Criterion"),
        say("Meets the standard"),
        say("Open findings"),
        *(say(SEVERITIES[severity]) for severity in Severity),
        say("New"),
        say("Closed"),
        say("Could not verify"),
    )
    return table(say("People and findings per rule"), headings, rows, words.number)


def per_entity(scope: Scope) -> str:
    """One row per entity; nothing where there is one only."""
    words = scope.words
    say = words.say
    counted = entity_counts(scope.report)
    if len(counted) < 2:
        return ""
    keys = ("people", *Group, "read", "standing", *(str(severity) for severity in Severity))
    rows: list[tuple[str | int, ...]] = [
        (shown(name, 60), *(counts[key] for key in keys)) for name, counts in counted.items()
    ]
    headings = (
        say("Entity"),
        say("People"),
        say("Assessed"),
        say("Could not verify"),
        say("Not assessed"),
        say("Read"),
        say("Open findings"),
        *(say(SEVERITIES[severity]) for severity in Severity),
    )
    return _section(
        "entities",
        say("Per entity"),
        table(say("People and findings per entity"), headings, rows, words.number),
    )


def unverified(scope: Scope) -> str:
    """Why people could not be verified, the most frequent reasons first; nothing where all could be."""
    words = scope.words
    found: Counter[str] = Counter()
    for examination in scope.examinations:
        if could_not_verify(examination):
            found.update(set(unverified_reason(examination, words, scope.book, files=False).split("\n")))
    if not found:
        return ""
    ordered = sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))
    headings = (words.say("Reason"), words.say("People"))
    listing = table(
        words.say("Why something stays open, with the number of people"),
        headings,
        ordered[:_REASONS],
        words.number,
    )
    return _section("unverified", words.say("Could not verify"), listing)


def left_unassessed(scope: Scope) -> str:
    """Why people were not assessed, with their number; nothing where everybody was."""
    words = scope.words
    rows = [(reason_of(group, words), len(group.people)) for group in groups_of(scope)]
    if not rows:
        return ""
    headings = (words.say("Reason"), words.say("People"))
    listing = table(words.say("Why people were not assessed"), headings, rows, words.number)
    return _section("not-assessed", words.say("Not assessed"), listing)


def _section(name: str, heading: str, content: str) -> str:
    title = element("h2", text(heading), id=f"{name}-heading")
    return element("section", title + content, aria_labelledby=f"{name}-heading")


def _notice(lines: Sequence[str], kind: str) -> str:
    if not lines:
        return ""
    paragraphs = "".join(element("p", text(line)) for line in lines)
    return element("div", paragraphs, class_=f"notice {kind}", role="alert" if kind == "grave" else "note")
