"""The evidence that there is of one person, brought step by step of the ladder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from auditor.model.capture import Capture
from auditor.model.employee import Employee
from auditor.ports import ChoosingSource, OpenSource


@dataclass(frozen=True, slots=True)
class EvidenceStep:
    """One step of the ladder: an open source, how old its evidence may be, whether it can refuse us."""

    name: str
    source: OpenSource
    evidence_days: int
    can_refuse: bool


class Evidence:
    """What the steps of the ladder hold of a person. Each is asked once, and only when it is needed."""

    def __init__(self, employee: Employee, steps: Sequence[EvidenceStep]) -> None:
        self.employee, self.steps = employee, steps
        self._brought: dict[int, tuple[Capture, ...]] = {}

    def brought(self, place: int) -> tuple[Capture, ...]:
        """Every capture that a step has, as it lies there. Raises what the source raises."""
        if place not in self._brought:
            source = self.steps[place].source
            if isinstance(source, ChoosingSource):
                self._brought[place] = source.bring(self.employee)
            else:
                self._brought[place] = (source.fetch(self.employee),)
        return self._brought[place]

    def capture(self, place: int) -> Capture:
        """The capture of a step to go by. Raises what the source raises."""
        source, brought = self.steps[place].source, self.brought(place)
        return source.choose(self.employee, brought) if isinstance(source, ChoosingSource) else brought[0]


def is_from_the_future(capture: Capture, today: date) -> bool:
    """Whether evidence says that it was made later than the day of the run and than now, by more than time
    zones explain; it would never become too old."""
    latest = max(datetime.combine(today, time.min, UTC), datetime.now(UTC))
    return capture.captured_at > latest + timedelta(days=1)
