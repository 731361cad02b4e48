"""What earlier months left behind, read once per call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from auditor.model.case import CaseEvent, CaseRecord, StepNote
from auditor.model.decision import Decision
from auditor.model.employee import Employee
from auditor.model.finding import TrackedFinding
from auditor.model.health import RunHealth
from auditor.model.report import RunFacts


@dataclass(frozen=True, slots=True)
class EndedRun:
    """A run that ended, without its roster: what later runs compare themselves with."""

    number: int
    facts: RunFacts
    health: RunHealth | None


@dataclass(frozen=True, slots=True)
class History:
    """What a run finds when it begins; nothing in it stems from the run itself.

    `findings` holds the latest state of every finding by fingerprint; `runs` are the ended runs before this
    one, oldest first, `people_before` those whom the last of them examined. `decisions` are HR's, settled;
    `rosters` the people (by employee id) of the runs after whose report HR said that the roster is wrong, by
    run id. `cases` are the cases by id as they stood before the run, `departed` the people (by case id) of
    those that go on who do not stand in the run's roster. By employee id: `sightings`, the last day on which
    a run saw somebody shown as working here, and `times_unverified`, the number of runs in a row in which
    something could not be verified. `read_up_to` tells what people had sent back when this was read.
    """

    findings: Mapping[str, TrackedFinding] = field(default_factory=dict)
    runs: tuple[EndedRun, ...] = ()
    people_before: frozenset[str] = frozenset()
    decisions: tuple[Decision, ...] = ()
    rosters: Mapping[str, Mapping[str, Employee]] = field(default_factory=dict)
    cases: Mapping[str, CaseRecord] = field(default_factory=dict)
    case_events: tuple[CaseEvent, ...] = ()
    step_notes: tuple[StepNote, ...] = ()
    departed: Mapping[str, Employee] = field(default_factory=dict)
    sightings: Mapping[str, date] = field(default_factory=dict)
    times_unverified: Mapping[str, int] = field(default_factory=dict)
    read_up_to: tuple[int, ...] = ()

    @property
    def previous(self) -> RunFacts | None:
        """The facts of the run before this one."""
        return self.runs[-1].facts if self.runs else None
