"""The examinations of an earlier run, for people of whom nothing has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from auditor.model.examination import Basis, Examination
from auditor.store import tables
from auditor.store._ahead import ReadAhead
from auditor.store.codec import Pictures, decode, with_pictures
from auditor.store.database import reading
from auditor.store.runs import pictures_held


@dataclass(frozen=True, slots=True)
class _Stored:
    basis: Basis
    content: Any
    pictures: dict[str, Pictures]


class EarlierExaminations:
    """Those of one run, of people who are asked for one after the other, in the order of `people`. Whose
    evidence pictures are not all kept any more is not among them."""

    def __init__(self, engine: sa.Engine, run_id: str, people: Sequence[str]) -> None:
        self._engine, self._run_id = engine, run_id
        self._stored = ReadAhead(people, self._read)

    def basis_of(self, employee_id: str) -> Basis | None:
        """What a person's examination rests on; None where there is none to go by. Raises StoreError."""
        found = self._stored.of(employee_id) if self._run_id else None
        return found.basis if found else None

    def of(self, employee_id: str) -> Examination:
        """The examination of somebody whose basis was given. Raises StoreError."""
        found = self._stored.of(employee_id)
        assert found is not None
        return with_pictures(decode(found.content, Examination), found.pictures)

    def _read(self, people: Sequence[str]) -> dict[str, _Stored]:
        table = tables.examinations
        query = sa.select(table.c.employee_id, table.c.basis, table.c.content)
        query = query.where((table.c.run_id == self._run_id) & table.c.employee_id.in_(people))
        with reading(self._engine) as connection:
            rows = list(connection.execute(query.where(table.c.basis.is_not(None))))
        held = pictures_held(self._engine, self._run_id, people)
        found = {}
        for employee_id, stored, content in rows:
            basis, pictures = decode(stored, Basis), held.get(employee_id, {})
            if basis.pictures == sum(map(len, pictures.values())):
                found[employee_id] = _Stored(basis, content, pictures)
        return found
