"""One person of a run, without reading everybody else."""

from __future__ import annotations

import sqlalchemy as sa

from auditor.domain.examination import Examination
from auditor.domain.finding import TrackedFinding
from auditor.store import tables
from auditor.store.codec import decode
from auditor.store.database import reading


def people_of(engine: sa.Engine, run_id: str) -> list[str]:
    """The employee ids stored in a run, in the roster's order."""
    table = tables.examinations
    query = sa.select(table.c.employee_id).where(table.c.run_id == run_id).order_by(table.c.place)
    with reading(engine) as connection:
        return list(connection.execute(query).scalars())


def examination_of(engine: sa.Engine, run_id: str, employee_id: str) -> Examination | None:
    """What a run learnt about a person, evidence pictures left out; None where it holds nobody of this id."""
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
