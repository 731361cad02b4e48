"""The settings of a policy file as a flat list of texts, to be kept and compared."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from auditor.config.load import read_policy_text
from auditor.config.mistakes import plain, read_yaml

#: settings that may hold a password: kept and compared as a digest
_SECRET = ("notices.urls", "store.address")
#: by what an entry of a list is known to people
_NAMES = ("name", "text")


def plain_settings(path: Path) -> dict[str, str]:
    """Every setting that the file makes, by its place, such as `entities[Noordlicht].language`.

    Entries of a list are told by their name, else by their number. Raises ConfigError.
    """
    tree = read_yaml(path, read_policy_text(path)[1])
    return dict(_flat("", plain(tree)))


def _flat(place: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value:
        for key, entry in value.items():
            yield from _flat(f"{place}.{key}" if place else key, entry)
    elif isinstance(value, list) and value:
        taken: set[str] = set()
        for number, entry in enumerate(value, 1):
            name = _name(entry)
            label = name if name and name not in taken else str(number)
            taken.add(label)
            yield from _flat(f"{place}[{label}]", entry)
    else:
        yield place, _shown(place, value)


def _name(entry: Any) -> str:
    named = (entry.get(key) for key in _NAMES) if isinstance(entry, dict) else ()
    return next((str(one) for one in named if one), "")


def _shown(place: str, value: Any) -> str:
    if place.startswith(_SECRET) and value:
        return f"not shown ({hashlib.sha256(str(value).encode()).hexdigest()[:8]})"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "empty" if value in (None, "", [], {}) else str(value)
