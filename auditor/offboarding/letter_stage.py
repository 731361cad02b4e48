"""Whether a leaver may be written to now: what the decision table, the run and a person's look allow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from auditor.language.locality import letter_languages
from auditor.model.case import CaseEvent, CaseEventKind
from auditor.model.decision import DecisionWord
from auditor.model.employee import GONE, Employee
from auditor.model.finding import FindingState, TrackedFinding
from auditor.model.health import HealthVerdict
from auditor.model.report import AuditReport
from auditor.model.rule import Confidence
from auditor.offboarding.case import letters_known

#: a look may be this many days old when a letter is drafted; days between two letters; letters at most
FRESH_DAYS, WAIT_DAYS, LETTERS = 7, 30, 2


class Stage(StrEnum):
    """What comes next for a flagged leaver. Only LETTER and REMINDER give a draft."""

    NOT_SOUND = "not_sound"
    NOT_ALLOWED = "not_allowed"
    ANSWERED = "answered"
    NO_ENTITY = "no_entity"
    NO_LANGUAGE = "no_language"
    WAIT = "wait"
    LOOK_FIRST = "look_first"
    LOOK_AGAIN = "look_again"
    LETTER = "letter"
    REMINDER = "reminder"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class LetterStage:
    """The stage with what it rests on. `again_on` is the day before which nothing more is sent."""

    stage: Stage
    looked_on: date | None = None
    sent: tuple[date, ...] = ()
    again_on: date | None = None


#: what was seen, by code: which sentences of a letter may be said
SEEN = {
    "LEAVER_CURRENT_LINKED": "current",
    "LEAVER_CURRENT_LINKED_MULTI": "current",
    "LEAVER_CURRENT_NAMED": "current",
    "LEAVER_ALUMNI_WORDING": "position",
    "LEAVER_HEADLINE": "headline",
    "LEAVER_BANNER": "banner",
    "CONTR_CURRENT_LINKED": "position",
    "CONTR_CURRENT_NAMED": "position",
    "CONTR_HEADLINE": "headline",
    "CONTR_BANNER": "banner",
}
#: what the decision table says of letters that may be written at once, and which of them are optional
OPTIONAL_LETTERS = frozenset({"optional soft letter"})
LETTERS_TO_WRITE = OPTIONAL_LETTERS | {"leaver letter", "leaver letter (contractor variant)", "letter"}


def letter_kind(tracked: TrackedFinding) -> str:
    """What the decision table says of a letter for a finding, such as `optional soft letter`."""
    return dict(tracked.finding.facts).get("letter", "")


def allows_letter(tracked: TrackedFinding) -> bool:
    """Whether the table allows a letter at once: a positive sighting that nobody must clarify first."""
    finding = tracked.finding
    kind = letter_kind(tracked)
    return (
        finding.confidence is not Confidence.REVIEW
        and tracked.state is not FindingState.UNVERIFIED
        and kind in LETTERS_TO_WRITE
        and finding.code in SEEN
    )


#: answers of HR after which nothing is sent to a person, and after which nothing because of a finding
_ABOUT_PERSON = frozenset(
    {
        DecisionWord.OBJECTED,
        DecisionWord.NOT_OUR_EMPLOYEE,
        DecisionWord.WRONG_PERSON,
        DecisionWord.NO_PROFILE,
        DecisionWord.ROSTER_WRONG,
    }
)
_ABOUT_FINDING = frozenset({DecisionWord.FIXED, DecisionWord.WAIVED})


def is_answered(report: AuditReport, tracked: TrackedFinding) -> bool:
    """Whether HR has said something that stands against writing to the person because of a finding: since
    the run, or that the roster is wrong and it still is."""
    if tracked.roster_wrong_on:
        return True
    finding = tracked.finding
    return any(
        (one.word in _ABOUT_PERSON and one.employee_id == finding.employee_id)
        or (one.word in _ABOUT_FINDING and one.fingerprint == finding.fingerprint)
        for one in report.answers_since
    )


def letter_stage(report: AuditReport, employee: Employee, tracked: TrackedFinding) -> LetterStage:
    """Where the correspondence with a flagged leaver stands on the day of the drafts."""
    today = report.as_of
    sent = tuple(sorted(day for day in report.letters_sent.get(employee.employee_id, ()) if day <= today))
    looked_on = report.looks.get(employee.employee_id)
    refusal = _refusal(report, employee, tracked)
    if refusal:
        return LetterStage(refusal, looked_on, sent)
    if sent and today < (again := sent[-1] + timedelta(days=WAIT_DAYS)):
        return LetterStage(Stage.WAIT, looked_on, sent, again)
    look = _look(looked_on, sent, today)
    if look:
        return LetterStage(look, looked_on, sent)
    stage = (Stage.LETTER, Stage.REMINDER, Stage.DECIDE)[min(len(sent), LETTERS)]
    return LetterStage(stage, looked_on, sent)


def _refusal(report: AuditReport, employee: Employee, tracked: TrackedFinding) -> Stage | None:
    if report.health.verdict is not HealthVerdict.SOUND:
        return Stage.NOT_SOUND
    if is_answered(report, tracked):
        return Stage.ANSWERED
    if not allows_letter(tracked) or employee.roster_state not in GONE or employee.last_day is None:
        return Stage.NOT_ALLOWED
    company = report.company_of(employee)
    if company is None:
        return Stage.NO_ENTITY
    return None if letter_languages(employee, company) else Stage.NO_LANGUAGE


def _look(looked_on: date | None, sent: tuple[date, ...], today: date) -> Stage | None:
    """LOOK_FIRST or LOOK_AGAIN where no look is fresh enough; a look from before a letter is used up."""
    if looked_on is None or looked_on > today:
        return Stage.LOOK_FIRST
    stale = (today - looked_on).days > FRESH_DAYS or (sent and looked_on <= sent[-1])
    return Stage.LOOK_AGAIN if stale else None


def is_one_too_many(sent: Sequence[date], on: date) -> bool:
    """Whether a letter of this day would be a third one; `sent` are the days on which letters went out."""
    return len(sent) >= LETTERS and on not in sent


def rests_on_fresh_look(looks: Iterable[date], on: date) -> bool:
    """Whether somebody looked at the profile within the days before a letter of this day."""
    return any(timedelta(0) <= on - look <= timedelta(days=FRESH_DAYS) for look in looks)


class EventTrouble(StrEnum):
    """Why a look or a letter cannot be recorded."""

    NOT_LEFT = "not_left"
    IN_FUTURE = "in_future"
    BEFORE_LAST_DAY = "before_last_day"
    THIRD_LETTER = "third_letter"
    NO_FRESH_LOOK = "no_fresh_look"


def event_trouble(
    employee: Employee,
    event: CaseEvent,
    before: Sequence[CaseEvent],
    noted: Sequence[date | None],
    today: date,
) -> EventTrouble | None:
    """What stands against recording a look or a letter; None where nothing does.

    `before` are the events recorded of this departure, `noted` the days of letters on its checklist.
    """
    if employee.roster_state not in GONE:
        return EventTrouble.NOT_LEFT
    if event.on_day > today:
        return EventTrouble.IN_FUTURE
    if employee.last_day and event.on_day <= employee.last_day:
        return EventTrouble.BEFORE_LAST_DAY
    if event.kind is not CaseEventKind.SENT or event in before:
        return None
    sent = letters_known((e.on_day for e in before if e.kind is CaseEventKind.SENT), noted)
    if is_one_too_many(sent, event.on_day):
        return EventTrouble.THIRD_LETTER
    looks = [one.on_day for one in before if one.kind is CaseEventKind.LOOKED]
    return None if rests_on_fresh_look(looks, event.on_day) else EventTrouble.NO_FRESH_LOOK
