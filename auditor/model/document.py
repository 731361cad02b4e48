"""What a report is made of before it is a file: workbooks, tables, pages, letters, calendars."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, SupportsBytes, TypeVar, overload


class CellKind(StrEnum):
    """How a column's values are written and shown. Every TEXT is a string, never a formula.

    SEVERITY holds one of the column's `choices`, which stand from most to least severe; DUE is a
    date that turns red once it is past and the row's CHOICE is empty; QUIET is small and grey. SHARE is
    a number between 0 and 1, shown as a percentage.
    """

    TEXT = "text"
    WRAPPED = "wrapped"
    NUMBER = "number"
    SHARE = "share"
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
    """A picture in a cell; `words` is its alternative text. The body may be fetched only by `bytes()`."""

    body: SupportsBytes
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
    """A line chart below a table: `across` and `lines` are column keys, `words` its alternative text;
    `shares`: the lines are of kind SHARE."""

    title: str
    across: str
    lines: tuple[str, ...]
    words: str
    shares: bool = False


T = TypeVar("T")
Row = tuple[Any, ...]


class RowsOf(Sequence[Row], Generic[T]):
    """A row for each of many entries, made when it is asked for: those of a large group fill the memory."""

    def __init__(self, entries: Sequence[T], make: Callable[[T], Row]) -> None:
        self._entries = entries
        self._make = make

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Row, ...]: ...

    def __getitem__(self, place: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(place, slice):
            return tuple(map(self._make, self._entries[place]))
        return self._make(self._entries[place])


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns. `lead` are lines above the table; `empty` stands in an empty table;
    `alerts` are red lines. A `protected` table can be filtered but not edited; `hidden` ones are
    for programs only. `print_until` is the key of the last column that is printed, empty = all;
    `print_across` pages stand side by side, each beginning with the frozen columns. The last `folded` rows
    are folded away; a reader may unfold them. `partial`: more rows exist than these."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
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
    folded: int = 0
    partial: bool = False


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
    """A small table inside a page; widths are the page's. No columns' headings: none is shown. A `chart`
    stands below it."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    empty: str = ""
    headed: bool = True
    chart: Chart | None = None


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
class JsonRows:
    """A long list in a JSON file, whose entries are made one by one while it is written."""

    entries: Callable[[], Iterator[Any]]


@dataclass(frozen=True, slots=True)
class JsonFile:
    """A JSON file: file name without folder, and plain content, whose outermost values may be `JsonRows`."""

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
class Drawing:
    """A drawing that this program made, as SVG; `words` is its alternative text."""

    svg: str
    words: str

    @property
    def address(self) -> str:
        """The address of an image that holds the drawing; nothing can run in it, whatever it holds."""
        return f"data:image/svg+xml;base64,{b64encode(self.svg.encode()).decode('ascii')}"


@dataclass(frozen=True, slots=True)
class Steps:
    """Numbered steps. A page for the browser shows `drawings`, one for each step; others the texts only."""

    texts: tuple[str, ...]
    drawings: tuple[Drawing, ...] = ()


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


@dataclass(frozen=True, slots=True)
class ShareBar:
    """A bar from nobody to everybody: `words` say the share, `note` on what it rests. `share` lies between 0
    and 1, with its range from `low` to `high`; what is None is not drawn."""

    name: str
    words: str
    note: str = ""
    share: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class ShareLines:
    """Shares by month, one line for each bar in the order of the bars; None is a gap."""

    title: str
    months: tuple[str, ...]
    lines: tuple[tuple[float | None, ...], ...]


@dataclass(frozen=True, slots=True)
class SharePage:
    """One printed page of shares: bars, lines below them, a table of texts (its headings first), notes.
    `description` says the same in words; `created` is the file's moment."""

    file_name: str
    title: str
    subtitle: str
    language: str
    bars: tuple[ShareBar, ...]
    lines: ShareLines | None
    table: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    description: str
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class MarkdownFile:
    """A text as Markdown, for whoever pastes it into another system."""

    file_name: str
    language: str
    blocks: tuple[TextBlock, ...]


Document = (
    Workbook
    | JsonFile
    | TextDocument
    | HtmlPage
    | MailDraft
    | Calendar
    | CsvFile
    | PictureFile
    | HtmlText
    | SharePage
    | MarkdownFile
)
