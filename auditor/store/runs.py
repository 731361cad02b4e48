"""Runs and what they learnt: written person by person, read back for resuming and for reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from auditor.findings.counting import could_not_verify
from auditor.model.capture import CaptureStatus
from auditor.model.employee import Employee
from auditor.model.examination import Examination
from auditor.model.finding import TrackedFinding
from auditor.model.health import RunHealth
from auditor.model.history import EndedRun
from auditor.model.report import RunFacts
from auditor.model.run_result import RosterKept, RunResult
from auditor.store import tables
from auditor.store.cases import put_cases
from auditor.store.codec import (
    Pictures,
    SharedValues,
    bare_finding,
    decode,
    encode,
    examination_content,
    pictures_of,
    with_pictures,
)
from auditor.store.database import reading, writing
from auditor.store.judgements import put_judgements
from auditor.store.rosters import put_roster, read_roster

RUNNING, INCOMPLETE, COMPLETE = "running", "incomplete", "complete"


#: people who are decoded at once
_AT_ONCE = 200


@dataclass(frozen=True, slots=True, eq=False)
class StoredPicture:
    """An evidence picture in the store; `bytes()` fetches it, empty where it is kept no more. Equal to any
    picture of the same bytes."""

    engine: sa.Engine
    run_id: str
    employee_id: str
    rule_id: str
    name: str

    def __bytes__(self) -> bytes:
        table = tables.pictures
        key = (table.c.run_id == self.run_id) & (table.c.employee_id == self.employee_id)
        key &= (table.c.rule_id == self.rule_id) & (table.c.name == self.name)
        with reading(self.engine) as connection:
            return bytes(connection.execute(sa.select(table.c.body).where(key)).scalar() or b"")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, bytes | StoredPicture) and bytes(self) == bytes(other)

    def __hash__(self) -> int:
        return hash(bytes(self))


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run as the store knows it. `state` is running, incomplete or complete."""

    number: int
    state: str
    facts: RunFacts
    roster: RosterKept
    health: RunHealth | None


@dataclass(frozen=True, slots=True)
class Examined:
    """A person examined in a run, with the place in its roster. `final` False: to be attempted again on
    resuming."""

    place: int
    examination: Examination
    final: bool


class RunStore:
    """The runs of one database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    @property
    def engine(self) -> sa.Engine:
        """The database, for the store's other parts."""
        return self._engine

    def begin(self, facts: RunFacts, roster: RosterKept, input_sha256: str) -> StoredRun:
        """Note a new run before anything is opened."""
        row = {
            "id": facts.id,
            "state": RUNNING,
            "today": facts.today,
            "input_sha256": input_sha256,
            "facts": encode(facts),
            "roster": {},
        }
        with writing(self._engine) as connection:
            (number,) = connection.execute(tables.runs.insert().values(row)).inserted_primary_key or (0,)
            put_roster(connection, facts.id, roster)
        return StoredRun(number, RUNNING, facts, roster, None)

    def go_on(self, facts: RunFacts, roster: RosterKept) -> StoredRun:
        """Go on with a run, with the roster of today. People who changed since they were examined (a
        new state, another address) are attempted again; those who are gone leave the run."""
        before = {employee.employee_id: employee for employee in self.run(facts.id).roster.employees}
        now = {employee.employee_id: (place, employee) for place, employee in enumerate(roster.employees)}
        unchanged = {
            key for key, (_, one) in now.items() if _without_row(before.get(key)) == _without_row(one)
        }
        table, runs = tables.examinations, tables.runs
        values = {"state": RUNNING, "today": facts.today, "facts": encode(facts)}
        with writing(self._engine) as connection:
            connection.execute(runs.update().where(runs.c.id == facts.id).values(values))
            put_roster(connection, facts.id, roster)
            stored = connection.execute(sa.select(table.c.employee_id).where(table.c.run_id == facts.id))
            for employee_id in [one for one in stored.scalars() if one not in unchanged]:
                for copy in (tables.pictures, table):
                    key = (copy.c.run_id == facts.id) & (copy.c.employee_id == employee_id)
                    connection.execute(copy.delete().where(key))
        return self.run(facts.id)

    def unfinished(self, input_sha256: str) -> StoredRun | None:
        """The latest run of the same inputs, where that run did not attempt everybody or was not reported."""
        runs = tables.runs
        query = (
            sa.select(runs).where(runs.c.input_sha256 == input_sha256).order_by(runs.c.number.desc()).limit(1)
        )
        with reading(self._engine) as connection:
            row = connection.execute(query).mappings().first()
            return _run(row, connection) if row and row["state"] != COMPLETE else None

    def run(self, run_id: str = "") -> StoredRun:
        """A run by its id; without one the latest that ended. Raises LookupError."""
        runs = tables.runs
        query = sa.select(runs).order_by(runs.c.number.desc()).limit(1)
        query = query.where(runs.c.id == run_id) if run_id else query.where(runs.c.state != RUNNING)
        with reading(self._engine) as connection:
            row = connection.execute(query).mappings().first()
            if row is None:
                raise LookupError(run_id)
            return _run(row, connection)

    def latest(self, before: int | None = None) -> StoredRun | None:
        """The latest run that ended, of those with a smaller number than `before`."""
        runs = tables.runs
        query = sa.select(runs).where(runs.c.state != RUNNING).order_by(runs.c.number.desc()).limit(1)
        if before is not None:
            query = query.where(runs.c.number < before)
        with reading(self._engine) as connection:
            row = connection.execute(query).mappings().first()
            return _run(row, connection) if row else None

    def first_day(self) -> date | None:
        """The day of the earliest run; None where there is none."""
        with reading(self._engine) as connection:
            return connection.execute(sa.select(sa.func.min(tables.runs.c.today))).scalar()

    def latest_ending(self) -> tuple[str, str, str] | None:
        """The latest run that ended, as its id, its state and a mark that changes when it ends anew; None
        where there is none."""
        runs = tables.runs
        facts = sa.cast(runs.c.facts, sa.Text)
        query = (
            sa.select(runs.c.id, runs.c.state, facts)
            .where(runs.c.state != RUNNING)
            .order_by(runs.c.number.desc())
            .limit(1)
        )
        with reading(self._engine) as connection:
            row = connection.execute(query).first()
        return (row[0], row[1], row[2]) if row else None

    def run_ids(self) -> list[str]:
        """All run ids, newest first."""
        with reading(self._engine) as connection:
            return list(
                connection.execute(
                    sa.select(tables.runs.c.id).order_by(tables.runs.c.number.desc())
                ).scalars()
            )

    def save(self, run_id: str, people: Sequence[Examined], on: date | None = None) -> None:
        """Store people in one transaction. With the day of the run in `on`, the judgements of their pictures
        are kept for the next time."""
        found = {one.examination.employee.employee_id: one for one in people}
        if not found:
            return
        rows = [
            {
                "run_id": run_id,
                "employee_id": employee_id,
                "place": one.place,
                "final": one.final,
                "unverified": could_not_verify(one.examination),
                "content": examination_content(one.examination),
                "basis": encode(one.examination.basis) if one.examination.basis else None,
            }
            for employee_id, one in found.items()
        ]
        bodies = [
            {
                "run_id": run_id,
                "employee_id": employee_id,
                "rule_id": rule_id,
                "name": name,
                "place": order,
                "body": bytes(body),
            }
            for employee_id, one in found.items()
            for order, (rule_id, name, body) in enumerate(pictures_of(one.examination))
        ]
        with writing(self._engine) as connection:
            for table in (tables.examinations, tables.pictures):
                key = (table.c.run_id == run_id) & table.c.employee_id.in_(found)
                connection.execute(table.delete().where(key))
            connection.execute(tables.examinations.insert(), rows)
            if bodies:
                connection.execute(tables.pictures.insert(), bodies)
            if on is not None:
                judged = {key: one.examination for key, one in found.items()}
                put_judgements(
                    connection,
                    {key: one.judgements for key, one in judged.items() if not one.as_before},
                    on,
                    [key for key, one in judged.items() if one.as_before],
                )

    def finished_people(self, run_id: str) -> set[str]:
        """Employee ids that need no further attempt in this run."""
        table = tables.examinations
        query = sa.select(table.c.employee_id).where((table.c.run_id == run_id) & table.c.final)
        with reading(self._engine) as connection:
            return set(connection.execute(query).scalars())

    def count_finished(self, run_id: str) -> int:
        """How many people need no further attempt in this run."""
        table = tables.examinations
        query = sa.select(sa.func.count()).where((table.c.run_id == run_id) & table.c.final)
        with reading(self._engine) as connection:
            return connection.execute(query).scalar() or 0

    def examinations(
        self, run_id: str, roster: Sequence[Employee] = (), *, pictures: bool = True
    ) -> list[Examination]:
        """Everybody stored in a run, in the roster's order; evidence pictures only where `pictures` are
        wanted, each fetched when its bytes are asked for. Whom the run's `roster` knows the same is in memory
        once for both."""
        table = tables.examinations
        query = sa.select(table.c.place, table.c.content).where(table.c.run_id == run_id)
        query = query.order_by(table.c.place).execution_options(yield_per=_AT_ONCE)
        shared = SharedValues()
        with reading(self._engine) as connection:
            found = [
                shared.examination(content, roster[place] if place < len(roster) else None)
                for place, content in connection.execute(query)
            ]
        held = pictures_held(self._engine, run_id) if pictures else {}
        if not held:
            return found
        return [
            with_pictures(one, held[one.employee.employee_id]) if one.employee.employee_id in held else one
            for one in found
        ]

    def pictures(self, run_id: str, employee_id: str, rule_id: str) -> dict[str, bytes]:
        """The evidence pictures of a person and a rule in a run, by name."""
        table = tables.pictures
        key = (table.c.run_id == run_id) & (table.c.employee_id == employee_id) & (table.c.rule_id == rule_id)
        with reading(self._engine) as connection:
            return {row.name: row.body for row in connection.execute(sa.select(table).where(key))}

    def finish(self, result: RunResult, *, complete: bool = False) -> None:
        """End a run: facts, health, findings, cases, and what was held back of outcomes stored before, all
        in one transaction. `complete`: nobody is left and its reports stand."""
        run = result.run
        rows = [
            {
                "run_id": run.id,
                "fingerprint": one.finding.fingerprint,
                "employee_id": one.finding.employee_id,
                "state": str(one.state),
                "content": encode(bare_finding(one)),
            }
            for one in result.findings
        ]
        runs = tables.runs
        ended = {
            "state": COMPLETE if complete else INCOMPLETE,
            "facts": encode(run),
            "health": encode(result.health),
        }
        with writing(self._engine) as connection:
            _revise(connection, run.id, result.revised)
            connection.execute(tables.tracked.delete().where(tables.tracked.c.run_id == run.id))
            if rows:
                connection.execute(tables.tracked.insert(), rows)
            connection.execute(runs.update().where(runs.c.id == run.id).values(ended))
            put_cases(connection, result.changed_cases)

    def close(self, run_id: str) -> None:
        """Mark a run as complete, with reports written: the next call begins a new run."""
        runs = tables.runs
        with writing(self._engine) as connection:
            connection.execute(runs.update().where(runs.c.id == run_id).values(state=COMPLETE))

    def findings(self, run_id: str) -> list[TrackedFinding]:
        """Where every finding stood at the end of a run."""
        query = sa.select(tables.tracked.c.content).where(tables.tracked.c.run_id == run_id)
        with reading(self._engine) as connection:
            return [decode(content, TrackedFinding) for content in connection.execute(query).scalars()]

    def history(self, before: int) -> dict[str, TrackedFinding]:
        """The latest known state of every finding in the runs with a smaller number."""
        runs, tracked = tables.runs, tables.tracked
        newest = (
            sa.select(tracked.c.fingerprint, sa.func.max(runs.c.number).label("number"))
            .join(runs, runs.c.id == tracked.c.run_id)
            .where(runs.c.number < before)
            .group_by(tracked.c.fingerprint)
            .subquery()
        )
        query = (
            sa.select(tracked.c.fingerprint, tracked.c.content)
            .join(runs, runs.c.id == tracked.c.run_id)
            .join(
                newest,
                sa.and_(newest.c.number == runs.c.number, newest.c.fingerprint == tracked.c.fingerprint),
            )
            .order_by(runs.c.number, tracked.c.fingerprint)
        )
        with reading(self._engine) as connection:
            return {key: decode(content, TrackedFinding) for key, content in connection.execute(query)}

    def earlier(self, before: int, count: int = 13) -> list[EndedRun]:
        """Up to `count` ended runs with a smaller number, oldest first."""
        runs = tables.runs
        query = (
            sa.select(runs.c.number, runs.c.facts, runs.c.health)
            .where((runs.c.number < before) & (runs.c.state != RUNNING))
            .order_by(runs.c.number.desc())
            .limit(count)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(query).mappings().all()
        return [
            EndedRun(row["number"], decode(row["facts"], RunFacts), _health(row)) for row in reversed(rows)
        ]

    def times_unverified(self, before: int, count: int = 12) -> dict[str, int]:
        """Per employee the number of runs in a row, up to the one before this number, in which something
        could not be verified; people without any are left out."""
        runs, table = tables.runs, tables.examinations
        query = (
            sa.select(table.c.employee_id, table.c.unverified)
            .join(runs, runs.c.id == table.c.run_id)
            .where((runs.c.number < before) & (runs.c.number >= before - count) & (runs.c.state != RUNNING))
            .order_by(runs.c.number)
        )
        times: dict[str, int] = {}
        with reading(self._engine) as connection:
            for employee_id, unverified in connection.execute(query):
                times[employee_id] = times.get(employee_id, 0) + 1 if unverified else 0
        return {employee_id: in_a_row for employee_id, in_a_row in times.items() if in_a_row}

    def visited_since(self, moment: datetime, source: str) -> list[datetime]:
        """When a source opened pages since a moment, over all runs; each attempt counts."""
        runs, table = tables.runs, tables.examinations
        recent = sa.select(runs.c.id).order_by(runs.c.number.desc()).limit(20)
        query = sa.select(table.c.content).where(table.c.run_id.in_(recent))
        visits: list[datetime] = []
        with reading(self._engine) as connection:
            for content in connection.execute(query).scalars():
                for trial in content["trials"]:
                    at = datetime.fromisoformat(trial["captured_at"])
                    if trial["source"] == source and at >= moment and trial["status"] in _OPENED:
                        visits.extend([at] * trial["attempts"])
        return sorted(visits)


def pictures_held(
    engine: sa.Engine, run_id: str, people: Sequence[str] | None = None
) -> dict[str, dict[str, Pictures]]:
    """The evidence pictures of a run, or of some people in it, without their bytes, by person and rule."""
    table = tables.pictures
    query = sa.select(table.c.employee_id, table.c.rule_id, table.c.name).where(table.c.run_id == run_id)
    if people is not None:
        query = query.where(table.c.employee_id.in_(people))
    found: dict[str, dict[str, Pictures]] = {}
    with reading(engine) as connection:
        for employee_id, rule_id, name in connection.execute(
            query.order_by(table.c.employee_id, table.c.place)
        ):
            of_person = found.setdefault(employee_id, {})
            picture = StoredPicture(engine, run_id, employee_id, rule_id, name)
            of_person[rule_id] = (*of_person.get(rule_id, ()), (name, picture))
    return found


def _revise(connection: sa.Connection, run_id: str, examinations: Iterable[Examination]) -> None:
    """Replace the outcomes of people who are stored in a run, and drop evidence pictures that no outcome
    holds any more. Whether somebody is to be attempted again stays as it was."""
    stored, kept = tables.examinations.c, tables.pictures.c
    for examination in examinations:
        employee_id = examination.employee.employee_id
        row = {
            "unverified": could_not_verify(examination),
            "content": examination_content(examination),
            "basis": None,  # it is not what the evidence said any more
        }
        rules = {rule_id for rule_id, _, _ in pictures_of(examination)}
        key = (stored.run_id == run_id) & (stored.employee_id == employee_id)
        stale = (kept.run_id == run_id) & (kept.employee_id == employee_id)
        connection.execute(tables.examinations.update().where(key).values(row))
        connection.execute(tables.pictures.delete().where(stale & kept.rule_id.not_in(rules)))


#: statuses that mean that the site was really asked
_OPENED = frozenset(str(s) for s in CaptureStatus) - {CaptureStatus.NO_URL, CaptureStatus.NOT_ATTEMPTED}


def _without_row(employee: Employee | None) -> Employee | None:
    """The person without the row of the file, which may change when other people come or go."""
    return replace(employee, roster_row=0) if employee else None


def _run(row: Any, connection: sa.Connection) -> StoredRun:
    facts = decode(row["facts"], RunFacts)
    roster = read_roster(connection, row["id"], row["roster"])
    return StoredRun(row["number"], row["state"], facts, roster, _health(row))


def _health(row: Any) -> RunHealth | None:
    return decode(row["health"], RunHealth) if row["health"] else None
