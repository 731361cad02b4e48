"""Where the store is: the address that a person wrote, made definite or refused."""

from __future__ import annotations

import re
from pathlib import Path

import sqlalchemy as sa

_VARIABLE = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*")
FORGETFUL = "this store forgets everything; name a file, or leave the address out"


def definite_address(text: str, folder: Path) -> str:
    """The address, a relative SQLite file counted from `folder`; `env:NAME` stays as it is.

    Raises ValueError, without quoting the address: it may hold a password.
    """
    if _VARIABLE.fullmatch(text):
        return text
    if not re.match(r"sqlite:|postgresql(\+psycopg)?://.", text):
        raise ValueError("must begin with postgresql:// or sqlite:///, or be env:NAME")
    try:
        url = sa.make_url(text)
    except (sa.exc.ArgumentError, ValueError):
        raise ValueError("is not the address of a database") from None
    if url.get_backend_name() != "sqlite":
        if url.port is not None and not 0 < url.port < 65536:
            raise ValueError("names a port that does not exist")
        return text
    return f"sqlite:///{_file(text, url, folder)}"


def _file(text: str, url: sa.URL, folder: Path) -> Path:
    name = url.database or ""
    if not name.strip() or ":memory:" in name.casefold() or url.query or name.casefold().startswith("file:"):
        raise ValueError(FORGETFUL if not url.query or "memory" in text else "must name a file and no more")
    if url.host or url.username or not text.startswith("sqlite:///"):
        raise ValueError("must begin with sqlite:///, with three strokes before the file")
    path = folder.absolute() / name
    if path.exists() and not path.is_file():
        raise ValueError(f"{path} is no file that a store can be kept in")
    return path
