"""The sheet Run info: with what, when and on whom; enough for a stranger to do it again."""

from __future__ import annotations

from collections import Counter

from auditor.language.words import mark
from auditor.model.capture import CaptureStatus
from auditor.model.dates import local
from auditor.model.document import Block, CellKind, Column, Grid, Heading, Notice, Page, Paragraph
from auditor.model.health import HealthVerdict
from auditor.reports.evidence import source_words
from auditor.reports.not_assessed import groups_of, reason_of
from auditor.reports.notices import DUTIES, GRAVE, notice_words, notices_of, row_sum
from auditor.reports.people import FILE_REASONS, REASONS, shown, shown_text
from auditor.reports.scope import Scope, contacts_of
from auditor.reports.sheet import Sheet

_WIDTHS = (38, 60, 40)
_COUNT_WORDS = {
    "people": mark("People in the roster"),
    "assessed": mark("Assessed"),
    "could_not_verify": mark("Could not verify"),
    "not_assessed": mark("Not assessed"),
    "read": mark("People read"),
    "standing": mark("Open findings"),
    "new": mark("New this month"),
    "reopened": mark("Reopened this month"),
    "resolved": mark("Closed this month"),
    "waived": mark("Waived findings"),
    "unverified": mark("Not verifiable this time"),
}


def run_info_page(scope: Scope) -> Page:
    """The circumstances of the run, its counts and the sum of the roster's rows."""
    say = scope.words.say
    blocks: list[Block] = [Heading(say("Run info"), 1), *_health(scope)]
    owed = [notice for notice in notices_of(scope) if notice.code in DUTIES]
    blocks += [Notice(shown(notice_words(one, scope.words)), one.code in GRAVE) for one in owed]
    blocks += [Heading(say("This run")), _facts(scope, _run_facts(scope))]
    blocks += [Heading(say("Counts")), _facts(scope, _counts(scope))]
    blocks += [Heading(say("What became of the visits")), _facts(scope, _visits(scope))]
    if scope.entity is None:
        rows = [
            (fate, scope.words.number(n)) for fate, n in row_sum(scope.report.run.row_counts, scope.words)
        ]
        blocks += [Heading(say("What became of every row of the roster")), _facts(scope, rows)]
    rules = [(rule.id, scope.book.criterion(rule.id, scope.words)) for rule in scope.report.rules]
    blocks += [Heading(say("Rules")), _facts(scope, rules)]
    return Page("run_info", say("Run info"), _WIDTHS, tuple(blocks))


def _facts(scope: Scope, rows: list[tuple[str, str]]) -> Grid:
    columns = (
        Column("what", "", _WIDTHS[0], CellKind.WRAPPED),
        Column("value", "", _WIDTHS[1], CellKind.WRAPPED),
    )
    return Grid(columns, tuple(rows), scope.words.say("None"), headed=False)


def _health(scope: Scope) -> list[Block]:
    health, words = scope.report.health, scope.words
    if health.verdict is HealthVerdict.SOUND:
        return [Paragraph(words.say("The run is sound: its results may be used."))]
    return [
        Notice(words.say("This run cannot be trusted: {reason}", reason=words.render(reason)))
        for reason in health.reasons
    ]


def _run_facts(scope: Scope) -> list[tuple[str, str]]:
    run, words = scope.report.run, scope.words
    say = words.say
    zone = scope.report.time_zone
    facts = [
        (say("Run"), run.id),
        (say("Day of the audit"), words.day(run.today)),
        (say("Entity"), shown(scope.entity) if scope.entity else say("All entities")),
        (say("Started"), words.moment(local(run.started_at, zone))),
        (say("Finished"), words.moment(local(run.finished_at, zone))),
        (say("Source"), source_words(run.source, scope)),
        (say("Program version"), run.program_version),
        (say("Roster file"), f"{shown(run.roster_name)} ({words.day(run.roster_date)})"),
        (say("Fingerprint of the roster"), run.roster_sha256),
        (say("Fingerprint of the policy"), run.policy_sha256),
    ]
    facts.extend(
        (say("Source"), words.labelled(source_words(note.source, scope), shown_text(note.text, words)))
        for note in run.source_notes
    )
    if run.retention_until:
        facts.append((say("Delete this file by"), words.day(run.retention_until)))
    if run.left:
        facts.append((say("People who are left"), words.number(run.left)))
    if run.interrupted:
        facts.append((say("Interrupted"), say("Yes")))
    contacts = [(say("Contact {entity}", entity=shown(e)), shown(c)) for e, c in contacts_of(scope).items()]
    return facts + contacts


def _counts(scope: Scope) -> list[tuple[str, str]]:
    counts, words = scope.counts(), scope.words
    lines = [(words.say(label), words.number(counts.get(key, 0))) for key, label in _COUNT_WORDS.items()]
    reasons = [(f"– {reason_of(one, words)}", words.number(len(one.people))) for one in groups_of(scope)]
    place = list(_COUNT_WORDS).index("not_assessed") + 1
    return [*lines[:place], *reasons, *lines[place:]]


def _visits(scope: Scope) -> list[tuple[str, str]]:
    words = scope.words
    counts: Counter[str] = Counter()
    order = list(CaptureStatus)
    tried = [examination.best for examination in scope.examinations if examination.best]
    for trial in sorted(tried, key=lambda trial: order.index(trial.status)):
        reason = FILE_REASONS.get(trial.status) if trial.from_file else None
        said = (
            words.say("Read")
            if trial.status is CaptureStatus.OK
            else words.say(reason or REASONS[trial.status])
        )
        counts[said] += 1
    return [(said, words.number(count)) for said, count in counts.items()]


SHEET = Sheet(order=110, make=run_info_page)
