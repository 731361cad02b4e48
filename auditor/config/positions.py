"""A YAML text as plain values, with the line and column of every key."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from auditor.errors import ConfigError, Mistake

Key = str | int


def read_yaml(path: Path, text: str) -> CommentedMap:
    """Parse the text. Raises ConfigError with the place of a syntax mistake."""
    reader = YAML(typ="rt")
    reader.allow_duplicate_keys = False
    try:
        tree = reader.load(text)
    except MarkedYAMLError as trouble:
        mark = trouble.problem_mark or trouble.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        first_line = str(trouble.problem or trouble).splitlines()[0]
        raise ConfigError([Mistake(str(path), line, column, "", f"not valid YAML: {first_line}")]) from None
    except (YAMLError, ValueError) as trouble:
        raise ConfigError([Mistake(str(path), 0, 0, "", f"not valid YAML: {trouble}")]) from None
    if not isinstance(tree, CommentedMap):
        raise ConfigError([Mistake(str(path), 1, 1, "", "the file holds no settings")])
    return tree


def position(tree: Any, keys: Sequence[Key]) -> tuple[int, int]:
    """Line and column (from 1) of the deepest of `keys` that stands in the file."""
    line, column = 1, 1
    for key in keys:
        if isinstance(tree, CommentedMap) and key in tree:
            at = tree.lc.key(key)
        elif isinstance(tree, CommentedSeq) and isinstance(key, int) and 0 <= key < len(tree):
            at = tree.lc.item(key)
        else:
            break
        line, column = at[0] + 1, at[1] + 1
        tree = tree[key]
    return line, column


def plain(value: Any) -> Any:
    """The tree as plain dicts, lists and scalars."""
    if isinstance(value, CommentedMap):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, CommentedSeq):
        return [plain(entry) for entry in value]
    for kind in (bool, int, float, str):
        if isinstance(value, kind):
            return kind(value)
    return value
