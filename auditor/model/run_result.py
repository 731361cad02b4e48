"""What one run decided: the one value that the store keeps and that reports are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.model.case import CaseRecord
from auditor.model.employee import Employee
from auditor.model.examination import Examination
from auditor.model.finding import TrackedFinding
from auditor.model.health import RunHealth
from auditor.model.report import RunFacts
from auditor.model.roster import RosterNotice, RowRecord


@dataclass(frozen=True, slots=True)
class RosterKept:
    """What a run keeps of its roster: the people, the rows' fates, the notices."""

    employees: tuple[Employee, ...]
    rows: tuple[RowRecord, ...]
    notices: tuple[RosterNotice, ...]


@dataclass(frozen=True, slots=True)
class RunResult:
    """A run with everything it found out.

    `findings` tell where every finding of these people stands now, with the pictures of this run's evidence.
    `cases` are all cases by id after the run, `changed_cases` those that it began, closed or opened again.
    `revised` are the examinations whose outcomes were held back for good, after they had been stored.
    """

    run: RunFacts
    health: RunHealth
    roster: RosterKept
    examinations: tuple[Examination, ...]
    findings: tuple[TrackedFinding, ...]
    cases: Mapping[str, CaseRecord] = field(default_factory=dict)
    changed_cases: tuple[CaseRecord, ...] = ()
    revised: tuple[Examination, ...] = ()

    @property
    def case_counts(self) -> dict[str, int]:
        """How many cases go on after the run, and how many it closed."""
        return {
            "open": sum(one.closed_on is None for one in self.cases.values()),
            "closed": sum(one.closed_in == self.run.id for one in self.cases.values()),
        }
