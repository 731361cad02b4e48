"""Personal links and visits to LinkedIn's page: what is open, and how often something was tried."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from auditor.model.consent import Invitation, Purpose
from auditor.store import tables
from auditor.store.database import reading, writing


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """An invitation with the secret that only its link bears."""

    invitation: Invitation
    secret: str


@dataclass(frozen=True, slots=True)
class ConsentRequest:
    """A visit to LinkedIn's consent page. `issued_at` is aware (UTC)."""

    id: str
    employee_id: str
    invitation_id: str
    issued_at: datetime


class Invitations:
    """The personal links of one store."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def issue(
        self, employee_ids: Iterable[str], purpose: Purpose, now: datetime, expires_at: datetime
    ) -> list[NewInvitation]:
        """A new link for each of these people; their earlier ones stop working, in one transaction."""
        table = tables.consent_invitations
        made = [
            NewInvitation(
                Invitation(secrets.token_hex(16), one, purpose, now, expires_at), secrets.token_urlsafe(24)
            )
            for one in employee_ids
        ]
        with writing(self._engine) as connection:
            for one in made:
                earlier = (table.c.employee_id == one.invitation.employee_id) & table.c.revoked_at.is_(None)
                connection.execute(table.update().where(earlier).values(revoked_at=now.isoformat()))
            if made:
                connection.execute(table.insert(), [_row(one) for one in made])
        return made

    def find(self, invitation_id: str, secret: str) -> Invitation | None:
        """The invitation of an id, expired and revoked ones too; None where the secret is not its own."""
        table = tables.consent_invitations
        with reading(self._engine) as connection:
            row = connection.execute(sa.select(table).where(table.c.id == invitation_id)).mappings().first()
        known = row["secret_hash"] if row else ""
        return _invitation(row) if hmac.compare_digest(known, _hash(secret)) else None

    def get(self, invitation_id: str) -> Invitation | None:
        """The invitation of an id, without asking for its secret."""
        table = tables.consent_invitations
        with reading(self._engine) as connection:
            row = connection.execute(sa.select(table).where(table.c.id == invitation_id)).mappings().first()
        return _invitation(row) if row else None

    def of(self, employee_id: str) -> list[Invitation]:
        """A person's invitations, oldest first."""
        table = tables.consent_invitations
        query = sa.select(table).where(table.c.employee_id == employee_id).order_by(table.c.issued_at)
        with reading(self._engine) as connection:
            return [_invitation(row) for row in connection.execute(query).mappings()]

    def note_opening(self, invitation_id: str, now: datetime) -> None:
        """Count that a link was opened."""
        table = tables.consent_invitations
        opened_at = sa.func.coalesce(table.c.opened_at, now.isoformat())
        values = {"opened": table.c.opened + 1, "opened_at": opened_at}
        with writing(self._engine) as connection:
            connection.execute(table.update().where(table.c.id == invitation_id).values(values))

    def revoke(self, employee_id: str, now: datetime) -> int:
        """Let a person's links stop working; returns how many did until now."""
        table = tables.consent_invitations
        mine = (table.c.employee_id == employee_id) & table.c.revoked_at.is_(None)
        with writing(self._engine) as connection:
            done = connection.execute(table.update().where(mine).values(revoked_at=now.isoformat()))
            return done.rowcount

    def begin_request(self, invitation: Invitation, now: datetime) -> ConsentRequest:
        """Note a visit to LinkedIn's page; those of the same person before it are over."""
        table = tables.consent_requests
        made = ConsentRequest(secrets.token_hex(16), invitation.employee_id, invitation.id, now)
        row = {
            "id": made.id,
            "employee_id": made.employee_id,
            "invitation_id": made.invitation_id,
            "issued_at": now.isoformat(),
        }
        with writing(self._engine) as connection:
            connection.execute(table.delete().where(table.c.employee_id == made.employee_id))
            connection.execute(table.insert().values(row))
        return made

    def take_request(self, request_id: str) -> ConsentRequest | None:
        """The visit of an id, once: a second call finds nothing."""
        table = tables.consent_requests
        with writing(self._engine) as connection:
            query = sa.select(table).where(table.c.id == request_id).with_for_update()
            row = connection.execute(query).mappings().first()
            connection.execute(table.delete().where(table.c.id == request_id))
        if row is None:
            return None
        return ConsentRequest(
            row["id"], row["employee_id"], row["invitation_id"], datetime.fromisoformat(row["issued_at"])
        )


class Throttle:
    """Counts attempts by the keyed hash of whoever makes them."""

    def __init__(self, engine: sa.Engine, key: bytes) -> None:
        self._engine = engine
        self._key = key

    def allows(self, name: str, most: int, seconds: int, now: datetime) -> bool:
        """Count one attempt; False where there were more than `most` within so many seconds."""
        table = tables.throttles
        hashed = hmac.new(self._key, name.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
        with writing(self._engine) as connection:
            mine = sa.select(table).where(table.c.name == hashed).with_for_update()
            row = connection.execute(mine).mappings().first()
            began = datetime.fromisoformat(row["began_at"]) if row else now
            over = row is None or not timedelta(0) <= now - began < timedelta(seconds=seconds)
            times = 1 if row is None or over else row["times"] + 1
            values = {"began_at": (now if over else began).isoformat(), "times": times}
            if row is None:
                connection.execute(table.insert().values(name=hashed, **values))
            else:
                connection.execute(table.update().where(table.c.name == hashed).values(values))
        return times <= most


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _row(made: NewInvitation) -> dict[str, Any]:
    one = made.invitation
    return {
        "id": one.id,
        "employee_id": one.employee_id,
        "purpose": str(one.purpose),
        "secret_hash": _hash(made.secret),
        "issued_at": one.issued_at.isoformat(),
        "expires_at": one.expires_at.isoformat(),
        "opened": 0,
    }


def _invitation(row: Any) -> Invitation:
    return Invitation(
        row["id"],
        row["employee_id"],
        Purpose(row["purpose"]),
        datetime.fromisoformat(row["issued_at"]),
        datetime.fromisoformat(row["expires_at"]),
        datetime.fromisoformat(row["revoked_at"]) if row["revoked_at"] else None,
        datetime.fromisoformat(row["opened_at"]) if row["opened_at"] else None,
        row["opened"],
    )
