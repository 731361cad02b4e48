"""Departures as cases, and what was noted about their steps on returned checklists."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from auditor.model.case import (
    CaseEvent,
    CaseEventKind,
    CaseRecord,
    StepAnswer,
    StepNote,
    StepReason,
    StepState,
    case_id,
)
from auditor.model.employee import Employee
from auditor.store import tables
from auditor.store.codec import decode
from auditor.store.database import reading, writing
from auditor.store.rosters import EMPLOYEES, entries_of

#: databases take no longer list of names in one question
MOST_NAMED = 10_000
_DATES = ("opened_on", "closed_on", "closed_in", "reopened_on", "clean_on")
_PLAIN = (
    "step_id",
    "employee_id",
    "last_day",
    "read_on",
    "typed",
    "noted_by",
    "file_name",
    "file_sha256",
    "place",
    "report_id",
    "after_run",
    "applied",
)
_ANSWER = ("evidence", "done_on", "done_by")


class CaseStore:
    """The cases of one database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def all(self) -> dict[str, CaseRecord]:
        """Every case by its id, open and closed. Raises StoreError."""
        table = tables.cases
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(table).order_by(table.c.id)).mappings()
            return {
                row["id"]: CaseRecord(
                    row["employee_id"], row["last_day"], **{name: row[name] for name in _DATES}
                )
                for row in rows
            }


def put_cases(connection: sa.Connection, records: Iterable[CaseRecord]) -> None:
    """Store cases as they stand now, within a transaction."""
    table = tables.cases
    for one in records:
        row = {"id": one.id, "employee_id": one.employee_id, "last_day": one.last_day}
        connection.execute(table.delete().where(table.c.id == one.id))
        connection.execute(table.insert().values(row | {name: getattr(one, name) for name in _DATES}))


class StepNoteStore:
    """The notes of one database, in the order they were read; nothing is ever changed, only added."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def all(self) -> list[StepNote]:
        """Every note, oldest first. Raises StoreError."""
        table = tables.step_notes
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(table).order_by(table.c.number)).mappings()
            return [_note(row) for row in rows]

    def add(self, notes: Iterable[StepNote]) -> None:
        """Keep new notes, all in one transaction. Raises StoreError."""
        rows = [_row(one) for one in notes]
        if rows:
            with writing(self._engine) as connection:
                connection.execute(tables.step_notes.insert(), rows)


def last_known(engine: sa.Engine, wanted: Collection[str], before: int | None = None) -> dict[str, Employee]:
    """The people of cases as the newest roster has them in which the departure stood, by case id.

    `before`: only of runs with a smaller number. Who is in no stored roster is left out.
    """
    found: dict[str, Employee] = {}
    left = set(wanted)
    if not left:
        return found
    runs = tables.runs
    query = sa.select(runs.c.id).order_by(runs.c.number.desc())
    if before is not None:
        query = query.where(runs.c.number < before)
    with reading(engine) as connection:
        for run_id in list(connection.execute(query).scalars()):
            for content in entries_of(connection, EMPLOYEES, run_id):
                number = _case_of(content)
                if number in left:
                    left.discard(number)
                    found[number] = decode(content, Employee)
            if not left:
                break
    return found


def last_sightings(
    engine: sa.Engine, people: Collection[str], before: int, rules: Collection[str]
) -> dict[str, date]:
    """The last day on which a run before this number saw each of these people shown as working here, by rules
    of these ids."""
    if not people:
        return {}
    runs, tracked = tables.runs, tables.tracked
    query = (
        sa.select(tracked.c.employee_id, tracked.c.content)
        .join(runs, runs.c.id == tracked.c.run_id)
        .where(runs.c.number < before)
    )
    if len(people) <= MOST_NAMED:
        query = query.where(tracked.c.employee_id.in_(list(people)))
    found: dict[str, date] = {}
    with reading(engine) as connection:
        for employee_id, content in connection.execute(query):
            if employee_id in people and content["finding"]["rule_id"] in rules:
                day = date.fromisoformat(content["last_seen"])
                found[employee_id] = max(day, found.get(employee_id, day))
    return found


def _case_of(content: Any) -> str:
    """The case id of a person as a roster is stored."""
    last_day = date.fromisoformat(content["last_day"]) if content["last_day"] else None
    return case_id(content["employee_id"], last_day)


def _row(note: StepNote) -> dict[str, Any]:
    return {
        **{name: getattr(note, name) for name in _PLAIN},
        **{name: getattr(note.answer, name) for name in _ANSWER},
        "case_id": note.case,
        "state": str(note.answer.state),
        "reason": str(note.reason) if note.reason else None,
    }


def _note(row: Any) -> StepNote:
    return StepNote(
        **{name: row[name] for name in _PLAIN},
        case=row["case_id"],
        answer=StepAnswer(StepState(row["state"]), **{name: row[name] for name in _ANSWER}),
        reason=StepReason(row["reason"]) if row["reason"] else None,
    )


class CaseEventStore:
    """The events of one database; nothing is ever changed, only added."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def add(self, event: CaseEvent) -> bool:
        """Keep an event; False where the very same one is kept already. Raises StoreError."""
        table = tables.case_events
        row = {
            "employee_id": event.employee_id,
            "last_day": event.last_day,
            "event": str(event.kind),
            "on_day": event.on_day,
        }
        same = sa.and_(*(table.c[name].is_not_distinct_from(value) for name, value in row.items()))
        with writing(self._engine) as connection:
            if connection.execute(sa.select(table.c.number).where(same)).first():
                return False
            connection.execute(table.insert().values(row))
        return True

    def all(self) -> list[CaseEvent]:
        """Every event, by the day it happened. Raises StoreError."""
        table = tables.case_events
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(table).order_by(table.c.on_day, table.c.number)).mappings()
            return [
                CaseEvent(row["employee_id"], row["last_day"], CaseEventKind(row["event"]), row["on_day"])
                for row in rows
            ]
