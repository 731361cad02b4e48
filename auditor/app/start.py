"""`auditor init`: a commented policy, a sample roster and a folder for banners."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from auditor.errors import ReportError, UsageError
from auditor.files.writing import write_atomic

FILES = {"policy.yaml": "config/policy.yaml", "roster-sample.csv": "config/roster-sample.csv"}
BRAND_NOTE = "Put the approved banner files here (1584 x 396, JPG or PNG) and name them in ../policy.yaml.\n"


def start_installation(folder: Path) -> list[Path]:
    """Write the starting files; existing ones are never overwritten.

    Raises UsageError if one already exists, ReportError if nothing can be written.
    """
    targets = {name: folder / place for name, place in FILES.items()}
    there = [str(path) for path in targets.values() if path.exists()]
    if there:
        raise UsageError(
            f"These files already exist: {', '.join(there)}. Nothing was changed.",
            "Choose another folder.",
            code="FILE_EXISTS",
        )
    note = folder / "config" / "brand" / "README.txt"
    try:
        for name, path in targets.items():
            write_atomic(path, starter_file(name), mode=None)
        if not note.exists():
            write_atomic(note, BRAND_NOTE, mode=None)
    except OSError as trouble:
        raise ReportError(
            f"Nothing can be written to {folder}: {trouble.strerror or trouble}", code="NOT_WRITABLE"
        ) from None
    return [*targets.values(), note]


def starter_file(name: str) -> bytes:
    """The bytes of a starting file."""
    return resources.files("auditor.config").joinpath("starter", name).read_bytes()
