"""The notices on top of the page, and what is folded below the findings: per rule, entity and reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from auditor.findings.assessment import Group, rejected_rows
from auditor.findings.counting import STANDING, could_not_verify
from auditor.language.words import mark
from auditor.model.finding import FindingState
from auditor.model.health import HealthVerdict
from auditor.model.rule import Severity, outcome_word
from auditor.reports.decision_words import SEVERITIES
from auditor.reports.month.markup import element, table, text
from auditor.reports.not_assessed import REJECTED_ROWS, groups_of, reason_of
from auditor.reports.overview import first_notices
from auditor.reports.people import shown, unverified_reason
from auditor.reports.scope import Scope, entity_counts

_SOUND = mark("The run is sound: its results may be used.")
#: so many reasons are listed; the rest stands in the workbook
_REASONS = 12
#: so many mild remarks stand open
_OPEN_REMARKS = 2


def notices(scope: Scope) -> str:
    """What must be known before the figures are read: that the run is not sound, in full; milder remarks are
    folded where they are many."""
    words, found = scope.words, first_notices(scope)
    grave = [one.text for one in found if one.grave]
    mild = [one.text for one in found if not one.grave]
    parts = [element("div", _paragraphs(grave), class_="notice grave", role="alert")] if grave else []
    if scope.report.health.verdict is HealthVerdict.SOUND:
        said = mark("Apart from this the run is sound: its results may be used.") if grave else _SOUND
        sound = element("p", text(words.say(said)))
        parts.append(element("div", sound, class_="notice sound", role="note"))
    if len(mild) > _OPEN_REMARKS:
        summary = words.count("{n} remark on this run", "{n} remarks on this run", len(mild))
        parts.append(
            element("details", element("summary", text(summary)) + _paragraphs(mild), class_="notice mild")
        )
    elif mild:
        parts.append(element("div", _paragraphs(mild), class_="notice mild", role="note"))
    return "".join(parts)


def rules(scope: Scope) -> str:
    """Per rule: who meets it, what stands by severity, what is new, closed, or could not be seen."""
    words = scope.words
    say = words.say
    results = (result for one in scope.examinations for result in one.results)
    outcomes = Counter((one.rule_id, outcome_word(one.outcome)) for one in results)
    standing = Counter((f.finding.rule_id, f.finding.severity) for f in scope.findings if f.state in STANDING)
    states = Counter((f.finding.rule_id, f.state) for f in scope.findings)
    known = {rule.id for rule in scope.report.rules} | {rule for rule, _ in outcomes}
    rows: list[tuple[str | int, ...]] = [
        (
            f"{scope.book.criterion(rule, words)} ({rule})",
            outcomes[rule, "passed"],
            sum(standing[rule, severity] for severity in Severity),
            *(standing[rule, severity] for severity in Severity),
            states[rule, FindingState.NEW],
            states[rule, FindingState.RESOLVED],
            outcomes[rule, "undetermined"],
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
    return _folded(
        "rules", say("Per rule"), table(say("People and findings per rule"), headings, rows, words.number)
    )


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
    return _folded(
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
    return _folded("unverified", words.say("Could not verify"), listing)


def left_unassessed(scope: Scope) -> str:
    """Why people were not assessed, with their number; nothing where everybody was."""
    words = scope.words
    rows = [(reason_of(group, words), len(group.people)) for group in groups_of(scope)]
    if rejected := rejected_rows(scope.report.rows):
        rows.append((words.say(REJECTED_ROWS), len(rejected)))
    if not rows:
        return ""
    headings = (words.say("Reason"), words.say("People"))
    listing = table(words.say("Why people were not assessed"), headings, rows, words.number)
    return _folded("not-assessed", words.say("Not assessed"), listing)


def _folded(name: str, heading: str, content: str) -> str:
    """A section that opens when somebody wants to read it; its heading is one for screen readers too."""
    title = element("h2", text(heading), id=f"{name}-heading")
    return element("details", element("summary", title) + content, class_="section", id=name)


def _paragraphs(lines: Sequence[str]) -> str:
    return "".join(element("p", text(line)) for line in lines)
