"""Where files are relative to the policy: state, reports, the log and its anchor."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import sqlalchemy as sa

from auditor.errors import ReportError
from auditor.files.writing import temporary_neighbour
from auditor.model.policy import Policy
from auditor.store.log import AuditLog


def log_of(policy: Policy, engine: sa.Engine) -> AuditLog:
    """The log of this store; one in memory has no anchor file."""
    return AuditLog(engine, None if engine.url.database in (None, "", ":memory:") else anchor_file(policy))


def anchor_file(policy: Policy) -> Path:
    """Where the newest hash is remembered; a store of its own address has an anchor of its own."""
    if not policy.store_address:
        return state_folder(policy.path) / "log.anchor"
    name = hashlib.sha256(policy.store_address.encode()).hexdigest()[:8]
    return state_folder(policy.path) / f"log-{name}.anchor"


def base_folder(policy: Path) -> Path:
    """The folder of an installation: the one that contains `config/`, otherwise the policy's own."""
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
        with temporary_neighbour(folder / "trial") as trial:
            trial.write_bytes(b"trial")
    except OSError as trouble:
        raise ReportError(
            f"Nothing can be written to {folder}: {trouble.strerror or trouble}",
            "Choose another folder with --output; what was stored is kept.",
            code="NOT_WRITABLE",
        ) from None
    return folder


def make_private(folder: Path) -> None:
    """Files for their owner only, where the system knows such rights."""
    if os.name != "posix":
        return
    for path in folder.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
