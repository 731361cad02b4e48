"""Reads a vendor's record by a mapping: dotted paths (`a.b`), `|` for the next place to look, `+` to join."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sources._vendor_layouts import DATE_NAMES, LAYOUTS, Layout

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
    folded = unicodedata.normalize("NFKD", str(value).strip().casefold())
    word = "".join(sign for sign in folded if not unicodedata.combining(sign)).removesuffix(".0")
    return True if word in _YES else False if word in _NO else None


def is_marked_deleted(record: Any, paths: str) -> bool:
    """True where one of the places says deleted, removed or hidden: by yes, by word or by a date."""
    return any(_says_gone(path.strip(), _value(record, path.strip())) for path in paths.split("|"))


def shape_of(record: Mapping[str, Any]) -> str | None:
    """The name of the layout whose signs the record bears, or None."""
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
        kept = [role for role in roles if not is_marked_deleted(role, mapping["role_deleted"])]
        if kept or not roles:
            yield {
                **_dated(row, mapping, "position"),
                "company": text_at(row, mapping["position_company"]),
                "link": text_at(row, mapping["position_link"]),
                "roles": [_dated(role, mapping, "role") for role in kept[:MOST_POSITIONS]],
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
    kept = numbers[: 1 if not numbers[1] else 2 if not numbers[2] else 3]
    if len(kept) == 1 and value.get("month") and isinstance(value.get("text"), str):
        return value["text"]
    return "-".join(f"{part:02d}" for part in kept)
