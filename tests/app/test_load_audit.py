"""A run that the store does not hold is refused with the runs there are."""

import pytest

from auditor.app import load_audit
from auditor.errors import UsageError
from auditor.store.database import open_database
from auditor.store.runs import RunStore


def test_a_run_that_is_not_stored_is_named(monkeypatch):
    monkeypatch.setattr(load_audit, "policy_of", lambda path, unfinished: None)
    monkeypatch.setattr(load_audit, "open_store", lambda policy: RunStore(open_database("sqlite://")))
    with pytest.raises(UsageError) as trouble:
        load_audit.load("policy.yaml", "2026-11-22-01")
    assert trouble.value.message == "There is no stored run 2026-11-22-01."
