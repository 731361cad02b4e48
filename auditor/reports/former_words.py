"""Words that headings and answers had in earlier reports: what is returned with them is still read."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from auditor.files.tables import package_rows
from auditor.language.words import LANGUAGES
from auditor.model.returned import KeyWord


def with_former(key: KeyWord) -> KeyWord:
    """The key with the words it had before."""
    return replace(key, former=_former_words().get((str(key.kind), key.code), ()))


def key_row(key: KeyWord) -> tuple[str, ...]:
    """A row of a report's hidden keys: kind, code and the word of today in each language."""
    return (str(key.kind), key.code, *key.words[: len(LANGUAGES)])


@lru_cache
def _former_words() -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in package_rows("auditor.reports", "_former_words.tsv"):
        place = (row["kind"], row["code"])
        found[place] = (*found.get(place, ()), row["word"])
    return found
