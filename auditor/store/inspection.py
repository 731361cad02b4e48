"""Looks through a store without changing it: does it open, is it whole, do its counts add up?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from auditor.errors import StoreError
from auditor.findings.counting import STANDING
from auditor.model.examination import Examination
from auditor.model.finding import TrackedFinding
from auditor.store import tables
from auditor.store.codec import decode
from auditor.store.database import newest_revision, reading, revision
from auditor.store.runs import COMPLETE, RUNNING, RunStore, StoredRun


@dataclass(frozen=True, slots=True)
class StoreState:
    """What was found. `faults` are sentences; none = the store is whole. `rows` counts by table."""

    kind: str
    revision: str
    rows: dict[str, int]
    faults: tuple[str, ...]


def look_through(engine: sa.Engine) -> StoreState:
    """Everything that can be checked without changing the store. Raises StoreError where it cannot be
    read at all, or belongs to a newer program."""
    found = revision(engine)
    if found is None:
        raise StoreError("There is no store yet.", "The first run creates it.", code="STORE_MISSING")
    faults = list(_damage(engine))
    rows: dict[str, int] = {}
    if not faults and found == newest_revision():
        try:
            rows = count_rows(engine)
            faults.extend(_sums(engine))
        except StoreError as trouble:
            faults.append(trouble.message)
    return StoreState(engine.dialect.name, found, rows, tuple(faults))


def count_rows(engine: sa.Engine) -> dict[str, int]:
    """The number of rows of each table."""
    with reading(engine) as connection:
        return {
            table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in tables.metadata.sorted_tables
        }


def _damage(engine: sa.Engine) -> Iterator[str]:
    """The database's own check of its file; PostgreSQL checks its files itself."""
    if engine.dialect.name != "sqlite":
        return
    try:
        with reading(engine) as connection:
            lines = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(5)")]
            orphans = Counter(str(row[0]) for row in connection.exec_driver_sql("PRAGMA foreign_key_check"))
    except StoreError as trouble:
        yield trouble.message
        return
    yield from (f"The file is damaged: {line}." for line in lines if line != "ok")
    yield from (f"{count} row(s) of {name} belong to no run." for name, count in orphans.items())


def _sums(engine: sa.Engine) -> Iterator[str]:
    store = RunStore(engine)
    for run_id in store.run_ids():
        try:
            run = store.run(run_id)
        except StoreError:
            raise
        except Exception as trouble:
            yield f"Run {run_id} cannot be read ({type(trouble).__name__})."
            continue
        yield from _sums_of(engine, run)
    yield from _pictures_without_people(engine)


def _sums_of(engine: sa.Engine, run: StoredRun) -> Iterator[str]:
    roster = {employee.employee_id for employee in run.roster.employees}
    people, unreadable = _stored_people(engine, run.facts.id)
    if unreadable:
        yield f"Run {run.facts.id}: {unreadable} people's results cannot be read."
    if strangers := len(people - roster):
        yield f"Run {run.facts.id}: {strangers} people are stored who are not in its roster."
    if run.state == COMPLETE and (missing := len(roster - people)):
        yield f"Run {run.facts.id} is complete, but {missing} people of its roster are not stored."
    if run.state != RUNNING:
        yield from _findings_of(engine, run)


def _findings_of(engine: sa.Engine, run: StoredRun) -> Iterator[str]:
    table = tables.tracked
    query = sa.select(table.c.state, table.c.content).where(table.c.run_id == run.facts.id)
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    try:
        states = Counter(str(decode(content, TrackedFinding).state) for _, content in rows)
    except Exception as trouble:
        yield f"Run {run.facts.id}: a finding cannot be read ({type(trouble).__name__})."
        return
    if states != Counter(state for state, _ in rows):
        yield f"Run {run.facts.id}: findings contradict their own state."
    stored = sum(count for state, count in states.items() if state in STANDING)
    counted = run.facts.counts.get("standing")
    if counted is not None and counted < stored:  # fewer are stored once they were purged or erased
        yield f"Run {run.facts.id}: {counted} standing findings were counted, {stored} are stored."


def _stored_people(engine: sa.Engine, run_id: str) -> tuple[set[str], int]:
    table = tables.examinations
    people: set[str] = set()
    unreadable = 0
    with reading(engine) as connection:
        query = sa.select(table.c.employee_id, table.c.content).where(table.c.run_id == run_id)
        for employee_id, content in connection.execute(query):
            people.add(employee_id)
            try:
                unreadable += decode(content, Examination).employee.employee_id != employee_id
            except Exception:
                unreadable += 1
    return people, unreadable


def _pictures_without_people(engine: sa.Engine) -> Iterator[str]:
    pictures, people = tables.pictures, tables.examinations
    same = (pictures.c.run_id == people.c.run_id) & (pictures.c.employee_id == people.c.employee_id)
    query = sa.select(sa.func.count()).select_from(pictures).where(~sa.exists().where(same))
    with reading(engine) as connection:
        if count := connection.scalar(query):
            yield f"{count} pictures belong to nobody who is stored."
