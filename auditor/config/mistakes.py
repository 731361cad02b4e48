"""Collects all mistakes of a policy file, each with its place and in plain words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from auditor.config.positions import Key, position
from auditor.errors import Mistake

_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a known setting",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "string_type": "must be a text (put it in quotes)",
    "date_from_datetime_parsing": "must be a date such as 2026-11-30",
    "date_parsing": "must be a date such as 2026-11-30",
    "date_type": "must be a date such as 2026-11-30",
    "list_type": "must be a list",
    "dict_type": "must be a group of settings",
    "model_type": "must be a group of settings",
    "too_short": "must not be empty",
    "string_too_short": "must not be empty",
    "string_unicode": "must be a text without broken signs",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "finite_number": "must be a finite number",
    "int_from_float": "must be a whole number",
    "tuple_type": "must be a list",
    "mapping_type": "must be a group of settings",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "string_too_long": "must not be longer than {max_length} signs",
}
_CHOICES = ("literal_error", "enum")


class MistakeList:
    """The mistakes found so far in one file."""

    def __init__(self, path: Path, tree: Any) -> None:
        self.path = path
        self.tree = tree
        self.found: list[Mistake] = []

    def add(self, keys: Sequence[Key], message: str) -> None:
        """Note a mistake at the deepest existing one of `keys`."""
        self.found.append(self.at(keys, message))

    def at(self, keys: Sequence[Key], message: str) -> Mistake:
        """A mistake at the deepest existing one of `keys`, not noted."""
        line, column = position(self.tree, keys)
        return Mistake(str(self.path), line, column, dotted(keys), message)

    def add_unknown(self, keys: Sequence[Key], known: Iterable[str]) -> None:
        """Note an unknown key, with the nearest known one."""
        self.add(keys, "is not a known setting" + nearest(str(keys[-1]), known))

    def add_all(self, trouble: ValidationError, known: Iterable[str], before: Sequence[Key] = ()) -> None:
        """Note every mistake that pydantic found below the keys `before`."""
        for entry in trouble.errors():
            keys = (*before, *(key for key in entry["loc"] if not _is_type_name(key)))
            message = _message(entry)
            if entry["type"] == "extra_forbidden":
                message += nearest(str(keys[-1]), known)
            self.add(keys, message)


def _message(entry: Any) -> str:
    facts = {
        name: f"{value:g}" if isinstance(value, float) else value
        for name, value in entry.get("ctx", {}).items()
    }
    if entry["type"] in _CHOICES:
        return f"must be one of {facts['expected'].replace(' or ', ', ').replace(chr(39), '')}"
    words = _WORDS.get(entry["type"])
    return words.format(**facts) if words else str(entry["msg"]).removeprefix("Value error, ")


def nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean X?` or nothing."""
    close = difflib.get_close_matches(word[:100], list(known), n=1, cutoff=0.6)
    return f"; did you mean {close[0]}?" if close else ""


def dotted(keys: Sequence[Key]) -> str:
    """`entities[0].names` style."""
    text = ""
    for key in keys:
        if isinstance(key, str):
            key = "".join(sign if sign.isprintable() else "?" for sign in key[:80])
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else str(key)
    return text


def _is_type_name(key: Key) -> bool:
    return isinstance(key, str) and (
        key.startswith(("literal[", "function-", "constrained-")) or key in ("date", "str", "[key]")
    )
