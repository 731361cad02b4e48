"""The people of a report: names as they may be shown, states and reasons in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from auditor.findings.assessment import was_read
from auditor.language.words import Words, mark
from auditor.model.capture import CaptureStatus
from auditor.model.document import Link
from auditor.model.employee import RosterState
from auditor.model.examination import NOTHING_OPENED, Examination, asked_name
from auditor.model.message import Message, Text
from auditor.model.rule import WHO_IS_THIS, CheckResult, Undetermined
from auditor.reports.codes import RuleBook
from auditor.reports.messages import quoted

#: a text from outside is shown up to this many signs
SHOWN_SIGNS = 220
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
STATES: Mapping[RosterState, str] = {
    RosterState.EXCLUDED: mark("Not checked"),
    RosterState.CONFLICT: mark("Roster contradicts itself"),
    RosterState.VANISHED: mark("Missing from the roster"),
    RosterState.FUTURE_STARTER: mark("Starts later"),
    RosterState.LONG_LEAVE: mark("Absent for a long time"),
    RosterState.LEAVING_SOON: mark("Leaves soon"),
    RosterState.ACTIVE: mark("In service"),
    RosterState.CONTRACTOR_ACTIVE: mark("Contractor"),
    RosterState.CONTRACTOR_ENDED: mark("Contractor, ended"),
    RosterState.LEAVER_GRACE: mark("Left, waiting time"),
    RosterState.LEAVER_OVERDUE: mark("Left"),
    RosterState.RELATED: mark("Other relation"),
    RosterState.NOT_IN_ROSTER: mark("In no roster"),
}
REASONS: Mapping[CaptureStatus, str] = {
    CaptureStatus.OK: mark("Hidden by the member"),
    CaptureStatus.NO_URL: mark("No profile address on file"),
    CaptureStatus.NOT_FOUND: mark("Profile not found"),
    CaptureStatus.AUTH_WALL: mark("LinkedIn asked to sign in"),
    CaptureStatus.RATE_LIMITED: mark("LinkedIn asked for fewer visits"),
    CaptureStatus.CHALLENGE: mark("LinkedIn asked for a security check"),
    CaptureStatus.LOGGED_IN: mark("The page was saved while signed in; it was not used"),
    CaptureStatus.WRONG_PAGE: mark("Another page came than the one asked for"),
    CaptureStatus.WRONG_PERSON: mark("The page belongs to somebody else"),
    CaptureStatus.WHO_IS_THIS: mark("Not sure whose page it is; HR is asked"),
    CaptureStatus.TIMEOUT: mark("The page did not answer in time"),
    CaptureStatus.NETWORK_ERROR: mark("The connection failed"),
    CaptureStatus.UNREADABLE: mark("The page could not be read; it may have changed"),
    CaptureStatus.NOT_ATTEMPTED: mark("Not tried in this run"),
}
#: the same of a file that somebody saved: a file refuses nothing
FILE_REASONS: Mapping[CaptureStatus, str] = {
    CaptureStatus.NOT_FOUND: mark("The saved page says that the profile was not found"),
    CaptureStatus.AUTH_WALL: mark("The saved page is LinkedIn's sign-in page"),
    CaptureStatus.RATE_LIMITED: mark("The saved page is an error page of LinkedIn"),
    CaptureStatus.CHALLENGE: mark("The saved page is LinkedIn's security check"),
    CaptureStatus.LOGGED_IN: mark("The page was saved while signed in; it was not used"),
    CaptureStatus.WRONG_PAGE: mark("The saved page is another page than the profile"),
}
_SAVE_AGAIN = mark("Save the profile again, signed out.")
_STATUS_TEXTS = {status.upper(): text for status, text in REASONS.items() if status is not CaptureStatus.OK}
_WHO_IS_THIS = mark("Is this {person}? The page bears the name {shown}.")
_NOT_USABLE = mark("The profile address on file cannot be used")
_NO_PROFILE = mark("Has no LinkedIn profile")
_WITHDRAWN = mark("The profile address was withdrawn: it belongs to somebody else")
_LOOK = mark("A person must look (see the findings)")
_NO_ADDRESS_NOTES = frozenset({"", "empty"})


def shown(text: str, signs: int = SHOWN_SIGNS) -> str:
    """A text from outside as a report shows it: printable, one line, at most so many signs."""
    plain = " ".join(_UNPRINTABLE.sub("", text).split())
    return plain if len(plain) <= signs else plain[: signs - 1].rstrip() + "…"


def shown_text(text: Text, words: Words, signs: int = SHOWN_SIGNS) -> str:
    """A message in the reader's language, its facts as `shown`; a plain text as `shown`."""
    if isinstance(text, str):
        return shown(text, signs)
    return words.render(
        replace(text, facts=tuple((name, shown_text(fact, words, signs)) for name, fact in text.facts))
    )


def open_profile(examination: Examination, words: Words) -> Link | str:
    """The link to the profile, in words; empty where there is no address."""
    employee = examination.employee
    if not employee.profile_url:
        return ""
    return Link(employee.profile_url, words.say("Open profile {id}", id=shown(employee.employee_id)))


def capture_reason(examination: Examination, words: Words) -> str:
    """Why a person's evidence could not be read, in plain words."""
    employee = examination.employee
    status = examination.status or CaptureStatus.NOT_ATTEMPTED
    if employee.address_note == "no_profile":
        return words.say(_NO_PROFILE)
    if employee.address_note == "withdrawn" and not employee.profile_url:
        return words.say(_WITHDRAWN)
    unusable = employee.address_note not in _NO_ADDRESS_NOTES and not employee.profile_url
    if unusable and status in (CaptureStatus.NO_URL, CaptureStatus.NOT_ATTEMPTED):
        return words.say(_NOT_USABLE)
    if status is CaptureStatus.NOT_ATTEMPTED and not employee.profile_url:
        return words.say(REASONS[CaptureStatus.NO_URL])
    trouble = examination.best.trouble if examination.best else ""
    from_file = examination.best is not None and examination.best.from_file
    if from_file and status in FILE_REASONS:
        return words.say(FILE_REASONS[status])
    said = words.say(REASONS[status])
    if from_file and status in NOTHING_OPENED:  # which file is missing stands in What to do
        return said
    return f"{said} ({shown_text(trouble, words)})" if isinstance(trouble, Message) else said


def useless_files(examination: Examination, words: Words) -> list[str]:
    """The files of a person that hold no profile, each with what it is and what to do."""
    return [
        words.labelled(
            shown(trial.file_name, 120), f"{words.say(FILE_REASONS[trial.status])}. {words.say(_SAVE_AGAIN)}"
        )
        for trial in examination.trials
        if trial.file_name and trial.status in FILE_REASONS
    ]


def whose_page(examination: Examination, words: Words) -> str:
    """The question whether the page is the person's, with both names; empty where nothing is to be asked."""
    name = asked_name(examination)
    if name is None:
        return ""
    texts = {"person": examination.employee.full_name, "shown": name}
    return words.say(
        _WHO_IS_THIS, **{key: quoted(shown(text), words.language) for key, text in texts.items()}
    )


def undecided(examination: Examination) -> list[CheckResult]:
    """The results that stayed open."""
    return [result for result in examination.results if isinstance(result.outcome, Undetermined)]


def undecided_reason(result: CheckResult, words: Words, book: RuleBook) -> str:
    """Why a rule stayed open, in plain words: `Banner: the banner could not be seen`."""
    outcome = result.outcome
    assert isinstance(outcome, Undetermined)
    described = book.words_of(outcome.code, result.rule_id).says or _STATUS_TEXTS.get(outcome.code, "")
    if outcome.review and outcome.code != WHO_IS_THIS:
        reason = words.say(_LOOK)
    else:
        reason = words.say(described) if described else shown_text(outcome.reason, words)
    return words.labelled(book.criterion(result.rule_id, words), reason)


def unverified_reason(examination: Examination, words: Words, book: RuleBook, *, files: bool = True) -> str:
    """Why somebody could not be verified, in plain words, one line per open point.

    `files`: files that are of no use are named, each with what to do.
    """
    lines = {undecided_reason(result, words, book): None for result in undecided(examination)}
    if (examination.trials and not was_read(examination)) or not lines:
        lines = {capture_reason(examination, words): None}
    if files:
        lines |= dict.fromkeys(useless_files(examination, words))
    return "\n".join(lines)
