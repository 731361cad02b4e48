"""What only a shared store meets: two machines, newer and older programs, interrupted changes of schema."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from auditor.errors import StoreError
from auditor.store import database
from auditor.store.database import alone, connect, newest_revision, open_database, revision, sqlite_address
from auditor.store.runs import RunStore
from auditor.store.tables import metadata
from tests.store.filled import everything, fill
from tests.store.test_runs import ROSTER, facts

ROOT = Path(__file__).resolve().parents[2]
RELEASED = Path(__file__).parent / "released"
HOLDER = """
import sys, time
from auditor.store.database import open_database
from auditor.store.database import alone
with alone(open_database(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(address):
    """Another machine that is in the middle of a run."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, address], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def test_two_machines_never_run_at_once(address, holder):
    with pytest.raises(StoreError, match="Another run is using"), alone(open_database(address)):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="sends a Unix signal")
def test_the_lock_of_a_killed_run_is_free_again(address, holder):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    engine = open_database(address)
    until = time.monotonic() + 10
    while True:
        try:
            with alone(engine) as held:
                held()
                break
        except StoreError:
            assert time.monotonic() < until, "the lock outlived its process"
            time.sleep(0.05)


def test_the_lock_is_free_after_a_run_and_after_a_failed_one(engine):
    with alone(engine):
        pass
    with pytest.raises(ZeroDivisionError), alone(engine):
        raise ZeroDivisionError
    with alone(engine) as held:
        held()


def test_a_lost_connection_ends_the_run_before_it_stores_without_the_lock(fresh_postgresql, postgresql):
    engine = open_database(fresh_postgresql)
    name = sa.make_url(fresh_postgresql).database
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
    with alone(engine) as held:
        held()
        with sa.create_engine(postgresql, poolclass=sa.NullPool).begin() as connection:
            connection.execute(sa.text(others), {"name": name})
        with pytest.raises(StoreError, match="lock of this run"):
            held()


def test_a_plain_postgresql_address_will_do(fresh_postgresql):
    engine = open_database(fresh_postgresql.replace("postgresql+psycopg://", "postgresql://"))
    assert revision(engine) == newest_revision()
    engine.dispose()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("postgresql://user:s3cret@127.0.0.1:9/x", "Check the address"),
        ("mysql://user:s3cret@host/x", "not supported"),
        ("nonsense://user:s3cret@host/x", "nonsense"),
        ("no address at all", "Nothing stored"),
    ],
)
def test_an_unusable_address_is_said_without_its_password(address, words):
    with pytest.raises(StoreError) as caught:
        open_database(address)
    said = f"{caught.value.message} {caught.value.hint}"
    assert words in said
    assert "s3cret" not in said


def test_a_store_of_a_newer_program_is_left_alone(address):
    engine = open_database(address)
    fill(engine)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    before = everything(engine)
    engine.dispose()
    with pytest.raises(StoreError, match=r"newer version.*9999"):
        open_database(address)
    again = connect(address)
    assert everything(again) == before
    again.dispose()


def test_a_read_only_store_can_be_read_but_not_run_on(tmp_path):
    engine = open_database(sqlite_address(tmp_path / "s.sqlite3"))
    fill(engine)
    body = (tmp_path / "s.sqlite3").read_bytes()
    store = RunStore(open_database(f"sqlite:///file:{tmp_path}/s.sqlite3?mode=ro&uri=true"))
    assert len(store.run_ids()) == 2
    with pytest.raises(StoreError, match="readonly") as caught:
        store.begin(facts("new"), ROSTER, "x")
    assert "is writable" in caught.value.hint
    assert (tmp_path / "s.sqlite3").read_bytes() == body


def test_a_locked_store_is_waited_for_and_then_named(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 0.2)
    address = sqlite_address(tmp_path / "s.sqlite3")
    other, store = open_database(address), RunStore(open_database(address))
    with database.writing(other) as connection:
        connection.execute(metadata.tables["outbox"].delete())
        with pytest.raises(StoreError, match="locked") as caught:
            store.begin(facts(), ROSTER, "x")
    assert "Another program" in caught.value.hint
    assert store.begin(facts(), ROSTER, "x").facts.id == facts().id


@pytest.mark.parametrize("dump", sorted(RELEASED.glob("*.sql")), ids=lambda path: path.stem)
def test_every_released_schema_comes_forward_with_its_rows(dump, tmp_path):
    import sqlite3

    with sqlite3.connect(tmp_path / "s.sqlite3") as old:
        old.executescript(dump.read_text("utf-8"))
        names = [row[0] for row in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        before = {name: old.execute(f"SELECT * FROM {name}").fetchall() for name in names}
    old.close()
    engine = open_database(sqlite_address(tmp_path / "s.sqlite3"))
    assert revision(engine) == newest_revision()
    now = {name: len(rows) for name, rows in everything(engine).items() if name in before}
    assert now == {name: len(rows) for name, rows in before.items() if name != "alembic_version"}
    assert all(now.values()), "the released store holds something in every table"
    store = RunStore(engine)
    for run_id in store.run_ids():
        store.run(run_id), store.examinations(run_id), store.findings(run_id)
    columns = {table.name: set(table.columns.keys()) for table in metadata.sorted_tables}
    inspector = sa.inspect(engine)
    assert {name: {c["name"] for c in inspector.get_columns(name)} for name in columns} == columns


LATER = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{own}", "{before}", None, None


def upgrade():
    with op.batch_alter_table("outbox") as batch:
        batch.add_column(sa.Column("later", sa.Text, nullable=False, server_default="x"))
    {then}
"""


@pytest.fixture
def later_program(tmp_path, monkeypatch):
    """A later version of the program, whose schema has one step more; gives a way to make it fail."""
    released = newest_revision()
    folder = tmp_path / "migrations"
    shutil.copytree(database.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(database, "MIGRATIONS", folder)
    # another program begins with a look at its own files
    monkeypatch.setattr(database, "_scripts", database._scripts.__wrapped__)

    def write(then: str) -> None:
        text = LATER.format(own="8888", before=released, then=then)
        (folder / "versions" / "m8888_later.py").write_text(text, "utf-8")

    return write


def test_a_step_of_the_schema_keeps_the_rows(address, later_program):
    engine = open_database(address)
    fill(engine)
    before = everything(engine)
    engine.dispose()
    later_program("")
    again = open_database(address)
    assert revision(again) == "8888"
    assert everything(again) == before
    with again.connect() as connection:
        assert connection.scalar(sa.text("SELECT later FROM outbox")) == "x"
    again.dispose()


def test_an_interrupted_step_leaves_the_store_as_it_was(address, later_program):
    engine = open_database(address)
    fill(engine)
    before, was = everything(engine), revision(engine)
    engine.dispose()
    later_program("raise sa.exc.OperationalError('', {}, Exception('disk full'))")
    with pytest.raises(StoreError, match="disk full"):
        open_database(address)
    later_program("")
    again = connect(address)
    assert revision(again) == was
    assert everything(again) == before
    assert "later" not in {column["name"] for column in sa.inspect(again).get_columns("outbox")}
    again.dispose()
