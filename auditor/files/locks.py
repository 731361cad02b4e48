"""Whether a spreadsheet program has a file open, by the lock file that it lays beside it."""

from __future__ import annotations

from pathlib import Path


def is_open(path: Path) -> bool:
    """Whether a lock file of Excel or LibreOffice lies beside the file."""
    return (path.parent / f"~${path.name}").exists() or (path.parent / f".~lock.{path.name}#").exists()
