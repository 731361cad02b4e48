"""The roster as read: every source row with its fate, and the people that came out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from auditor.errors import AuditorError
from auditor.model.employee import Employee, PersonName


class RowFate(StrEnum):
    """Where a source row ended. Every row has exactly one fate."""

    HEADER = "header"
    BLANK = "blank"
    NOT_A_PERSON = "not_a_person"
    MERGED = "merged"
    REJECTED = "rejected"
    PERSON = "person"


class StatusClass(StrEnum):
    """What the roster's status word means. LEAVING is in service with the end announced (a notice period)."""

    ACTIVE = "active"
    ABSENT = "absent"
    LEAVING = "leaving"
    LEFT = "left"
    AMBIGUOUS = "ambiguous"
    NOT_STARTED = "not_started"
    EXCLUDED = "excluded"
    UNKNOWN = "unknown"
    NONE = "none"


#: stand for a status word that is not repeated, since it may tell of somebody's health, and for none at all
NOT_SHOWN, EMPTY = "(not shown)", "(empty)"


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
    row: int = 0
    #: the contradiction's code of the intake table
    code: str = ""
    #: the roster's status word, NOT_SHOWN or EMPTY
    word: str = ""
    #: `end` is the planned one of a fixed-term contract, which may have been renewed
    planned: bool = False
    #: what other columns give as the end
    other_ends: tuple[date, ...] = ()


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
    #: other keys under which earlier rosters may have known this person (older numbers)
    other_keys: tuple[str, ...] = ()


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
    #: how many rows the container gave, counted apart from their fates
    source_rows: int = 0

    def counts(self) -> dict[str, int]:
        """Rows per fate; the values sum to the number of source rows."""
        fates = Counter(str(record.fate) for record in self.rows)
        return {str(fate): fates.get(str(fate), 0) for fate in RowFate}


def row_sum_trouble(reading: RosterReading) -> str:
    """What does not add up between source rows, fates and people; empty where all does."""
    places = {(record.sheet, record.row) for record in reading.rows}
    counts = reading.counts()
    told = sum(len(person.rows) for person in reading.people)
    checks = (
        ("source rows", reading.source_rows, len(reading.rows)),
        ("places", len(places), len(reading.rows)),
        ("people", len(reading.people), counts[RowFate.PERSON]),
        ("rows of people", told, counts[RowFate.PERSON] + counts[RowFate.MERGED]),
        ("keys", len({person.key for person in reading.people}), len(reading.people)),
    )
    return "; ".join(f"{name}: {one} against {other}" for name, one, other in checks if one != other)


def rows_add_up(reading: RosterReading) -> bool:
    """True where every source row has exactly one fate and every person comes from one row."""
    return not row_sum_trouble(reading)


def require_row_sum(reading: RosterReading) -> None:
    """Raises AuditorError (exit status 4, code S01) where the rows do not add up."""
    trouble = row_sum_trouble(reading)
    if trouble:
        raise AuditorError(f"S01: Row count does not add up: {trouble}. Nothing was published.", code="S01")


@dataclass(frozen=True, slots=True)
class Population:
    """The people of one audit day, each with a state, and everything said about the roster."""

    employees: tuple[Employee, ...]
    reading: RosterReading
    notices: tuple[RosterNotice, ...] = field(default=())
