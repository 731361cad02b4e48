"""The audit log of a policy's store."""

from __future__ import annotations

import hashlib
from pathlib import Path

import sqlalchemy as sa

from auditor.domain.policy import Policy
from auditor.store.log import AuditLog
from auditor.wiring.places import state_folder


def log_of(policy: Policy, engine: sa.Engine) -> AuditLog:
    """The log of this store; one in memory has no anchor file."""
    return AuditLog(engine, None if engine.url.database in (None, "", ":memory:") else anchor_file(policy))


def anchor_file(policy: Policy) -> Path:
    """Where the newest hash is remembered; a store of its own address has an anchor of its own."""
    if not policy.store_address:
        return state_folder(policy.path) / "log.anchor"
    name = hashlib.sha256(policy.store_address.encode()).hexdigest()[:8]
    return state_folder(policy.path) / f"log-{name}.anchor"
