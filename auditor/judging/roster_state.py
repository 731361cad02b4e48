"""What the roster says of each person on the day of the audit; a contradiction is never guessed away."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from auditor.domain.address import profile_slug
from auditor.domain.employee import Employee, RosterState
from auditor.domain.policy import RosterPolicy
from auditor.domain.roster import (
    Contract,
    Population,
    RosterNotice,
    RosterPerson,
    RosterReading,
    RowFate,
    StatusClass,
    WorkerType,
)
from auditor.errors import RosterError
from auditor.judging.roster_messages import leading_code, notice, wording

SHARED = "shared"
SHRINK_AT_LEAST = 5
OLD_AFTER_DAYS = 31


@dataclass(frozen=True, slots=True)
class StateOfPerson:
    """A state, the contract that decides it, and the code of the intake table where one applies."""

    state: RosterState
    contract: Contract | None
    last_day: date | None = None
    code: str = ""


def _no_objection(person: RosterPerson) -> bool:
    return False


def population(
    reading: RosterReading,
    today: date,
    policy: RosterPolicy,
    previous: Sequence[Employee] = (),
    objections: Callable[[RosterPerson], bool] = _no_objection,
    *,
    accept_shrink: bool = False,
    previous_sha256: str = "",
) -> Population:
    """Everybody of the roster with a state, and who vanished since the last accepted one.

    Raises RosterError F06 where the roster has shrunk strongly and nobody has confirmed it.
    """
    known = [one for one in previous if one.roster_state is not RosterState.VANISHED]
    _refuse_shrink(reading, known, policy, accept_shrink=accept_shrink)
    states = {
        person.key: state_of(person, today, policy, objected=objections(person)) for person in reading.people
    }
    shared = _shared_addresses(reading.people)
    employees = [_employee(person, states[person.key], person.key in shared) for person in reading.people]
    gone = _vanished(known, reading.people)
    notices = [
        *_file_notices(reading, states, today, previous_sha256),
        *(_vanished_notice(gone)),
        *_state_notices(reading.people, states),
        *_shared_notices(reading.people, shared),
        *_changes(known, reading.people),
    ]
    told = _with_codes(reading, states, shared)
    return Population((*employees, *gone), told, (*reading.notices, *notices))


def state_of(
    person: RosterPerson, today: date, policy: RosterPolicy, *, objected: bool = False
) -> StateOfPerson:
    """The state of one person, by the rules of docs/roster.md, in their order."""
    spells = person.contracts
    decisive = _decisive(spells, today)
    ended = _ended_on(spells, today)
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


def _ended_on(spells: Sequence[Contract], today: date) -> date | None:
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


def _employee(person: RosterPerson, state: StateOfPerson, shared: bool) -> Employee:
    spell = state.contract
    return Employee(
        employee_id=person.key,
        full_name=person.name.display,
        roster_state=state.state,
        profile_url=None if shared else person.profile_url,
        title=(spell.title if spell else "") or person.title,
        entity=(spell.entity if spell else "") or person.entity,
        manager=person.manager,
        language=person.language,
        last_day=state.last_day,
        roster_row=spell.row if spell else (person.rows[0] if person.rows else 0),
        name=person.name,
        address_note=SHARED if shared else person.address_note,
        tier=person.tier,
        start_day=spell.start if spell else None,
    )


def _refuse_shrink(
    reading: RosterReading, known: Sequence[Employee], policy: RosterPolicy, *, accept_shrink: bool
) -> None:
    now, before = len(reading.people), len(known)
    lost = before - now
    if accept_shrink or lost < SHRINK_AT_LEAST or lost <= before * policy.shrink_limit:
        return
    message = wording("F06", (("now", str(now)), ("before", str(before))))
    raise RosterError(Path(reading.file_name), message, code="F06")


def _vanished(known: Sequence[Employee], people: Sequence[RosterPerson]) -> list[Employee]:
    """People of the last roster who are missing without an end date, in entities that this one covers."""
    here = {key.lstrip("0") for person in people for key in (person.key, *person.other_keys)}
    entities = {person.entity for person in people} | {
        one.entity for person in people for one in person.contracts
    }
    slugs = {profile_slug(person.profile_url) for person in people if person.profile_url}
    gone = []
    for one in known:
        if one.employee_id.lstrip("0") in here or one.entity not in entities:
            continue
        if one.last_day is not None or one.roster_state is RosterState.EXCLUDED:
            continue
        if one.profile_url and profile_slug(one.profile_url) in slugs:
            continue
        gone.append(replace(one, roster_state=RosterState.VANISHED, roster_row=0))
    return gone


def _vanished_notice(gone: Sequence[Employee]) -> list[RosterNotice]:
    if not gone:
        return []
    return [notice("P15", n=len(gone), ids=", ".join(one.employee_id for one in gone))]


def _file_notices(
    reading: RosterReading, states: Mapping[str, StateOfPerson], today: date, previous_sha256: str
) -> list[RosterNotice]:
    notices = []
    if not any(_is_leaver(person, today) for person in reading.people):
        notices.append(notice("F07"))
    made = reading.reference_date or reading.file_date
    if made is not None and (today - made).days > OLD_AFTER_DAYS:
        notices.append(notice("F08", days=(today - made).days))
    if previous_sha256 and previous_sha256 == reading.sha256:
        notices.append(notice("F09"))
    return notices


def _is_leaver(person: RosterPerson, today: date) -> bool:
    if any(one.status is StatusClass.LEFT for one in person.contracts):
        return True
    return _ended_on(person.contracts, today) is not None


def _state_notices(people: Sequence[RosterPerson], states: Mapping[str, StateOfPerson]) -> list[RosterNotice]:
    notices = []
    for person in people:
        found = states[person.key]
        if found.state is RosterState.CONFLICT and found.code in ("P08", "P09"):
            row = found.contract.row if found.contract else 0
            notices.append(notice(found.code, row=row, d=found.last_day or "", id=person.key))
    return notices


def _shared_addresses(people: Sequence[RosterPerson]) -> dict[str, str]:
    """Each person whose address another person has too, with that other person's key."""
    holders: dict[str, list[str]] = defaultdict(list)
    for person in people:
        slug = profile_slug(person.profile_url) if person.profile_url else None
        if slug:
            holders[slug].append(person.key)
    return {
        key: next(other for other in keys if other != key)
        for keys in holders.values()
        if len(keys) > 1
        for key in keys
    }


def _shared_notices(people: Sequence[RosterPerson], shared: Mapping[str, str]) -> list[RosterNotice]:
    rows = {person.key: person.rows[0] if person.rows else 0 for person in people}
    return [notice("U06", row=rows[key], a=key, b=other) for key, other in sorted(shared.items())]


def _changes(known: Sequence[Employee], people: Sequence[RosterPerson]) -> list[RosterNotice]:
    """Addresses that changed, and numbers that differ from last month's in leading zeros only."""
    before = {one.employee_id: one for one in known}
    bare = {one.employee_id.lstrip("0"): one.employee_id for one in known}
    notices = []
    for person in people:
        row = person.rows[0] if person.rows else 0
        old_key = bare.get(person.key.lstrip("0"), person.key)
        if old_key != person.key:
            notices.append(notice("E10", row=row, a=old_key, b=person.key))
        old = before.get(old_key)
        if old is None or not old.profile_url or not person.profile_url:
            continue
        if profile_slug(old.profile_url) != profile_slug(person.profile_url):
            notices.append(notice("U08", row=row, id=person.key))
    return notices


def _with_codes(
    reading: RosterReading, states: Mapping[str, StateOfPerson], shared: Mapping[str, str]
) -> RosterReading:
    """The reading with the codes of the states beside those of the rows."""
    rows = []
    for record in reading.rows:
        if record.fate is RowFate.PERSON and record.person in states:
            codes = [record.code, states[record.person].code, "U06" if record.person in shared else ""]
            code = leading_code(codes)
            record = replace(record, code=code, message=record.message if code == record.code else "")
        rows.append(record)
    return replace(reading, rows=tuple(rows))
