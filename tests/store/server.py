"""A PostgreSQL server of the tests' own: in a temporary folder, on a Unix socket, gone afterwards."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

#: whom a server started by root runs as; PostgreSQL refuses root
UNPRIVILEGED = ("postgres", "nobody")
_PR_SET_PDEATHSIG = 1
_PLAIN = {**os.environ, "LC_ALL": "C"}
#: safe to lose: the data lives as long as the tests
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=40")


def programs() -> Path | None:
    """The folder of `initdb` and `postgres`: the newest of the distribution's, else that on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    on_path = shutil.which("initdb")
    where = found[-1] if found else Path(on_path).resolve() if on_path else None
    return where.parent if where and (where.parent / "postgres").exists() else None


def why_not() -> str:
    """Why no server can be started here; empty when it can."""
    if sys.platform == "win32":
        return "PostgreSQL is tested on Unix sockets only"
    if programs() is None:
        return "PostgreSQL is not installed (Debian: apt-get install postgresql)"
    if os.geteuid() == 0 and not _somebody():
        return "PostgreSQL does not run as root, and there is no other user to run it as"
    return ""


@contextmanager
def server() -> Iterator[str]:
    """A running server; gives the address of its first database. It ends with the tests, also when
    those are killed (on Linux)."""
    where = programs()
    assert where is not None
    with tempfile.TemporaryDirectory(prefix="auditor-pg-") as name:
        folder = Path(name)
        user = _unprivileged()
        if user:
            shutil.chown(folder, user["user"])
        data = str(folder / "data")
        made = [
            str(where / "initdb"),
            "-D",
            data,
            "-A",
            "trust",
            "-U",
            "auditor",
            "-N",
            "-E",
            "UTF8",
            "--locale=C",
        ]
        subprocess.run(made, check=True, cwd="/", env=_PLAIN, stdout=subprocess.DEVNULL, timeout=120, **user)
        settings = [word for setting in FAST for word in ("-c", setting)]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [str(where / "postgres"), "-D", data, "-c", "listen_addresses=", "-k", name, *settings],
                cwd="/", env=_PLAIN, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                preexec_fn=_end_with_parent, **user,
            )  # fmt: skip
        try:
            address = f"postgresql+psycopg://auditor@/postgres?host={folder}"
            _await(address, process)
            yield address
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait(30)


def _await(address: str, process: subprocess.Popen) -> None:
    until = time.monotonic() + 60
    engine = sa.create_engine(address, poolclass=sa.NullPool)
    while True:
        try:
            with engine.connect():
                return
        except sa.exc.OperationalError:
            if process.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.05)


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)


def _unprivileged() -> dict:
    """As whom root starts the programs; nothing for everybody else."""
    user = _somebody() if os.geteuid() == 0 else ""
    return {"user": user, "group": _group(user), "extra_groups": []} if user else {}


def _somebody() -> str:
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in UNPRIVILEGED if name in known), "")


def _group(user: str) -> int:
    import pwd

    return pwd.getpwnam(user).pw_gid
