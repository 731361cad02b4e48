"""The sheet Legend: every code, severity and decision word, how to fill in, whose rights."""

from __future__ import annotations

from auditor.language.words import mark
from auditor.model.document import Block, CellKind, Column, Grid, Heading, Page, Paragraph
from auditor.model.rule import Confidence, Severity
from auditor.offboarding.next_step import DAYS_TO_ACT
from auditor.reports.codes import owner_word
from auditor.reports.decision_words import (
    CERTAINTIES,
    DECISION_MEANINGS,
    DECISIONS,
    SEVERITIES,
    STATUSES,
    severity_words,
)
from auditor.reports.people import shown
from auditor.reports.scope import Scope, contacts_of
from auditor.reports.sheet import Sheet

_WIDTHS = (34, 46, 40, 52, 26)
_RIGHTS = (
    mark("Purpose: correct presentation, not collecting proof."),
    mark("Findings are not used for appraisal, pay or discipline."),
    mark("A profile belongs to the person; every change is voluntary unless agreed otherwise in writing."),
    mark(
        "Whoever does not want to be checked can object at any time and without giving a reason: {contact}."
    ),
    mark("Everybody can see, correct or have deleted what is kept about them: {contact}."),
    mark("Should a finding be needed in a dispute: stop, and ask Legal first."),
)
_HOW_TO = (
    mark("Fill in the yellow columns only: a decision, its date, a remark."),
    mark(
        "Send the file back as it is, or keep it where the program finds it; rows may be sorted and filtered."
    ),
    mark("A deleted row closes nothing; only what is seen on the profile, or a decision, does."),
    mark("Not seen is never counted as missing: it stands on the sheet Could not verify."),
    mark("Before a letter is sent, a person takes a fresh look at the profile."),
)
_STATUS_MEANINGS = {
    "new": mark("Seen for the first time in this run."),
    "open": mark("Seen before and still there."),
    "resolved": mark("No longer there, as seen in this run."),
    "reopened": mark("Was closed and is there again."),
    "unverified": mark("Seen earlier; this run could not see whether it is still there."),
    "waived": mark("Agreed exception; comes back after its end date."),
}
_CERTAINTY_MEANINGS = {
    "sure": mark("Plainly seen."),
    "probable": mark("Seen, but the page shows visitors only a part."),
    "review": mark("The program cannot decide; look before anything is said."),
}


def legend_page(scope: Scope) -> Page:
    """What everything means, in the report's language."""
    say = scope.words.say
    blocks: list[Block] = [Heading(say("Legend"), 1)]
    blocks += [Heading(say("What this is for, and the rights of the people")), *_rights(scope)]
    blocks += [Heading(say("How to fill in and send back"))]
    blocks += [Paragraph(f"• {say(line)}") for line in _HOW_TO]
    blocks += [Heading(say("Severity")), _severities(scope)]
    blocks += [
        Heading(say("Certainty")),
        _meanings(scope, {say(CERTAINTIES[c]): _CERTAINTY_MEANINGS[c] for c in Confidence}),
    ]
    blocks += [
        Heading(say("Status")),
        _meanings(scope, {say(STATUSES[s]): _STATUS_MEANINGS[s] for s in STATUSES}),
    ]
    blocks += [
        Heading(say("Decision")),
        _meanings(scope, {say(DECISIONS[code]): meaning for code, meaning in DECISION_MEANINGS.items()}),
    ]
    blocks += [Heading(say("Findings and what to do")), _codes(scope)]
    blocks += [Heading(say("Whom to ask")), *_contacts(scope)]
    return Page("legend", say("Legend"), _WIDTHS, tuple(blocks), landscape=True)


def _rights(scope: Scope) -> list[Block]:
    words = scope.words
    known = set(contacts_of(scope).values())
    contact = words.say("see Whom to ask, below") if known else words.say("your HR department")
    if len(known) == 1:
        contact = shown(known.pop())
    return [Paragraph(f"• {words.say(line, contact=contact)}") for line in _RIGHTS]


def _severities(scope: Scope) -> Grid:
    words = scope.words
    choices = severity_words(words)
    columns = (
        Column("severity", words.say("Severity"), _WIDTHS[0], CellKind.SEVERITY, choices=choices),
        Column("due", words.say("Due"), _WIDTHS[1], CellKind.WRAPPED),
    )
    rows = []
    for severity in Severity:
        days = DAYS_TO_ACT[severity]
        due = words.count("within {n} day", "within {n} days", days) if days else words.say("no hurry")
        rows.append((words.say(SEVERITIES[severity]), due))
    return Grid(columns, tuple(rows))


def _meanings(scope: Scope, meanings: dict[str, str]) -> Grid:
    columns = (Column("word", "", _WIDTHS[0], CellKind.WRAPPED), Column("meaning", "", _WIDTHS[1]))
    return Grid(
        columns, tuple((word, scope.words.say(text)) for word, text in meanings.items()), headed=False
    )


def _codes(scope: Scope) -> Grid:
    words = scope.words
    columns = (
        Column("code", words.say("Code"), _WIDTHS[0]),
        Column("says", words.say("Finding in words"), _WIDTHS[1], CellKind.WRAPPED),
        Column("why", words.say("Why it matters"), _WIDTHS[2], CellKind.WRAPPED),
        Column("do", words.say("What to do"), _WIDTHS[3], CellKind.WRAPPED),
        Column("owner", words.say("Owner"), _WIDTHS[4], CellKind.WRAPPED),
    )
    rows = tuple(
        (
            text.code,
            words.say(text.says),
            words.say(text.why),
            words.say(text.do),
            owner_word(text.owner, words),
        )
        for text in scope.book.described()
    )
    return Grid(columns, rows)


def _contacts(scope: Scope) -> list[Block]:
    say = scope.words.say
    known = contacts_of(scope)
    if not known:
        return [Paragraph(say("Your HR department."))]
    return [
        Paragraph(scope.words.labelled(shown(entity), shown(contact))) for entity, contact in known.items()
    ]


SHEET = Sheet(order=100, make=legend_page)
