"""The state of one person on a day: the contradictions first, then what the contracts say."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from auditor.domain.employee import RosterState
from auditor.domain.policy import RosterPolicy
from auditor.domain.roster import Contract, RosterPerson, StatusClass, WorkerType


@dataclass(frozen=True, slots=True)
class StateOfPerson:
    """A state, the contract that decides it, and the code of the intake table where one applies."""

    state: RosterState
    contract: Contract | None
    last_day: date | None = None
    code: str = ""


def state_of(
    person: RosterPerson, today: date, policy: RosterPolicy, *, objected: bool = False
) -> StateOfPerson:
    """The state of one person, by the rules of docs/roster.md, in their order."""
    spells = person.contracts
    decisive = _decisive(spells, today)
    ended = ended_on(spells, today)
    if objected or _is_excluded(spells, decisive, ended, today, policy):
        code = "P12" if any(one.status is StatusClass.EXCLUDED for one in spells) else ""
        return StateOfPerson(RosterState.EXCLUDED, decisive, ended, code)
    trouble = _contradiction(spells, today)
    if trouble:
        return StateOfPerson(RosterState.CONFLICT, decisive, decisive.end if decisive else None, trouble)
    if spells and all(_starts_later(one, today) for one in spells):
        return StateOfPerson(RosterState.FUTURE_STARTER, decisive, None, "P05")
    current = [one for one in spells if _covers(one, today)]
    if current:
        return _in_service(spells, current, decisive, today, policy)
    return _out_of_service(person, decisive, ended, today, policy)


def _in_service(
    spells: Sequence[Contract],
    current: Sequence[Contract],
    decisive: Contract | None,
    today: date,
    policy: RosterPolicy,
) -> StateOfPerson:
    end = _known_end(spells, current)
    if any(one.status is StatusClass.ABSENT for one in current):
        return StateOfPerson(RosterState.LONG_LEAVE, decisive, end)
    if end is not None and (end - today).days <= policy.leaving_soon_days:
        return StateOfPerson(RosterState.LEAVING_SOON, decisive, end, "P06")
    external = decisive is not None and decisive.worker_type is WorkerType.CONTRACTOR
    return StateOfPerson(RosterState.CONTRACTOR_ACTIVE if external else RosterState.ACTIVE, decisive, end)


def _out_of_service(
    person: RosterPerson, decisive: Contract | None, ended: date | None, today: date, policy: RosterPolicy
) -> StateOfPerson:
    if decisive is None or ended is None:
        return StateOfPerson(RosterState.CONFLICT, decisive, None, "P08")
    if person.relation_until is not None and person.relation_until > today:
        return StateOfPerson(RosterState.RELATED, decisive, ended)
    if decisive.worker_type is WorkerType.CONTRACTOR:
        return StateOfPerson(RosterState.CONTRACTOR_ENDED, decisive, ended)
    grace = (today - ended).days <= policy.grace_days
    return StateOfPerson(RosterState.LEAVER_GRACE if grace else RosterState.LEAVER_OVERDUE, decisive, ended)


def _is_excluded(
    spells: Sequence[Contract],
    decisive: Contract | None,
    ended: date | None,
    today: date,
    policy: RosterPolicy,
) -> bool:
    if any(one.status is StatusClass.EXCLUDED for one in spells):
        return True
    if decisive is not None and decisive.worker_type is WorkerType.OUT_OF_SCOPE:
        return True
    return ended is not None and ended < _months_before(today, policy.retention_months)


def _contradiction(spells: Sequence[Contract], today: date) -> str:
    """The code of what the roster says against itself; empty where it agrees with itself."""
    broken = next((one.code or "D07" for one in spells if one.contradictory), "")
    if broken:
        return broken
    open_now = [one for one in spells if _covers(one, today) and one.status is not StatusClass.LEFT]
    told = open_now if open_now and any(_is_told(one) for one in open_now) else spells
    classes = {one.status for one in told}
    ends = [one.end for one in spells if one.end is not None]
    past = _says_active_after_the_end(spells, today)
    future = bool(ends) and all(end > today for end in ends)
    checks = (
        ("P10", StatusClass.UNKNOWN in classes),
        ("P08", StatusClass.LEFT in _all_classes(spells) and not ends),
        ("P10", StatusClass.AMBIGUOUS in classes and not ends),
        ("P09", past),
        ("P08", StatusClass.LEFT in classes and future),
    )
    return next((code for code, holds in checks if holds), "")


def _says_active_after_the_end(spells: Sequence[Contract], today: date) -> bool:
    """True where every spell that has begun is over, and one of them still reads active."""
    begun = [one for one in spells if not _starts_later(one, today)]
    over = bool(begun) and all(one.end is not None and one.end < today for one in begun)
    return over and any(one.status is StatusClass.ACTIVE for one in begun)


def _is_told(spell: Contract) -> bool:
    """True where a spell's own status says that it runs."""
    return spell.status in (StatusClass.ACTIVE, StatusClass.ABSENT, StatusClass.NONE, StatusClass.NOT_STARTED)


def _all_classes(spells: Sequence[Contract]) -> set[StatusClass]:
    return {one.status for one in spells}


def _covers(spell: Contract, today: date) -> bool:
    return (spell.start is None or spell.start <= today) and (spell.end is None or spell.end >= today)


def _starts_later(spell: Contract, today: date) -> bool:
    if spell.start is None:
        return spell.status is StatusClass.NOT_STARTED and (spell.end is None or spell.end >= today)
    return spell.start > today


def _known_end(spells: Sequence[Contract], current: Sequence[Contract]) -> date | None:
    """The last day of all running spells, where each has one and no later spell follows."""
    ends = [one.end for one in current if one.end is not None]
    if len(ends) < len(current):
        return None
    end = max(ends)
    follows = any(one.start is not None and one not in current and one.start >= end for one in spells)
    return None if follows else end


def ended_on(spells: Sequence[Contract], today: date) -> date | None:
    """The last day of somebody whose every spell is over; None for everybody else."""
    sound = [one for one in spells if not one.contradictory]
    started = [one for one in sound if not _starts_later(one, today)]
    ends = [one.end for one in started if one.end is not None]
    if not ends or len(sound) < len(spells) or len(ends) < len(started) or max(ends) >= today:
        return None
    return max(ends)


def _decisive(spells: Sequence[Contract], today: date) -> Contract | None:
    """The spell that speaks for the person: the newest running one, else the last ended, else the next."""
    if not spells:
        return None

    def weight(spell: Contract) -> tuple[object, ...]:
        running = _covers(spell, today)
        newest = spell.start or date.min
        tail = (spell.entity, spell.title, spell.row)
        if running:
            return (2, newest, spell.end or date.max, *tail)
        if _starts_later(spell, today):
            return (
                (0, date.max - (newest - date.min), spell.end or date.max, *tail)
                if spell.start
                else (0, newest, date.max, *tail)
            )
        return (1, spell.end or date.max, newest, *tail)

    return max(spells, key=weight)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
