"""Records out of a data file (JSON, JSON Lines or CSV), one at a time."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from auditor.files.decoding import decode_text
from auditor.files.reading import MEGABYTE, read_head, try_to_read
from auditor.files.tables import delimiter_of
from auditor.model.accents import without_accents
from auditor.sources._vendor_layouts import DATE_NAMES, LAYOUTS, Layout

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
        found = try_to_read(self.path, WHOLE_LIMIT)
        if found.trouble:
            self.troubles.append(str(found.trouble))
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
        table, delimiter = io.StringIO(text, newline=""), delimiter_of(text)
        with _long_cells():
            try:
                for row in csv.DictReader(table, delimiter=delimiter, strict=True):
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
    """A cell's value; in CSV, nested lists and objects are written as JSON."""
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


MOST_POSITIONS = 1_000
_LONGEST_TEXT = 20_000
_PLAIN = ("slug", "url", "full_name", "headline", "banner", "company", "company_link")
_NO_VALUES = frozenset({"", "null", "none", "nan", "nil", "n/a", "undefined"})
_YES = frozenset({"1", "true", "t", "yes", "y", "ja", "j", "oui", "si", "sim", "tak", "wahr", "vrai", "x"})
_NO = frozenset({"0", "false", "f", "no", "n", "nee", "nein", "non", "nao", "nie", "falsch", "faux"})
_GONE = frozenset({"deleted", "removed", "hidden"})


def value_at(record: Any, paths: str) -> Any:
    """The first value that is there on one of the paths; joined texts where a path joins with `+`."""
    for path in (path.strip() for path in paths.split("|")):
        value = _value(record, path)
        if value is None and "+" in path:
            parts = [text_at(record, part) for part in path.split("+")]
            value = " ".join(part for part in parts if part)
        if value not in (None, "", [], {}):
            return value
    return None


def text_at(record: Any, paths: str) -> str | None:
    """The text on a path; numbers become text, a date of parts (`year`, `month`, `day`) ISO."""
    value = value_at(record, paths)
    if isinstance(value, dict):
        value = _date_of_parts(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value)[:_LONGEST_TEXT].strip()
    return None if text.casefold() in _NO_VALUES else text


def yes_or_no(value: Any) -> bool | None:
    """A vendor's yes or no: true, 1, "ja" ...; None where it is neither."""
    if isinstance(value, bool):
        return value
    word = without_accents(str(value).strip().casefold()).removesuffix(".0")
    return True if word in _YES else False if word in _NO else None


def is_marked_deleted(record: Any, paths: str) -> bool:
    """True if one of the paths says deleted, removed or hidden: by a yes, a word or a date."""
    return any(_says_gone(path.strip(), _value(record, path.strip())) for path in paths.split("|"))


def shape_of(record: Mapping[str, Any]) -> str | None:
    """The name of the layout that the record's structure matches, or None."""
    return next(
        (
            name
            for name, layout in LAYOUTS.items()
            if any(all(_has(record, path) for path in sign) for sign in layout.signs)
        ),
        None,
    )


def dates_of(record: Mapping[str, Any], paths: str) -> list[Any]:
    """What the record holds as its own date: at the mapped place, else under a usual name."""
    mapped = text_at(record, paths)
    if mapped is not None:
        return [mapped]
    named = {re.sub(r"[\s-]+", "_", str(name).strip().casefold()): name for name in record}
    found = (text_at({"date": record[named[name]]}, "date") for name in DATE_NAMES if name in named)
    return [text for text in found if text is not None]


def mapped_record(record: Mapping[str, Any], layout: Layout, *, one_position: bool = False) -> dict[str, Any]:
    """A record in the program's own words; all that the mapping does not name stays behind.

    `positions` is None where the record has no list, or one longer than a person's can be. With
    `one_position` a record without a list is itself the one position it holds;
    `positions_whole` is False where the record gives that one and not the list.
    """
    mapping = layout.mapping
    mapped: dict[str, Any] = {name: text_at(record, mapping[name]) for name in _PLAIN}
    rows = record if mapping["positions"].strip() == "." else value_at(record, mapping["positions"])
    if one_position and rows is None:
        rows = record
    whole = isinstance(rows, list)
    if isinstance(rows, dict):
        rows = [rows] if text_at(rows, mapping["position_company"]) else None
    if isinstance(rows, list) and len(rows) <= MOST_POSITIONS:
        mapped["positions"] = list(_positions(rows, mapping, is_record=rows == [record]))
    else:
        mapped["positions"] = None
    mapped["positions_whole"] = whole
    return mapped


def _positions(rows: list[Any], mapping: Mapping[str, str], *, is_record: bool) -> Iterator[dict[str, Any]]:
    """The positions that the vendor does not mark as deleted, each with such roles."""
    for row in rows:
        # a record marked as deleted is refused as a whole
        if not is_record and is_marked_deleted(row, mapping["position_deleted"]):
            continue
        listed = value_at(row, mapping["roles"])
        roles = [role for role in listed if isinstance(role, dict)] if isinstance(listed, list) else []
        roles_left = [role for role in roles if not is_marked_deleted(role, mapping["role_deleted"])]
        if roles_left or not roles:
            yield {
                **_dated(row, mapping, "position"),
                "company": text_at(row, mapping["position_company"]),
                "link": text_at(row, mapping["position_link"]),
                "roles": [_dated(role, mapping, "role") for role in roles_left[:MOST_POSITIONS]],
            }


def _dated(row: Any, mapping: Mapping[str, str], kind: str) -> dict[str, Any]:
    texts = {name: text_at(row, mapping[f"{kind}_{name}"]) for name in ("title", "started", "ended")}
    return {**texts, "current": _current(row, mapping, kind)}


def _current(row: Any, mapping: Mapping[str, str], kind: str) -> bool | None:
    stated = value_at(row, mapping[f"{kind}_current"])
    current = None if stated is None else yes_or_no(stated)
    if current is None and kind == "position" and yes_or_no(value_at(row, mapping["position_primary"])):
        return True
    return current


def _says_gone(path: str, value: Any) -> bool:
    if value in (None, "", [], {}):
        return False
    answer = yes_or_no(value)
    if answer is not None:
        return answer and path.casefold() != "status"
    text = str(value).strip().casefold()
    return (
        text in _GONE
        or (path.casefold() != "status" and text.isdigit())
        or (path.casefold().endswith("at") and any(sign.isdigit() for sign in text))
    )


def _value(record: Any, path: str) -> Any:
    """What stands on one path; a name with a dot in it is tried first as it is written."""
    if not path:
        return None
    if isinstance(record, dict) and path in record:
        return record[path]
    value = record
    for key in path.split("."):
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and key.isdigit() and int(key) < len(value):
            value = value[int(key)]
        else:
            return None
    return value


def _has(record: Mapping[str, Any], path: str) -> bool:
    holder, _, name = path.rpartition(".")
    inside = _value(record, holder) if holder else record
    return isinstance(inside, dict) and name in inside


def _date_of_parts(value: Mapping[str, Any]) -> Any:
    texts = [str(value.get(key)) for key in ("year", "month", "day")]
    numbers = [int(text) if text.isdecimal() else 0 for text in texts]
    if not numbers[0]:
        return value.get("text")
    parts = numbers[: 1 if not numbers[1] else 2 if not numbers[2] else 3]
    if len(parts) == 1 and value.get("month") and isinstance(value.get("text"), str):
        return value["text"]
    return "-".join(f"{part:02d}" for part in parts)
