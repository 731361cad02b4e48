"""What HR decided, as read from returned workbooks: every answer, who gave it, when and in which file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from auditor.model.decision import Decision, DecisionReason, DecisionWord
from auditor.store import tables
from auditor.store.database import reading, writing

_PLAIN = (
    "fingerprint",
    "employee_id",
    "decided_on",
    "until",
    "remark",
    "decided_by",
    "file_name",
    "file_sha256",
    "read_on",
    "applied",
    "typed",
    "place",
    "address",
    "replaces",
    "page_name",
    "report_id",
    "after_run",
)
#: what a page showed, by the name it has in a stored outcome or finding
_SEEN = {"observed": "", "message": "", "facts": []}


class DecisionStore:
    """The decisions of one database, in the order they were read."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def all(self) -> list[Decision]:
        """Every decision, oldest first. Raises StoreError."""
        query = sa.select(tables.decisions).order_by(tables.decisions.c.number)
        with reading(self._engine) as connection:
            return [_decision(row) for row in connection.execute(query).mappings()]

    def keep(
        self, before: Sequence[Decision], after: Sequence[Decision], *, forget: Iterable[str] = ()
    ) -> None:
        """Store what settling changed and what is new, in one transaction: `after` begins with the
        decisions of `before`, in their order.

        Of the people to `forget`, what was seen on pages that belong to somebody else is deleted in
        the same transaction: findings, pictures, and the texts in their examinations.
        """
        table = tables.decisions
        with writing(self._engine) as connection:
            numbers = list(connection.execute(sa.select(table.c.number).order_by(table.c.number)).scalars())
            for number, old, new in zip(numbers, before, after, strict=False):
                if old != new:
                    connection.execute(table.update().where(table.c.number == number).values(_row(new)))
            added = [_row(one) for one in after[len(before) :]]
            if added:
                connection.execute(table.insert(), added)
            for employee_id in sorted(set(forget)):
                _forget_seen(connection, employee_id)


def _forget_seen(connection: sa.Connection, employee_id: str) -> None:
    for table in (tables.tracked, tables.pictures):
        connection.execute(table.delete().where(table.c.employee_id == employee_id))
    examinations = tables.examinations
    mine = examinations.c.employee_id == employee_id
    query = sa.select(examinations.c.run_id, examinations.c.content).where(mine)
    for run_id, content in connection.execute(query).all():
        same = mine & (examinations.c.run_id == run_id)
        connection.execute(examinations.update().where(same).values(content=_without_seen(content)))


def _row(decision: Decision) -> dict[str, Any]:
    row = {name: getattr(decision, name) for name in _PLAIN}
    row["decision"] = str(decision.word) if decision.word else ""
    row["reason"] = str(decision.reason) if decision.reason else None
    return row


def _decision(row: Any) -> Decision:
    return Decision(
        **{name: row[name] for name in _PLAIN},
        word=DecisionWord(row["decision"]) if row["decision"] else None,
        reason=DecisionReason(row["reason"]) if row["reason"] else None,
    )


def _without_seen(content: dict[str, Any]) -> dict[str, Any]:
    results = []
    for result in content["results"]:
        outcome = result["outcome"]
        blank = {name: empty for name, empty in _SEEN.items() if name in outcome}
        results.append({**result, "outcome": {**outcome, **blank}})
    return {**content, "results": results}
