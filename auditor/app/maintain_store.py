"""`auditor store`: look through, copy and put back the store of a policy."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from auditor.app.paths import log_of, state_folder
from auditor.app.read_back import must_be_there
from auditor.app.run_plan import store_address
from auditor.errors import StoreError
from auditor.model.policy import Policy
from auditor.store.backup import back_up, restore
from auditor.store.database import connect, is_there, newest_revision, open_database
from auditor.store.inspection import StoreState, look_through


def check_store(policy: Policy) -> StoreState:
    """What a look through the store finds; it is opened, not changed. Raises StoreError."""
    return look_through(existing_engine(policy))


def existing_engine(policy: Policy) -> sa.Engine:
    """The policy's store as it is, opened and not brought forward. Raises StoreError."""
    return connect(_existing(policy))


def schema_words(state: StoreState) -> str:
    """The schema's revision, and whether the next run will bring it forward."""
    newest = newest_revision()
    return (
        state.revision if state.revision == newest else f"{state.revision} (the next run makes it {newest})"
    )


def back_up_store(policy: Policy, target: Path) -> dict[str, int]:
    """A copy of the whole store in a new private file; returns its rows by table. Raises StoreError."""
    engine = open_database(_existing(policy))
    rows = back_up(engine, target)
    log_of(policy, engine).append("store_backed_up", rows=sum(rows.values()))
    return rows


def restore_store(policy: Policy, source: Path, *, force: bool) -> Path | None:
    """Put a backup in the place of the store; returns where the old one is kept. Raises StoreError."""
    address = store_address(policy)
    aside = restore(address, source, state_folder(policy.path), force=force)
    must_be_there(policy, "The backup", lambda anew: not look_through(anew).faults)
    log_of(policy, open_database(address)).append("store_restored", old_one_kept=aside is not None)
    return aside


def _existing(policy: Policy) -> str:
    address = store_address(policy)
    if not is_there(address):
        raise StoreError("There is no store yet.", "The first run creates it.", code="STORE_MISSING")
    return address
