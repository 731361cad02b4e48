"""Stores the people of a run as they are examined. Those of whom nothing was looked at or nothing has changed
are stored a few at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from auditor.app.eligibility import Eligibility
from auditor.app.examine import is_final
from auditor.model.examination import NOTHING_OPENED, Examination
from auditor.model.rule import BoundRule
from auditor.store.runs import Examined, RunStore

#: so many people of whom nothing was looked at or nothing has changed are stored together: they are examined
#: again, at no cost to anybody, where a call dies before
_AT_ONCE = 50


@dataclass(slots=True)
class PeopleStored:
    """The people of one call. `held` raises StoreError once the run's lock is lost; `told` hears of each
    person who is stored."""

    store: RunStore
    run_id: str
    today: date
    eligibility: Eligibility
    rules: Sequence[BoundRule]
    held: Callable[[], None]
    told: Callable[[Examined], None]
    _waiting: list[Examined] = field(default_factory=list)

    def take(self, place: int, examination: Examination) -> None:
        """A person was examined. Raises StoreError."""
        self._waiting.append(Examined(place, examination, is_final(examination)))
        looked = any(trial.status not in NOTHING_OPENED for trial in examination.trials)
        looked &= not examination.as_before
        if looked or len(self._waiting) >= _AT_ONCE:
            self.finish()

    def finish(self) -> None:
        """Store who still waits, as they may be kept now: an objection takes effect at once. Raises
        StoreError."""
        if not self._waiting:
            return
        people = [one.examination.employee for one in self._waiting]
        refusals = self.eligibility.refuses_each(people, self.rules)
        examined = [
            Examined(one.place, refused, is_final(refused)) if refused else one
            for one, refused in zip(self._waiting, refusals, strict=True)
        ]
        self.held()
        self.store.save(self.run_id, examined, on=self.today)
        self._waiting = []
        for one in examined:
            self.told(one)
