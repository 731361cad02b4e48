"""What is missing before a report can be written is named by the place where it is to be found."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.app import publish
from auditor.errors import ReportError
from tests.reports.invented import sixty

ROOT = Path(__file__).resolve().parents[2]


def test_the_folder_of_the_catalogues_to_complete_is_there(monkeypatch):
    monkeypatch.setattr(publish, "missing_texts", lambda: ["nl: Findings"])
    publish.require_texts.cache_clear()
    with pytest.raises(ReportError) as trouble:
        publish.require_texts()
    (folder,) = re.findall(r"auditor/\S+(?=\.)", trouble.value.hint)
    assert sorted(one.name for one in (ROOT / folder).glob("*/")) == ["de", "en", "fr", "nl"]


def test_the_short_form_writes_no_paper_for_a_single_person(tmp_path, monkeypatch):
    monkeypatch.setattr("auditor.reports.short_form.MOST_ROWS", 20)
    publish.write_reports(replace(sixty(), packs=False, summary=True), tmp_path)
    written = {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*") if file.is_file()}
    book = "linkedin-audit_all_2026-11"
    tables = {name.removeprefix(f"csv/{book}_") for name in written if name.startswith("csv/")}
    others = {name for name in written if not name.startswith(("csv/", "."))}
    assert others == {"adoption.pdf", "findings.json", "index.html", f"{book}.xlsx"}
    # of 60 people in every state only the findings and the unverified are more than 20
    assert {name for name in tables if "part" in name} == {"findings_part.csv", "could-not-verify_part.csv"}
    assert "all-people.csv" not in tables
