"""A hidden sheet by which a returned file is read: codes and their words in all four languages."""

from __future__ import annotations

from auditor.domain.report import Column, Table
from auditor.reporters._decision_words import DECISIONS, LETTER_STATES, UNVERIFIED_DECISIONS
from auditor.reporters._findings import finding_columns, leaver_columns
from auditor.reporters._scope import Scope
from auditor.reporters._words import LANGUAGES, words_of


def keys_table(scope: Scope) -> Table:
    """Rows of kind, code and its words: `run`, `decision`, `unverified`, `letter` and `column`."""
    spoken = [words_of(language) for language in LANGUAGES]
    rows: list[tuple[str, ...]] = [("run", scope.report.run.id, scope.report.run.policy_sha256, "", "", "")]
    tables = {"decision": DECISIONS, "unverified": UNVERIFIED_DECISIONS, "letter": LETTER_STATES}
    for kind, table in tables.items():
        for code, text in table.items():
            rows.append((kind, code, *(words.say(text) for words in spoken)))
    headings = [finding_columns(words) + leaver_columns(words) for words in spoken]
    for same in zip(*headings, strict=True):
        rows.append(("column", same[0].key, *(column.heading for column in same)))
    columns = (Column("kind", "kind", 12), Column("code", "code", 18), *(Column(x, x, 20) for x in LANGUAGES))
    return Table("_keys", "_keys", columns, tuple(rows), hidden=True)
