"""Where the evidence of a source lies: one answer for runs, the desk, the member's page and privacy."""

from __future__ import annotations

from pathlib import Path

from auditor.app.paths import base_folder
from auditor.app.registry import sources
from auditor.model.policy import Policy

#: the sources whose evidence people hand over as files, so that it can be collected
PAGES, EXPORTS = "saved_pages", "member_export"
#: the folder for all evidence of an installation whose policy names none
EVIDENCE = "evidence"


def evidence_root(policy: Policy, captures: Path | None = None) -> Path | None:
    """The one folder for the evidence of all sources; None where the policy names folders of its own.

    It is the folder that a run is given (`captures`), otherwise `evidence` of the installation.
    """
    if captures is not None:
        return captures
    return None if any(map(_named, policy.source_settings.values())) else base_folder(policy.path) / EVIDENCE


def evidence_place(policy: Policy, source: str, captures: Path | None = None) -> Path | None:
    """The folder in which a run looks for a source's evidence, and in which more of it is put.

    None where the policy names folders, but none for this source. In a folder for all sources it is the
    sub-folder with the source's name, unless the evidence lies in the folder itself; there may be none yet.
    """
    root = evidence_root(policy, captures)
    own = _named(policy.source_settings.get(source))
    folder = root or (policy.path.parent / own if own else None)
    if folder is None:
        return None
    below = folder / source
    return folder if not below.is_dir() and (root is None or _holds_evidence(folder)) else below


def collected_places(policy: Policy, captures: Path | None = None) -> dict[str, Path]:
    """Where collected evidence lies, by source, of each that has a place; see `evidence_place`."""
    found = {name: evidence_place(policy, name, captures) for name in (PAGES, EXPORTS)}
    return {name: place for name, place in found.items() if place}


def _named(settings: object) -> str:
    """The folder that the policy names for a source; empty for none."""
    return str(getattr(settings, "folder", ""))


def _holds_evidence(folder: Path) -> bool:
    """Whether something lies in the folder itself, beside the folders of sources."""
    if not folder.is_dir():
        return False
    return any(not one.name.startswith(".") and one.name not in sources() for one in folder.iterdir())
