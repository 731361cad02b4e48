"""An open store of each kind: SQLite and PostgreSQL in turn."""

import pytest

from auditor.store.database import open_database
from auditor.store.runs import RunStore


@pytest.fixture
def engine(address):
    """An open store of each kind, closed afterwards."""
    opened = open_database(address)
    yield opened
    opened.dispose()


@pytest.fixture
def store(engine):
    """The runs of an empty store of each kind."""
    return RunStore(engine)
