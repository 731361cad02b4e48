"""The store as lines of JSON: written from any database, read back into an empty one.

The first line says which schema the rows have, the last how many rows there are and the SHA-256 of
everything before it, so that a file that was cut off or edited is noticed.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa

from auditor.errors import StoreError
from auditor.store import tables

KIND = "auditor store"
BATCH = 200


def write_dump(connection: sa.Connection, revision: str, out: IO[bytes]) -> dict[str, int]:
    """Write every row of every table; returns the rows by table."""
    digest = hashlib.sha256()
    counts: Counter[str] = Counter()

    def line(content: Mapping[str, Any]) -> None:
        body = json.dumps(content, separators=(",", ":"), sort_keys=True).encode() + b"\n"
        digest.update(body)
        out.write(body)

    line({"kind": KIND, "revision": revision})
    for table in tables.metadata.sorted_tables:
        counts[table.name] = 0
        for row in connection.execution_options(yield_per=BATCH).execute(sa.select(table)).mappings():
            line({"table": table.name, "row": {name: _plain(value) for name, value in row.items()}})
            counts[table.name] += 1
    line({"rows": counts, "sha256": digest.hexdigest()})
    return dict(counts)


def revision_of(path: Path) -> str:
    """The schema that a dump's rows have. Raises StoreError where the file is no dump."""
    try:
        with path.open("rb") as lines:
            head = json.loads(lines.readline(1000))
    except ValueError:
        head = None
    if not isinstance(head, dict) or head.get("kind") != KIND or not isinstance(head.get("revision"), str):
        raise StoreError(f"{path} is not a backup of a store.", code="BACKUP_UNREADABLE")
    return str(head["revision"])


def read_dump(path: Path, connection: sa.Connection) -> None:
    """Put the rows of a dump into the empty tables of the same schema. Raises StoreError, the
    transaction then being the caller's to undo."""
    found = sa.MetaData()
    found.reflect(connection)
    batch: list[dict[str, Any]] = []
    current: sa.Table | None = None
    for name, row in _checked_rows(path):
        if name not in found.tables:
            raise _damaged(path)
        table = found.tables[name]
        if batch and (table is not current or len(batch) == BATCH):
            connection.execute(_insert(current), batch)
            batch = []
        current = table
        batch.append(_typed(row, table, path))
    if batch:
        connection.execute(_insert(current), batch)


def storable(table: sa.Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as it was read, ready to be written: nothing at all stays nothing, not a JSON null."""
    return {
        name: sa.null() if value is None and isinstance(table.columns[name].type, sa.JSON) else value
        for name, value in row.items()
    }


def _checked_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    digest = hashlib.sha256()
    counts: Counter[str] = Counter()
    ended = False
    try:
        with path.open("rb") as lines:
            digest.update(next(lines, b""))
            for body in lines:
                content = json.loads(body)
                if "sha256" in content:
                    promised = {name: count for name, count in content["rows"].items() if count}
                    ended = content["sha256"] == digest.hexdigest() and promised == counts
                    break
                digest.update(body)
                counts[content["table"]] += 1
                yield content["table"], dict(content["row"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _damaged(path) from None
    if not ended:
        raise _damaged(path)


def _typed(row: dict[str, Any], table: sa.Table, path: Path) -> dict[str, Any]:
    if not row.keys() <= set(table.columns.keys()):
        raise _damaged(path)
    try:
        return storable(table, {name: _value(value, table.columns[name].type) for name, value in row.items()})
    except (ValueError, KeyError, TypeError):
        raise _damaged(path) from None


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(value).decode()}
    return value.isoformat() if isinstance(value, date) else value


def _value(value: Any, kind: sa.types.TypeEngine[Any]) -> Any:
    if value is None:
        return None
    if isinstance(kind, sa.LargeBinary):
        return base64.b64decode(value["base64"], validate=True)
    return date.fromisoformat(value) if isinstance(kind, sa.Date) else value


def _insert(table: sa.Table | None) -> sa.Insert:
    assert table is not None
    return table.insert()


def _damaged(path: Path) -> StoreError:
    return StoreError(
        f"The backup {path} is damaged: it was truncated or changed.",
        "Use another backup; nothing was changed.",
        code="BACKUP_DAMAGED",
    )
