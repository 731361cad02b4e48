"""Which source of evidence could decide which rule, for how many people of this roster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor.app.apply_decisions import planned
from auditor.app.examine import needs_visit
from auditor.app.registry import sources
from auditor.app.run_plan import RunPlan
from auditor.model.employee import Employee
from auditor.model.rule import ADDRESS, BoundRule
from auditor.ports import Source


@dataclass(frozen=True, slots=True)
class Door:
    """A source: whether it stands in somebody's list of sources, and for how many people it could decide each
    rule (by rule id), where it is used and shows everything it can."""

    source: Source
    used: bool
    decides: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Doors:
    """All doors of a plan. `concerned` counts the people that each rule concerns, `undecided` those for whom
    no door in use could decide it."""

    people: int
    concerned: Mapping[str, int]
    undecided: Mapping[str, int]
    doors: tuple[Door, ...]


def doors_of(plan: RunPlan) -> Doors:
    """What the sources could decide of the people whom a run of this plan would look at."""
    employees = [one for one in planned(plan) if needs_visit(one, plan.policy.rules)]
    employees = [one for one in employees if plan.eligibility.refuses(one, ()) is None]
    rules = [one for one in plan.policy.rules if one.rule.reads_page]
    concerned = {one.id: _concerned(one, employees) for one in rules}
    used = {name for ladder in plan.ladders.values() for name in ladder}
    found = []
    for name, source in sources().items():
        decides = {one.id: concerned[one.id] if could_decide(source, one) else 0 for one in rules}
        found.append(Door(source, name in used, decides))
    undecided = {
        one.id: sum(
            one.rule.applies_to(person) and not _is_decided(plan, person, one) for person in employees
        )
        for one in rules
    }
    order = sorted(found, key=lambda door: (not door.used, door.source.name))
    return Doors(len(employees), concerned, undecided, tuple(order))


def could_decide(source: Source, bound: BoundRule) -> bool:
    """Whether a source can show everything that a rule rests on; where it reads positions or the top card's
    employer, one of the two is enough."""
    fields = bound.rule.fields
    if fields is None:
        return True
    if bound.rule.needs & source.lacks:
        return False
    either = {"positions", "topcard_company"}
    if either <= fields:
        return bool(source.reach & either)
    return fields - {ADDRESS} <= source.reach


def _concerned(bound: BoundRule, employees: Iterable[Employee]) -> int:
    return sum(bound.rule.applies_to(one) for one in employees)


def _is_decided(plan: RunPlan, person: Employee, bound: BoundRule) -> bool:
    ladder = plan.ladders.get(person.entity, plan.ladders[""])
    return any(could_decide(sources()[name], bound) for name in ladder)
