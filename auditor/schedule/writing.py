"""Small files of the schedulers, written whole or not at all."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from auditor.errors import ScheduleError


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that is to be written, for showing: where it goes, and its text."""

    where: str
    text: str


def replace_file(path: Path, body: bytes) -> None:
    """Write a file in the place of whatever stood there. Raises ScheduleError."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(body)
        aside.chmod(0o644)
        aside.replace(path)
    except OSError as trouble:
        aside.unlink(missing_ok=True)
        raise ScheduleError(f"{path} cannot be written: {trouble.strerror or trouble}") from None
