"""What a run has to say, and the documents made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from auditor.domain.case import CaseRecord, StepAnswer
from auditor.domain.company import Company
from auditor.domain.decision import Decision
from auditor.domain.employee import Employee
from auditor.domain.examination import Examination
from auditor.domain.finding import TrackedFinding
from auditor.domain.health import RunHealth
from auditor.domain.roster import RosterNotice, RowRecord
from auditor.domain.step_note import StepNote


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
    entity_counts: dict[str, dict[str, int]] = field(default_factory=dict)
    retention_until: date | None = None
    interrupted: bool = False
    source_notes: tuple[str, ...] = ()
    #: only a chosen few people of the roster were looked at (--select, --limit)
    partial: bool = False
    #: so many people wait for another call: the report is a part of what it will be
    left: int = 0


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule's own words, from its docstring: section heading -> text."""

    id: str
    name: str
    sections: dict[str, str]


@dataclass(frozen=True, slots=True)
class MonthCounts:
    """Counts of one earlier run, for the trend; no names.

    `counts` has the keys of `domain.counting`; `entities` holds the same per entity.
    """

    run_id: str
    today: date
    counts: dict[str, int]
    entities: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Everything a report can be made of.

    `standard_banners` maps entity to the picture bytes of its current banner; `notices` are the
    loud ones for the first page. `thumbnails` is `floating` (opens everywhere), `in_cell`
    (Microsoft 365) or `none`. `times_unverified` maps employee id to the number of runs in a row,
    this one included, in which nothing could be verified. Times are shown in `time_zone`.
    `decisions` are those that led to a finding's state, and all that HR sent back since the last run.

    For what is handed to people: `companies` describe the entities (`default_entity` is that of
    people without one), `looks` maps employee id to the day on which a person last looked at the
    profile, `letters_sent` to the days on which letters went out, `case_answers` a step's id to
    what HR noted about it; `drafted_on` is the day on which drafts are made, None = the run's.
    `cases` are all that are remembered, by id; `departed` the people of those cases who do not stand in
    this run's roster any more, by case id; `sightings` the last day on which a run saw somebody of them shown
    as working here, by employee id; `step_doubts` what came back on checklists since the last run
    and was only listed.
    `packs` False: neither kits nor leavers' packs are made. `letter_form` is formal or informal.
    """

    run: RunFacts
    health: RunHealth
    examinations: tuple[Examination, ...]
    findings: tuple[TrackedFinding, ...]
    rows: tuple[RowRecord, ...]
    notices: tuple[RosterNotice, ...]
    rules: tuple[RuleText, ...]
    trend: tuple[MonthCounts, ...] = ()
    language: str = "en"
    thumbnails: str = "floating"
    standard_banners: dict[str, bytes] = field(default_factory=dict)
    contacts: dict[str, str] = field(default_factory=dict)
    times_unverified: Mapping[str, int] = field(default_factory=dict)
    time_zone: str = "UTC"
    decisions: tuple[Decision, ...] = ()
    companies: Mapping[str, Company] = field(default_factory=dict)
    default_entity: str = ""
    retention_months: int = 12
    packs: bool = True
    letter_form: str = "formal"
    looks: Mapping[str, date] = field(default_factory=dict)
    letters_sent: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    case_answers: Mapping[str, StepAnswer] = field(default_factory=dict)
    drafted_on: date | None = None
    cases: Mapping[str, CaseRecord] = field(default_factory=dict)
    departed: Mapping[str, Employee] = field(default_factory=dict)
    step_doubts: tuple[StepNote, ...] = ()
    sightings: Mapping[str, date] = field(default_factory=dict)

    @property
    def as_of(self) -> date:
        """The day on which drafts are made."""
        return self.drafted_on or self.run.today

    def company_of(self, employee: Employee) -> Company | None:
        """The entity of a person; None where the policy describes none."""
        return self.companies.get(employee.entity or self.default_entity)

    def employee(self, employee_id: str) -> Employee | None:
        """The person of an id, or None."""
        found = (e.employee for e in self.examinations if e.employee.employee_id == employee_id)
        return next(found, None)


class CellKind(StrEnum):
    """How a column's values are written and shown. Every TEXT is a string, never a formula.

    SEVERITY holds one of the column's `choices`, which stand from most to least severe; DUE is a
    date that turns red once it is past and the row's CHOICE is empty; QUIET is small and grey.
    """

    TEXT = "text"
    WRAPPED = "wrapped"
    NUMBER = "number"
    DATE = "date"
    DUE = "due"
    DATETIME = "datetime"
    SEVERITY = "severity"
    LINK = "link"
    PICTURE = "picture"
    CHOICE = "choice"
    QUIET = "quiet"


class InputLimit(StrEnum):
    """What may be typed into an editable column."""

    NONE = "none"
    UP_TO_TODAY = "up_to_today"
    WITHIN_A_YEAR = "within_a_year"
    SHORT_TEXT = "short_text"


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

    `choices` are the words of a drop-down; `editable` columns are HR's to fill in; `note` is a
    comment on the heading and `limit` what may be typed.
    """

    key: str
    heading: str
    width: int
    kind: CellKind = CellKind.TEXT
    editable: bool = False
    choices: tuple[str, ...] = ()
    note: str = ""
    limit: InputLimit = InputLimit.NONE


@dataclass(frozen=True, slots=True)
class Chart:
    """A line chart beside a table: `across` and `lines` are column keys, `words` its alternative text."""

    title: str
    across: str
    lines: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns. `lead` are lines above the table; `empty` stands in an empty table;
    `alerts` are red lines. A `protected` table can be filtered but not edited; `hidden` ones are
    for programs only. `print_until` is the key of the last column that is printed, empty = all;
    `print_across` pages stand side by side, each beginning with the frozen columns."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    lead: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    empty: str = ""
    freeze_columns: int = 0
    landscape: bool = True
    protected: bool = False
    hidden: bool = False
    chart: Chart | None = None
    print_until: str = ""
    print_across: int = 1


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page; level 1 is the page's own."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Notice:
    """A coloured line: `grave` is red, otherwise amber."""

    text: str
    grave: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text across the page."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A small table inside a page; widths are the page's. No columns' headings: none is shown."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    empty: str = ""
    headed: bool = True


Block = Heading | Notice | Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet to be read from top to bottom. `widths` are its columns' in characters;
    `one_page` shrinks it to a single printed page."""

    key: str
    title: str
    widths: tuple[int, ...]
    blocks: tuple[Block, ...]
    landscape: bool = False
    one_page: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """A spreadsheet file: file name without folder, document title, one sheet per table or page.

    `page_header` is printed on top of every page, `alarming` colours the tabs red. `pictures` is
    `floating` or `in_cell`. Equal workbooks give equal bytes, so `created` is given, not read.
    `part_printed` stands on the pages of a table that is too long to be printed whole.
    """

    file_name: str
    title: str
    tables: tuple[Table | Page, ...]
    footer: str = ""
    created: datetime | None = None
    language: str = "en"
    page_header: str = ""
    alarming: bool = False
    pictures: str = "floating"
    page_of: str = "Page {page} of {pages}"
    part_printed: str = "the first {n} of {all} rows"


@dataclass(frozen=True, slots=True)
class JsonFile:
    """A JSON file: file name without folder, and plain content."""

    file_name: str
    content: Any


@dataclass(frozen=True, slots=True)
class Quote:
    """A text to be copied as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class Framed:
    """A paragraph that stands apart from the others, so that nobody overlooks it."""

    text: str


@dataclass(frozen=True, slots=True)
class Steps:
    """Numbered steps."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own, where there are pages."""


TextBlock = Heading | Notice | Paragraph | Quote | Framed | Steps | Link | Picture | NewPage


@dataclass(frozen=True, slots=True)
class TextDocument:
    """A text to be edited and printed. `folder` lies below the report's own, parts divided by `/`.

    `to_fill` are the placeholders in it that a person must replace.
    """

    file_name: str
    title: str
    language: str
    blocks: tuple[TextBlock, ...]
    folder: str = ""
    to_fill: tuple[str, ...] = ()
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A page for the browser that needs nothing but itself."""

    file_name: str
    title: str
    language: str
    blocks: tuple[TextBlock, ...]
    folder: str = ""
    to_fill: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MailDraft:
    """A message without sender and recipient that a person completes and sends.

    `attachments` are file names with their content.
    """

    file_name: str
    subject: str
    language: str
    blocks: tuple[TextBlock, ...]
    folder: str = ""
    to_fill: tuple[str, ...] = ()
    attachments: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """A whole-day entry. The same `uid` in a later file replaces it where `version` is higher."""

    uid: str
    day: date
    summary: str
    description: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar file; `stamp` is the moment (aware) at which its content was true."""

    file_name: str
    name: str
    events: tuple[CalendarEvent, ...]
    stamp: datetime
    folder: str = ""


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A comma-separated file for another program, which wants these headings."""

    file_name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    folder: str = ""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture as it is."""

    file_name: str
    body: bytes
    folder: str = ""


@dataclass(frozen=True, slots=True)
class HtmlText:
    """A page for the browser that is complete already: file name without folder, and its whole text."""

    file_name: str
    text: str


Document = (
    Workbook | JsonFile | TextDocument | HtmlPage | MailDraft | Calendar | CsvFile | PictureFile | HtmlText
)
