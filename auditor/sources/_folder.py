"""The evidence folder: where it lies, and the files in it, without ever leaving it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from auditor.errors import SourceUnavailable
from auditor.ports import SourceContext

MOST_ENTRIES = 200_000
DEEPEST = 8


def evidence_folder(source: str, configured: str, context: SourceContext) -> Path:
    """The folder a source reads: that of this run, else the configured one beside the policy.

    A sub-folder that bears the source's name is taken first, so that one folder can serve a whole
    ladder. Raises SourceUnavailable where there is none.
    """
    folder = context.folder or (context.policy.path.parent / configured if configured else None)
    if folder is None:
        raise SourceUnavailable(
            f"{source}: no evidence folder is set.",
            f"Give one with --captures DIR, or as sources.{source}.folder in the policy.",
        )
    if not folder.is_dir():
        raise SourceUnavailable(
            f"{source}: the evidence folder {folder} does not exist.", "Make it, or correct its name."
        )
    own = folder / source
    return own if own.is_dir() else folder


def evidence_file(source: str, configured: str, setting: str, context: SourceContext) -> Path:
    """The one file a source reads: as configured, in the evidence folder or beside the policy."""
    if not configured:
        raise SourceUnavailable(
            f"{source}: no file is named.", f"Name it as sources.{source}.{setting} in the policy."
        )
    places = [context.policy.path.parent]
    if context.folder is not None:
        places = [context.folder / source, context.folder, *places]
    found = next((place / configured for place in places if (place / configured).is_file()), None)
    if found is None:
        raise SourceUnavailable(
            f"{source}: the file {configured} is neither in the evidence folder nor beside the policy."
        )
    return found


def files_in(folder: Path, suffixes: frozenset[str]) -> Iterator[Path]:
    """Files with one of the (lower-case) suffixes, in the order of their names, at any depth.

    Links are not followed out of the folder and hidden files are passed over. Raises
    SourceUnavailable where the folder holds too much to be an evidence folder.
    """
    root = folder.resolve()
    seen = 0
    waiting = [(folder, 0)]
    while waiting:
        place, depth = waiting.pop()
        entries = _entries(place)
        seen += len(entries)
        if seen > MOST_ENTRIES:
            raise SourceUnavailable(
                f"The evidence folder {folder} holds more than {MOST_ENTRIES} files.",
                "Point to the folder that holds the evidence only.",
            )
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if depth < DEEPEST:
                    waiting.append((Path(entry.path), depth + 1))
            elif Path(entry.name).suffix.lower() in suffixes and _is_ours(entry, root):
                yield Path(entry.path)


def _entries(place: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(place) as entries:
            found = [entry for entry in entries if not entry.name.startswith((".", "~$"))]
    except OSError:
        return []
    return sorted(found, key=lambda entry: entry.name)


def _is_ours(entry: os.DirEntry[str], root: Path) -> bool:
    try:
        if not entry.is_file():
            return False
        return not entry.is_symlink() or Path(entry.path).resolve().is_relative_to(root)
    except OSError:
        return False
