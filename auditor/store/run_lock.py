"""Never two runs at once on one store, whatever machines they start from.

Both locks end with the process that holds them, so a crash leaves nothing to clear away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock, Timeout

from auditor.errors import StoreError
from auditor.store.database import reading, sqlite_path

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
        with _session_lock(engine) as held:
            yield held
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
            f"The store cannot be locked: {trouble}", "Check that the folder of the store is writable."
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

        def held() -> None:
            try:
                connection.execute(sa.select(1))
            except sa.exc.SQLAlchemyError:
                raise StoreError(
                    "The connection to the store was lost, and with it the lock of this run.",
                    "What was stored is kept; continue with --resume.",
                ) from None

        yield held


def _taken() -> StoreError:
    return StoreError("Another run is using this store.", "Wait until it has finished.")


def _nothing_to_lose() -> None:
    """A lock of the operating system stays for as long as the process."""
