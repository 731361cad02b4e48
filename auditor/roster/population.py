"""Everybody of the roster with a state on the day of the audit, and what changed since the last one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from auditor.errors import RosterError
from auditor.language.roster_messages import leading_code, notice, quoted, wording
from auditor.model.address import profile_slug
from auditor.model.employee import GONE, Employee, RosterState
from auditor.model.policy import RosterPolicy
from auditor.model.roster import (
    EMPTY,
    NOT_SHOWN,
    Population,
    RosterNotice,
    RosterPerson,
    RosterReading,
    RowFate,
    StatusClass,
)
from auditor.roster.doubles import seen_in_service
from auditor.roster.entity_names import EntityMatch, match_entities
from auditor.roster.states import StateOfPerson, ended_on, state_of

SHARED = "shared"
SHRINK_AT_LEAST = 5
OLD_AFTER_DAYS = 31
_TOLD_HERE = ("P08", "P09", "P10", "P19", "P21", "P23")


def population(
    reading: RosterReading,
    today: date,
    policy: RosterPolicy,
    previous: Sequence[Employee] = (),
    objections: Callable[[RosterPerson], bool] = lambda person: False,
    *,
    entities: Collection[str] = (),
    accept_shrink: bool = False,
    previous_sha256: str = "",
) -> Population:
    """Everybody of the roster with a state, and who vanished since the last accepted one.

    People of an entity that is one of `entities` (the policy's) in another spelling get the policy's; the
    others are named in a notice. Raises RosterError F06 where the roster has shrunk strongly and nobody has
    confirmed it.
    """
    matches = _entity_matches(reading, previous, entities)
    spelt = {given: match.entity for given, match in matches.items() if match.entity not in ("", given)}
    reading = replace(reading, people=tuple(_spelt(person, spelt) for person in reading.people))
    known = [
        replace(one, entity=spelt.get(one.entity, one.entity))
        for one in previous
        if one.roster_state is not RosterState.VANISHED
    ]
    _refuse_shrink(reading, known, policy, accept_shrink=accept_shrink)
    states = {
        person.key: state_of(person, today, policy, objected=objections(person)) for person in reading.people
    }
    still_here = seen_in_service(reading.people, states)
    for key in still_here:
        states[key] = replace(states[key], state=RosterState.CONFLICT, code="P20")
    shared = _shared_addresses(reading.people)
    grace = timedelta(days=policy.grace_days)
    employees = [_employee(one, states[one.key], one.key in shared, grace) for one in reading.people]
    gone = _vanished(known, reading.people)
    notices = [
        *_file_notices(reading, today, previous_sha256),
        *_entity_notices(employees, matches),
        *(_vanished_notice(gone)),
        *_state_notices(reading, states),
        *_still_here_notices(reading.people, still_here),
        *_shared_notices(reading.people, shared),
        *_changes(known, reading.people),
    ]
    records = _with_codes(reading, states, shared)
    notices = _with_sheets(notices, reading)
    return Population((*employees, *gone), records, (*reading.notices, *notices))


def _entity_matches(
    reading: RosterReading, previous: Sequence[Employee], entities: Collection[str]
) -> dict[str, EntityMatch]:
    if not entities:
        return {}
    given = [person.entity for person in reading.people]
    given += [contract.entity for person in reading.people for contract in person.contracts]
    return match_entities([*given, *(one.entity for one in previous)], entities)


def _spelt(person: RosterPerson, spelt: Mapping[str, str]) -> RosterPerson:
    if not spelt.keys() & {person.entity, *(one.entity for one in person.contracts)}:
        return person
    contracts = tuple(replace(one, entity=spelt.get(one.entity, one.entity)) for one in person.contracts)
    return replace(person, entity=spelt.get(person.entity, person.entity), contracts=contracts)


def _entity_notices(employees: Sequence[Employee], matches: Mapping[str, EntityMatch]) -> list[RosterNotice]:
    """The entities that the policy does not describe, with the number of people who are not assessed."""
    unknown = Counter(
        one.entity
        for one in employees
        if one.roster_state is not RosterState.EXCLUDED
        and one.entity in matches
        and not matches[one.entity].entity
    )
    notices = []
    for entity, count in unknown.items():
        meant = "' / '".join(matches[entity].may_mean)
        if meant:
            notices.append(notice("F14", entity=entity, n=count, meant=meant))
        else:
            notices.append(notice("F13", entity=entity, n=count))
    return notices


def _employee(person: RosterPerson, state: StateOfPerson, shared: bool, grace: timedelta) -> Employee:
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
        roster_row=state.row or (person.rows[0] if person.rows else 0),
        name=person.name,
        address_note=SHARED if shared else person.address_note,
        tier=person.tier,
        start_day=spell.start if spell else None,
        grace_until=state.last_day + grace if state.last_day and state.state in GONE else None,
        state_code=state.code if state.state is RosterState.CONFLICT else "",
        state_word=state.disputed.word.replace(NOT_SHOWN, "") if state.disputed else "",
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
    if not known:
        return []
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


def _file_notices(reading: RosterReading, today: date, previous_sha256: str) -> list[RosterNotice]:
    notices = []
    assumed = any(one.code == "F12" for one in reading.notices)
    if not assumed and not any(_is_leaver(person, today) for person in reading.people):
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
    return ended_on(person.contracts, today) is not None


def _state_notices(reading: RosterReading, states: Mapping[str, StateOfPerson]) -> list[RosterNotice]:
    """A notice for every contradiction that the reading itself could not tell."""
    noticed = {(one.code, one.row) for one in reading.notices}
    notices = []
    for person in reading.people:
        found = states[person.key]
        row = found.row
        if (
            found.state in (RosterState.CONFLICT, RosterState.EXCLUDED)
            and found.code in _TOLD_HERE
            and (found.code, row) not in noticed
        ):
            word = found.disputed.word if found.disputed else ""
            if found.disputed and found.disputed.status is StatusClass.NONE:
                word = EMPTY
            shown = quoted(word or NOT_SHOWN)
            notices.append(notice(found.code, row=row, d=_disputed_day(found), v=shown, id=person.key))
    return notices


def _disputed_day(found: StateOfPerson) -> date | str:
    spell = found.disputed
    if spell is not None and found.code == "P19":
        return spell.start or ""
    if spell is not None and found.code == "P21":
        return min([*spell.other_ends, *([spell.end] if spell.end else [])])
    return (spell.end if spell else None) or found.last_day or ""


def _still_here_notices(people: Sequence[RosterPerson], still_here: Mapping[str, str]) -> list[RosterNotice]:
    rows = {person.key: person.rows[0] if person.rows else 0 for person in people}
    return [notice("P20", row=rows[key], id=key, other=other) for key, other in still_here.items()]


def _shared_addresses(people: Sequence[RosterPerson]) -> dict[str, str]:
    """Each person whose address another person has too, with that other person's key."""
    first: dict[str, str] = {}
    holders: dict[str, list[str]] = {}
    for person in people:
        slug = profile_slug(person.profile_url) if person.profile_url else None
        if slug and (known := first.setdefault(slug, person.key)) != person.key:
            holders.setdefault(slug, [known]).append(person.key)
    return {key: next(other for other in keys if other != key) for keys in holders.values() for key in keys}


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


def _with_sheets(notices: Sequence[RosterNotice], reading: RosterReading) -> list[RosterNotice]:
    """The notices with the sheets of their rows, which are counted from the top of each."""
    sheets = {(record.row, record.person): record.sheet for record in reading.rows if record.person}
    found = []
    for one in notices:
        named = (sheets.get((one.row, value), "") for _, value in one.facts)
        found.append(replace(one, sheet=one.sheet or next(filter(None, named), "")))
    return found


def _with_codes(
    reading: RosterReading, states: Mapping[str, StateOfPerson], shared: Mapping[str, str]
) -> RosterReading:
    """The reading with the codes of the states beside those of the rows."""
    rows = []
    for record in reading.rows:
        if record.fate is RowFate.PERSON and record.person in states:
            codes = [record.code, states[record.person].code, "U06" if record.person in shared else ""]
            code = leading_code(codes)
            if code != record.code:
                record = replace(record, code=code, message="")
        rows.append(record)
    return replace(reading, rows=tuple(rows))
