"""The roster as read: every source row with its fate, and the people that came out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from auditor.domain.employee import Employee, PersonName


class RowFate(StrEnum):
    """Where a source row ended. Every row has exactly one fate."""

    HEADER = "header"
    BLANK = "blank"
    NOT_A_PERSON = "not_a_person"
    MERGED = "merged"
    REJECTED = "rejected"
    PERSON = "person"


class StatusClass(StrEnum):
    """What the roster's status word means; the word itself is dropped (it may be health data)."""

    ACTIVE = "active"
    ABSENT = "absent"
    LEFT = "left"
    AMBIGUOUS = "ambiguous"
    NOT_STARTED = "not_started"
    EXCLUDED = "excluded"
    UNKNOWN = "unknown"
    NONE = "none"


class WorkerType(StrEnum):
    """Employees carry the company's standards; the others need not."""

    EMPLOYEE = "employee"
    CONTRACTOR = "contractor"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class RosterNotice:
    """Something HR must know about the file or one of its rows.

    `code` is the intake table's (F07, E08 ...), `facts` the parameters of its wording.
    `row` counts from 1 as Excel shows it; 0 = the whole file. `raw` is the text of the needed
    columns only.
    """

    code: str
    message: str
    row: int = 0
    sheet: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    raw: str = ""


@dataclass(frozen=True, slots=True)
class RowRecord:
    """One source row and what became of it. `person` is the key of the person it belongs to."""

    row: int
    fate: RowFate
    code: str = ""
    sheet: str = ""
    person: str = ""
    message: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """One spell of work. `end` is the last day worked, None = open."""

    start: date | None
    end: date | None
    entity: str = ""
    title: str = ""
    worker_type: WorkerType = WorkerType.EMPLOYEE
    status: StatusClass = StatusClass.NONE
    #: a date was typed that is no date, or the end lies before the start
    contradictory: bool = False
    #: the end is only the planned end of a fixed term
    fixed_term_end: date | None = None
    row: int = 0
    #: the contradiction's code of the intake table
    code: str = ""


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """A person with all contracts, before the day of the audit is known."""

    key: str
    employee_number: str
    name: PersonName
    contracts: tuple[Contract, ...]
    profile_url: str | None = None
    address_note: str = ""
    entity: str = ""
    title: str = ""
    manager: str = ""
    language: str = ""
    tier: str = ""
    rows: tuple[int, ...] = ()
    #: keyed hash of the work e-mail, to recognise a person over entities; never the address
    mail_hash: str = ""
    relation_until: date | None = None


@dataclass(frozen=True, slots=True)
class RosterReading:
    """A roster file as read, without reference to a day. `mapping` is (column heading, field)."""

    people: tuple[RosterPerson, ...]
    rows: tuple[RowRecord, ...]
    notices: tuple[RosterNotice, ...] = ()
    mapping: tuple[tuple[str, str], ...] = ()
    reference_date: date | None = None
    sha256: str = ""
    file_name: str = ""
    file_date: date | None = None

    def counts(self) -> dict[str, int]:
        """Rows per fate; the values sum to the number of source rows."""
        fates = Counter(str(record.fate) for record in self.rows)
        return {str(fate): fates.get(str(fate), 0) for fate in RowFate}


@dataclass(frozen=True, slots=True)
class Population:
    """The people of one audit day, each with a state, and everything said about the roster."""

    employees: tuple[Employee, ...]
    reading: RosterReading
    notices: tuple[RosterNotice, ...] = field(default=())
