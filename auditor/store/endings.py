"""How the latest runs ended, without their people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from auditor.store import tables
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
