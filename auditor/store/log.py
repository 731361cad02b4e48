"""The audit log: append-only, each line carries the hash of the one before; it names nobody.

The newest hash and the number of lines also stand in a small anchor file beside the store, so that
lines cut off at the end are noticed. The anchor is written after the line, so after a crash the log
may be ahead of it, never behind.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from auditor.errors import StoreError
from auditor.files.writing import write_atomic
from auditor.store import tables
from auditor.store.database import reading, writing

BEGINNING = "0" * 64


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line. `content` contains counts, codes and pseudonyms, never names, numbers or addresses."""

    number: int
    at: str
    event: str
    content: Mapping[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """The first line that is not as it was written. `reason` is a phrase for people."""

    number: int
    reason: str


class AuditLog:
    """The log of one store. `anchor` None: no anchor file is kept (a store in memory)."""

    def __init__(self, engine: sa.Engine, anchor: Path | None) -> None:
        self._engine = engine
        self._anchor = anchor

    def append(self, event: str, **content: Any) -> None:
        """Write one line behind the last. Raises StoreError."""
        log = tables.log
        plain = json.loads(json.dumps(content))
        newest = sa.select(log.c.number, log.c.hash).order_by(log.c.number.desc()).limit(1)
        with writing(self._engine) as connection:
            if self._engine.dialect.name == "postgresql":
                connection.exec_driver_sql("LOCK TABLE log IN EXCLUSIVE MODE")
            row = connection.execute(newest).first()
            number, previous = (row[0] + 1, row[1]) if row else (1, BEGINNING)
            at = datetime.now(UTC).isoformat(timespec="milliseconds")
            line = LogLine(number, at, event, plain, previous, line_hash(number, at, event, plain, previous))
            connection.execute(log.insert().values({name: getattr(line, name) for name in LogLine.__slots__}))
        self._write_anchor(line)

    def lines(self) -> Iterator[LogLine]:
        """All lines, oldest first."""
        with reading(self._engine) as connection:
            for row in connection.execute(sa.select(tables.log).order_by(tables.log.c.number)).mappings():
                yield LogLine(**{name: row[name] for name in LogLine.__slots__})

    def newest(self) -> LogLine | None:
        """The last line; None where there is none."""
        query = sa.select(tables.log).order_by(tables.log.c.number.desc()).limit(1)
        with reading(self._engine) as connection:
            row = connection.execute(query).mappings().first()
        return LogLine(**{name: row[name] for name in LogLine.__slots__}) if row else None

    def verify(self) -> BrokenLine | None:
        """The first broken line; None where the log is whole."""
        return first_broken(self.lines(), *self._read_anchor())

    def _write_anchor(self, line: LogLine) -> None:
        """Let the anchor remember `line`, or a newer one: of two that are written at the same moment, the
        older may reach the anchor last."""
        if self._anchor is None:
            return
        try:
            written = 0
            while written < line.number:
                write_atomic(self._anchor, json.dumps({"count": line.number, "hash": line.hash}))
                written, line = line.number, self.newest() or line
        except OSError as trouble:
            raise StoreError(
                f"The anchor of the audit log cannot be written: {trouble.strerror or trouble}",
                "Free some disk space, and check that the folder of the store is writable.",
                code="LOG_ANCHOR",
            ) from None

    def _read_anchor(self) -> tuple[int, str]:
        """Number and hash of the newest line known to the anchor; (0, "") where there is none.

        An anchor that cannot be read counts as one that no log can meet.
        """
        if self._anchor is None or not self._anchor.exists():
            return 0, ""
        try:
            content = json.loads(self._anchor.read_text(encoding="utf-8"))
            return int(content["count"]), str(content["hash"])
        except (OSError, ValueError, KeyError, TypeError):
            return 1, "unreadable"


def line_hash(number: int, at: str, event: str, content: Mapping[str, Any], previous: str) -> str:
    """SHA-256 of a line's content, its number and the hash of the line before."""
    text = json.dumps([number, at, event, content, previous], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def first_broken(lines: Iterable[LogLine], count: int = 0, newest: str = "") -> BrokenLine | None:
    """The first line that breaks the chain, or falls short of the anchor (`count`, `newest`)."""
    previous, place = BEGINNING, 0
    for line in lines:
        place += 1
        trouble = _trouble(line, place, previous)
        if not trouble and place == count and line.hash != newest:
            trouble = "is not the line that the anchor file remembers"
        if trouble:
            return BrokenLine(place, trouble)
        previous = line.hash
    if place < count:
        return BrokenLine(place + 1, f"is missing: the anchor file remembers {count} lines")
    return None


def _trouble(line: LogLine, place: int, previous: str) -> str:
    if line.number != place:
        return f"is missing or moved: line {line.number} stands in its place"
    if line.previous != previous:
        return "does not follow the line before it"
    if line.hash != line_hash(line.number, line.at, line.event, line.content, line.previous):
        return "was changed"
    return ""
