"""How long a source must wait after it was refused."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from auditor.store.database import reading, writing
from auditor.store.tables import cool_downs


class CoolDowns:
    """The waits after refusals, by source name. Times are aware (UTC)."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def until(self, source: str) -> datetime | None:
        """When the source may be asked again; None when it may be asked now."""
        row = self._row(source)
        return datetime.fromisoformat(row.until) if row else None

    def times(self, source: str) -> int:
        """How often in a row the source was refused."""
        row = self._row(source)
        return int(row.times) if row else 0

    def set(self, source: str, until: datetime, times: int) -> None:
        """Note a refusal and the wait that follows."""
        with writing(self._engine) as connection:
            connection.execute(cool_downs.delete().where(cool_downs.c.source == source))
            row = {"source": source, "until": until.isoformat(), "times": times}
            connection.execute(cool_downs.insert().values(row))

    def clear(self, source: str) -> None:
        """Forget the refusals: a run went through."""
        with writing(self._engine) as connection:
            connection.execute(cool_downs.delete().where(cool_downs.c.source == source))

    def _row(self, source: str) -> sa.Row[tuple[str, str, int]] | None:
        with reading(self._engine) as connection:
            return connection.execute(sa.select(cool_downs).where(cool_downs.c.source == source)).first()
