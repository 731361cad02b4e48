from __future__ import annotations

from pathlib import Path

from auditor.sources.attestation import AttestationSettings

from ..invented import ADDRESSLESS, NOBODY, ODA, context, picture, written
from ..scenario import Scenario


def build(folder: Path) -> Scenario:
    link = "https://www.linkedin.com/company/vintergloed/"
    row = f"E-101;Grid planner at Vintergloed;{link};oda.jpg;03/02/2026"
    written(folder / "answers.csv", f"Employee ID;Headline;Company page;Banner;Date\n{row}\n")
    written(folder / "oda.jpg", picture())
    settings = AttestationSettings(file="answers.csv")
    return Scenario(settings, context(folder), ODA, None, NOBODY, ADDRESSLESS, folder)
