"""What earlier runs left behind: people, endings, who was seen clean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from auditor.model.employee import GONE, Employee
from auditor.model.examination import Examination
from auditor.model.finding import TrackedFinding
from auditor.store import tables
from auditor.store.codec import decode
from auditor.store.database import reading
from auditor.store.runs import COMPLETE, RUNNING


@dataclass(frozen=True, slots=True)
class Ending:
    """A run that was reported: its day, whether everybody was attempted, and whether it was of a
    chosen few people only."""

    day: date
    complete: bool
    partial: bool


def endings(engine: sa.Engine, count: int = 100) -> list[Ending]:
    """The latest runs that ended, newest first."""
    runs = tables.runs
    query = (
        sa.select(runs.c.today, runs.c.state, runs.c.facts)
        .where(runs.c.state != RUNNING)
        .order_by(runs.c.number.desc())
        .limit(count)
    )
    with reading(engine) as connection:
        return [
            Ending(day, state == COMPLETE, bool(facts.get("partial")))
            for day, state, facts in connection.execute(query)
        ]


def people_of(engine: sa.Engine, run_id: str) -> list[str]:
    """The employee ids stored in a run, in the roster's order."""
    table = tables.examinations
    query = sa.select(table.c.employee_id).where(table.c.run_id == run_id).order_by(table.c.place)
    with reading(engine) as connection:
        return list(connection.execute(query).scalars())


def examination_of(engine: sa.Engine, run_id: str, employee_id: str) -> Examination | None:
    """What a run found about a person, without evidence pictures; None if the run has nobody with this id."""
    table = tables.examinations
    key = (table.c.run_id == run_id) & (table.c.employee_id == employee_id)
    with reading(engine) as connection:
        content = connection.execute(sa.select(table.c.content).where(key)).scalar()
    return decode(content, Examination) if content else None


def findings_about(engine: sa.Engine, run_id: str, employee_id: str) -> list[TrackedFinding]:
    """Where a person's findings stood at the end of a run."""
    table = tables.tracked
    key = (table.c.run_id == run_id) & (table.c.employee_id == employee_id)
    with reading(engine) as connection:
        return [
            decode(content, TrackedFinding)
            for content in connection.execute(sa.select(table.c.content).where(key)).scalars()
        ]


#: on so many days, without a sighting since
DAYS_CLEAN = 2


#: databases take no longer list of names in one question
MOST_NAMED = 10_000


def seen_clean(engine: sa.Engine, employees: Iterable[Employee], rule_id: str) -> frozenset[str]:
    """The leavers who passed the rule on two days since they left, with no other verdict after the first.

    Only the present departure counts: who came back and left again starts anew.
    """
    ends = {one.employee_id: one.last_day for one in employees if one.roster_state in GONE}
    if not ends:
        return frozenset()
    examinations, runs = tables.examinations, tables.runs
    query = (
        sa.select(examinations.c.employee_id, examinations.c.content, runs.c.today)
        .join(runs, runs.c.id == examinations.c.run_id)
        .order_by(runs.c.number)
    )
    if len(ends) <= MOST_NAMED:
        query = query.where(examinations.c.employee_id.in_(list(ends)))
    days: dict[str, set[object]] = defaultdict(set)
    with reading(engine) as connection:
        for employee_id, content, today in connection.execute(query):
            last_day = ends.get(employee_id)
            if last_day is None or content["employee"]["last_day"] != last_day.isoformat():
                continue
            for verdict in _verdicts(content, rule_id):
                if verdict == "Passed":
                    days[employee_id].add(today)
                elif verdict == "Failed":
                    days[employee_id].clear()
    return frozenset(key for key, clean in days.items() if len(clean) >= DAYS_CLEAN)


def _verdicts(content: Mapping[str, Any], rule_id: str) -> Iterator[str]:
    return (one["outcome"]["outcome"] for one in content["results"] if one["rule_id"] == rule_id)
