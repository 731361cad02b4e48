"""Changes to the policy file by the program: comments stay, a change that breaks the file is undone."""

from __future__ import annotations

import os
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from auditor.errors import ConfigError, ReportError


def edit_policy(path: Path, change: Callable[[CommentedMap], None], check: Callable[[Path], Any]) -> None:
    """Apply a change to the file and check the result; a bad result leaves the file as it was.

    Raises what `check` raises, and ReportError where the file cannot be written.
    """
    before = path.read_text(encoding="utf-8-sig")
    editor = YAML(typ="rt")
    editor.preserve_quotes = True
    editor.width = 4096
    editor.indent(mapping=2, sequence=4, offset=2)
    tree = editor.load(before)
    change(tree)
    written = StringIO()
    editor.dump(tree, written)
    _write(path, written.getvalue())
    try:
        check(path)
    except ConfigError:
        _write(path, before)
        raise


def _write(path: Path, text: str) -> None:
    new = path.with_name(path.name + ".new")
    try:
        new.write_text(text, encoding="utf-8")
        os.replace(new, path)  # noqa: PTH105
    except OSError as trouble:
        raise ReportError(f"{path} cannot be written: {trouble.strerror or trouble}") from None
