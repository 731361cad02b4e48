"""Every test that asks for `address` runs on SQLite and on PostgreSQL."""

import gc

import pytest
import sqlalchemy as sa

from auditor.store.database import open_database, sqlite_address
from tests.store.server import server, why_not


@pytest.fixture(scope="session")
def postgresql():
    """The address of a running PostgreSQL server of our own, with a database named `store`."""
    if reason := why_not():
        pytest.skip(reason)
    with server() as address:
        with control(address) as connection:
            connection.execute(sa.text("CREATE DATABASE store"))
        yield address


@pytest.fixture
def fresh_postgresql(postgresql):
    """The address of an empty PostgreSQL database: the same one, emptied, which is much quicker than a new
    one."""
    address = postgresql.replace("/postgres?", "/store?")
    with control(address) as connection:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        connection.execute(sa.text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    return address


def control(address):
    """A connection of its own to a database, without a transaction."""
    engine = sa.create_engine(address, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    return engine.connect()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """The address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return sqlite_address(tmp_path / "state" / "s.sqlite3")
    return request.getfixturevalue("fresh_postgresql")


@pytest.fixture
def engine(address):
    """An open store of each kind, closed afterwards."""
    opened = open_database(address)
    yield opened
    opened.dispose()


def pytest_collection_finish():
    """What was collected stays: to look through it for garbage again and again takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)


#: the dearest files without a browser: those that take more than six seconds of a processor
DEAR = {
    "test_bad_input.py",
    "test_banner.py",
    "test_benchmark.py",
    "test_checklist.py",
    "test_consents_survive_kills.py",
    "test_desk.py",
    "test_guide_rules.py",
    "test_leavers_are_let_go.py",
    "test_member_page.py",
    "test_objections.py",
    "test_offboard.py",
    "test_offboard_months.py",
    "test_proof.py",
    "test_run_audit_judgements.py",
    "test_schema.py",
    "test_seeded_faults.py",
    "test_three_months.py",
    "test_told_first.py",
    "test_verdict.py",
    "test_verdict_edited.py",
    "test_verify_run.py",
    "test_wheel.py",
    "test_workbook.py",
}


def pytest_collection_modifyitems(items):
    """Files that start a browser come first, then the dear ones: side by side, a long one must not start
    last."""
    browsers = {item.path for item in items if item.get_closest_marker("browser")}
    items.sort(key=lambda item: (item.path not in browsers, item.path.name not in DEAR))
