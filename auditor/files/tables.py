"""Tab-separated tables: those carried inside the package, and those that people hand over."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from auditor.errors import UsageError


@cache
def package_rows(package: str, name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table of the package by heading, read once; lines that begin with `# ` are notes.
    What a short row lacks is empty."""
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("# ")]
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval=""))


def delimiter_of(text: str) -> str:
    """What parts the cells of a table that a program wrote: the sign that its first line holds most often."""
    return max(",;\t", key=text.partition("\n")[0].count)


def read_table(path: Path, needed: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a user's table by heading. Raises UsageError where it cannot be read, is not UTF-8 or
    lacks a needed column."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as trouble:
        raise UsageError(
            f"{path} cannot be read: {trouble}.",
            "It must be a UTF-8 table separated by tabs.",
            code="TABLE_UNREADABLE",
        ) from None
    lines = (line.rstrip("\r") for line in text.split("\n"))
    reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
    missing = [name for name in needed if name not in (reader.fieldnames or ())]
    if missing:
        raise UsageError(
            f"{path}: no column {', '.join(missing)}.",
            f"Needed: {', '.join(needed)}.",
            code="TABLE_UNREADABLE",
        )
    return [{key: value for key, value in row.items() if key} for row in reader]
