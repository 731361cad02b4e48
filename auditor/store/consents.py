"""The register of consents, and what is kept under each: a token and the pages fetched last.

Tokens and pages are encrypted with a key outside the store. Whoever takes a consent back has both deleted in
the same transaction, whatever else goes on; nothing of that needs the key.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from auditor.errors import StoreError
from auditor.files.cipher import Cipher
from auditor.model import consent as lines
from auditor.model.consent import Consent, ConsentState, FetchedPages, Grant, Token
from auditor.store import tables
from auditor.store.database import reading, writing
from auditor.store.retention import in_one_go

TOKENS, SNAPSHOTS = "consent tokens", "consent snapshots"
_DAYS = (
    *("invited_on", "consented_on", "ends_on", "reminded_on", "refused_on", "withdrawn_on", "expired_on"),
)
#: what is kept under a consent, and goes with it
_UNDER_IT = (tables.consent_tokens, tables.consent_snapshots, tables.consent_requests)


class Consents:
    """The consents of one store. Only reading and writing tokens and pages needs the key."""

    def __init__(self, engine: sa.Engine, cipher: Cipher) -> None:
        self._engine = engine
        self._cipher = cipher

    def all(self) -> dict[str, Consent]:
        """Every line of the register by employee number. Raises StoreError."""
        table = tables.consents
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(table).order_by(table.c.employee_id)).mappings()
            return {row["employee_id"]: _line(row) for row in rows}

    def of(self, employee_id: str) -> Consent | None:
        """One person's line; None where there is none."""
        with reading(self._engine) as connection:
            return _read(connection, employee_id)

    def invite(self, employee_ids: Iterable[str], day: date) -> None:
        """Note that these people were invited."""
        with writing(self._engine) as connection:
            for one in employee_ids:
                _put(connection, lines.invite(_read(connection, one), one, day))

    def remind(self, employee_ids: Iterable[str], day: date) -> None:
        """Note that these people were reminded."""
        table = tables.consents
        with writing(self._engine) as connection:
            for one in employee_ids:
                mine = table.c.employee_id == one
                connection.execute(table.update().where(mine).values(reminded_on=day))

    def connect(self, employee_id: str, token: Token, day: date, now: datetime) -> str:
        """Keep a new consent with its token in the place of an earlier one; returns the id of the grant."""
        grant = secrets.token_hex(16)
        body = self._seal(TOKENS, employee_id, grant, _of_token(token))
        with writing(self._engine) as connection:
            before = _read(connection, employee_id)
            _drop(connection, employee_id)
            _put(connection, lines.consent(before, employee_id, day, token.consent_ends_on(now), grant))
            row = {"employee_id": employee_id, "grant": grant, "body": body}
            connection.execute(tables.consent_tokens.insert().values(row))
        return grant

    def refuse(self, employee_id: str, day: date) -> None:
        """Note that the person said no on LinkedIn's page."""
        with writing(self._engine) as connection:
            _put(connection, lines.refuse(_read(connection, employee_id), employee_id, day))

    def withdraw(self, employee_id: str, day: date) -> bool:
        """Take the consent back and delete all that is kept under it, at once; False where none stood."""
        return self._end(employee_id, lambda line: lines.withdraw(line, day))

    def expire(self, employee_id: str, grant: str, day: date) -> bool:
        """The same where a grant ended by itself; False where another stands by now."""
        return self._end(employee_id, lambda line: lines.expire(line, day), grant)

    def forget(self, employee_id: str) -> bool:
        """Delete the line, the personal links and all that is kept; False where there was nothing."""
        owned = (*_UNDER_IT, tables.consent_invitations, tables.consents)

        def work(connection: sa.Connection) -> bool:
            mine = [one.delete().where(one.c.employee_id == employee_id) for one in owned]
            deleted = [connection.execute(one).rowcount for one in mine]
            return any(deleted)

        return in_one_go(self._engine, work)

    def standing(self, employee_id: str, today: date) -> Grant | None:
        """The consent under which the person's data may be fetched on a day. Raises StoreError."""
        with reading(self._engine) as connection:
            line = _read(connection, employee_id)
            table = tables.consent_tokens
            mine = table.c.employee_id == employee_id
            row = connection.execute(sa.select(table).where(mine)).mappings().first()
        if line is None or row is None or not line.stands(today) or row["grant"] != line.grant:
            return None
        content = self._open(TOKENS, row)
        return Grant(line.grant, _token(content), line.consented_on or today)

    def renew(self, employee_id: str, grant: str, token: Token, now: datetime) -> bool:
        """Keep a grant's new token; False where the grant stands no more: then the token is dropped."""
        body = self._seal(TOKENS, employee_id, grant, _of_token(token))
        table = tables.consent_tokens
        with writing(self._engine) as connection:
            line = _read(connection, employee_id, lock=True)
            if line is None or line.grant != grant:
                return False
            connection.execute(table.update().where(table.c.employee_id == employee_id).values(body=body))
        return True

    def keep(self, employee_id: str, grant: str, period: str, found: FetchedPages) -> bool:
        """Keep the pages fetched under a grant in the place of earlier ones; False where the grant stands
        no more: then nothing is kept."""
        content = {"pages": [page.decode("ascii") for page in found.pages]}
        row = {
            "employee_id": employee_id,
            "grant": grant,
            "period": period,
            "fetched_at": found.fetched_at.isoformat(),
            "body": self._seal(SNAPSHOTS, employee_id, grant, content),
        }
        table = tables.consent_snapshots

        def work(connection: sa.Connection) -> bool:
            line = _read(connection, employee_id, lock=True)
            if line is None or line.state is not ConsentState.CONSENTED or line.grant != grant:
                return False
            connection.execute(table.delete().where(table.c.employee_id == employee_id))
            connection.execute(table.insert().values(row))
            return True

        return in_one_go(self._engine, work)

    def fetched(self, employee_id: str, period: str = "") -> FetchedPages | None:
        """The pages fetched for a person, of one period only where it is given; None where there are none."""
        table = tables.consent_snapshots
        wanted = table.c.employee_id == employee_id
        if period:
            wanted &= table.c.period == period
        with reading(self._engine) as connection:
            row = connection.execute(sa.select(table).where(wanted)).mappings().first()
        if row is None:
            return None
        pages = tuple(page.encode("ascii") for page in self._open(SNAPSHOTS, row)["pages"])
        return FetchedPages(pages, datetime.fromisoformat(row["fetched_at"]))

    def fetches_since(self, moment: datetime) -> int:
        """How many people's pages that are still kept were fetched since a moment (aware, UTC)."""
        table = tables.consent_snapshots
        query = sa.select(sa.func.count()).where(table.c.fetched_at >= moment.isoformat())
        with reading(self._engine) as connection:
            return int(connection.scalar(query) or 0)

    def _end(self, employee_id: str, change: Callable[[Consent], Consent], grant: str = "") -> bool:
        def work(connection: sa.Connection) -> bool:
            line = _read(connection, employee_id, lock=True)
            if line is None or (grant and line.grant != grant):
                return False
            _drop(connection, employee_id)
            _put(connection, change(line))
            return bool(line.grant)

        return in_one_go(self._engine, work)

    def _seal(self, purpose: str, employee_id: str, grant: str, content: dict[str, Any]) -> bytes:
        whole = {"employee_id": employee_id, "grant": grant, **content}
        return self._cipher.encrypt(json.dumps(whole).encode(), purpose)

    def _open(self, purpose: str, row: Any) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self._cipher.decrypt(row["body"], purpose))
        if (content["employee_id"], content["grant"]) != (row["employee_id"], row["grant"]):
            raise StoreError(
                "A consent in the store holds what belongs to another one.", code="CONSENT_MIXED"
            )
        return content


def _read(connection: sa.Connection, employee_id: str, *, lock: bool = False) -> Consent | None:
    query = sa.select(tables.consents).where(tables.consents.c.employee_id == employee_id)
    row = connection.execute(query.with_for_update() if lock else query).mappings().first()
    return _line(row) if row else None


def _put(connection: sa.Connection, line: Consent) -> None:
    table = tables.consents
    row = {"state": str(line.state), "grant": line.grant, **{name: getattr(line, name) for name in _DAYS}}
    mine = table.c.employee_id == line.employee_id
    if not connection.execute(table.update().where(mine).values(row)).rowcount:
        connection.execute(table.insert().values(employee_id=line.employee_id, **row))


def _drop(connection: sa.Connection, employee_id: str) -> None:
    for table in _UNDER_IT:
        connection.execute(table.delete().where(table.c.employee_id == employee_id))


def _line(row: Any) -> Consent:
    days = {name: row[name] for name in _DAYS}
    return Consent(row["employee_id"], ConsentState(row["state"]), grant=row["grant"], **days)


def _of_token(token: Token) -> dict[str, Any]:
    refresh_ends = token.refresh_ends_at.isoformat() if token.refresh_ends_at else None
    ends = token.ends_at.isoformat()
    return {"access": token.access, "ends": ends, "refresh": token.refresh, "refresh_ends": refresh_ends}


def _token(content: dict[str, Any]) -> Token:
    refresh_ends = content["refresh_ends"]
    return Token(
        content["access"],
        datetime.fromisoformat(content["ends"]),
        content["refresh"],
        datetime.fromisoformat(refresh_ends) if refresh_ends else None,
    )
