"""Removes what an earlier writing of the same report left of fix kits and this one no longer says."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

_BANNERS = "banners"
#: the names, without ending, of what a kit was ever made of
_KIT = frozenset({"fix-kit", "banner"})


def drop_stale_kits(folder: Path, kept: Collection[Path]) -> None:
    """Kits of people who no longer get one, and banners that belong to no kit any more.

    A folder in which somebody put something of their own stays. Raises OSError.
    """
    for kit in folder.glob("fix-kits/*"):
        files = list(kit.iterdir()) if kit.is_dir() else []
        ours = kit.name == _BANNERS or all(file.stem in _KIT for file in files)
        stale = [file for file in files if file not in kept and file.is_file()]
        standing = len(stale) < len(files)
        for file in stale if ours else ():
            if not standing or kit.name == _BANNERS or file.stem == "banner":
                file.unlink()
        if ours and not standing and files:
            kit.rmdir()
