"""Which files belong to which person, by the exact employee id in the name of a file or folder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from auditor.domain.employee import Employee

_NOISE = re.compile(
    r"(?:basic|complete)_linkedindataexport(?:_\d{2}-\d{2}-\d{4})?"
    r"|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)|(?<!\d)\d{2}-\d{2}-\d{4}(?!\d)|\(\d{1,3}\)"
)
_BETWEEN = re.compile(r"[\s_,;+()\[\]]+|\s+-\s+")
_SUFFIX = re.compile(r"(?:\.[a-z]{2,6}){1,3}$")
#: a bare number that may as well be a day or a year
_DAY_OR_YEAR = re.compile(r"\d{1,2}|(?:19|20)\d{2}")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonFiles:
    """Files by employee id, and the ids whose files also bear the id of somebody else."""

    by_id: Mapping[str, Sequence[Path]] = field(default_factory=dict)
    contested: frozenset[str] = frozenset()


def tie(files: Iterable[Path], folder: Path, employees: Iterable[Employee]) -> PersonFiles:
    """Tie each file to the one person whose id stands in its name or in that of a folder above it.

    Never by likeness: the id must stand there whole. A file that names two people is nobody's.
    """
    ids: dict[Words, set[str]] = {}
    for employee in employees:
        if employee.employee_id.strip():
            ids.setdefault(_words(employee.employee_id), set()).add(employee.employee_id)
    by_id: dict[str, list[Path]] = {}
    contested: set[str] = set()
    for path in files:
        named = _named(path.relative_to(folder).parts, ids)
        if len(named) == 1:
            by_id.setdefault(named.pop(), []).append(path)
        else:
            contested |= named
    return PersonFiles(by_id, frozenset(contested))


def _named(parts: Sequence[str], ids: Mapping[Words, set[str]]) -> set[str]:
    named: set[str] = set()
    for name in (*parts[:-1], _SUFFIX.sub("", parts[-1].lower())):
        whole = ids.get(_words(name))
        named |= whole if whole else _inside(_words(_NOISE.sub(" ", name.lower())), ids)
    return named


def _inside(words: Words, ids: Mapping[Words, set[str]]) -> set[str]:
    """The ids among the words; one that is part of a longer one does not count."""
    found: set[str] = set()
    start = 0
    while start < len(words):
        length = next(
            (n for n in range(len(words) - start, 0, -1) if _is_id(words[start : start + n], words, ids)), 0
        )
        if length:
            found |= ids[words[start : start + length]]
        start += length or 1
    return found


def _is_id(run: Words, words: Words, ids: Mapping[Words, set[str]]) -> bool:
    alone = len(run) == len(words)
    return run in ids and (alone or not _DAY_OR_YEAR.fullmatch(" ".join(run)))


def _words(text: str) -> Words:
    words = (word.strip(".-") for word in _BETWEEN.split(text.casefold()))
    return tuple(word for word in words if word)
