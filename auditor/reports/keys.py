"""A hidden sheet by which a returned file is read: codes and their words in all four languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from auditor.files.tables import package_rows
from auditor.language.words import LANGUAGES, words_of
from auditor.model.document import Column, Table
from auditor.model.returned import KeyKind, KeyWord
from auditor.reports.decision_words import DECISIONS, LETTER_STATES, UNVERIFIED_DECISIONS
from auditor.reports.scope import Scope
from auditor.reports.sheet import sheets

_CHOICES = {
    KeyKind.DECISION: DECISIONS,
    KeyKind.UNVERIFIED: UNVERIFIED_DECISIONS,
    KeyKind.LETTER: LETTER_STATES,
}


def key_words() -> tuple[KeyWord, ...]:
    """Every heading and every word to choose, in all languages: what a returned file is read with."""
    spoken = [words_of(language) for language in LANGUAGES]
    found = [
        with_former(KeyWord(kind, code, tuple(words.say(text) for words in spoken)))
        for kind, table in _CHOICES.items()
        for code, text in table.items()
    ]
    headings: dict[str, KeyWord] = {}
    columns = [[c for sheet in sheets() if sheet.returned for c in sheet.returned(w)] for w in spoken]
    for same in zip(*columns, strict=True):
        words = tuple(column.heading for column in same)
        headings.setdefault(same[0].key, with_former(KeyWord(KeyKind.COLUMN, same[0].key, words)))
    return (*found, *headings.values())


def keys_table(scope: Scope) -> Table:
    """Rows of kind, code and its words: `run`, `decision`, `unverified`, `letter` and `column`."""
    run = (str(KeyKind.RUN), scope.report.run.id, scope.report.run.policy_sha256, "", "", "")
    rows = [run, *(key_row(key) for key in key_words())]
    return hidden_keys(rows)


def hidden_keys(rows: Iterable[tuple[str, ...]]) -> Table:
    """The hidden sheet of these rows: kind, code, and as many texts as there are languages."""
    columns = (Column("kind", "kind", 12), Column("code", "code", 18), *(Column(x, x, 20) for x in LANGUAGES))
    return Table("_keys", "_keys", columns, tuple(rows), hidden=True)


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
