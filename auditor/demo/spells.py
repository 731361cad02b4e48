"""The roster's side of each person: spells of work that put them into their state on the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from auditor.demo.cases import Case
from auditor.model.employee import RosterState as State

#: the day of the audit in the invented world
TODAY = date(2026, 11, 22)

_EMPLOYED = "Permanent"
_EXTERNAL = ("Contractor", "Freelancer", "Agency")


@dataclass(frozen=True, slots=True)
class Spell:
    """One contract as the roster writes it. `end` is the last day worked, None = open."""

    start: date
    end: date | None
    status: str
    worker_type: str = _EMPLOYED


def spells(case: Case, random: Random) -> tuple[Spell, ...]:
    """The contracts of a person of this case, oldest first."""
    start = date(random.randint(2012, 2022), random.randint(1, 12), random.choice((1, 1, 15)))
    if case.rehired:
        return (
            Spell(date(2016, 3, 1), date(2019, 8, 31), "Terminated"),
            Spell(date(2024, 2, 1), None, "Active"),
        )
    if case.active_past_end:
        return (Spell(start, TODAY - timedelta(days=100), "Active"),)
    return (_spell(case.state, start, random),)


def _spell(state: State, start: date, random: Random) -> Spell:
    match state:
        case State.FUTURE_STARTER:
            return Spell(TODAY + timedelta(days=random.randint(20, 70)), None, "Hired")
        case State.LONG_LEAVE:
            return Spell(start, None, "On leave")
        case State.LEAVING_SOON:
            return Spell(start, TODAY + timedelta(days=random.randint(10, 45)), "Active")
        case State.CONFLICT:
            return Spell(start, None, "Terminated")
        case State.CONTRACTOR_ACTIVE:
            return Spell(start, None, "Active", random.choice(_EXTERNAL))
        case State.ACTIVE:
            return Spell(start, None, "Active")
    return _ended(state, start, random)


def _ended(state: State, start: date, random: Random) -> Spell:
    days = {State.LEAVER_GRACE: (2, 13), State.EXCLUDED: (450, 700)}.get(state, (25, 240))
    external = state is State.CONTRACTOR_ENDED
    return Spell(
        start,
        TODAY - timedelta(days=random.randint(*days)),
        "Terminated",
        random.choice(_EXTERNAL) if external else _EMPLOYED,
    )
