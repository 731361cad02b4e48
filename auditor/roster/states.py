"""The state of one person on a day: the contradictions first, then what the contracts say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from auditor.model.dates import months_before
from auditor.model.employee import RosterState
from auditor.model.policy import RosterPolicy
from auditor.model.roster import Contract, RosterPerson, StatusClass, WorkerType

#: so long after the first day a system may still say "onboarding" or "new hire"
ONBOARDING_DAYS = 92
#: words that say: in service on this day, or not yet
_NOT_GONE = (StatusClass.ACTIVE, StatusClass.ABSENT, StatusClass.LEAVING, StatusClass.NOT_STARTED)


@dataclass(frozen=True, slots=True)
class StateOfPerson:
    """A state, the contract that decides it, and the code of the intake table where one applies.

    `disputed` is the contract whose status word stands against the dates or says too little, `seen_in` the
    one whose row shows a contradiction.
    """

    state: RosterState
    contract: Contract | None
    last_day: date | None = None
    code: str = ""
    disputed: Contract | None = None
    seen_in: Contract | None = None

    @property
    def row(self) -> int:
        """The row of the roster to look at; 0 where there is none."""
        spell = self.seen_in or self.contract
        return spell.row if spell else 0


def state_of(
    person: RosterPerson, today: date, policy: RosterPolicy, *, objected: bool = False
) -> StateOfPerson:
    """The state of one person, by the rules of docs/roster.md, in their order."""
    spells = person.contracts
    decisive = _decisive(spells, today)
    ended = ended_on(spells, today)
    if objected or _is_excluded(spells, decisive, ended, today, policy):
        if any(one.status is StatusClass.EXCLUDED for one in spells):
            return StateOfPerson(RosterState.EXCLUDED, decisive, ended, "P12")
        # a word that says otherwise may be right, and the old day a slip
        said_here = next((one for one in _all_over(spells, today) if one.status in _NOT_GONE), None)
        if said_here is None or objected or said_here.worker_type is WorkerType.OUT_OF_SCOPE:
            return StateOfPerson(RosterState.EXCLUDED, decisive, ended)
        return StateOfPerson(RosterState.EXCLUDED, decisive, ended, "P09", said_here)
    broken = next((one for one in spells if one.contradictory), None)
    trouble, disputed = (broken.code or "D07", None) if broken else _contradiction(spells, today)
    if trouble:
        end = decisive.end if decisive else None
        return StateOfPerson(RosterState.CONFLICT, decisive, end, trouble, disputed, broken or disputed)
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
    if all(one.status in (StatusClass.LEAVING, StatusClass.AMBIGUOUS) for one in current):
        return StateOfPerson(RosterState.LEAVING_SOON, decisive, end, "P06")
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
    return ended is not None and ended < months_before(today, policy.retention_months)


def _contradiction(spells: Sequence[Contract], today: date) -> tuple[str, Contract | None]:
    """What the roster says against itself: a code, and the spell whose word is disputed, if any.

    Empty where the roster agrees with itself. An ambiguous word is settled by an end date of its own spell,
    an unknown one by none.
    """
    running = [one for one in spells if _covers(one, today) and one.status is not StatusClass.LEFT]
    says_running = any(one.status in (*_NOT_GONE, StatusClass.NONE) for one in running)
    judged_by = running if says_running else spells
    has_end = any(one.end is not None for one in spells)
    left = [one for one in spells if one.status is StatusClass.LEFT]
    over = _all_over(spells, today)
    says_left = any(one.status is StatusClass.LEFT for one in over)
    disputed_end = [one for one in spells if _ends_disagree(one, today)]
    checks = (
        ("P10", [one for one in judged_by if one.status is StatusClass.UNKNOWN]),
        ("P08", [] if has_end else left),
        ("P10", [one for one in judged_by if one.status is StatusClass.AMBIGUOUS and one.end is None]),
        ("P09", [one for one in over if one.status in _NOT_GONE]),
        ("P09", [] if says_left else [one for one in over if _only_planned(one)]),
        ("P21", [] if any(one not in disputed_end for one in running) else disputed_end),
        ("P08", [] if says_running else [one for one in left if one.end is None]),
        ("P23", [] if says_running else [one for one in left if one.end is not None and one.end > today]),
        ("P19", [] if any(not _should_have_started(one, today) for one in running) else running),
    )
    return next(((code, disputed[0]) for code, disputed in checks if disputed), ("", None))


def _ends_disagree(spell: Contract, today: date) -> bool:
    """True where another column does not say the same about whether the spell is over."""
    over = spell.end is not None and spell.end < today
    return any((other < today) is not over for other in spell.other_ends)


def _only_planned(spell: Contract) -> bool:
    """True where nothing but the planned end of a contract says that it is over."""
    return spell.planned and spell.status is StatusClass.NONE


def _all_over(spells: Sequence[Contract], today: date) -> Sequence[Contract]:
    """The spells that have begun, where every one of them is over."""
    begun = [one for one in spells if not _starts_later(one, today)]
    return begun if all(one.end is not None and one.end < today for one in begun) else ()


def _should_have_started(spell: Contract, today: date) -> bool:
    """True where the word says "not yet started" so long after the first day that one of the two is wrong."""
    if spell.status is not StatusClass.NOT_STARTED or spell.start is None:
        return False
    return (today - spell.start).days > ONBOARDING_DAYS


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
    sound = [one for one in spells if not (one.contradictory or _ends_disagree(one, today))]
    if all(_only_planned(one) for one in spells):
        return None
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
