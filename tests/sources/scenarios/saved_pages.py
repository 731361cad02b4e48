from __future__ import annotations

from pathlib import Path

from auditor.sources.saved_pages import SavedPagesSettings

from ..invented import ADDRESSLESS, BAS, NOBODY, ODA, context, page, written
from ..scenario import Scenario


def build(folder: Path) -> Scenario:
    written(folder / "Somebody _ LinkedIn.html", page("oda-vintermark"))
    # the head names the page, the rest of the file is missing
    broken = b"MIME-Version: 1.0\r\nSnapshot-Content-Location: https://www.linkedin.com/in/bas-quillepot/\r\n"
    written(folder / "broken.mhtml", broken)
    return Scenario(SavedPagesSettings(), context(folder), ODA, BAS, NOBODY, ADDRESSLESS, folder)
