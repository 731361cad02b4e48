"""A whole audit on each kind of store, from the first run to the backup."""

import pytest
import sqlalchemy as sa

from auditor.app import examine as pipeline
from auditor.app import store_people
from auditor.store import tables
from auditor.store.database import alone, open_database
from tests.calling import call
from tests.cli.test_commands import HEAD, POLICY, ROWS


@pytest.fixture
def firm(tmp_path, address, monkeypatch):
    """An installation whose store is at the address."""
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "policy.yaml").write_text(
        f"{POLICY}store: {{address: env:AUDIT_STORE}}\n", "utf-8"
    )
    (tmp_path / "people.csv").write_text(HEAD + ROWS, "utf-8")
    (tmp_path / "saved").mkdir()
    monkeypatch.setenv("AUDIT_STORE", address)
    return tmp_path


def audit(firm, *words):
    return call(*words, "--policy", str(firm / "config" / "policy.yaml"))


def run(firm, day):
    where = ("--roster", str(firm / "people.csv"), "--captures", str(firm / "saved"))
    return audit(firm, "run", *where, "--output", str(firm / "reports"), "--today", day)


def test_two_months_their_reports_and_a_backup(firm, address):
    for day in ("2026-10-22", "2026-11-22"):
        done = run(firm, day)
        assert done.returncode == 3, done.stderr
    assert len(list((firm / "reports").glob("*/findings.json"))) == 2
    again = audit(firm, "report", "--output", str(firm / "again"))
    assert again.returncode == 0, again.stderr
    checked = audit(firm, "store", "check")
    assert (checked.returncode, "The store is intact." in checked.stdout) == (0, True), checked.stdout
    copied = audit(firm, "store", "backup", str(firm / "copy"))
    assert copied.returncode == 0, copied.stderr
    put_back = audit(firm, "store", "restore", str(firm / "copy"), "--force")
    assert put_back.returncode == 0, put_back.stderr
    assert audit(firm, "store", "check").returncode == 0
    verified = audit(firm, "log", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    engine = open_database(address)
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM runs")) == 2
    engine.dispose()


def test_a_second_office_waits_for_the_first(firm, address):
    engine = open_database(address)
    with alone(engine):
        done = run(firm, "2026-11-22")
    assert (done.returncode, "Another run is using" in done.stderr) == (4, True)
    engine.dispose()
    assert run(firm, "2026-11-22").returncode == 3


def test_a_run_that_loses_its_lock_stores_nothing_more(firm, address, postgresql, monkeypatch):
    if not address.startswith("postgresql"):
        pytest.skip("a file lock cannot be lost")
    monkeypatch.setattr(store_people, "_AT_ONCE", 1)  # as if something had been looked at of everybody
    real = pipeline.examine
    name = sa.make_url(address).database
    seen = []

    def examine(employee, *rest):
        seen.append(employee.employee_id)
        if len(seen) == 3:
            with sa.create_engine(postgresql, poolclass=sa.NullPool).begin() as connection:
                cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
                connection.execute(sa.text(cut), {"name": name})
        return real(employee, *rest)

    monkeypatch.setattr(pipeline, "examine", examine)
    done = run(firm, "2026-11-22")
    assert (done.returncode, "the lock of this run" in done.stderr) == (4, True), done.stderr
    engine = open_database(address)
    with engine.connect() as connection:
        stored = set(connection.execute(sa.select(tables.examinations.c.employee_id)).scalars())
    engine.dispose()
    assert stored == set(seen[:2])
    again = run(firm, "2026-11-22")
    assert again.returncode == 3, again.stderr
    assert not stored & set(seen[3:]), "nobody who was stored is looked at again"
