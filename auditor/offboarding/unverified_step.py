"""What helps where somebody could not be verified: the act, and the true reason. Pure."""

from __future__ import annotations

from enum import StrEnum

from auditor.model.capture import REFUSALS, CaptureStatus
from auditor.model.employee import GONE
from auditor.model.examination import NOTHING_OPENED, Examination, Trial, asked_name
from auditor.model.message import Message
from auditor.model.rule import Undetermined


class Act(StrEnum):
    """What somebody does."""

    CORRECT_ROSTER = "correct_roster"
    COMPLETE_POLICY = "complete_policy"
    LOOK = "look"
    WRITE = "write"
    REMIND = "remind"
    DECIDE = "decide"
    WAIT = "wait"
    SAVE_PAGE = "save_page"
    ASK_EXPORT = "ask_export"
    PREPARE = "prepare"
    NOTHING = "nothing"


class Why(StrEnum):
    """Why it is that act; the reports have a sentence for each. OWN_WORDS: the finding's code says it."""

    OWN_WORDS = "own_words"
    NOTHING_OPEN = "nothing_open"
    MAY_NOT_CHECK = "may_not_check"
    SETTLING_IN = "settling_in"
    NOT_SOUND = "not_sound"
    LEAVES_SOON = "leaves_soon"
    ROSTER_WRONG = "roster_wrong"
    ANSWERED = "answered"
    # a leaver's letter
    LETTER_SENT = "letter_sent"
    LOOK_THEN_WRITE = "look_then_write"
    LOOK_THEN_REMIND = "look_then_remind"
    LOOK_THEN_DECIDE = "look_then_decide"
    LETTER = "letter"
    REMINDER = "reminder"
    TWO_LETTERS = "two_letters"
    NO_ENTITY = "no_entity"
    NO_LANGUAGE = "no_language"
    # somebody in service
    KIT = "kit"
    KIT_AGAIN = "kit_again"
    ASKED = "asked"
    ASKED_ONCE = "asked_once"
    ASKED_TWICE = "asked_twice"
    # could not verify
    WHOSE_PAGE = "whose_page"
    NO_ADDRESS = "no_address"
    ADDRESS_UNUSABLE = "address_unusable"
    ADDRESS_SHARED = "address_shared"
    ADDRESS_WITHDRAWN = "address_withdrawn"
    NOT_FOUND = "not_found"
    WRONG_PERSON = "wrong_person"
    NO_PROFILE = "no_profile"
    NO_SEARCH = "no_search"
    NO_PAGE_SAVED = "no_page_saved"
    SAVED_REFUSAL = "saved_refusal"
    SAVED_SIGNED_IN = "saved_signed_in"
    SAVED_OTHER_PAGE = "saved_other_page"
    SAVED_UNREADABLE = "saved_unreadable"
    TOO_OLD = "too_old"
    NO_PICTURES = "no_pictures"
    HIDDEN = "hidden"
    HIDDEN_LEAVER = "hidden_leaver"
    FILE_UNUSABLE = "file_unusable"
    NOT_REACHED = "not_reached"
    FINDINGS = "findings"
    POLICY_GAP = "policy_gap"
    NOT_ASSESSED = "not_assessed"
    PROGRAM_FAILED = "program_failed"


SAVED_PAGES = "saved_pages"
_SAVED: dict[CaptureStatus, Why] = {
    **dict.fromkeys(REFUSALS, Why.SAVED_REFUSAL),
    CaptureStatus.LOGGED_IN: Why.SAVED_SIGNED_IN,
    CaptureStatus.WRONG_PAGE: Why.SAVED_OTHER_PAGE,
    CaptureStatus.UNREADABLE: Why.SAVED_UNREADABLE,
}
_NO_PICTURE = frozenset({"BANNER_NOT_LOADED", "BANNER_UNREADABLE"})
_POLICY = frozenset({"NO_TEMPLATE", "BANNER_NO_REFERENCE", "BANNER_NO_CURRENT", "NO_ENTITY"})
_PROGRAM = frozenset({"RULE_CRASHED", "LAYOUT_DRIFT"})
#: how `examine` words that a piece of evidence is out of date
_TOO_OLD = "the evidence of {day} is older than {n} days"
UnverifiedStep = tuple[Act, Why, tuple[str, ...]]


def unverified_step(person: Examination) -> UnverifiedStep:
    """The act, why, and the rules whose part of the page is hidden, for somebody of whom something stays
    open."""
    if asked_name(person) is not None:
        return Act.DECIDE, Why.WHOSE_PAGE, ()
    if not person.employee.profile_url and not any(one.status is CaptureStatus.OK for one in person.trials):
        return _without_address(person)
    if any(one.status is CaptureStatus.OK for one in person.trials):
        return _of_page(person)
    best = _told_most(person)
    gone = person.employee.roster_state in GONE
    if best is None or best.crashed:
        return Act.WAIT, Why.PROGRAM_FAILED if best else Why.NOT_REACHED, ()
    if best.status in (CaptureStatus.NOT_FOUND, CaptureStatus.WRONG_PERSON):
        if gone:
            return Act.NOTHING, Why.NO_SEARCH, ()
        found = best.status is CaptureStatus.WRONG_PERSON
        return Act.CORRECT_ROSTER, Why.WRONG_PERSON if found else Why.NOT_FOUND, ()
    return _of_trial(person, best)


def _without_address(person: Examination) -> UnverifiedStep:
    note = person.employee.address_note
    if note == "no_profile":
        return Act.NOTHING, Why.NO_PROFILE, ()
    if note == "withdrawn":
        return Act.CORRECT_ROSTER, Why.ADDRESS_WITHDRAWN, ()
    if note == "shared":
        return Act.CORRECT_ROSTER, Why.ADDRESS_SHARED, ()
    if note not in ("", "empty"):
        return Act.CORRECT_ROSTER, Why.ADDRESS_UNUSABLE, ()
    if person.employee.roster_state in GONE:
        return Act.NOTHING, Why.NO_SEARCH, ()
    return Act.CORRECT_ROSTER, Why.NO_ADDRESS, ()


def _told_most(person: Examination) -> Trial | None:
    """The trial that says most of why nothing was read: one that opened something, else a saved page's."""
    opened = [one for one in person.trials if one.status not in NOTHING_OPENED]
    saved = [one for one in person.trials if one.source == SAVED_PAGES]
    return next(iter((*opened, *saved, *person.trials)), None)


def _of_trial(person: Examination, trial: Trial) -> UnverifiedStep:
    by_hand = any(one.source == SAVED_PAGES for one in person.trials)
    if trial.status in NOTHING_OPENED:
        return (Act.SAVE_PAGE, Why.NO_PAGE_SAVED, ()) if by_hand else (Act.WAIT, Why.NOT_REACHED, ())
    if isinstance(trial.trouble, Message) and trial.trouble.id == _TOO_OLD and by_hand:
        return Act.SAVE_PAGE, Why.TOO_OLD, ()
    if trial.source == SAVED_PAGES and trial.status in _SAVED:
        return Act.SAVE_PAGE, _SAVED[trial.status], ()
    if trial.from_file and trial.source != SAVED_PAGES:
        return Act.ASK_EXPORT, Why.FILE_UNUSABLE, ()
    return (Act.SAVE_PAGE, Why.NO_PAGE_SAVED, ()) if by_hand else (Act.WAIT, Why.NOT_REACHED, ())


def _of_page(person: Examination) -> UnverifiedStep:
    """Some evidence was read, yet rules stay open."""
    left = {r.rule_id: r.outcome for r in person.results if isinstance(r.outcome, Undetermined)}
    codes = {outcome.code for outcome in left.values()}
    if any(outcome.review for outcome in left.values()):
        return Act.LOOK, Why.FINDINGS, ()
    if codes & _PROGRAM:
        return Act.WAIT, Why.PROGRAM_FAILED, ()
    if codes & _NO_PICTURE and any(one.source == SAVED_PAGES for one in person.trials):
        return Act.SAVE_PAGE, Why.NO_PICTURES, ()
    if codes & _POLICY:
        return Act.COMPLETE_POLICY, Why.POLICY_GAP, ()
    if person.employee.roster_state in GONE:
        return Act.NOTHING, Why.HIDDEN_LEAVER, ()
    return Act.ASK_EXPORT, Why.HIDDEN, tuple(sorted(left))
