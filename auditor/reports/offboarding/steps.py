"""What is to be done when somebody leaves, from the package's own table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from auditor.files.tables import package_rows
from auditor.language.words import mark
from auditor.reports.languages import working_day

SIDES = {"company": mark("The company"), "leaver": mark("The person")}


DOERS = {
    "Contract owner": mark("Contract owner"),
    "HR": mark("HR"),
    "HR + DPO": mark("HR + DPO"),
    "IT": mark("IT"),
    "Leaver": mark("The person"),
    "Legal": mark("Legal"),
    "Marketing": mark("Marketing"),
    "Marketing / Recruiting / IT": mark("Marketing / Recruiting / IT"),
    "Page admin": mark("Page admin"),
    "Program": mark("Program"),
}


CONDITIONS = {
    "all": mark("always"),
    "role": mark("when the person had a role there"),
    "seat": mark("when the person had a seat"),
    "secret": mark("when the person knew shared passwords"),
    "factor": mark("when the person held a second factor"),
    "finding": mark("when still shown"),
    "open": mark("when still open after the letter"),
    "decided": mark("when so decided"),
    "agreement": mark("when a settlement agreement is made"),
    "pictured": mark("when the person is pictured"),
    "banner": mark("when the banner is still ours"),
    "wanted": mark("when wanted"),
    "expense": mark("when one was paid"),
    "contractor": mark("for contractors"),
}


#: steps that exist only because something was found
AFTER_A_FINDING = frozenset({"O21", "O22", "O23", "O24"})


#: the steps that say what the profile shows
PROFILE_STEPS = frozenset({"O17", "O18"})


#: the steps that are the letter and the reminder, the one that a run can see done, and the run's own
LETTER_STEPS, SEEN_STEP, CHECK_STEP = ("O21", "O22"), "O18", "O20"


#: days after the last day of the first check and of the first letter; days between what follows
FIRST_CHECK, LETTER, WAIT = 15, 20, 30


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
    rows = package_rows("auditor.reports", "_offboarding.tsv")
    return tuple(
        Step(r["id"], int(r["offset"]), r["side"], r["owner"], r["when"], r["what"], r["evidence"])
        for r in rows
    )


def sentences() -> Iterator[str]:
    """Every English sentence of the table, for the catalogues."""
    for step in steps():
        yield from (step.what, step.evidence)
