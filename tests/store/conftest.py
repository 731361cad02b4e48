"""The runs of a store of each kind: SQLite and PostgreSQL in turn."""

import pytest

from auditor.store.runs import RunStore


@pytest.fixture
def store(engine):
    """The runs of an empty store of each kind."""
    return RunStore(engine)
