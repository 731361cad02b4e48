"""Decisions that only people can make: names each empty field and what to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.config.kinds import FIRST_DAY
from auditor.config.mistakes import Key, MistakeList
from auditor.errors import Mistake

#: the part of the file that a decision belongs to: `("entities", 0)`, `("permission",)`
Part = tuple[Key, ...]

_PRIVACY = {
    "purpose": "why the profiles are checked, in a sentence that you can tell your people",
    "ground": "the legal ground, for example: legitimate interest",
    "balancing_note_date": "the date of the note that weighs the company's interest against your people's, "
    "as 2026-11-30",
    "contact": "whom your people can ask about their data, for example a mail address",
    "notice_date": "the day on which your people were informed of the checks, as 2026-11-30",
}
_PERMISSION = {
    "decided_by": "name and role of the person who decided",
    "basis": "the written basis, and where it is filed",
    "decided_on": "the first day of the permission, as 2026-11-30",
    "ends_on": "its last day, as 2026-11-30",
}
#: fields with a default: they are missing only if they are written and empty
_WITH_DEFAULT = frozenset({"ground"})


def fill_open_fields(content: dict[str, Any], mistakes: MistakeList) -> dict[Part, list[Mistake]]:
    """What must still be filled in, by the part of the file that cannot be used before.

    The content gets placeholders there, so that the rest can be checked. They must not be used otherwise.
    """
    found: dict[Part, list[Mistake]] = {}
    for part, keys, group, wanted in _groups(content):
        for name, words in wanted.items():
            missing = name not in group and name not in _WITH_DEFAULT
            if missing or (name in group and _is_empty(group[name])):
                what = "is missing" if missing else "must not be empty"
                mistake = mistakes.at((*keys, name), f"{what}; fill in {words}")
                found.setdefault(part, []).append(mistake)
                group[name] = FIRST_DAY if name.endswith(("_date", "_on")) else "open"
    return found


def _groups(content: dict[str, Any]) -> Iterator[tuple[Part, Part, dict[str, Any], Mapping[str, str]]]:
    entities = content.get("entities")
    for index, entity in enumerate(entities if isinstance(entities, list) else []):
        privacy = entity.get("privacy") if isinstance(entity, dict) else None
        if isinstance(privacy, dict):
            yield ("entities", index), ("entities", index, "privacy"), privacy, _PRIVACY
    if isinstance(content.get("permission"), dict):
        yield ("permission",), ("permission",), content["permission"], _PERMISSION


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
