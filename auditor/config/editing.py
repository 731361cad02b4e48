"""Changes to the policy file by the program: comments stay, a change that breaks the file is undone."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from auditor.errors import ConfigError, ReportError
from auditor.files.writing import write_atomic


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
    try:
        write_atomic(path, written.getvalue(), mode=None)
        try:
            check(path)
        except ConfigError:
            write_atomic(path, before, mode=None)
            raise
    except OSError as trouble:
        raise ReportError(
            f"{path} cannot be written: {trouble.strerror or trouble}", code="NOT_WRITABLE"
        ) from None
