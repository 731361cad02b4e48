"""Where a vendor's record keeps what the audit needs, as dotted paths that the policy can change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: the published layout of Bright Data's "LinkedIn people profiles"
BRIGHT_DATA: Mapping[str, str] = {
    "slug": "linkedin_id | id",
    "url": "url",
    "asked_url": "input_url | input.url",
    "full_name": "name",
    "headline": "position",
    "banner": "banner_image",
    "company": "current_company.name | current_company_name",
    "company_link": "current_company.link",
    "captured_at": "timestamp",
    "trouble": "error | error_code | warning",
    "positions": "experience",
    "position_title": "title",
    "position_company": "company",
    "position_link": "url",
    "position_started": "start_date",
    "position_ended": "end_date",
    "roles": "positions",
    "role_title": "title",
    "role_started": "start_date",
    "role_ended": "end_date",
}
LAYOUTS: Mapping[str, Mapping[str, str]] = {"bright_data": BRIGHT_DATA}
MOST_POSITIONS = 1_000
_LONGEST_TEXT = 20_000


def value_at(record: Any, paths: str) -> Any:
    """The first value that is there on one of the paths (`a.b | c`); None where none is."""
    for path in paths.split("|"):
        value = record
        for key in path.strip().split(".") if path.strip() else ():
            value = value.get(key) if isinstance(value, dict) else None
        if path.strip() and value not in (None, "", [], {}):
            return value
    return None


def text_at(record: Any, paths: str) -> str | None:
    """The text on a path; numbers become text, a date of parts (`year`, `month`, `day`) ISO."""
    value = value_at(record, paths)
    if isinstance(value, dict) and isinstance(value.get("year"), int):
        parts = [value[key] for key in ("year", "month", "day") if isinstance(value.get(key), int)]
        return "-".join(f"{part:02d}" for part in parts)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value)[:_LONGEST_TEXT].strip() or None


def mapped_record(record: Mapping[str, Any], mapping: Mapping[str, str]) -> dict[str, Any]:
    """A record in the program's own words; all that the mapping does not name stays behind.

    `positions` is None where the record has no list, or one longer than a person's can be.
    """
    plain = ("slug", "url", "full_name", "headline", "banner", "company", "company_link")
    mapped: dict[str, Any] = {name: text_at(record, mapping[name]) for name in plain}
    rows = value_at(record, mapping["positions"])
    whole = isinstance(rows, list) and len(rows) <= MOST_POSITIONS
    mapped["positions"] = [_position(row, mapping) for row in rows] if whole else None
    return mapped


def _position(row: Any, mapping: Mapping[str, str]) -> dict[str, Any]:
    roles = value_at(row, mapping["roles"])
    return {
        **{
            name: text_at(row, mapping[f"position_{name}"])
            for name in ("title", "company", "link", "started", "ended")
        },
        "roles": [
            {name: text_at(role, mapping[f"role_{name}"]) for name in ("title", "started", "ended")}
            for role in (roles[:MOST_POSITIONS] if isinstance(roles, list) else ())
            if isinstance(role, dict)
        ],
    }
