"""A backup holds everything, comes back into either kind of database, and replaces nothing unasked."""

import json
import sqlite3
import sys

import pytest
import sqlalchemy as sa

from auditor.errors import StoreError
from auditor.store import tables
from auditor.store.backup import back_up, restore
from auditor.store.database import alone, connect, open_database, sqlite_address
from auditor.store.inspection import look_through
from auditor.store.runs import RunStore
from tests.store.filled import everything, fill
from tests.store.test_runs import ROSTER, facts


@pytest.fixture
def full(engine):
    fill(engine)
    return engine


def test_a_whole_store_has_no_faults(full):
    state = look_through(full)
    assert state.faults == ()
    assert all(state.rows.values())


def test_a_backup_comes_back_as_it_was(full, address, tmp_path):
    before = everything(full)
    rows = back_up(full, tmp_path / "copy")
    assert rows == {name: len(found) for name, found in before.items()}
    if sys.platform != "win32":
        assert (tmp_path / "copy").stat().st_mode & 0o077 == 0
    RunStore(full).begin(facts("later"), ROSTER, "later")
    full.dispose()
    aside = restore(address, tmp_path / "copy", tmp_path / "kept", force=True)
    again = open_database(address)
    assert everything(again) == before
    assert aside.exists(), "the replaced store is kept"
    new = RunStore(again).begin(facts("after"), ROSTER, "after")
    assert new.number > max(row[0] for row in before["runs"]), "numbers go on behind the restored ones"
    again.dispose()


def test_a_backup_moves_from_one_kind_to_the_other(full, fresh_postgresql, tmp_path):
    before = everything(full)
    back_up(full, tmp_path / "copy")
    other = fresh_postgresql if full.dialect.name == "sqlite" else sqlite_address(tmp_path / "moved.sqlite3")
    assert restore(other, tmp_path / "copy", tmp_path) is None, "an empty store leaves nothing to keep"
    moved = open_database(other)
    assert everything(moved) == before
    moved.dispose()


def test_a_filled_store_is_replaced_by_force_only(full, address, tmp_path):
    back_up(full, tmp_path / "copy")
    before = everything(full)
    with pytest.raises(StoreError, match="not empty"):
        restore(address, tmp_path / "copy", tmp_path)
    assert everything(full) == before


def test_objections_and_the_log_survive_an_older_backup(full, address, tmp_path):
    back_up(full, tmp_path / "copy")
    later = {
        "person_hash": "since",
        **{k: v for k, v in _first(full, tables.objections).items() if k != "person_hash"},
    }
    line = {**_first(full, tables.log), "number": 99, "event": "since"}
    with full.begin() as connection:
        connection.execute(tables.objections.insert().values(later))
        connection.execute(tables.log.insert().values(line))
    wanted = everything(full)
    full.dispose()
    restore(address, tmp_path / "copy", tmp_path, force=True)
    again = open_database(address)
    assert everything(again)["objections"] == wanted["objections"]
    assert everything(again)["log"] == wanted["log"]
    again.dispose()


def _first(engine, table):
    with engine.connect() as connection:
        return dict(connection.execute(sa.select(table)).mappings().first())


def test_nothing_is_replaced_during_a_run(full, address, tmp_path):
    back_up(full, tmp_path / "copy")
    with alone(full), pytest.raises(StoreError, match="Another run"):
        restore(address, tmp_path / "copy", tmp_path, force=True)


def test_a_backup_never_overwrites(full, tmp_path):
    (tmp_path / "copy").write_text("mine")
    with pytest.raises(StoreError, match="already exists"):
        back_up(full, tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "mine"


def _cut(body: bytes) -> bytes:
    return body[: len(body) * 2 // 3]


def _one_sign_changed(body: bytes) -> bytes:
    return body.replace(b"van", b"von", 1)


def _without_its_end(body: bytes) -> bytes:
    return b"".join(body.splitlines(keepends=True)[:-1])


def _a_row_left_out(body: bytes) -> bytes:
    lines = body.splitlines(keepends=True)
    return b"".join(lines[:3] + lines[4:])


@pytest.mark.parametrize("damage", [_cut, _one_sign_changed, _without_its_end, _a_row_left_out])
def test_a_damaged_dump_replaces_nothing(fresh_postgresql, tmp_path, damage):
    engine = open_database(fresh_postgresql)
    fill(engine)
    back_up(engine, tmp_path / "whole")
    body = (tmp_path / "whole").read_bytes()
    assert damage(body) != body
    (tmp_path / "copy").write_bytes(damage(body))
    before = everything(engine)
    with pytest.raises(StoreError, match="damaged"):
        restore(fresh_postgresql, tmp_path / "copy", tmp_path, force=True)
    assert everything(engine) == before
    engine.dispose()


def test_foreign_files_are_no_backups(tmp_path):
    address = sqlite_address(tmp_path / "s.sqlite3")
    fill(open_database(address))
    body = (tmp_path / "s.sqlite3").read_bytes()
    foreign = {
        "text": b"not a backup",
        "empty": b"",
        "other": b'{"a": 1}\n',
        "newer": json.dumps({"kind": "auditor store", "revision": "9999"}).encode() + b"\n",
        "cut": body[: len(body) // 2],
        "holed": body[:4096] + b"\xff" * 8192 + body[12288:],
    }
    sqlite3.connect(tmp_path / "stranger").execute("CREATE TABLE t (x)").connection.commit()
    for name, content in foreign.items():
        (tmp_path / name).write_bytes(content)
    for name in (*foreign, "stranger", "missing"):
        with pytest.raises(StoreError):
            restore(address, tmp_path / name, tmp_path, force=True)
    assert (tmp_path / "s.sqlite3").read_bytes() == body
    assert not list(tmp_path.glob(".restoring-*"))


def test_a_damaged_store_is_replaced_by_force_and_kept(tmp_path):
    address = sqlite_address(tmp_path / "s.sqlite3")
    engine = open_database(address)
    fill(engine)
    back_up(engine, tmp_path / "copy")
    before = everything(engine)
    engine.dispose()
    (tmp_path / "s.sqlite3").write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    with pytest.raises(StoreError, match="not empty"):
        restore(address, tmp_path / "copy", tmp_path)
    aside = restore(address, tmp_path / "copy", tmp_path, force=True)
    assert aside.read_bytes()[16:] == b"\xff" * 5000
    assert everything(open_database(address)) == before


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (tables.examinations.update().values(employee_id="9999"), "not in its roster"),
        (tables.examinations.delete(), "is complete, but 1 people"),
        (tables.examinations.update().values(content={"employee": {}}), "results cannot be read"),
        (tables.tracked.update().values(state="resolved"), "contradict"),
        (tables.tracked.update().values(content={}), "finding cannot be read"),
        (tables.runs.update().values(roster={}), "cannot be read"),
        (tables.examinations.delete(), "belong to nobody"),
    ],
)
def test_what_does_not_add_up_is_named(engine, statement, words):
    fill(engine)
    with engine.begin() as connection:
        connection.execute(statement)
    assert words in " ".join(look_through(engine).faults)


def test_looking_through_a_damaged_file_changes_nothing(tmp_path):
    path = tmp_path / "s.sqlite3"
    engine = open_database(sqlite_address(path))
    fill(engine)
    engine.dispose()
    body = path.read_bytes()
    path.write_bytes(body[:8192] + b"\xff" * 4096 + body[12288:])
    holed = path.read_bytes()
    assert look_through(connect(sqlite_address(path))).faults
    assert path.read_bytes() == holed
