"""The words of a rule, from the table beside it."""

from __future__ import annotations

from auditor.files.tables import package_rows
from auditor.model.rule import CodeWords


def words_table(name: str) -> tuple[CodeWords, ...]:
    """The rows of a table in this folder, in order; its texts stand in the catalogues."""
    return tuple(map(CodeWords.of_row, package_rows("auditor.rules", name)))
