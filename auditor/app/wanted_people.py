"""Whose evidence is still wanted: of everybody to be looked at, whoever's is missing or too old."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from auditor.app.evidence_places import EXPORTS, PAGES
from auditor.app.examine import needs_visit
from auditor.app.latest_report import Reported
from auditor.app.registry import sources
from auditor.app.run_plan import RunPlan
from auditor.findings.counting import STANDING
from auditor.findings.decisions import heed
from auditor.model.capture import CaptureStatus
from auditor.model.dates import local
from auditor.model.decision import Decision
from auditor.model.employee import GONE, Employee
from auditor.model.policy import Policy


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody whose evidence is still wanted; `seen_on` is the day of the newest evidence there is."""

    employee: Employee
    seen_on: date | None = None
    leaver: bool = False


@dataclass(frozen=True, slots=True)
class People:
    """Whom evidence may be collected of: everybody to be looked at, and the numbers of all the others, whose
    pages are not to be read. `objects` asks the register now, for a profile address and a person."""

    wanted: Mapping[str, Employee]
    not_wanted: Mapping[str, Employee] = field(default_factory=dict)
    objects: Callable[[str, Employee | None], bool] = lambda _address, _person: False


def people_of_plan(plan: RunPlan, decisions: Iterable[Decision], before: People | None = None) -> People:
    """The people of a planned run, as HR's decisions leave them; `before` are those of the same plan with
    fewer decisions, so that only people about whom something was decided are thought about again."""
    employees = heed(plan.people.employees, decisions, plan.today)
    ladders = plan.ladders
    wanted = {} if before is None else dict(before.wanted)
    others = {} if before is None else dict(before.not_wanted)
    known = {**others, **wanted}
    new = [one for one in employees if known.get(one.employee_id) != one]
    for one, refused in zip(new, plan.eligibility.refuses_each(new, ()), strict=True):
        ladder = ladders.get(one.entity, ladders[""])
        collectable = PAGES in ladder or EXPORTS in ladder
        visit = needs_visit(one, plan.policy.rules) and plan.policy.company_of(one.entity) is not None
        may, not_now = (wanted, others) if collectable and visit and not refused else (others, wanted)
        may[one.employee_id] = one
        not_now.pop(one.employee_id, None)
    return People(wanted, others, plan.eligibility.objects)


@dataclass(frozen=True, slots=True)
class KnownEvidence:
    """What evidence there is: `seen_on` is the day of everybody's newest, by employee id; `flagged` are the
    leavers about whom a finding stands, and `last_run` is the day of the run that says so."""

    seen_on: dict[str, date] = field(default_factory=dict)
    flagged: frozenset[str] = frozenset()
    last_run: date | None = None


def known_evidence(reported: Reported | None, zone: str) -> KnownEvidence:
    """What the latest report knows."""
    if reported is None:
        return KnownEvidence()
    seen_on: dict[str, date] = {}
    for one in reported.scope.examinations:
        moments = (trial.captured_at for trial in one.trials if trial.status is CaptureStatus.OK)
        there = local(max(moments, default=None), zone)
        if there:
            seen_on[one.employee.employee_id] = there.date()
    flagged = frozenset(one.finding.employee_id for one in reported.findings if one.state in STANDING)
    return KnownEvidence(seen_on, flagged, reported.run.facts.today)


def wanted_of(people: People, known: KnownEvidence, policy: Policy, today: date) -> list[Wanted]:
    """Everybody whose evidence is missing or too old: leavers first, then the oldest evidence."""
    order = sorted(_still_wanted(people, known, policy, today), key=_turn)
    return _sample(order, people, known, policy, today) if policy.sample else order


def evidence_days(policy: Policy, source: str) -> int:
    """How old evidence of a source may be, in days."""
    return policy.evidence_days.get(source, sources()[source].evidence_days)


def _still_wanted(people: People, known: KnownEvidence, policy: Policy, today: date) -> Iterator[Wanted]:
    days = evidence_days(policy, PAGES)
    for one in people.wanted.values():
        day = known.seen_on.get(one.employee_id)
        leaver = one.roster_state in GONE
        # what a leaver was flagged by is looked at again
        again = leaver and one.employee_id in known.flagged and known.last_run is not None
        stale = day is None or (today - day).days > days or (again and day <= (known.last_run or day))
        if one.profile_url and stale:
            yield Wanted(one, day, leaver)


def _sample(
    order: list[Wanted], people: People, known: KnownEvidence, policy: Policy, today: date
) -> list[Wanted]:
    """The leavers, and of the others so many as are still asked for this month. Whoever was looked at longest
    ago comes first, so that over the months everybody's turn comes."""
    first = today.replace(day=1)
    others = (one for one in people.wanted.values() if one.roster_state not in GONE)
    done = sum(known.seen_on.get(one.employee_id, date.min) >= first for one in others)
    left = max(policy.sample - done, 0)
    leavers = [one for one in order if one.leaver]
    return leavers + [one for one in order if not one.leaver][:left]


def _turn(one: Wanted) -> tuple[bool, date, str, str]:
    employee = one.employee
    return not one.leaver, one.seen_on or date.min, employee.full_name.casefold(), employee.employee_id
