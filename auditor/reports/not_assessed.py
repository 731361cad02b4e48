"""Who was not assessed and why, in words, wherever people look first."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.findings.assessment import NotAssessed, Why, not_assessed
from auditor.language.words import Words, mark
from auditor.model.document import Notice
from auditor.model.employee import Employee
from auditor.reports.people import shown
from auditor.reports.scope import Scope

#: so many rows of the roster are named in a line
MOST_ROWS = 12
_SETTLE_STATUS = mark(
    "Correct the status in the roster, or add the word to roster.status_words in the policy."
)
_SETTLE_DATES = mark("Correct the dates or the status in the roster.")
#: why -> the reason, and what to do about it
TEXTS: Mapping[Why, tuple[str, str]] = {
    Why.UNKNOWN_WORD: (mark("The status in the roster is not known or has two meanings"), _SETTLE_STATUS),
    Why.DATE_MISSING: (
        mark("Left according to the roster, but without an end date"),
        mark("Enter the last day in the roster."),
    ),
    Why.DATE_UNREADABLE: (mark("A date in the roster cannot be read"), _SETTLE_DATES),
    Why.CONTRADICTION: (mark("Status and dates in the roster contradict each other"), _SETTLE_DATES),
    Why.UNKNOWN_ENTITY: (
        mark("The policy does not describe the entity"),
        mark("Write the entity in the roster as in the policy, or describe it there."),
    ),
    Why.NO_RULE: (
        mark("No rule of the policy concerns the person"),
        mark("Look in the policy whether the rules for these people are meant to be off."),
    ),
    Why.VANISHED: (
        mark("Missing from the roster, without an end date"),
        mark("Find out whether the person left, and enter the last day in the roster."),
    ),
    Why.LEAVING_SOON: (mark("Leaves soon"), ""),
    Why.LONG_LEAVE: (mark("Absent for a long time"), ""),
    Why.STARTS_LATER: (mark("Starts later"), ""),
    Why.WAITING_TIME: (mark("Left, waiting time"), ""),
    Why.CONTRACTOR: (mark("Contractor; no rule concerns contractors in service"), ""),
    Why.RELATED: (mark("Left, with another relation to the company"), ""),
    Why.SEEN_CLEAN: (mark("Left, and seen twice without the company"), ""),
    Why.EXCLUDED: (mark("Left out (objection, outside scope, too long ago)"), ""),
}


def groups_of(scope: Scope) -> tuple[NotAssessed, ...]:
    """The people of a scope who were not assessed, equal reasons together."""
    return not_assessed(scope.examinations)


def unsettled_people(scope: Scope) -> int:
    """How many people were not assessed for a reason that somebody must settle."""
    return sum(len(group.people) for group in groups_of(scope) if group.unsettled)


def reason_of(group: NotAssessed, words: Words) -> str:
    """The reason in words, with the roster's own word where that is the reason."""
    text = words.say(TEXTS[group.why][0])
    return words.labelled(text, shown(group.word, 60)) if group.word else text


def line_of(group: NotAssessed, words: Words) -> str:
    """How many people were not assessed, why, and in which rows they stand."""
    count = words.count("{n} person not assessed", "{n} people not assessed", len(group.people))
    rows = _rows(group.people, words) if group.unsettled else ""
    return f"{count}. {reason_of(group, words)}" + (f" ({rows})" if rows else "")


def unsettled_notices(scope: Scope) -> list[Notice]:
    """A line for each reason that somebody must settle; each reason stands once."""
    return [Notice(line_of(group, scope.words)) for group in groups_of(scope) if group.unsettled]


def nothing_found(scope: Scope, otherwise: str) -> str:
    """What stands where there are no findings: `otherwise`, unless people were not assessed."""
    people = unsettled_people(scope)
    if not people:
        return scope.words.say(otherwise)
    return scope.words.count(
        "No findings, but {n} person was not assessed and may be a leaver: see the sheet Not assessed.",
        "No findings, but {n} people were not assessed and may be leavers: see the sheet Not assessed.",
        people,
    )


def _rows(people: tuple[Employee, ...], words: Words) -> str:
    rows = sorted(one.roster_row for one in people if one.roster_row)
    if not rows:
        return ""
    named = ", ".join(map(str, rows[:MOST_ROWS])) + (" …" if len(rows) > MOST_ROWS else "")
    return words.count("row {rows}", "rows {rows}", len(rows), rows=named)
