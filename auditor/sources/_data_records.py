"""Records out of a data file (JSON, JSON Lines or CSV), one at a time."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from auditor.domain.decoding import decode_text
from auditor.sources._file_bytes import MEGABYTE, read_bytes, read_head

WHOLE_LIMIT = 100 * MEGABYTE
LINE_LIMIT = 20 * MEGABYTE
_CELL_LIMIT = 10 * MEGABYTE
#: keys under which a vendor's answer holds its records, or the one record it is about
_WRAPPINGS = (
    "data", "items", "results", "records", "profiles", "people", "persons", "employees", "members",
    "elements",
    "response", "result", "payload", "output", "hits", "_source", "person", "profile", "person_data",
)  # fmt: skip
_DEEPEST_WRAPPING = 6
_PLACES = re.compile(r"[./\[\]]+|__")


@dataclass(slots=True)
class DataFile:
    """A data file being read. `troubles` fills up while `records` goes on: what could not be read.

    `is_record` tells a record from an answer that only wraps records.
    """

    path: Path
    is_record: Callable[[dict[str, Any]], bool]
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
        text = decode_text(found.body)
        if text.lstrip()[:1] in ("[", "{"):
            yield from self._json(text)
        else:
            yield from self._csv(text)

    def _is_lines(self) -> bool:
        first, newline, rest = read_head(self.path, MEGABYTE).partition(b"\n")
        value = _loads(first) if newline else None
        return isinstance(value, dict) or (isinstance(value, list) and bool(rest.strip()))

    def _lines(self) -> Iterator[dict[str, Any]]:
        bad = 0
        try:
            with self.path.open("rb") as file:
                while line := file.readline(LINE_LIMIT):
                    value = _loads(line)
                    if isinstance(value, dict | list):
                        yield from self._records_of(value)
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
            yield from self._records_of(value)
        if is_list and place >= len(text):
            self.troubles.append("the JSON is damaged or cut off")

    def _records_of(self, value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
        """The record, or the records inside the usual wrappings, with the plain facts round each."""
        if isinstance(value, list):
            for one in value if depth < _DEEPEST_WRAPPING else ():
                yield from self._records_of(one, depth + 1)
        if not isinstance(value, dict):
            return
        name = next((name for name in _WRAPPINGS if isinstance(value.get(name), dict | list)), None)
        if name is None or depth >= _DEEPEST_WRAPPING or self.is_record(value):
            yield value
            return
        # an answer about one person keeps its day or the asked address beside the record
        facts = {key: one for key, one in value.items() if not isinstance(one, dict | list)}
        around = facts if isinstance(value[name], dict) else {}
        for record in self._records_of(value[name], depth + 1):
            yield {**around, **record}

    def _csv(self, text: str) -> Iterator[dict[str, Any]]:
        first = text.partition("\n")[0]
        delimiter = max(",;\t", key=first.count)
        with _long_cells():
            try:
                for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
                    if None in row or None in row.values():
                        self.troubles.append("a row does not fit its columns")
                    else:
                        yield _unfolded({name.strip(): _cell(value) for name, value in row.items()})
            except csv.Error:
                self.troubles.append("the CSV is damaged or cut off")


def _unfolded(row: dict[str, Any]) -> dict[str, Any]:
    """A row whose headings number the parts of a list (`experiences/0/title`) with that list again."""
    whole: dict[str, Any] = dict(row)
    for heading, value in row.items():
        keys = [key for key in _PLACES.split(heading) if key]
        if value == "" or len(keys) < 2 or not any(key.isdigit() for key in keys[1:]):
            continue
        place = whole
        for key in keys[:-1]:
            place = place.setdefault(key, {})
            if not isinstance(place, dict):
                break
        else:
            place[keys[-1]] = value
    return {name: _with_lists(value) for name, value in whole.items()}


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {key: _with_lists(one) for key, one in value.items()}
    if inner and all(key.isdigit() for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner


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
