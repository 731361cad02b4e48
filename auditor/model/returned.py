"""What comes back from HR, as read: rows of a workbook, steps of a checklist, and their keys."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from auditor.model.case import CaseEventKind, StepState


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
class ReturnedDay:
    """A day that HR entered beside a leaver's finding: of a look or of a letter. `day` is None where what was
    `typed` is no sure day; `number` and `name` are those that stand in the row."""

    place: str
    finding: str
    kind: CaseEventKind
    typed: str
    day: date | None
    number: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedWorkbook:
    """A returned file. `run_id` and `policy_sha256` are empty where its hidden keys are gone;
    `seen_rows` counts the rows with a finding or person; `notes` say what could not be read; `letters` are
    the findings beside which it says that a letter was sent, `days` the days of looks and letters."""

    file_name: str
    sha256: str
    modified_by: str
    run_id: str
    policy_sha256: str
    rows: tuple[ReturnedRow, ...]
    seen_rows: int
    notes: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    days: tuple[ReturnedDay, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnedStep:
    """One row in which something stands in the cells to fill in.

    `state` is None where `typed` is no known word; nothing typed beside evidence, a day or a name means
    OPEN. `as_sent`: the cells say what the program itself had written there, so nobody said anything.
    """

    place: str
    step_id: str
    typed: str
    state: StepState | None
    evidence: str = ""
    done_on: date | None = None
    done_by: str = ""
    doubt: Doubt | None = None
    as_sent: bool = False


@dataclass(frozen=True, slots=True)
class ReturnedChecklist:
    """A returned checklist, or several in one file.

    `case` is that of its hidden keys and `origins` are the (run, policy's SHA-256) they name; both are
    empty where the keys are gone. `seen_rows` counts rows with a step id; `notes` say what was not read.
    """

    file_name: str
    sha256: str
    modified_by: str
    case: str
    origins: tuple[tuple[str, str], ...]
    rows: tuple[ReturnedStep, ...]
    seen_rows: int
    notes: tuple[str, ...] = ()


#: the columns that go into the hash, by key; text only, since spreadsheets rewrite dates and numbers
CHECKED_COLUMNS = ("finding", "employee_no", "name", "criterion", "expected", "seen", "action")


def row_check(run_id: str, policy_sha256: str, cells: Mapping[str, object]) -> str:
    """Eight hexadecimal signs over the checked columns; spaces at the ends do not count."""
    key = hashlib.sha256(f"{run_id}\x1f{policy_sha256}".encode("utf-8", "replace")).digest()
    text = "\x1f".join(str(cells.get(name) or "").strip() for name in CHECKED_COLUMNS)
    return hashlib.blake2b(text.encode("utf-8", "replace"), key=key, digest_size=4).hexdigest()
