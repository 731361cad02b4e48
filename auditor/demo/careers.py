"""When each person works for the group, and the experience list that the person put on the profile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from auditor.demo.cases import Case, Work
from auditor.demo.firms import ELSEWHERE, NAMESAKE, Employer, Firm, sister_of
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


@dataclass(frozen=True, slots=True)
class Role:
    """One role. `ended` None = ongoing; only year and month of the dates are shown."""

    title: str
    started: date
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """Roles at one employer, newest first; more than one is shown as a group."""

    employer: Employer
    roles: tuple[Role, ...]

    @property
    def is_current(self) -> bool:
        """True where any role is ongoing."""
        return any(role.ended is None for role in self.roles)


@dataclass(frozen=True, slots=True)
class Plot:
    """What a career is made from."""

    firm: Firm
    title: str
    earlier_title: str
    spell: Spell
    random: Random

    @property
    def started(self) -> date:
        """When the person says to have begun with us (the past, also for future starters)."""
        return min(self.spell.start, TODAY - timedelta(days=20))

    @property
    def ended(self) -> date:
        """When a person who corrected the profile says to have left us."""
        return min(self.spell.end or TODAY, TODAY)


def career(work: Work, plot: Plot) -> tuple[Job, ...]:
    """The jobs in the order of the page: ongoing ones first, then newest first."""
    return _CAREERS[work](plot)


def _ours(plot: Plot, employer: Employer | None = None) -> Job:
    return Job(employer or plot.firm.employer, (Role(plot.title, plot.started),))


def _earlier(plot: Plot) -> Job:
    end = plot.started - timedelta(days=plot.random.randint(20, 90))
    start = end - timedelta(days=plot.random.randint(400, 1800))
    return Job(plot.random.choice(ELSEWHERE), (Role(plot.earlier_title, start, end),))


def other_employer(plot: Plot) -> Employer:
    """Where the person works instead of, or beside, us: the same answer each time."""
    return ELSEWHERE[(len(plot.title) + plot.spell.start.month) % len(ELSEWHERE)]


def _elsewhere_now(plot: Plot, since: date) -> Job:
    return Job(other_employer(plot), (Role(plot.earlier_title, since),))


def _two_roles(plot: Plot, ended: date | None) -> Job:
    middle = plot.started + (plot.ended - plot.started) / 2
    return Job(
        plot.firm.employer,
        (Role(plot.title, middle, ended), Role(plot.earlier_title, plot.started, middle)),
    )


def _rehired(plot: Plot) -> tuple[Job, ...]:
    roles = (
        Role(plot.title, plot.spell.start),
        Role(plot.earlier_title, date(2016, 3, 1), date(2019, 8, 31)),
    )
    return (Job(plot.firm.employer, roles),)


def _past(plot: Plot) -> tuple[Job, ...]:
    ours = Job(plot.firm.employer, (Role(plot.title, plot.started, plot.ended),))
    return _elsewhere_now(plot, plot.ended), ours, _earlier(plot)


def _with(plot: Plot, **changes: str) -> tuple[Job, ...]:
    return _ours(plot, replace(plot.firm.employer, **changes)), _earlier(plot)


_CAREERS: dict[Work, Callable[[Plot], tuple[Job, ...]]] = {
    Work.LINKED: lambda plot: (_ours(plot), _earlier(plot)),
    Work.GROUP: lambda plot: (_two_roles(plot, None), _earlier(plot)),
    Work.WITH_SIDE_JOB: lambda plot: (_ours(plot), _elsewhere_now(plot, plot.started), _earlier(plot)),
    Work.BEHIND_OTHER: lambda plot: (_elsewhere_now(plot, plot.ended), _ours(plot), _earlier(plot)),
    Work.FORMER_SLUG: lambda plot: _with(plot, path=f"/company/{plot.firm.former_slug}"),
    Work.NUMERIC_ID: lambda plot: _with(plot, path=f"/company/{plot.firm.numeric_id}"),
    Work.NAMED: lambda plot: _with(plot, path=""),
    Work.SISTER: lambda plot: (_ours(plot, sister_of(plot.firm).employer), _earlier(plot)),
    Work.NAMESAKE: lambda plot: (_ours(plot, NAMESAKE), _earlier(plot)),
    Work.REHIRED: _rehired,
    Work.PAST: _past,
    Work.PAST_GROUP: lambda plot: (
        _elsewhere_now(plot, plot.ended),
        _two_roles(plot, plot.ended),
        _earlier(plot),
    ),
    Work.ELSEWHERE: lambda plot: (_elsewhere_now(plot, plot.started), _earlier(plot)),
}
