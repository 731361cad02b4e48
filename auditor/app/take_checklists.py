"""From the checklists that came back to notes in the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from auditor.model.case import CasePerson, StepNote, case_of
from auditor.model.returned import ReturnedChecklist
from auditor.offboarding.step_notes import NOT_OURS, newly_noted, note_of
from auditor.offboarding.steps import steps
from auditor.store.cases import CaseStore, StepNoteStore, last_known
from auditor.store.runs import RunStore

#: so many rows of a file that are about no case of ours are listed one by one
_MOST_STRANGE = 50


class StepsTaken:
    """The checklists of one call: read one by one, settled and kept together."""

    def __init__(self, store: RunStore, today: date, by: str) -> None:
        self._store = store
        self._today = today
        self._by = by
        self._kept = StepNoteStore(store.engine)
        self._before = self._kept.all()
        self._read: list[StepNote] = []
        newest = store.latest(None)
        self._newest = newest.facts.id if newest else ""
        people = newest.roster.employees if newest else ()
        self._last_days = {one.employee_id: one.last_day for one in people}
        self._numbers = frozenset(step.id for step in steps())

    def is_known(self, sha256: str) -> bool:
        """Whether the very same file was read before."""
        return any(one.file_sha256 == sha256 for one in (*self._before, *self._read))

    def read(self, checklist: ReturnedChecklist) -> tuple[int, tuple[str, ...]]:
        """Take in one file; returns how many answers it holds, those that the program had written into it
        included, and what is to be said of it."""
        foreign = any(not self._is_ours(*origin) for origin in checklist.origins)
        people = {} if foreign else self._people({case_of(row.step_id) for row in checklist.rows})
        said = [
            replace(
                note_of(row, case, people.get(case), self._numbers, self._today, foreign=foreign),
                noted_by=self._by or checklist.modified_by,
                file_name=checklist.file_name[:255],
                file_sha256=checklist.sha256,
                report_id=checklist.origins[0][0][:64] if checklist.origins and not foreign else "",
                after_run=self._newest,
            )
            for row in checklist.rows
            if not row.as_sent
            for case in (case_of(row.step_id),)
        ]
        listed, more = _few_strangers(said)
        self._read.extend(listed)
        notes = [f"{more} more rows are about no case of ours"] if more else []
        notes += self._moved(people.values())
        as_sent = sum(row.as_sent for row in checklist.rows)
        return len(listed) + as_sent, (*checklist.notes, *notes)

    def keep(self) -> tuple[StepNote, ...]:
        """Store new answers and return them in order, each with whether it applies. Raises StoreError."""
        new = newly_noted(self._read, self._before)
        self._kept.add(new)
        return new

    def _moved(self, people: Iterable[CasePerson]) -> list[str]:
        """Departures that the newest roster puts on another day: what is noted stays with the old one."""
        days = self._last_days
        moved = {one.employee_id for one in people if days.get(one.employee_id, one.last_day) != one.last_day}
        return [
            f"the roster now has another last day for {number}; its answers stay with the earlier departure"
            for number in sorted(moved)
        ]

    def _is_ours(self, run_id: str, policy_sha256: str) -> bool:
        try:
            return self._store.run(run_id).facts.policy_sha256 == policy_sha256
        except LookupError:
            return False

    def _people(self, cases: set[str]) -> dict[str, CasePerson]:
        """Whose cases they are; also of a case that an earlier version of this program wrote."""
        records = CaseStore(self._store.engine).all()
        found = {
            case: CasePerson(records[case].employee_id, records[case].last_day)
            for case in cases
            if case in records
        }
        wanted = {case for case in cases if case and case not in found}
        for case, employee in last_known(self._store.engine, wanted).items():
            found[case] = CasePerson(employee.employee_id, employee.last_day)
        return found


def _few_strangers(notes: Sequence[StepNote]) -> tuple[list[StepNote], int]:
    """A file full of foreign rows must not fill the store."""
    strange = [note for note in notes if note.reason in NOT_OURS]
    left_out = {id(note) for note in strange[_MOST_STRANGE:]}
    return [note for note in notes if id(note) not in left_out], len(left_out)
