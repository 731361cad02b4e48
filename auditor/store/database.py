"""Opens the database and brings its schema up to date."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError

from auditor.errors import StoreError

MIGRATIONS = Path(__file__).parent / "migrations"


def sqlite_address(path: Path) -> str:
    """The address of an SQLite file."""
    return f"sqlite:///{path}"


def open_database(address: str) -> sa.Engine:
    """An engine whose schema is current. Raises StoreError, leaving the database as it was."""
    try:
        _make_private_folder(address)
        engine = sa.create_engine(address)
        if engine.dialect.name == "sqlite":
            sa.event.listen(engine, "connect", _prepare_sqlite)
        with engine.begin() as connection:
            _upgrade(connection)
    except sa.exc.SQLAlchemyError as trouble:
        raise StoreError(f"The store cannot be opened: {reason(trouble)}", _hint(trouble)) from None
    except (OSError, CommandError) as trouble:
        raise StoreError(f"The store cannot be opened: {trouble}", _hint(trouble)) from None
    return engine


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction: all of it or nothing. Raises StoreError."""
    try:
        with engine.begin() as connection:
            yield connection
    except sa.exc.SQLAlchemyError as trouble:
        raise StoreError(f"The store cannot be written: {reason(trouble)}", _hint(trouble)) from None


def reason(trouble: sa.exc.SQLAlchemyError) -> str:
    """What the database said, without the statement and its values (they hold personal data)."""
    original = getattr(trouble, "orig", None)
    return str(original or trouble).splitlines()[0]


def _hint(trouble: Exception) -> str:
    text = str(trouble).lower()
    if "full" in text:
        return "Free some disk space and run again with --resume; nothing stored was lost."
    if "readonly" in text or "read-only" in text or "permission" in text or "unable to open" in text:
        return "Check that the folder of the store exists and may be written."
    return "Nothing stored was changed."


def _make_private_folder(address: str) -> None:
    url = sa.make_url(address)
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return
    path = Path(url.database)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists() and os.name == "posix":
        path.touch(mode=0o600)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA busy_timeout = 10000")


def _upgrade(connection: sa.Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    newest = ScriptDirectory.from_config(config).get_current_head()
    if MigrationContext.configure(connection).get_current_revision() != newest:
        command.upgrade(config, "head")
