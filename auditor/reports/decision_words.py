"""Why a decision of HR was only listed, or what is remarkable about one that was applied."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.language.words import Words, mark
from auditor.model.decision import Decision, DecisionReason, DecisionWord
from auditor.model.finding import FindingState
from auditor.model.rule import Confidence, Severity
from auditor.reports.messages import quoted
from auditor.reports.people import shown

REASONS: Mapping[DecisionReason, str] = {
    DecisionReason.NO_WORD: mark("A date or remark without a decision."),
    DecisionReason.UNKNOWN_WORD: mark("This word is no known decision."),
    DecisionReason.UNKNOWN_FINDING: mark("There is no such finding in that report."),
    DecisionReason.UNKNOWN_PERSON: mark("There is no such person in that report."),
    DecisionReason.UNKNOWN_REPORT: mark("The file does not come from a report of this company."),
    DecisionReason.OLDER_REPORT: mark("The file belongs to an older month; use the newest report."),
    DecisionReason.TWO_ANSWERS: mark("There are two different answers; neither was applied."),
    DecisionReason.TWO_COLUMNS: mark("The row says two different things."),
    DecisionReason.MIXED_ROW: mark("The finding's number stands beside another person; check the sorting."),
    DecisionReason.DATE_UNREADABLE: mark("The date cannot be read for sure."),
    DecisionReason.DATE_IN_FUTURE: mark("The decision's date lies in the future."),
    DecisionReason.WAIVER_NO_DATE: mark("The end date of the waiver is missing."),
    DecisionReason.WAIVER_PAST: mark("The end date of the waiver has passed."),
    DecisionReason.WAIVER_TOO_LONG: mark("The waiver is longer than twelve months."),
    DecisionReason.WAIVER_NO_REASON: mark("The reason of the waiver is missing in the remark."),
    DecisionReason.IN_ROSTER: mark("The person stands in the roster; nothing was applied."),
    DecisionReason.NO_ADDRESS: mark("There is no address that could be withdrawn."),
    DecisionReason.BAD_ADDRESS: mark("The new address is no usable profile address."),
    DecisionReason.ADDRESS_TAKEN: mark("The new address belongs to somebody else in the roster."),
    DecisionReason.NO_QUESTION: mark("That report did not ask whose page it is."),
    DecisionReason.NOT_LEFT: mark("The person has not left, so there is no letter to record."),
    DecisionReason.BEFORE_LAST_DAY: mark("The day is not after the last day of employment."),
    DecisionReason.THIRD_LETTER: mark("Two letters were sent already; there is no third."),
    DecisionReason.NO_FRESH_LOOK: mark(
        "Nobody looked at the profile within the 7 days before the letter: enter the day in Looked on too."
    ),
    DecisionReason.EDITED: mark("Other cells of the row were changed; the changes were ignored."),
    DecisionReason.WAITS: mark("Takes effect when the person is no longer in the roster."),
    DecisionReason.TAKEN_BACK: mark("This answer was taken back."),
}


def decision_word(decision: Decision, words: Words) -> str:
    """The decision in this language; what was typed where it is no known word."""
    if decision.word is DecisionWord.TAKEN_BACK:
        return words.say("Answer taken back")
    text = DECISIONS.get(str(decision.word)) or UNVERIFIED_DECISIONS.get(str(decision.word))
    if text:
        return words.say(text)
    return quoted(shown(decision.typed, 60), words.language) if decision.typed else ""


def decision_note(decision: Decision, words: Words) -> str:
    """Reason, what was given and from which file, a line each."""
    lines = [words.say(REASONS[decision.reason])] if decision.reason else []
    if decision.remark and decision.word is not DecisionWord.OBJECTED:
        lines.append(words.say("Remark: {text}", text=shown(decision.remark)))
    if decision.word is DecisionWord.NEW_ADDRESS and decision.address:
        lines.append(shown(decision.address))
    if decision.word is DecisionWord.SAME_PERSON and decision.page_name:
        lines.append(words.say("Name on the page: {name}", name=shown(decision.page_name)))
    return "\n".join(lines)


def decision_origin(decision: Decision, words: Words) -> str:
    """Who decided, and where it was read."""
    who = shown(decision.decided_by, 60) or words.say("not known who")
    file = shown(decision.file_name, 80)
    return f"{who}\n{file}, {shown(decision.place, 60)}" if file else who


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
