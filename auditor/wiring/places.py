"""Where things lie: the state beside the policy, the reports in private folders."""

from __future__ import annotations

import os
from pathlib import Path

from auditor.errors import ReportError


def base_folder(policy: Path) -> Path:
    """The folder of an installation: the one that holds `config/`, else the policy's own."""
    folder = policy.resolve().parent
    return folder.parent if folder.name == "config" else folder


def state_folder(policy: Path) -> Path:
    """The private folder of an installation's store, keys and locks."""
    return base_folder(policy) / "state"


def reports_folder(output: Path, run_id: str) -> Path:
    """The private folder of a run's reports, made and tried before anything is opened.

    Raises ReportError where nothing can be written.
    """
    folder = output / run_id
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        trial = folder / ".trial"
        trial.write_bytes(b"trial")
        trial.unlink()
    except OSError as trouble:
        raise ReportError(
            f"Nothing can be written to {folder}: {trouble.strerror or trouble}",
            "Choose another folder with --output; what is stored stays stored.",
        ) from None
    return folder


def make_private(folder: Path) -> None:
    """Files for their owner only, where the system knows such rights."""
    if os.name != "posix":
        return
    for path in folder.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
