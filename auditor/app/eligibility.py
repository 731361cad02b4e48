"""Whom the run may check: nobody who objected, was not informed in time, or left and was seen clean.

The register of objections is read before anything is opened, and again before each person, so that an
objection has effect at once, also in a run that takes days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import sqlalchemy as sa

from auditor.app.paths import state_folder
from auditor.findings.assessment import SEEN_CLEAN
from auditor.findings.duty_to_inform import Told, told_of, why_not_told
from auditor.model.employee import NEVER_OPENED, Employee, RosterState
from auditor.model.examination import Examination
from auditor.model.policy import Policy
from auditor.model.roster import RosterPerson, RosterReading
from auditor.model.rule import BoundRule, CheckResult, NotApplicable, Outcome, Undetermined
from auditor.store.database import is_there, open_database
from auditor.store.objections import Marks, Objections, marks_of

KEY_FILE = "objections.key"


def register_of(policy: Policy, engine: sa.Engine) -> Objections:
    """The register in a store; its key is in the state folder."""
    return Objections(engine, state_folder(policy.path) / KEY_FILE)


def existing_register(policy: Policy, address: str) -> Objections | None:
    """The register of the policy's store, for calls that write nothing there; None where no store is yet."""
    return register_of(policy, open_database(address)) if is_there(address) else None


def objected(
    register: Objections | None, reading: RosterReading, today: date, *, keep: bool
) -> Callable[[RosterPerson], bool]:
    """Who of the roster has objected. Where an objection fits exactly one person, the marks that the
    register did not know yet are added, so that it holds when the next roster has others. Raises StoreError.
    """
    if register is None:
        return lambda person: False
    names_of = zip(reading.people, register.of_each(map(person_marks, reading.people)), strict=True)
    matches = {person.key: names for person, names in names_of if names}
    holders = Counter(name for names in matches.values() for name in names)
    for person in reading.people:
        if keep and any(holders[name] == 1 for name in matches.get(person.key, ())):
            register.record(person_marks(person), today)
    return lambda person: person.key in matches


def person_marks(person: RosterPerson) -> Marks:
    """By what a person of the roster is recognised."""
    keys = (person.key, person.employee_number, *person.other_keys)
    return marks_of(keys, person.profile_url, person.mail_hash)


def without_details(employee: Employee) -> Employee:
    """Somebody who is left out is kept as a row with a name; the rest is not needed."""
    if employee.roster_state is not RosterState.EXCLUDED:
        return employee
    return replace(employee, profile_url=None, title="", manager="", language="", tier="")


class Eligibility:
    """Asks, for each person in turn, whether the run may look."""

    def __init__(
        self,
        policy: Policy,
        register: Objections | None,
        today: date,
        clean: frozenset[str] = frozenset(),
        waiting: frozenset[str] = frozenset(),
    ) -> None:
        self._policy = policy
        self._clean = clean
        self._waiting = waiting
        self._register = register
        self._today = today

    def refuses(self, employee: Employee, rules: Sequence[BoundRule]) -> Examination | None:
        """What is known of a person who may not be looked at; None for everybody else.

        Nothing is concluded about somebody who is left out: no result closes an earlier finding.
        """
        return self._refuses(employee, rules, lambda: self.objects(employee.profile_url or "", employee))

    def refuses_each(
        self, everybody: Sequence[Employee], rules: Sequence[BoundRule]
    ) -> list[Examination | None]:
        """The same of several people, in their order; the register is read once."""
        marks = [marks_of((one.employee_id,), one.profile_url) for one in everybody]
        found = self._register.of_each(marks) if self._register else iter([set[str]()] * len(marks))
        asked = zip(everybody, found, strict=True)
        return [self._refuses(one, rules, partial(bool, names)) for one, names in asked]

    def objects(self, address: str, employee: Employee | None = None) -> bool:
        """Whether the person of a profile address, or this employee, has objected. Raises StoreError."""
        marks = marks_of((employee.employee_id,) if employee else (), address)
        return self._register is not None and bool(self._register.of(marks))

    def _refuses(
        self, employee: Employee, rules: Sequence[BoundRule], objects: Callable[[], bool]
    ) -> Examination | None:
        if employee.roster_state is RosterState.EXCLUDED:
            return Examination(employee, (), ())
        if employee.roster_state in NEVER_OPENED:
            return None
        if objects():
            excluded = replace(employee, roster_state=RosterState.EXCLUDED)
            return Examination(without_details(excluded), (), ())
        if employee.employee_id in self._clean:
            return _unseen(employee, rules, NotApplicable(SEEN_CLEAN, "was seen clean twice after leaving"))
        told = told_of(employee, self._policy, self._today, self._waiting)
        if told is Told.YES:
            return None
        reason = why_not_told(employee, self._policy, told)
        return _unseen(employee, rules, Undetermined(str(told), reason))


def _unseen(employee: Employee, rules: Sequence[BoundRule], outcome: Outcome) -> Examination:
    wanted = [bound for bound in rules if bound.rule.applies_to(employee)]
    results = [CheckResult(one.id, outcome, one.severity or one.rule.severity) for one in wanted]
    return Examination(employee, (), tuple(results))
