"""What HR decided, as read from returned workbooks: every answer, who gave it, when and in which file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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

    def add(
        self,
        new: Callable[[Sequence[Decision]], Sequence[Decision]],
        settle: Callable[[Sequence[Decision]], Sequence[Decision]],
        *,
        forget: Callable[[Sequence[Decision]], Iterable[str]] = lambda _: (),
    ) -> tuple[tuple[Decision, ...], tuple[Decision, ...]]:
        """Add decisions and settle them with all the others; nobody else adds any meanwhile.

        `new` is given what is stored and returns what is to be added; `settle` returns all of them, in order,
        with what became of each. `forget` is given the added ones: of the people it names, what was seen on
        pages that belong to somebody else is deleted in the same transaction: findings, pictures, and the
        texts in their examinations. Returns what is stored now, and the part of it that was added.
        Raises StoreError.
        """
        table = tables.decisions
        with writing(self._engine) as connection:
            if connection.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
                connection.execute(sa.text("LOCK TABLE decisions IN SHARE ROW EXCLUSIVE MODE"))
            rows = connection.execute(sa.select(table).order_by(table.c.number)).mappings().all()
            before = [_decision(row) for row in rows]
            added = tuple(new(before))
            after = tuple(settle([*before, *added]))
            for row, old, changed in zip(rows, before, after, strict=False):
                if old != changed:
                    same = table.c.number == row["number"]
                    connection.execute(table.update().where(same).values(_row(changed)))
            settled = after[len(before) :]
            if settled:
                connection.execute(table.insert(), list(map(_row, settled)))
            for employee_id in sorted(set(forget(settled))):
                _forget_seen(connection, employee_id)
        return after, settled


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
