from __future__ import annotations

from pathlib import Path

from auditor.sources.dma_snapshot import DmaSnapshotSettings

from ..invented import ADDRESSLESS, BAS, CURRENT_ROW, NOBODY, ODA, PERSON_ROW, context, snapshot, written
from ..scenario import Scenario


def build(folder: Path) -> Scenario:
    written(folder / "E-101" / "profile.json", snapshot("PROFILE", [PERSON_ROW]))
    written(folder / "E-101" / "positions.json", snapshot("POSITIONS", [CURRENT_ROW]))
    written(folder / "E-102.json", '{"elements": [{"snapshotDomain": "PROF')
    return Scenario(DmaSnapshotSettings(), context(folder), ODA, BAS, NOBODY, ADDRESSLESS, folder)
