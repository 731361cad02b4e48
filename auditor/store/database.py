"""Opens the database, brings its schema up to date, and lets one run at a time work with it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from filelock import FileLock, Timeout

from auditor.errors import StoreError, hint_of_extra

MIGRATIONS = Path(__file__).parent / "migrations"
#: how long a database that somebody else is writing to is waited for, in seconds
PATIENCE = 10
#: PostgreSQL's number for "somebody is changing the schema"; any number will do that nobody else uses
_SCHEMA_LOCK = 7305112

_HINTS = (
    (("full",), "Free some disk space and run again with --resume; nothing stored was lost."),
    (("locked",), "Another program is using the store; try again when it has finished."),
    (
        ("malformed", "not a database", "corrupt"),
        "The file is damaged and was left as it is; restore a backup: auditor store restore FILE --force",
    ),
    (
        ("readonly", "read-only", "permission", "unable to open"),
        "Check that the folder of the store exists and is writable.",
    ),
    (
        ("connection failed", "could not connect", "connection refused"),
        "Check the address in the policy and that the server is up.",
    ),
)


def sqlite_address(path: Path) -> str:
    """The address of an SQLite file."""
    return f"sqlite:///{path}"


def open_database(address: str) -> sa.Engine:
    """An engine whose schema is current. Raises StoreError, leaving the database as it was."""
    engine = connect(address)
    with _translate_troubles("opened"):
        if revision(engine) != newest_revision():
            with _writer(engine).begin() as connection:
                if engine.dialect.name == "postgresql":
                    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_SCHEMA_LOCK)))
                upgrade(connection)
    return engine


def connect(address: str) -> sa.Engine:
    """An engine for an address, its schema not looked at. Raises StoreError for an unusable address."""
    with _translate_troubles("opened"):
        url = sa.make_url(address)
        if url.drivername in ("postgresql", "postgres"):
            url = url.set(drivername="postgresql+psycopg")
        _make_private_folder(url)
        waiting = (
            {"timeout": PATIENCE} if url.get_backend_name() == "sqlite" else {"connect_timeout": PATIENCE}
        )
        engine = sa.create_engine(url, connect_args=waiting, pool_pre_ping=True)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction: all of it or nothing. Raises StoreError."""
    with _translate_troubles("written"), _writer(engine).begin() as connection:
        yield connection


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection to read through, which sees one moment of the store. Raises StoreError."""
    with _translate_troubles("read"), engine.connect() as connection:
        yield connection


def revision(engine: sa.Engine) -> str | None:
    """The schema's revision; None for an empty database. Raises StoreError for one of a newer program."""
    with reading(engine) as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    known = [script.revision for script in _scripts().walk_revisions()]
    if found is not None and found not in known:
        raise StoreError(
            f"The store was written by a newer version of this program: its schema is {found}, "
            f"this version knows up to {newest_revision()}.",
            "Use the newer version; nothing was changed.",
            code="STORE_NEWER",
        )
    return found


def newest_revision() -> str:
    """The revision that this program's tables have."""
    return _scripts().get_current_head() or ""


def upgrade(connection: sa.Connection, to: str = "head") -> None:
    """Bring the schema forward inside the connection's transaction."""
    config = _config()
    config.attributes["connection"] = connection
    if MigrationContext.configure(connection).get_current_revision() != newest_revision():
        command.upgrade(config, to)


def reason(trouble: sa.exc.SQLAlchemyError) -> str:
    """The database's message without the statement and its values, which contain personal data."""
    original = getattr(trouble, "orig", None)
    return str(original or trouble).splitlines()[0]


@contextmanager
def _translate_troubles(verb: str) -> Iterator[None]:
    """Turn what the database raises into a StoreError in the user's words."""
    try:
        yield
    except sa.exc.SQLAlchemyError as trouble:
        why = reason(trouble)
    except json.JSONDecodeError:
        why = "a stored value is malformed"
    except ImportError as trouble:
        if trouble.name == "psycopg":
            raise StoreError(
                f"The store cannot be {verb}: PostgreSQL needs packages that are not installed (psycopg).",
                hint_of_extra("postgres"),
                code="PACKAGES_MISSING",
            ) from None
        why = f"this kind of database is not supported ({trouble.name})"
    except CommandError as trouble:
        why = str(trouble)
    else:
        return
    raise StoreError(f"The store cannot be {verb}: {why}", _hint(why), code="STORE_UNUSABLE")


def _hint(why: str) -> str:
    text = why.lower()
    hints = (hint for words, hint in _HINTS if any(word in text for word in words))
    return next(hints, "Nothing stored was changed.")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


@cache  # alembic reads every migration's file for it
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _writer(engine: sa.Engine) -> sa.Engine:
    """The same engine; SQLite takes its write lock at once, so that waiting for it works."""
    return engine.execution_options(immediate=True)


def _make_private_folder(url: sa.URL) -> None:
    path = sqlite_path(url)
    if path is None:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists() and os.name == "posix":
            path.touch(mode=0o600)
    except OSError as trouble:
        raise StoreError(
            f"The store cannot be opened: {trouble}", _hint(str(trouble)), code="STORE_UNUSABLE"
        ) from None


def sqlite_path(url: sa.URL) -> Path | None:
    """The file of an SQLite address; None for other databases and for one in memory."""
    name = url.database or ""
    if url.get_backend_name() != "sqlite" or name in ("", ":memory:") or name.startswith("file:"):
        return None
    return Path(name)


def is_there(address: str) -> bool:
    """Whether the store at an address exists already, as far as that can be seen without opening it."""
    path = sqlite_path(sa.make_url(address))
    return path is None or path.exists()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: sa.Connection) -> None:
    """The driver's own transactions leave schema changes out; these hold them too."""
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


#: PostgreSQL's number for "a run is going on"; any number will do that nobody else uses
_RUN_LOCK = 7305111
#: the server ends the session of a machine that went dark after about a minute and a half
_KEEP_ALIVE = {"tcp_keepalives_idle": 60, "tcp_keepalives_interval": 10, "tcp_keepalives_count": 3}


@contextmanager
def alone(engine: sa.Engine) -> Iterator[Callable[[], None]]:
    """Hold the store's run lock. Raises StoreError when another run holds it.

    Gives a function that raises StoreError once the lock is lost (a database server that was
    restarted); to be called before each person. A store in memory needs no lock.
    """
    if engine.dialect.name == "postgresql":
        with _session_lock(engine) as require_lock:
            yield require_lock
        return
    path = sqlite_path(engine.url)
    if path is None:
        yield _nothing_to_lose
        return
    with _file_lock(path.resolve().parent / "run.lock"):
        yield _nothing_to_lose


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise _taken() from None
    except OSError as trouble:
        raise StoreError(
            f"The store cannot be locked: {trouble}",
            "Check that the folder of the store is writable.",
            code="STORE_NOT_LOCKED",
        ) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _session_lock(engine: sa.Engine) -> Iterator[Callable[[], None]]:
    own = engine.execution_options(isolation_level="AUTOCOMMIT")
    with reading(own) as connection:
        for name, value in _KEEP_ALIVE.items():
            connection.exec_driver_sql(f"SET {name} = {value}")
        if not connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_RUN_LOCK))):
            raise _taken()
        connection.detach()  # closing it ends the session, and with it the lock

        def require_lock() -> None:
            try:
                connection.execute(sa.select(1))
            except sa.exc.SQLAlchemyError:
                raise StoreError(
                    "The connection to the store was lost, and with it the lock of this run.",
                    "What was stored is kept; continue with --resume.",
                    code="STORE_CONNECTION_LOST",
                ) from None

        yield require_lock


def _taken() -> StoreError:
    return StoreError("Another run is using this store.", "Wait until it has finished.", code="STORE_IN_USE")


def _nothing_to_lose() -> None:
    """A lock of the operating system stays for as long as the process."""
