"""What a run has to say, and the documents made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from auditor.domain.employee import Employee
from auditor.domain.examination import Examination
from auditor.domain.finding import TrackedFinding
from auditor.domain.health import RunHealth
from auditor.domain.roster import RosterNotice, RowRecord


@dataclass(frozen=True, slots=True)
class RunFacts:
    """The circumstances of a run. Times are aware (UTC); `folder` is the run's report folder."""

    id: str
    started_at: datetime
    finished_at: datetime | None
    today: date
    policy_sha256: str
    roster_sha256: str
    roster_name: str
    roster_date: date | None
    source: str
    program_version: str
    counts: dict[str, int] = field(default_factory=dict)
    row_counts: dict[str, int] = field(default_factory=dict)
    retention_until: date | None = None
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule's own words, from its docstring: section heading -> text."""

    id: str
    name: str
    sections: dict[str, str]


@dataclass(frozen=True, slots=True)
class MonthCounts:
    """Counts of one earlier run, for the trend; no names."""

    run_id: str
    today: date
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Everything a report can be made of. `standard_banners` maps entity to the picture bytes of
    its current banner; `notices` are the loud ones for the first page."""

    run: RunFacts
    health: RunHealth
    examinations: tuple[Examination, ...]
    findings: tuple[TrackedFinding, ...]
    rows: tuple[RowRecord, ...]
    notices: tuple[RosterNotice, ...]
    rules: tuple[RuleText, ...]
    trend: tuple[MonthCounts, ...] = ()
    language: str = "en"
    thumbnails: str = "in_cell"
    standard_banners: dict[str, bytes] = field(default_factory=dict)
    contacts: dict[str, str] = field(default_factory=dict)

    def employee(self, employee_id: str) -> Employee | None:
        """The person of an id, or None."""
        found = (e.employee for e in self.examinations if e.employee.employee_id == employee_id)
        return next(found, None)


class CellKind(StrEnum):
    """How a column's values are written and shown. Every TEXT is a string, never a formula."""

    TEXT = "text"
    WRAPPED = "wrapped"
    NUMBER = "number"
    DATE = "date"
    DATETIME = "datetime"
    SEVERITY = "severity"
    LINK = "link"
    PICTURE = "picture"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Link:
    """A link shown as words."""

    address: str
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in a cell; `words` is its alternative text."""

    body: bytes
    words: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column: stable key, heading in the report's language, width in characters, kind.

    `choices` are the words of a drop-down; `editable` columns are HR's to fill in.
    """

    key: str
    heading: str
    width: int
    kind: CellKind = CellKind.TEXT
    editable: bool = False
    choices: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns. `lead` are lines above the table; `empty` stands in an empty table;
    `alerts` are red lines."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    lead: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    empty: str = ""
    freeze_columns: int = 0
    landscape: bool = True


@dataclass(frozen=True, slots=True)
class Workbook:
    """A spreadsheet file: file name without folder, document title, one sheet per table."""

    file_name: str
    title: str
    tables: tuple[Table, ...]
    footer: str = ""
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class JsonFile:
    """A JSON file: file name without folder, and plain content."""

    file_name: str
    content: Any


Document = Workbook | JsonFile
