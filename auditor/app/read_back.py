"""Confirms a change only after reopening the store and finding it there."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from auditor.app.run_plan import store_address
from auditor.errors import StoreError
from auditor.model.policy import Policy
from auditor.store.database import open_database


def must_be_there(policy: Policy, what: str, is_there: Callable[[sa.Engine], bool]) -> None:
    """Reopen the store at the policy's address and check what was just written. Raises StoreError."""
    engine = open_database(store_address(policy))
    try:
        found = is_there(engine)
    finally:
        engine.dispose()
    if not found:
        raise StoreError(
            f"{what} cannot be read back from the store that the next run will use.",
            "Check store.address in the policy, then do it again.",
            code="STORE_ELSEWHERE",
        )
