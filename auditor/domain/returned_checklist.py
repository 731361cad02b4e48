"""A leaver's checklist that came back, as read: what is written where, not yet what it means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from auditor.domain.case import StepState
from auditor.domain.returned import Doubt


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
