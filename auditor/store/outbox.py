"""Notices that wait to be sent, and those that were: one row for each notice and address."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from auditor.model.notice import Message
from auditor.store import tables
from auditor.store.database import reading, writing

#: after so many failed attempts a notice is given up
MOST_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice that was not sent yet. `mark` tells for which of the policy's addresses it is."""

    number: int
    kind: str
    message: Message
    mark: str
    attempts: int


class Outbox:
    """The notices of one store."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def put(self, kind: str, message: Message, addresses: Iterable[str]) -> None:
        """Note a message for each address; one that was noted word for word before is not repeated."""
        table = tables.outbox
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with writing(self._engine) as connection:
            known = {
                (content["title"], content["body"], content["mark"])
                for content in connection.execute(sa.select(table.c.content)).scalars()
            }
            for address in addresses:
                content = {"title": message.title, "body": message.body, "mark": mark_of(address)}
                if tuple(content.values()) not in known:
                    connection.execute(
                        table.insert().values(
                            kind=kind, content=content, written_at=now, attempts=0, trouble=""
                        )
                    )

    def waiting(self) -> list[Waiting]:
        """What is to be sent, oldest first."""
        table = tables.outbox
        unsent = table.c.sent_at.is_(None) & (table.c.attempts < MOST_ATTEMPTS)
        query = sa.select(table).where(unsent).order_by(table.c.number)
        with reading(self._engine) as connection:
            return [
                Waiting(
                    row["number"],
                    row["kind"],
                    Message(row["content"]["title"], row["content"]["body"]),
                    row["content"]["mark"],
                    row["attempts"],
                )
                for row in connection.execute(query).mappings()
            ]

    def sent(self, number: int) -> None:
        """Note that a notice was accepted."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._update(number, sent_at=now, attempts=tables.outbox.c.attempts + 1, trouble="")

    def failed(self, number: int, trouble: str) -> None:
        """Record a failed attempt. `trouble` contains no address and no secret."""
        self._update(number, attempts=tables.outbox.c.attempts + 1, trouble=trouble)

    def give_up(self, number: int, trouble: str) -> None:
        """Note that a notice is not tried again."""
        self._update(number, attempts=MOST_ATTEMPTS, trouble=trouble)

    def _update(self, number: int, **values: object) -> None:
        table = tables.outbox
        with writing(self._engine) as connection:
            connection.execute(table.update().where(table.c.number == number).values(values))


def mark_of(address: str) -> str:
    """Eight signs that recognise an address of the policy without telling it."""
    return hashlib.sha256(address.encode()).hexdigest()[:8]
