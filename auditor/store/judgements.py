"""What was made out of people's banners the last time they were looked at: of each person only that."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from auditor.model.judgement import BannerJudgement
from auditor.store import tables
from auditor.store._ahead import ReadAhead
from auditor.store.database import reading


class EarlierJudgements:
    """The judgements of people who are asked for one after the other, in the order of `people`."""

    def __init__(self, engine: sa.Engine, people: Sequence[str]) -> None:
        self._engine = engine
        self._stored = ReadAhead(people, self._read)

    def of(self, employee_id: str) -> Mapping[str, BannerJudgement]:
        """What is known of a person's pictures, by key. Raises StoreError."""
        return _decoded(self._stored.of(employee_id) or {})

    def _read(self, people: Sequence[str]) -> dict[str, Any]:
        table = tables.judgements
        query = sa.select(table.c.employee_id, table.c.content).where(table.c.employee_id.in_(people))
        with reading(self._engine) as connection:
            return {row.employee_id: row.content for row in connection.execute(query)}


def put_judgements(
    connection: sa.Connection,
    found: Mapping[str, Mapping[str, BannerJudgement]],
    on: date,
    as_before: Sequence[str] = (),
) -> None:
    """Keep people's judgements, by employee id, in place of those before; nothing of who has none now. Those
    of people who are `as_before` were used too."""
    table = tables.judgements
    if as_before:
        connection.execute(table.update().where(table.c.employee_id.in_(as_before)).values(used_on=on))
    if found:
        connection.execute(table.delete().where(table.c.employee_id.in_(found)))
    rows = [
        {
            "employee_id": employee_id,
            "used_on": on,
            "pictured": any(one.pictures for one in judgements.values()),
            "content": {key: _encoded(one) for key, one in judgements.items()},
        }
        for employee_id, judgements in found.items()
        if judgements
    ]
    if rows:
        connection.execute(table.insert(), rows)


def _encoded(judgement: BannerJudgement) -> dict[str, Any]:
    pictures = [[name, base64.b64encode(body).decode("ascii")] for name, body in judgement.pictures]
    return {**asdict(judgement), "pictures": pictures}


def _decoded(content: Mapping[str, Mapping[str, Any]]) -> dict[str, BannerJudgement]:
    return {
        key: BannerJudgement(
            **{**one, "pictures": tuple((name, base64.b64decode(body)) for name, body in one["pictures"])}
        )
        for key, one in content.items()
    }
