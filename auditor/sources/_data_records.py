"""Records out of a data file (JSON, JSON Lines or CSV), one at a time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from auditor.sources._encoding import decode
from auditor.sources._file_bytes import MEGABYTE, read_bytes, read_head

WHOLE_LIMIT = 100 * MEGABYTE
LINE_LIMIT = 20 * MEGABYTE
_CELL_LIMIT = 10 * MEGABYTE
_WRAPPINGS = ("data", "results", "records", "profiles", "people")


@dataclass(slots=True)
class DataFile:
    """A data file being read. `troubles` fills up while `records` goes on: what could not be read."""

    path: Path
    troubles: list[str] = field(default_factory=list)

    def records(self) -> Iterator[dict[str, Any]]:
        """Every record that can be read, in the order of the file; never raises for its content."""
        if self.path.suffix.lower() in (".jsonl", ".ndjson") or self._is_lines():
            yield from self._lines()
            return
        found = read_bytes(self.path, WHOLE_LIMIT)
        if found.trouble:
            self.troubles.append(found.trouble)
            return
        text = decode(found.body)
        if text.lstrip()[:1] in ("[", "{"):
            yield from self._json(text)
        else:
            yield from self._csv(text)

    def _is_lines(self) -> bool:
        first, newline, _ = read_head(self.path, MEGABYTE).partition(b"\n")
        return bool(newline) and isinstance(_loads(first), dict)

    def _lines(self) -> Iterator[dict[str, Any]]:
        bad = 0
        try:
            with self.path.open("rb") as file:
                while line := file.readline(LINE_LIMIT):
                    record = _loads(line)
                    if isinstance(record, dict):
                        yield record
                    elif line.strip(b"\xef\xbb\xbf \r\n\t"):
                        bad += 1
        except OSError as trouble:
            self.troubles.append(f"the file cannot be read: {trouble.strerror}")
        if bad:
            self.troubles.append(f"{bad} lines are damaged or cut off")

    def _json(self, text: str) -> Iterator[dict[str, Any]]:
        reader = json.JSONDecoder()
        place = len(text) - len(text.lstrip())
        is_list = text[place] == "["
        place += is_list
        while (place := _skip(text, place)) < len(text) and text[place] != "]":
            try:
                value, place = reader.raw_decode(text, place)
            except (ValueError, RecursionError):
                self.troubles.append("the JSON is damaged or cut off")
                return
            yield from _records_of(value)
        if is_list and place >= len(text):
            self.troubles.append("the JSON is damaged or cut off")

    def _csv(self, text: str) -> Iterator[dict[str, Any]]:
        first = text.partition("\n")[0]
        delimiter = max(",;\t", key=first.count)
        with _long_cells():
            try:
                for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
                    if None in row or None in row.values():
                        self.troubles.append("a row does not fit its columns")
                    else:
                        yield {name: _cell(value) for name, value in row.items()}
            except csv.Error:
                self.troubles.append("the CSV is damaged or cut off")


def _records_of(value: Any) -> Iterator[dict[str, Any]]:
    """The record, or the records inside the usual wrappings."""
    if not isinstance(value, dict):
        return
    wrapped = next((value[name] for name in _WRAPPINGS if isinstance(value.get(name), list)), None)
    if wrapped is None or "url" in value:
        yield value
    else:
        yield from (record for record in wrapped if isinstance(record, dict))


def _skip(text: str, place: int) -> int:
    while place < len(text) and (text[place].isspace() or text[place] == ","):
        place += 1
    return place


def _cell(value: str) -> Any:
    """A cell's value; nested lists and objects stand in CSV as JSON."""
    if value[:1] not in ("[", "{"):
        return value
    found = _loads(value.encode("utf-8", "replace"))
    return value if found is None else found


def _loads(raw: bytes) -> Any:
    try:
        return json.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return None


@contextmanager
def _long_cells() -> Iterator[None]:
    before = csv.field_size_limit(_CELL_LIMIT)
    try:
        yield
    finally:
        csv.field_size_limit(before)
