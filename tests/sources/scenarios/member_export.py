from __future__ import annotations

from pathlib import Path

from auditor.sources.member_export import MemberExportSettings

from ..invented import ADDRESSLESS, BAS, NOBODY, ODA, context, export_files, written, zipped
from ..scenario import Scenario


def build(folder: Path) -> Scenario:
    written(folder / "E-101" / "Complete_LinkedInDataExport_03-14-2025.zip", zipped(export_files()))
    written(folder / "E-102.zip", b"not an archive")
    return Scenario(MemberExportSettings(), context(folder), ODA, BAS, NOBODY, ADDRESSLESS, folder)
