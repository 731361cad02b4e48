"""Copies of the store: written consistently while others use it, verified before they replace anything.

An SQLite store is copied with SQLite's own backup, any other as lines of JSON. Either kind of file can
be restored into either kind of database.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from auditor.errors import StoreError
from auditor.files.writing import temporary_neighbour
from auditor.store import tables
from auditor.store.database import (
    alone,
    connect,
    newest_revision,
    open_database,
    reading,
    revision,
    sqlite_address,
    sqlite_path,
    upgrade,
    writing,
)
from auditor.store.dump import BATCH, read_dump, revision_of, storable, write_dump
from auditor.store.inspection import count_rows, look_through

_SQLITE_MARK = b"SQLite format 3\x00"
#: what SQLite keeps beside a database; it must never meet another file of that name
_BESIDE = ("-journal", "-wal", "-shm")
_CONSENT = (
    tables.consents,
    tables.consent_invitations,
    tables.consent_requests,
    tables.consent_tokens,
    tables.consent_snapshots,
)


def back_up(engine: sa.Engine, target: Path) -> dict[str, int]:
    """Write a copy of the whole store to a new file; returns its rows by table.

    Raises StoreError, leaving no half-written file.
    """
    if target.exists():
        raise StoreError(
            f"{target} already exists.", "Choose a new file name; nothing was changed.", code="FILE_EXISTS"
        )
    try:
        with temporary_neighbour(target) as part:
            if engine.dialect.name == "sqlite":
                _copy_sqlite(engine, part)
                with _opened(part) as copy:
                    _must_be_whole(copy, part)
                    rows = count_rows(copy)
            else:
                snapshot = engine.execution_options(isolation_level="REPEATABLE READ")
                with reading(snapshot) as connection, part.open("wb") as out:
                    rows = write_dump(connection, newest_revision(), out)
            part.rename(target)
            return rows
    except OSError as trouble:
        raise StoreError(
            f"The backup cannot be written: {trouble}", "Choose another place.", code="NOT_WRITABLE"
        ) from None


def restore(address: str, source: Path, folder: Path, *, force: bool = False) -> Path | None:
    """Replace the store by a backup, after verifying it; returns where the old store was put.

    The old store's objections and withdrawn consents stay in force and its audit log goes on, where it can
    be read.
    `folder` takes what is kept aside of a database that is no file. Raises StoreError; then the
    store is as it was.
    """
    place = sqlite_path(sa.make_url(address))
    folder = place.parent if place else folder
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with TemporaryDirectory(prefix=".restoring-", dir=folder) as name:
        scratch = Path(name) / "store.sqlite3"
        with _opened(scratch) as new:
            _load(source, new, scratch)
            with alone(connect(address)):
                empty = _settle_with_present(address, new, force=force)
                if place is None:
                    return _swap_rows(new, address, folder)
                new.dispose()
                aside = _swap_files(scratch, place)
                if empty:
                    aside.unlink()
                return None if empty else aside


def _load(source: Path, new: sa.Engine, scratch: Path) -> None:
    """The backup's rows, in today's schema, in the scratch store."""
    try:
        with source.open("rb") as file:
            is_sqlite = file.read(len(_SQLITE_MARK)) == _SQLITE_MARK
        if is_sqlite:
            shutil.copyfile(source, scratch)
        else:
            _load_dump(source, new)
    except OSError as trouble:
        raise StoreError(f"The backup cannot be read: {trouble}", code="BACKUP_UNREADABLE") from None
    if revision(new) is None:
        raise StoreError(f"{source} is not a backup of a store.", code="BACKUP_UNREADABLE")
    _must_be_whole(new, source)
    with writing(new) as connection:
        upgrade(connection)
    _must_be_whole(new, source)


def _load_dump(source: Path, new: sa.Engine) -> None:
    wanted = revision_of(source)
    with writing(new) as connection:
        try:
            upgrade(connection, wanted)
        except Exception:
            raise StoreError(
                f"The backup {source} was written by a newer version of this program (schema {wanted}).",
                "Use the newer version; nothing was changed.",
                code="STORE_NEWER",
            ) from None
        read_dump(source, connection)


def _settle_with_present(address: str, new: sa.Engine, *, force: bool) -> bool:
    """Take over what must outlive the present store; returns whether that was empty."""
    try:
        old = open_database(address)
        empty = not any(count_rows(old).values())
    except StoreError:
        if sqlite_path(sa.make_url(address)) is None:
            raise
        empty, old = False, None
    try:
        if not force and not empty:
            raise StoreError(
                "The store is not empty; nothing was changed.",
                "With --force it is replaced, and the old one is kept next to it.",
                code="STORE_NOT_EMPTY",
            )
        if old is not None:
            _carry_over(old, new)
    finally:
        if old is not None:
            old.dispose()
    return empty


def _carry_over(old: sa.Engine, new: sa.Engine) -> None:
    """Objections and consents as they stand now stay; the audit log is never set back."""
    objections, log = tables.objections, tables.log
    with reading(old) as connection:
        objected = [dict(row) for row in connection.execute(sa.select(objections)).mappings()]
        lines = [dict(row) for row in connection.execute(sa.select(log).order_by(log.c.number)).mappings()]
        standing = {
            table: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
            for table in _CONSENT
        }
    with writing(new) as connection:
        known = set(connection.execute(sa.select(objections.c.person_hash)).scalars())
        if missing := [row for row in objected if row["person_hash"] not in known]:
            connection.execute(objections.insert(), missing)
        if lines:
            connection.execute(log.delete())
            connection.execute(log.insert(), lines)
        _carry_consents(connection, standing)


def _carry_consents(connection: sa.Connection, standing: dict[sa.Table, list[dict[str, Any]]]) -> None:
    """Of whoever has a line in the present register, nothing of the backup's: a consent that was withdrawn
    since must not stand again."""
    known = {row["employee_id"] for row in standing[tables.consents]}
    for table in _CONSENT:
        for one in known:
            connection.execute(table.delete().where(table.c.employee_id == one))
        if rows := [row for row in standing[table] if row["employee_id"] in known]:
            connection.execute(table.insert(), rows)


def _swap_files(scratch: Path, place: Path) -> Path:
    aside = place.with_name(f"{place.name}.before-restore-{_stamp()}")
    moved: list[tuple[Path, Path]] = []
    try:
        for ending in ("", *_BESIDE):
            old = place.with_name(place.name + ending)
            if old.exists():
                moved.append((old, old.rename(aside.with_name(aside.name + ending))))
        scratch.chmod(0o600)
        scratch.rename(place)
    except OSError as trouble:
        for old, away in reversed(moved):
            with suppress(OSError):
                away.rename(old)
        raise StoreError(
            f"The store cannot be replaced: {trouble}", "Nothing was changed.", code="STORE_NOT_REPLACED"
        ) from None
    return aside


def _swap_rows(new: sa.Engine, address: str, folder: Path) -> Path | None:
    engine = open_database(address)
    aside = folder / f"store.before-restore-{_stamp()}.jsonl"
    if any(count_rows(engine).values()):
        back_up(engine, aside)
    with writing(engine) as target, reading(new) as source:
        for table in reversed(tables.metadata.sorted_tables):
            target.execute(table.delete())
        for table in tables.metadata.sorted_tables:
            rows = source.execution_options(yield_per=BATCH).execute(sa.select(table)).mappings()
            for batch in rows.partitions(BATCH):
                target.execute(table.insert(), [storable(table, dict(row)) for row in batch])
            _count_on(target, table)
    engine.dispose()
    return aside if aside.exists() else None


def _count_on(connection: sa.Connection, table: sa.Table) -> None:
    """Let the numbers that the database gives go on behind the restored ones."""
    column = table.autoincrement_column
    if column is None or connection.dialect.name != "postgresql":
        return
    sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
    highest = sa.select(sa.func.max(column)).scalar_subquery()
    connection.execute(
        sa.select(sa.func.setval(sequence, sa.func.coalesce(highest, 1), highest.is_not(None)))
    )


def _copy_sqlite(engine: sa.Engine, target: Path) -> None:
    try:
        with closing(sqlite3.connect(target)) as copy, closing(engine.raw_connection()) as source:
            driver: Any = source.driver_connection
            driver.backup(copy)
    except (sqlite3.Error, sa.exc.SQLAlchemyError) as trouble:
        raise StoreError(f"The store cannot be copied: {trouble}", code="STORE_NOT_REPLACED") from None


def _must_be_whole(engine: sa.Engine, path: Path) -> None:
    state = look_through(engine)
    if state.faults:
        raise StoreError(
            f"The copy {path} is damaged: {state.faults[0]}", "Nothing was changed.", code="BACKUP_DAMAGED"
        )


@contextmanager
def _opened(path: Path) -> Iterator[sa.Engine]:
    engine = connect(sqlite_address(path))
    try:
        yield engine
    finally:
        engine.dispose()


def _stamp() -> str:
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
