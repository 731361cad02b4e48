"""The sheet Summary: one printed page that says first what to do."""

from __future__ import annotations

from typing import Any

from auditor.findings.assessment import Group
from auditor.language.words import Words, mark
from auditor.model.document import Block, CellKind, Column, Grid, Heading, Notice, Page, Paragraph
from auditor.model.finding import TrackedFinding
from auditor.model.health import HealthVerdict
from auditor.model.rule import Severity
from auditor.reports.decision_words import SEVERITIES, severity_words
from auditor.reports.not_assessed import groups_of, nothing_found, reason_of, unsettled_notices
from auditor.reports.notices import GRAVE, WEIGHTY, notice_words, notices_of
from auditor.reports.people import shown, shown_text
from auditor.reports.scope import Scope, due_day, entities, of_entity, standing, urgency
from auditor.reports.sheets.findings import owner

TOP = 10


NO_FINDINGS = mark("Nothing to do: there are no findings.")


MOST_NOTICES = 8


_WIDTHS = (30, 20, 13, 13, 18, 48)


def summary_page(scope: Scope) -> Page:
    """Notices first, then the ten most urgent things, then the figures."""
    say = scope.words.say
    blocks: list[Block] = [Heading(title(scope), 1), Paragraph(_subtitle(scope), quiet=True)]
    blocks += [*health_notices(scope), *partial_notices(scope), *unsettled_notices(scope)]
    blocks += _roster_notices(scope)
    blocks += [Heading(say("What to do first")), _to_do(scope)]
    blocks += [Heading(say("In figures")), _figures(scope)]
    if scope.entity is None and len(entities(scope.report)) > 1:
        blocks += [Heading(say("Per entity")), _per_entity(scope)]
    purpose = say("Purpose: correct presentation, not collecting proof.")
    fairness = say("Findings are not used for appraisal, pay or discipline.")
    blocks += [Paragraph(""), Paragraph(f"{purpose} {fairness}", quiet=True)]
    return Page("summary", say("Summary"), _WIDTHS, tuple(blocks), one_page=True)


def title(scope: Scope) -> str:
    """The report's own name."""
    words = scope.words
    name = words.say("LinkedIn consistency report") + f" – {words.month(scope.today)}"
    return f"{name} – {shown(scope.entity)}" if scope.entity else name


def health_notices(scope: Scope) -> list[Notice]:
    """A run that is not sound says so before anything else."""
    health, words = scope.report.health, scope.words
    if health.verdict is HealthVerdict.SOUND:
        return []
    reasons = [words.render(reason) for reason in health.reasons] or [words.say("no reason given")]
    return [Notice(words.say("This run cannot be trusted: {reason}", reason=reason)) for reason in reasons]


def partial_notices(scope: Scope) -> list[Notice]:
    """A report that is written before everybody's turn has come says so."""
    left = scope.report.run.left
    if not left:
        return []
    text = scope.words.count(
        "Partial report: {n} person is left. The next call goes on and writes this report again.",
        "Partial report: {n} people are left. The next call goes on and writes this report again.",
        left,
    )
    return [Notice(text, grave=False)]


def _subtitle(scope: Scope) -> str:
    run, words = scope.report.run, scope.words
    checked = words.say("Checked on {day}", day=words.day(run.today))
    if run.roster_date is None:
        roster = words.say("roster {file}", file=shown(run.roster_name))
        return f"{checked} · {roster}"
    age = max((run.today - run.roster_date).days, 0)
    roster = words.count(
        "roster {file} of {day}, {n} day old",
        "roster {file} of {day}, {n} days old",
        age,
        file=shown(run.roster_name),
        day=words.day(run.roster_date),
    )
    return f"{checked} · {roster}"


def _roster_notices(scope: Scope) -> list[Notice]:
    words = scope.words
    notices = [n for n in notices_of(scope) if n.code in GRAVE | WEIGHTY]
    said = dict.fromkeys((shown(notice_words(n, words)), n.code in GRAVE) for n in notices)
    ordered = sorted(said, key=lambda notice: not notice[1])
    shown_first = [Notice(text, grave) for text, grave in ordered[:MOST_NOTICES]]
    rest = len(ordered) - len(shown_first)
    if rest > 0:
        more = words.count(
            "{n} more remark on sheet Roster check", "{n} more remarks on sheet Roster check", rest
        )
        shown_first.append(Notice(more, grave=False))
    return shown_first


def _to_do(scope: Scope) -> Grid:
    words = scope.words
    chosen = [*standing(scope, leavers=False), *standing(scope, leavers=True)]
    chosen = [tracked for tracked in chosen if tracked.finding.severity is not Severity.INFO] or chosen
    chosen.sort(key=lambda tracked: urgency(scope, tracked))
    columns = (
        Column("name", words.say("Name"), _WIDTHS[0], CellKind.WRAPPED),
        Column("entity", words.say("Entity"), _WIDTHS[1], CellKind.WRAPPED),
        Column(
            "severity", words.say("Severity"), _WIDTHS[2], CellKind.SEVERITY, choices=severity_words(words)
        ),
        Column("due", words.say("Due"), _WIDTHS[3], CellKind.DATE),
        Column("owner", words.say("Owner"), _WIDTHS[4], CellKind.WRAPPED),
        Column("action", words.say("What to do"), _WIDTHS[5], CellKind.WRAPPED),
    )
    rows = tuple(_to_do_row(scope, tracked) for tracked in chosen[:TOP])
    return Grid(columns, rows, nothing_found(scope, NO_FINDINGS))


def _to_do_row(scope: Scope, tracked: TrackedFinding) -> tuple[Any, ...]:
    words, finding = scope.words, tracked.finding
    person = scope.person(tracked)
    text = scope.book.words_of(finding.code, finding.rule_id)
    seen = words.say(text.says) if text.says else shown_text(finding.message, words)
    return (
        shown(person.employee.full_name, 60) if person else finding.employee_id,
        shown(person.employee.entity, 50) if person else "",
        words.say(SEVERITIES[finding.severity]),
        due_day(tracked, scope.book),
        owner(tracked, words, scope.book),
        f"{seen} {words.say(text.do)}".strip(),
    )


#: counts of a run, their words, and what stands beside them
FIGURES = (
    ("people", mark("People in the roster"), mark("every person of the roster, each once")),
    ("assessed", mark("Assessed"), mark("every rule that concerns the person was decided")),
    ("could_not_verify", mark("Could not verify"), mark("something stays open; never counted as a finding")),
    ("not_assessed", mark("Not assessed"), mark("no rule was tried; the sheet Not assessed says why")),
    ("read", mark("Read"), mark("some evidence could be read")),
    ("standing", mark("Open findings"), ""),
    ("new", mark("New this month"), ""),
    ("reopened", mark("Reopened this month"), ""),
    ("resolved", mark("Closed this month"), ""),
    ("waived", mark("Waived findings"), mark("agreed exceptions with an end date")),
)


def _figures(scope: Scope) -> Grid:
    words, counts = scope.words, scope.counts()
    columns = (
        Column("what", "", _WIDTHS[0], CellKind.WRAPPED),
        Column("number", "", _WIDTHS[1], CellKind.NUMBER),
        Column("note", "", _WIDTHS[2]),
    )
    rows = []
    for key, label, note in FIGURES:
        words_beside = _by_severity(counts, words) if key == "standing" else words.say(note)
        rows.append((words.say(label), counts[key], words_beside))
        if key == "not_assessed":
            rows += [(f"– {reason_of(one, words)}", len(one.people), "") for one in groups_of(scope)]
    return Grid(columns, tuple(rows), headed=False)


def _by_severity(counts: dict[str, int], words: Words) -> str:
    parts = [f"{words.say(SEVERITIES[s])} {words.number(counts[s])}" for s in Severity if counts[s]]
    return " · ".join(parts)


def _standing(counts: dict[str, int], words: Words) -> str:
    severities = _by_severity(counts, words)
    number = words.number(counts["standing"])
    return f"{number} ({severities})" if severities else number


def _per_entity(scope: Scope) -> Grid:
    words = scope.words
    columns = (
        Column("entity", words.say("Entity"), _WIDTHS[0], CellKind.WRAPPED),
        Column("people", words.say("People"), _WIDTHS[1], CellKind.NUMBER),
        Column("assessed", words.say("Assessed"), _WIDTHS[2], CellKind.NUMBER),
        Column("could_not_verify", words.say("Could not verify"), _WIDTHS[3], CellKind.NUMBER),
        Column("not_assessed", words.say("Not assessed"), _WIDTHS[4], CellKind.NUMBER),
        Column("standing", words.say("Open findings"), _WIDTHS[5], CellKind.WRAPPED),
    )
    rows = []
    for entity in entities(scope.report):
        counts = of_entity(scope.report, entity).counts()
        numbers = (counts["people"], *(counts[group] for group in Group))
        rows.append((shown(entity, 60), *numbers, _standing(counts, words)))
    return Grid(columns, tuple(rows))
