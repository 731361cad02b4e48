"""A hidden sheet by which a returned file is read: codes and their words in all four languages."""

from __future__ import annotations

from auditor.language.words import LANGUAGES, words_of
from auditor.model.document import Column, Table
from auditor.model.returned import KeyKind, KeyWord
from auditor.reports.decision_words import DECISIONS, LETTER_STATES, UNVERIFIED_DECISIONS
from auditor.reports.former_words import key_row, with_former
from auditor.reports.scope import Scope
from auditor.reports.sheets.findings import finding_columns, leaver_columns
from auditor.reports.sheets.unverified import unverified_columns

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
    columns = [(*finding_columns(w), *leaver_columns(w), *unverified_columns(w)) for w in spoken]
    for same in zip(*columns, strict=True):
        words = tuple(column.heading for column in same)
        headings.setdefault(same[0].key, with_former(KeyWord(KeyKind.COLUMN, same[0].key, words)))
    return (*found, *headings.values())


def keys_table(scope: Scope) -> Table:
    """Rows of kind, code and its words: `run`, `decision`, `unverified`, `letter` and `column`."""
    run = (str(KeyKind.RUN), scope.report.run.id, scope.report.run.policy_sha256, "", "", "")
    rows = [run, *(key_row(key) for key in key_words())]
    columns = (Column("kind", "kind", 12), Column("code", "code", 18), *(Column(x, x, 20) for x in LANGUAGES))
    return Table("_keys", "_keys", columns, tuple(rows), hidden=True)
