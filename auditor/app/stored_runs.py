"""The run that a command is about: the latest that ended, or one by its id."""

from __future__ import annotations

from auditor.errors import UsageError
from auditor.store.runs import RunStore, StoredRun

#: so many run ids are offered at most
_OFFERED = 5


def latest_run(store: RunStore) -> StoredRun:
    """The latest run that ended. Raises UsageError where there is none."""
    run = store.latest()
    if run is None:
        raise UsageError("No run has ended yet.", "Run the audit first: auditor run", code="NO_RUN_YET")
    return run


def stored_run(store: RunStore, run_id: str) -> StoredRun:
    """A run by its id; without one the latest that ended. Raises UsageError, naming the runs there are."""
    try:
        return store.run(run_id)
    except LookupError:
        known = ", ".join(store.run_ids()[:_OFFERED]) or "none"
        raise UsageError(
            f"There is no stored run {run_id or 'yet'}.", f"Stored runs: {known}.", code="RUN_UNKNOWN"
        ) from None
