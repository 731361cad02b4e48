"""The sheet Summary: one printed page that says first what to do."""

from __future__ import annotations

from typing import Any

from auditor.findings.assessment import Group, rejected_rows
from auditor.language.words import mark
from auditor.model.document import Block, CellKind, Column, Grid, Heading, Page, Paragraph
from auditor.model.finding import TrackedFinding
from auditor.model.rule import Severity
from auditor.offboarding.next_step import Act
from auditor.reports.decision_words import SEVERITIES, severity_words
from auditor.reports.finding_rows import owner
from auditor.reports.not_assessed import REJECTED_ROWS, groups_of, nothing_found, reason_of
from auditor.reports.overview import FIGURES, NO_FINDINGS, by_severity, first_notices, subtitle, title
from auditor.reports.people import shown, shown_text
from auditor.reports.scope import Scope, entities, entity_counts, standing
from auditor.reports.sheet import Sheet
from auditor.reports.step_words import acts_in_short, person_step

TOP = 10
_MAY_BE_PEOPLE = mark("may be people; the sheet Roster check says why")
_NOTHING_NOW = mark("Nothing to do now: every open finding waits for its day.")
_WIDTHS = (30, 20, 13, 13, 18, 48)


def summary_page(scope: Scope) -> Page:
    """Notices first, then the ten most urgent things, then the figures."""
    say = scope.words.say
    blocks: list[Block] = [Heading(title(scope), 1), Paragraph(subtitle(scope), quiet=True)]
    blocks += first_notices(scope)
    acts = [Paragraph(text) for text in (acts_of(scope),) if text]
    blocks += [Heading(say("What to do first")), *acts, what_to_do(scope)]
    blocks += [Heading(say("In figures")), _figures(scope)]
    if scope.entity is None and len(entities(scope.report)) > 1:
        blocks += [Heading(say("Per entity")), _per_entity(scope)]
    purpose = say("Purpose: correct presentation, not collecting proof.")
    fairness = say("Findings are not used for appraisal, pay or discipline.")
    blocks += [Paragraph(""), Paragraph(f"{purpose} {fairness}", quiet=True)]
    return Page("summary", say("Summary"), _WIDTHS, tuple(blocks), one_page=True)


def acts_of(scope: Scope) -> str:
    """How many people each act concerns: `Look: 3 · Write: 12`; empty where there is nothing to do."""
    steps = [step for number in scope.people if (step := scope.step(number)) and step.act is not Act.NOTHING]
    return acts_in_short(steps, scope.words) if steps else ""


def what_to_do(scope: Scope) -> Grid:
    """The ten people about whom there is most to do, each once; `index.html` begins with the same rows."""
    words = scope.words
    people: dict[str, TrackedFinding] = {}
    for tracked in standing(scope):
        people.setdefault(tracked.finding.employee_id, tracked)
    chosen = [one for number, one in people.items() if (step := scope.step(number)) and step.asks_now]
    chosen = [one for one in chosen if one.finding.severity is not Severity.INFO] or chosen
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
    nothing_now = words.say(_NOTHING_NOW) if people else nothing_found(scope, NO_FINDINGS)
    return Grid(columns, rows, nothing_now)


def _to_do_row(scope: Scope, tracked: TrackedFinding) -> tuple[Any, ...]:
    words, finding = scope.words, tracked.finding
    person = scope.person(tracked)
    text = scope.book.words_of_finding(tracked)
    seen = words.say(text.says) if text.says else shown_text(finding.message, words)
    return (
        shown(person.employee.full_name, 60) if person else finding.employee_id,
        shown(person.employee.entity, 50) if person else "",
        words.say(SEVERITIES[finding.severity]),
        scope.due(tracked),
        owner(tracked, words, scope.book),
        f"{seen} {person_step(scope, finding.employee_id)}".strip(),
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
        words_beside = by_severity(counts, words) if key == "standing" else words.say(note)
        rows.append((words.say(label), counts[key], words_beside))
        if key == "not_assessed":
            rows += [(f"– {reason_of(one, words)}", len(one.people), "") for one in groups_of(scope)]
            if rejected := rejected_rows(scope.report.rows):
                note = words.say(_MAY_BE_PEOPLE) if scope.entity is None else ""
                rows.append((words.say(REJECTED_ROWS), len(rejected), note))
    return Grid(columns, tuple(rows), headed=False)


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
    for entity, counts in entity_counts(scope.report).items():
        numbers = (counts["people"], *(counts[group] for group in Group))
        severities = by_severity(counts, words)
        open_findings = words.number(counts["standing"]) + (f" ({severities})" if severities else "")
        rows.append((shown(entity, 60), *numbers, open_findings))
    return Grid(columns, tuple(rows))


SHEET = Sheet(order=10, make=summary_page)
