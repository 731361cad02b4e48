"""A workbook that HR sent back, as read: what is written where, not yet what it means for a finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class KeyKind(StrEnum):
    """What a line of the workbook's hidden keys speaks of."""

    RUN = "run"
    DECISION = "decision"
    UNVERIFIED = "unverified"
    LETTER = "letter"
    COLUMN = "column"
    CASE = "case"
    ANSWER = "answer"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class KeyWord:
    """A code and its words in all languages: of a column's heading or of something to choose. `former` are
    words that it had in earlier reports."""

    kind: KeyKind
    code: str
    words: tuple[str, ...]
    former: tuple[str, ...] = ()


class Doubt(StrEnum):
    """Why a row cannot be read for sure."""

    DATE_UNREADABLE = "date_unreadable"
    TWO_COLUMNS = "two_columns"
    NO_WORD = "no_word"


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """One row in which HR wrote something.

    `finding` is empty on a sheet about people (Could not verify). `code` is the decision's code,
    empty where `typed` is no known word. `cells` are the texts of the columns that HR does not fill in.
    """

    place: str
    finding: str
    employee_id: str
    typed: str
    code: str
    decided_on: date | None = None
    until: date | None = None
    remark: str = ""
    address: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    row_check: str = ""
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class ReturnedWorkbook:
    """A returned file. `run_id` and `policy_sha256` are empty where its hidden keys are gone;
    `seen_rows` counts the rows with a finding or person; `notes` say what could not be read; `letters` are
    the findings beside which it says that a letter was sent."""

    file_name: str
    sha256: str
    modified_by: str
    run_id: str
    policy_sha256: str
    rows: tuple[ReturnedRow, ...]
    seen_rows: int
    notes: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
