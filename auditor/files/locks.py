"""Whether a spreadsheet program has a file open, recognised by its lock file."""

from __future__ import annotations

from pathlib import Path


def is_open(path: Path) -> bool:
    """Whether there is a lock file of Excel or LibreOffice next to the file."""
    return (path.parent / f"~${path.name}").exists() or (path.parent / f".~lock.{path.name}#").exists()
