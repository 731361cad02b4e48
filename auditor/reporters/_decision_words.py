"""The words HR chooses from, as codes with their English texts."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.domain.finding import FindingState
from auditor.domain.rule import Confidence, Severity
from auditor.reporters._words import Words, mark

DECISIONS: Mapping[str, str] = {
    "fixed": mark("Fixed"),
    "waived": mark("Waived until"),
    "asked": mark("Asked"),
    "not_our_employee": mark("Not our employee"),
    "wrong_person": mark("Wrong person"),
    "roster_wrong": mark("Roster is wrong"),
    "no_profile": mark("No profile"),
    "objected": mark("Objection received"),
}
DECISION_MEANINGS: Mapping[str, str] = {
    "fixed": mark("The person says it is done. The next run looks again."),
    "waived": mark("Agreed exception: give a date within twelve months and a reason in the remark."),
    "asked": mark("The person was asked; the due date moves by 30 days."),
    "not_our_employee": mark("The person does not work here; goes to the roster check."),
    "wrong_person": mark(
        "The address belongs to somebody else; it is withdrawn and the old data are deleted."
    ),
    "roster_wrong": mark("The roster is to be corrected; the finding stays open until then."),
    "no_profile": mark("The person has no profile; not checked for twelve months."),
    "objected": mark("The person objects; the profile is not opened again."),
}
UNVERIFIED_DECISIONS: Mapping[str, str] = {
    "same_person": mark("Yes, this is the person"),
    "wrong_person": mark("Wrong person"),
    "new_address": mark("New address"),
    "no_profile": mark("No profile"),
    "leave": mark("Leave it"),
}
LETTER_STATES: Mapping[str, str] = {
    "none": mark("None"),
    "ready": mark("Ready"),
    "sent": mark("Sent"),
}
SEVERITIES: Mapping[Severity, str] = {
    Severity.HIGH: mark("High"),
    Severity.MEDIUM: mark("Medium"),
    Severity.LOW: mark("Low"),
    Severity.INFO: mark("Information"),
}
CERTAINTIES: Mapping[Confidence, str] = {
    Confidence.SURE: mark("Sure"),
    Confidence.PROBABLE: mark("Probable"),
    Confidence.REVIEW: mark("A person must look"),
}
STATUSES: Mapping[FindingState, str] = {
    FindingState.NEW: mark("New"),
    FindingState.OPEN: mark("Open"),
    FindingState.RESOLVED: mark("Closed"),
    FindingState.REOPENED: mark("Reopened"),
    FindingState.UNVERIFIED: mark("Not verifiable this time"),
    FindingState.WAIVED: mark("Waived"),
}


def spoken(table: Mapping[str, str], words: Words) -> tuple[str, ...]:
    """The words of a table in its order, in one language."""
    return tuple(words.say(text) for text in table.values())


def severity_words(words: Words) -> tuple[str, ...]:
    """The severities from most to least."""
    return tuple(words.say(SEVERITIES[severity]) for severity in Severity)
