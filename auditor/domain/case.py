"""A departure as a case: one person and one last day, with steps on two sides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from auditor.domain.finding import fingerprint


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
    """What somebody noted about a step on the checklist."""

    state: StepState
    evidence: str = ""
    done_on: date | None = None
    done_by: str = ""


@dataclass(frozen=True, slots=True)
class CaseStep:
    """A step of one case. `closing` False: it follows the closing (such as deleting the data)."""

    id: str
    side: Side
    state: StepState = StepState.OPEN
    closing: bool = True


def case_id(employee_id: str, last_day: date | None) -> str:
    """Twelve signs for a person and a last day, the same in every run; it tells nobody's number."""
    return fingerprint("CASE", employee_id, last_day.isoformat() if last_day else "")


def step_id(case: str, step: str) -> str:
    """The id of a case's step, by which answers and calendar entries find it again."""
    return f"{case}-{step}"


def sides_done(steps: Iterable[CaseStep]) -> frozenset[Side]:
    """The sides on which every closing step is done or not needed; a side without steps is not done."""
    wanted = [step for step in steps if step.closing]
    return frozenset(
        side
        for side in Side
        if (own := [step for step in wanted if step.side is side])
        and all(step.state is not StepState.OPEN for step in own)
    )


def is_closed(steps: Iterable[CaseStep]) -> bool:
    """Whether the case is closed: both sides are done."""
    return sides_done(steps) == frozenset(Side)


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
