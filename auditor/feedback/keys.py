"""The hidden keys of a returned file: what it is, whose it is, and what was written in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from auditor.feedback.cells import text_of, trimmed
from auditor.model.returned import KeyKind, KeyWord

_MOST_KEYS = 1_000
#: kinds of lines whose words stand at fixed places, empty ones included
_PLACED = frozenset({KeyKind.RUN, KeyKind.CASE, KeyKind.SHOWN})


def is_keys(sheet: Any) -> bool:
    """Whether a sheet holds the keys of a file."""
    first = next(sheet.iter_rows(max_row=1, max_col=2, values_only=True), ())
    return [trimmed(value) for value in first] == ["kind", "code"]


def keys_of(sheets: Iterable[Any]) -> Iterator[KeyWord]:
    """Every line of the sheets of keys."""
    kinds = {str(kind): kind for kind in KeyKind}
    for sheet in sheets:
        for cells in sheet.iter_rows(min_row=2, max_row=_MOST_KEYS, max_col=12, values_only=True):
            kind = kinds.get(trimmed(cells[0])) if len(cells) > 1 else None
            code = trimmed(cells[1]) if kind else ""
            if kind and code:
                texts = tuple(" ".join(text_of(value).split()) for value in cells[2:])
                yield KeyWord(kind, code, texts if kind in _PLACED else tuple(filter(None, texts)))
