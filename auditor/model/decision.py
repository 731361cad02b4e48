"""What HR decided about a finding or a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

#: how long a waiver may last, and for how long "no profile" is believed
LONGEST_MONTHS = 12


class DecisionWord(StrEnum):
    """What HR can answer. NEW_ADDRESS, LEAVE and SAME_PERSON stand on the sheet Could not verify only;
    TAKEN_BACK withdraws what was answered before."""

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
    TAKEN_BACK = "taken_back"


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
    NOT_LEFT = "not_left"
    BEFORE_LAST_DAY = "before_last_day"
    THIRD_LETTER = "third_letter"
    NO_FRESH_LOOK = "no_fresh_look"
    EDITED = "edited"
    WAITS = "waits"
    TAKEN_BACK = "taken_back"


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
