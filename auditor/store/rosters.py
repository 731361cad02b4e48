"""The rosters of the runs, kept in pieces of a few hundred entries, so that a large one is never in memory as
one text. How many entries there are stands with the run: a piece that is missing is noticed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from auditor.model.employee import Employee
from auditor.model.roster import RosterNotice, RowRecord
from auditor.model.run_result import RosterKept
from auditor.store import tables
from auditor.store.codec import SharedValues, decode, encode

EMPLOYEES, ROWS, NOTICES = "employees", "rows", "notices"
KINDS = (EMPLOYEES, ROWS, NOTICES)
#: entries of a piece
_AT_ONCE = 500


def put_roster(connection: sa.Connection, run_id: str, roster: RosterKept) -> None:
    """Keep the roster of a run that is stored already, in place of the one it had."""
    drop_roster(connection, run_id)
    parts: dict[str, Sequence[Any]]
    parts = {EMPLOYEES: roster.employees, ROWS: roster.rows, NOTICES: roster.notices}
    for kind, entries in parts.items():
        for place, start in enumerate(range(0, len(entries), _AT_ONCE)):
            piece = [encode(one) for one in entries[start : start + _AT_ONCE]]
            row = {"run_id": run_id, "kind": kind, "place": place, "content": piece}
            connection.execute(tables.rosters.insert().values(row))
    _count(connection, run_id, {kind: len(entries) for kind, entries in parts.items()})


def drop_roster(connection: sa.Connection, run_id: str) -> int:
    """Let go of the entries of a run's roster; returns how many pieces there were."""
    table = tables.rosters
    _count(connection, run_id, dict.fromkeys(KINDS, 0))
    return connection.execute(table.delete().where(table.c.run_id == run_id)).rowcount


def read_roster(connection: sa.Connection, run_id: str, counts: dict[str, int]) -> RosterKept:
    """The roster of a run, of which the run says that it has so many entries of each kind. Raises ValueError
    where it has not."""
    shared = SharedValues()
    employees = tuple(
        shared.employee(decode(one, Employee)) for one in entries_of(connection, EMPLOYEES, run_id)
    )
    rows = tuple(shared.row(decode(one, RowRecord)) for one in entries_of(connection, ROWS, run_id))
    notices = tuple(decode(one, RosterNotice) for one in entries_of(connection, NOTICES, run_id))
    if {EMPLOYEES: len(employees), ROWS: len(rows), NOTICES: len(notices)} != counts:
        raise ValueError(f"the roster of the run {run_id} is not whole")
    return RosterKept(employees, rows, notices)


def entries_of(connection: sa.Connection, kind: str, run_id: str = "") -> Iterator[Any]:
    """The entries of one kind as they are stored, one after the other; without a run those of all runs,
    oldest first."""
    table, runs = tables.rosters, tables.runs
    query = (
        sa.select(table.c.content)
        .join(runs, runs.c.id == table.c.run_id)
        .where(table.c.kind == kind)
        .order_by(runs.c.number, table.c.place)
    )
    query = query.where(table.c.run_id == run_id) if run_id else query
    for piece in connection.execute(query.execution_options(yield_per=1)).scalars():
        yield from piece


def change_entries(
    connection: sa.Connection, run_id: str, kind: str, change: Callable[[list[Any]], list[Any]]
) -> bool:
    """Put other entries in the place of those of a run, piece by piece; returns whether any is another."""
    table = tables.rosters
    of_run = (table.c.run_id == run_id) & (table.c.kind == kind)
    changed, left = False, 0
    for place in list(connection.execute(sa.select(table.c.place).where(of_run)).scalars()):
        here = of_run & (table.c.place == place)
        before = connection.execute(sa.select(table.c.content).where(here)).scalar_one()
        after = change(before)
        left += len(after)
        if after != before:
            connection.execute(table.update().where(here).values(content=after))
            changed = True
    if changed:
        runs = tables.runs
        counts = connection.execute(sa.select(runs.c.roster).where(runs.c.id == run_id)).scalar_one()
        _count(connection, run_id, {**counts, kind: left})
    return changed


def _count(connection: sa.Connection, run_id: str, counts: dict[str, int]) -> None:
    runs = tables.runs
    connection.execute(runs.update().where(runs.c.id == run_id).values(roster=counts))
