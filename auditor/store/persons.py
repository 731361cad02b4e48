"""Where the store speaks of one person: found for access, and taken out for erasure.

Every table with a column `employee_id` is covered, whoever added it; the rosters kept with the runs are
searched besides. Log and objections hold keyed hashes only and are not personal without their keys.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from auditor.model.address import profile_slug
from auditor.store import tables
from auditor.store.objections import normal_key
from auditor.store.rosters import (
    EMPLOYEES,
    NOTICES,
    ROWS,
    change_entries,
    drop_roster,
    entries_of,
)

REMOVED = "[removed]"


@dataclass(frozen=True, slots=True)
class PersonKnown:
    """What the store knows a person by; a person may have had several names and addresses."""

    employee_id: str
    names: frozenset[str]
    profile_urls: frozenset[str]
    entities: frozenset[str]


def person_tables() -> list[sa.Table]:
    """The tables whose rows belong to one person."""
    return [table for table in tables.metadata.sorted_tables if "employee_id" in table.c]


def people_known(connection: sa.Connection, only: Collection[str] | None = None) -> dict[str, PersonKnown]:
    """Everybody whom a roster, an examination or a consent in the store names, by employee id; with `only`,
    those of these ids."""
    facts: dict[str, list[Mapping[str, Any]]] = {}
    for employee in entries_of(connection, EMPLOYEES):
        if only is None or employee["employee_id"] in only:
            facts.setdefault(employee["employee_id"], []).append(employee)
    examined, invited = tables.examinations, tables.consents
    contents, numbers = sa.select(examined.c.content), sa.select(invited.c.employee_id)
    if only is not None:
        contents = contents.where(examined.c.employee_id.in_(only))
        numbers = numbers.where(invited.c.employee_id.in_(only))
    for content in connection.execute(contents).scalars():
        employee = content["employee"]
        facts.setdefault(employee["employee_id"], []).append(employee)
    for employee_id in connection.execute(numbers).scalars():
        facts.setdefault(employee_id, [])  # somebody may be invited before any run knows the name
    return {key: _known(key, rows) for key, rows in facts.items()}


def find(people: Iterable[PersonKnown], wanted: str) -> list[PersonKnown]:
    """The people meant by an employee number, a profile address or a full name."""
    slug = profile_slug(wanted)
    if slug:
        return [one for one in people if slug in map(profile_slug, one.profile_urls)]
    everybody = list(people)
    exact = [one for one in everybody if one.employee_id == wanted.strip()]
    key = normal_key(wanted)
    near = exact or [one for one in everybody if normal_key(one.employee_id) == key]
    name = _plain(wanted)
    return near or [one for one in everybody if name in map(_plain, one.names)]


def records_of(connection: sa.Connection, person: PersonKnown) -> dict[str, Any]:
    """Everything stored about a person, as plain JSON values; pictures as base64."""
    found: dict[str, Any] = {"roster": list(_roster_records(connection, person))}
    for table in person_tables():
        query = sa.select(table).where(table.c.employee_id == person.employee_id)
        found[table.name] = [
            {name: _plain_value(value) for name, value in row.items()}
            for row in connection.execute(query).mappings()
        ]
    found["named_as_manager_of"] = sorted(_managed(connection, person))
    return found


def erase(
    connection: sa.Connection, people: Iterable[PersonKnown], *, as_manager: bool = True
) -> dict[str, int]:
    """Take everything of these people out; returns rows per table. Part of the caller's transaction.

    `as_manager` False leaves their names in the records of those whose manager they were.
    """
    chosen = list(people)
    ids = [one.employee_id for one in chosen]
    counts = {
        table.name: connection.execute(table.delete().where(table.c.employee_id.in_(ids))).rowcount
        for table in person_tables()
    }
    runs = list(connection.execute(sa.select(tables.runs.c.id)).scalars())
    counts["rosters"] = sum(_strip_roster(connection, run_id, chosen) for run_id in runs)
    if as_manager:
        counts["manager_names"] = _strip_managers(connection, chosen)
    return counts


def empty_rosters(connection: sa.Connection, run_ids: Iterable[str]) -> int:
    """Take the people out of the rosters of runs; the counts of the runs stay. Returns how many."""
    return sum(drop_roster(connection, run_id) > 0 for run_id in run_ids)


def _strip_roster(connection: sa.Connection, run_id: str, people: list[PersonKnown]) -> int:
    ids = {one.employee_id for one in people}
    names = {name for one in people for name in one.names}
    rows = entries_of(connection, ROWS, run_id)
    places = {(row["sheet"], row["row"]) for row in rows if row["person"] in ids}
    changes: dict[str, Callable[[Any], list[Any]]] = {
        EMPLOYEES: lambda entries: [
            _without_manager(one, names) for one in entries if one["employee_id"] not in ids
        ],
        ROWS: lambda entries: [
            {**one, "person": REMOVED, "message": "", "raw": ""} if one["person"] in ids else one
            for one in entries
        ],
        NOTICES: lambda entries: [one for one in entries if not _tells_of(one, ids, names, places)],
    }
    changed = [change_entries(connection, run_id, kind, change) for kind, change in changes.items()]
    return int(any(changed))


def _tells_of(
    notice: Mapping[str, Any], ids: set[str], names: set[str], places: set[tuple[str, int]]
) -> bool:
    """Whether a notice stands on a person's row, or has their number or name among its facts."""
    if notice["row"] and (notice["sheet"], notice["row"]) in places:
        return True
    values = [value for _, value in notice["facts"]]
    parts = {part.strip() for value in values for part in value.split(",")}
    return bool(parts & ids) or any(name in text for name in names for text in (*values, notice["raw"]))


def _strip_managers(connection: sa.Connection, people: list[PersonKnown]) -> int:
    names = {name for one in people for name in one.names}
    table = tables.examinations
    stripped = 0
    query = sa.select(table.c.run_id, table.c.employee_id, table.c.content)
    for run_id, employee_id, content in list(connection.execute(query)):
        bare = _without_manager(content["employee"], names)
        if bare != content["employee"]:
            place = (table.c.run_id == run_id) & (table.c.employee_id == employee_id)
            connection.execute(table.update().where(place).values(content={**content, "employee": bare}))
            stripped += 1
    return stripped


def _without_manager(employee: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {**employee, "manager": ""} if employee["manager"] and employee["manager"] in names else employee


def _managed(connection: sa.Connection, person: PersonKnown) -> set[str]:
    """Employee numbers of those whose manager the rosters say this person is."""
    return {
        employee["employee_id"]
        for employee in entries_of(connection, EMPLOYEES)
        if employee["manager"] in person.names
    }


def _roster_records(connection: sa.Connection, person: PersonKnown) -> Iterator[dict[str, Any]]:
    number, names = person.employee_id, set(person.names)
    query = sa.select(tables.runs.c.id, tables.runs.c.today).order_by(tables.runs.c.number)
    for run_id, today in list(connection.execute(query)):
        employees = [one for one in entries_of(connection, EMPLOYEES, run_id) if one["employee_id"] == number]
        rows = [row for row in entries_of(connection, ROWS, run_id) if row["person"] == number]
        places = {(row["sheet"], row["row"]) for row in rows}
        told = entries_of(connection, NOTICES, run_id)
        notices = [one for one in told if _tells_of(one, {number}, names, places)]
        if employees or rows or notices:
            content = {"person": employees, "rows": rows, "notices": notices}
            yield {"run": run_id, "day": today.isoformat(), **content}


def _known(key: str, rows: list[Mapping[str, Any]]) -> PersonKnown:
    names = {one["full_name"] for one in rows}
    for one in rows:
        name = one.get("name")
        names |= {name["display"], *name["others"]} if name else set()
    return PersonKnown(
        key,
        frozenset(filter(None, names)),
        frozenset(one["profile_url"] for one in rows if one["profile_url"]),
        frozenset(one["entity"] for one in rows if one["entity"]),
    )


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _plain_value(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value.isoformat() if isinstance(value, date | datetime) else value
