"""What people recorded about departures: fresh looks at profiles, letters that were sent."""

from __future__ import annotations

import sqlalchemy as sa

from auditor.domain.case import CaseEvent, CaseEventKind
from auditor.store import tables
from auditor.store.database import reading, writing


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
