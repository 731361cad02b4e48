"""What HR decided about a finding or a person, and which of it holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from auditor.domain.privacy import months_after

#: how long a waiver may last, and for how long "no profile" is believed
LONGEST_MONTHS = 12
#: what "asked" adds to the due date, in days
ASKED_DAYS = 30


class DecisionWord(StrEnum):
    """What HR can answer. The last three stand on the sheet Could not verify only."""

    FIXED = "fixed"
    WAIVED = "waived"
    ASKED = "asked"
    NOT_OUR_EMPLOYEE = "not_our_employee"
    WRONG_PERSON = "wrong_person"
    ROSTER_WRONG = "roster_wrong"
    NO_PROFILE = "no_profile"
    OBJECTED = "objected"
    NEW_ADDRESS = "new_address"
    LEAVE = "leave"
    SAME_PERSON = "same_person"


class DecisionReason(StrEnum):
    """Why a decision was only listed; EDITED and WAITS are remarks on one that was applied."""

    NO_WORD = "no_word"
    UNKNOWN_WORD = "unknown_word"
    UNKNOWN_FINDING = "unknown_finding"
    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_REPORT = "unknown_report"
    OLDER_REPORT = "older_report"
    TWO_ANSWERS = "two_answers"
    TWO_COLUMNS = "two_columns"
    MIXED_ROW = "mixed_row"
    DATE_UNREADABLE = "date_unreadable"
    DATE_IN_FUTURE = "date_in_future"
    WAIVER_NO_DATE = "waiver_no_date"
    WAIVER_PAST = "waiver_past"
    WAIVER_TOO_LONG = "waiver_too_long"
    WAIVER_NO_REASON = "waiver_no_reason"
    IN_ROSTER = "in_roster"
    NO_ADDRESS = "no_address"
    BAD_ADDRESS = "bad_address"
    ADDRESS_TAKEN = "address_taken"
    NO_QUESTION = "no_question"
    EDITED = "edited"
    WAITS = "waits"


#: reasons that leave an answer an answer: two such answers to one question still contradict each other
_FAULTS_OF_VALUES = frozenset(
    {
        DecisionReason.TWO_ANSWERS,
        DecisionReason.DATE_UNREADABLE,
        DecisionReason.DATE_IN_FUTURE,
        DecisionReason.WAIVER_NO_DATE,
        DecisionReason.WAIVER_PAST,
        DecisionReason.WAIVER_TOO_LONG,
        DecisionReason.WAIVER_NO_REASON,
        DecisionReason.BAD_ADDRESS,
        DecisionReason.ADDRESS_TAKEN,
    }
)


@dataclass(frozen=True, slots=True)
class Decision:
    """One answer of HR, and what became of it.

    `fingerprint` is empty where it concerns a person, not a finding; `word` is None where the word
    is not known (`typed` holds it). `report_id` is the run whose report it was written in,
    `after_run` the newest run when it was read. `address` is the address withdrawn or given,
    `replaces` the one the roster had then; `page_name` is the name shown on the page of which HR says
    that it is the person's. `applied` False: only listed, for the `reason`.
    """

    fingerprint: str
    employee_id: str
    word: DecisionWord | None
    report_id: str
    read_on: date
    decided_on: date | None = None
    until: date | None = None
    remark: str = ""
    address: str = ""
    replaces: str = ""
    typed: str = ""
    decided_by: str = ""
    file_name: str = ""
    file_sha256: str = ""
    place: str = ""
    after_run: str = ""
    applied: bool = True
    reason: DecisionReason | None = None
    page_name: str = ""

    @property
    def day(self) -> date:
        """The day HR gives, else the day it was read."""
        return self.decided_on or self.read_on

    @property
    def subject(self) -> tuple[str, str]:
        """What was asked: a finding, or a person as a whole."""
        return (self.fingerprint, "") if self.fingerprint else ("", self.employee_id)

    @property
    def answer(self) -> tuple[str, str]:
        """What was answered, so that equal answers can be told from different ones."""
        value = self.until if self.word is DecisionWord.WAIVED else self.address
        return str(self.word), str(value or "")

    @property
    def claim(self) -> str:
        """The name of a claim that something is fixed; each is tested once."""
        return f"{self.report_id}:{self.day}"


def settle(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The same decisions, in order; of two different answers to one question of one report none holds.

    Pure and stable: settling what was settled changes nothing.
    """
    listed = tuple(decisions)
    answers: dict[tuple[str, tuple[str, str]], set[tuple[str, str]]] = {}
    for one in listed:
        if _is_answer(one):
            answers.setdefault((one.report_id, one.subject), set()).add(one.answer)
    return tuple(
        replace(one, applied=False, reason=DecisionReason.TWO_ANSWERS)
        if _is_answer(one) and len(answers[one.report_id, one.subject]) > 1
        else one
        for one in listed
    )


def _is_answer(one: Decision) -> bool:
    return one.word is not None and (one.applied or one.reason in _FAULTS_OF_VALUES)


def newly_said(read: Iterable[Decision], known: Iterable[Decision]) -> tuple[Decision, ...]:
    """What of it was not said before: the same answer from a copy of a file is said once."""
    told = {(one.report_id, one.subject, one.answer, one.applied or one.reason) for one in known}
    told |= {(one.report_id, one.subject, one.answer, True) for one in known if one.applied}
    told |= {
        (one.report_id, one.subject, one.answer, True)
        for one in known
        if one.reason is DecisionReason.TWO_ANSWERS
    }
    new = []
    for one in read:
        mark = (one.report_id, one.subject, one.answer, one.applied or one.reason)
        if one.word is None or mark not in told:
            new.append(one)
            told.add(mark)
    return tuple(new)


def latest(decisions: Iterable[Decision]) -> dict[tuple[str, str], Decision]:
    """The decision that holds for each finding or person: the one applied last."""
    return {one.subject: one for one in decisions if one.applied and one.word is not None}


def excluded_by_decisions(decisions: Iterable[Decision], today: date) -> dict[str, Decision]:
    """Who has no profile by HR's word, by employee id; believed for twelve months.

    Who objected stands in the register of objections, which alone decides about that.
    """
    return {
        one.employee_id: one
        for one in latest(decisions).values()
        if one.word is DecisionWord.NO_PROFILE and today < months_after(one.day, LONGEST_MONTHS)
    }


def withdrawn_addresses(decisions: Iterable[Decision]) -> dict[str, frozenset[str]]:
    """Addresses that belong to somebody else, by employee id; they stay withdrawn."""
    found: dict[str, set[str]] = {}
    for one in decisions:
        if one.applied and one.word is DecisionWord.WRONG_PERSON and one.address:
            found.setdefault(one.employee_id, set()).add(one.address)
    return {employee_id: frozenset(addresses) for employee_id, addresses in found.items()}


def confirmed_pages(decisions: Iterable[Decision]) -> dict[str, frozenset[tuple[str, str]]]:
    """(address, shown name) of the pages of which HR said that they are the person's, by employee id."""
    found: dict[str, set[tuple[str, str]]] = {}
    for one in decisions:
        if one.applied and one.word is DecisionWord.SAME_PERSON:
            found.setdefault(one.employee_id, set()).add((one.address, one.page_name))
    return {employee_id: frozenset(pages) for employee_id, pages in found.items()}


def new_addresses(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Addresses that HR gave, by employee id; the last one given."""
    return {one.employee_id: one for one in decisions if one.applied and one.word is DecisionWord.NEW_ADDRESS}


@dataclass(frozen=True, slots=True)
class Decided:
    """What tracking has to know of HR's decisions on the day of a run.

    `findings` by fingerprint; `asked` counts how often the person was asked, by fingerprint;
    `excluded` are people who are not checked by HR's word; `in_roster` everybody in this run's roster.
    `roster_stands` tells whether the roster still says of a person what it said in an earlier run.
    """

    findings: Mapping[str, Decision] = field(default_factory=dict)
    asked: Mapping[str, int] = field(default_factory=dict)
    excluded: Mapping[str, Decision] = field(default_factory=dict)
    in_roster: Collection[str] = frozenset()
    roster_stands: Callable[[str, str], bool] = lambda run_id, employee_id: True

    def waiver(self, fingerprint: str, today: date) -> Decision | None:
        """The waiver that holds for a finding today."""
        one = self.findings.get(fingerprint)
        holds = one and one.word is DecisionWord.WAIVED and one.until and today <= one.until
        return one if holds else None

    def said(self, fingerprint: str, word: DecisionWord) -> Decision | None:
        """The decision on a finding where it is of this word."""
        one = self.findings.get(fingerprint)
        return one if one and one.word is word else None


NOTHING_DECIDED = Decided()


def decided(
    decisions: Iterable[Decision],
    today: date,
    in_roster: Collection[str] = frozenset(),
    roster_stands: Callable[[str, str], bool] = lambda run_id, employee_id: True,
) -> Decided:
    """What settled decisions mean for the findings of a run."""
    listed = tuple(decisions)
    reports: dict[str, set[str]] = {}
    for one in listed:
        if one.applied and one.word is DecisionWord.ASKED:
            reports.setdefault(one.fingerprint, set()).add(one.report_id)
    return Decided(
        findings={one.fingerprint: one for one in latest(listed).values() if one.fingerprint},
        asked={fingerprint: len(found) for fingerprint, found in reports.items()},
        excluded=excluded_by_decisions(listed, today),
        in_roster=in_roster,
        roster_stands=roster_stands,
    )
