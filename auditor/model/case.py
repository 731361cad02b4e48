"""A departure as a case: a person and a last day, steps on two sides, and what was noted about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from auditor.model.finding import fingerprint


class Side(StrEnum):
    """Who has something to settle."""

    COMPANY = "company"
    LEAVER = "leaver"


class StepState(StrEnum):
    """What was answered about a step."""

    OPEN = "open"
    DONE = "done"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class StepAnswer:
    """What somebody noted about a step on the checklist; `noted_on` is the day on which it came back."""

    state: StepState
    evidence: str = ""
    done_on: date | None = None
    done_by: str = ""
    noted_on: date | None = field(default=None, compare=False)

    @property
    def day(self) -> date | None:
        """The day on which it was done, or at least came back as done."""
        return self.done_on or self.noted_on


def case_id(employee_id: str, last_day: date | None) -> str:
    """Twelve signs for a person and a last day, the same in every run; it tells nobody's number."""
    return fingerprint("CASE", employee_id, last_day.isoformat() if last_day else "")


def step_id(case: str, step: str) -> str:
    """The id of a case's step, by which answers and calendar entries find it again."""
    return f"{case}-{step}"


def case_of(step: str) -> str:
    """The case that a step's id belongs to; empty where it has not the form of one."""
    return step.rpartition("-")[0]


class CaseEventKind(StrEnum):
    """What a person records about a departure."""

    LOOKED = "looked"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One recorded event of the case of a person and a last day."""

    employee_id: str
    last_day: date | None
    kind: CaseEventKind
    on_day: date


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A case as it is remembered from run to run.

    `closed_in` is the run that closed it, whose reports hold its last checklist; `reopened_on` the
    day it was last opened again; `clean_on` the day on which the program itself saw the profile put
    right, with no sighting of the opposite since.
    """

    employee_id: str
    last_day: date | None
    opened_on: date
    closed_on: date | None = None
    closed_in: str = ""
    reopened_on: date | None = None
    clean_on: date | None = None

    @property
    def id(self) -> str:
        """The case's id."""
        return case_id(self.employee_id, self.last_day)


class StepReason(StrEnum):
    """Why what was noted is only listed."""

    UNKNOWN_WORD = "unknown_word"
    UNKNOWN_STEP = "unknown_step"
    UNKNOWN_REPORT = "unknown_report"
    TWO_ANSWERS = "two_answers"
    TWO_COLUMNS = "two_columns"
    DATE_UNREADABLE = "date_unreadable"
    DATE_IN_FUTURE = "date_in_future"
    BEFORE_LAST_DAY = "before_last_day"


@dataclass(frozen=True, slots=True)
class CasePerson:
    """Whose case a step belongs to."""

    employee_id: str
    last_day: date | None


@dataclass(frozen=True, slots=True)
class StepNote:
    """One answer about a step, and what became of it.

    `report_id` is the run whose checklist it was written in (empty where that is not known),
    `after_run` the newest run when it was read. `applied` False: only listed, for the `reason`.
    """

    step_id: str
    case: str
    employee_id: str
    last_day: date | None
    answer: StepAnswer
    read_on: date
    typed: str = ""
    noted_by: str = ""
    file_name: str = ""
    file_sha256: str = ""
    place: str = ""
    report_id: str = ""
    after_run: str = ""
    applied: bool = True
    reason: StepReason | None = None

    def says_what(self, other: StepNote) -> bool:
        """Whether it is the same answer about the same step."""
        return self.step_id == other.step_id and self.answer == other.answer

    def of_one_checklist(self, other: StepNote) -> bool:
        """Whether both may come from copies of one month's checklist; where it is not known, they may."""
        return not self.report_id or not other.report_id or self.report_id == other.report_id
