from __future__ import annotations

from pathlib import Path

from auditor.sources.vendor_file import VendorFileSettings

from ..invented import ADDRESSLESS, BAS, NOBODY, ODA, context, vendor_record, written
from ..scenario import Scenario


def build(folder: Path) -> Scenario:
    refused = {"input": {"url": "https://www.linkedin.com/in/bas-quillepot"}, "error": "crawl failed"}
    written(folder / "people.json", [vendor_record("oda-vintermark"), refused])
    settings = VendorFileSettings(file="people.json")
    return Scenario(settings, context(folder), ODA, BAS, NOBODY, ADDRESSLESS, folder)
