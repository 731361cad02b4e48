"""The steps of a departure, from the room's own table, and the day on which each falls due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from auditor.files.tables import package_rows
from auditor.language.locality import working_day

#: the owner of the steps that the program takes itself
PROGRAM = "Program"
#: steps that exist only because something was found
AFTER_A_FINDING = frozenset({"O21", "O22", "O23", "O24"})
#: those of them whose turn comes once a letter went out
AFTER_A_LETTER = frozenset({"O22", "O23", "O24"})
#: the steps that say what the profile shows
PROFILE_STEPS = frozenset({"O17", "O18"})
#: the steps that are the letter and the reminder, the one that a run can see done, and the run's own
LETTER_STEPS, SEEN_STEP, CHECK_STEP = ("O21", "O22"), "O18", "O20"
#: days after the last day of the first check and of the first letter; days between what follows
FIRST_CHECK, LETTER, WAIT = 15, 20, 30
#: days in which a step is caught up on that was due before anybody knew of the departure
CATCH_UP = 7


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `offset` in days from the last day worked; `what` and `evidence` in English."""

    id: str
    offset: int
    side: str
    owner: str
    when: str
    what: str
    evidence: str

    def due(self, last_day: date, country: str = "", later: int = 0) -> date:
        """The due day, `later` days after the plan, moved to a working day of the country.

        Forward, but backward for what must stand on the last day or before it.
        """
        day = last_day + timedelta(days=self.offset + later)
        return working_day(day, country, backward=self.offset <= 0)


def days_later(step: Step, last_day: date, first_seen: date | None, letters: Sequence[date]) -> int:
    """How much later than planned a step after a finding falls due.

    The plan counts from a check on the 15th day after the last day; a sighting that came later moves
    the first letter, and each letter moves what follows it by its own 30 days.
    """
    if step.id not in AFTER_A_FINDING or first_seen is None:
        return 0
    late = max(0, (first_seen - last_day).days - FIRST_CHECK)
    if step.id == "O21" or not letters:
        return late
    waits = 1 if step.id == "O22" else 2
    latest = letters[: min(waits, len(letters))]
    planned = LETTER + WAIT * len(latest)
    return (latest[-1] - last_day).days + WAIT - planned


@lru_cache
def steps() -> tuple[Step, ...]:
    """All steps, in the order they fall due."""
    rows = package_rows("auditor.offboarding", "_offboarding.tsv")
    return tuple(
        Step(r["id"], int(r["offset"]), r["side"], r["owner"], r["when"], r["what"], r["evidence"])
        for r in rows
    )
