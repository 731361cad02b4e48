"""What a message means and what to do, by the code that is printed with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from auditor.app.registry import rule_texts
from auditor.errors import UsageError
from auditor.files.tables import package_rows
from auditor.language.roster_messages import intake_codes
from auditor.model.case import StepReason
from auditor.reports.codes import RuleBook
from auditor.reports.decision_words import REASONS
from auditor.reports.not_assessed import TEXTS
from auditor.reports.notices import NOTICE_TEXTS


class MessageKind(StrEnum):
    """Where a message is met."""

    ERROR = "Errors that end a command"
    RUN = "Notices about a run"
    ROSTER = "Notices about the roster"
    FINDING = "Findings and open verdicts"
    NOT_ASSESSED = "Why somebody was not assessed"
    ANSWER = "Why an answer was not applied"


#: what happened to a row or file, by the action of the intake table
_DONE: Mapping[str, str] = {
    "accept": "It was accepted as it is.",
    "normalise": "The program has put it right by itself.",
    "warn": "The file was used all the same.",
    "reject-row": "This row, or what it says there, was not used.",
    "reject-file": "The whole file was refused; what was stored before is unchanged.",
}
#: what to do about it
_NEXT: Mapping[str, str] = {
    "accept": "Nothing.",
    "normalise": "Look once at auditor inspect roster FILE to see that it was read as you mean it.",
    "warn": "Look at the sheet Roster check, and correct the roster where it is wrong.",
    "reject-row": "Correct the cell in the roster and run again; until then the person may not be assessed.",
    "reject-file": "Correct or export the file again, then run the same command.",
}


@dataclass(frozen=True, slots=True)
class MessageText:
    """A message by its code: what it says, why it is said, and what to do."""

    code: str
    kind: MessageKind
    says: str
    why: str
    do: str


@cache
def message_texts() -> tuple[MessageText, ...]:
    """Every message with a code, by kind and code."""
    found = [
        *(
            MessageText(row["code"], MessageKind.ERROR, row["says"], row["why"], row["do"])
            for row in package_rows("auditor.app", "_message_texts.tsv")
        ),
        *(
            MessageText(code, MessageKind.RUN, text, "", "Run info repeats it; the sentence says what to do.")
            for code, text in NOTICE_TEXTS.items()
        ),
    ]
    errors = {one.code for one in found}
    found += [
        MessageText(one.code, MessageKind.ROSTER, one.messages["en"], _DONE[one.action], _NEXT[one.action])
        for one in intake_codes().values()
        if one.messages["en"] and one.code not in errors
    ]
    found += [
        MessageText(one.code, MessageKind.FINDING, one.says, one.why, one.do)
        for one in RuleBook(rule_texts()).described()
    ]
    found += [
        MessageText(
            f"NOT_ASSESSED_{why.upper()}",
            MessageKind.NOT_ASSESSED,
            f"{says}.",
            "",
            do or "Nothing: it is meant so.",
        )
        for why, (says, do) in TEXTS.items()
    ]
    answers = {str(reason): says for reason, says in REASONS.items()}
    answers[StepReason.UNKNOWN_STEP] = "There is no such step in that checklist."
    found += [
        MessageText(
            f"ANSWER_{row['reason'].upper()}",
            MessageKind.ANSWER,
            answers[row["reason"]],
            row["why"],
            row["do"],
        )
        for row in package_rows("auditor.app", "_answer_texts.tsv")
    ]
    order = list(MessageKind)
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), one.code)))


def messages_of(code: str) -> list[MessageText]:
    """The message of a code, in any case of letters; a reason as lists and findings.json have it, such as
    `unknown_word`, is explained for each place where it may stand. Raises UsageError for an unknown one."""
    asked = code.strip().upper()
    meant = {asked, *(f"{kind.name}_{asked}" for kind in (MessageKind.NOT_ASSESSED, MessageKind.ANSWER))}
    found = [one for one in message_texts() if one.code in meant]
    if not found:
        raise UsageError(
            f"There is no message {code!r}.", "List them with: auditor messages", code="MESSAGE_UNKNOWN"
        )
    return found
