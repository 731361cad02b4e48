"""What is missing before a report can be written is named by the place where it is to be found."""

import re
from pathlib import Path

import pytest

from auditor.app import publish
from auditor.errors import ReportError

ROOT = Path(__file__).resolve().parents[2]


def test_the_folder_of_the_catalogues_to_complete_is_there(monkeypatch):
    monkeypatch.setattr(publish, "missing_texts", lambda: ["nl: Findings"])
    with pytest.raises(ReportError) as trouble:
        publish.require_texts()
    (folder,) = re.findall(r"auditor/\S+(?=\.)", trouble.value.hint)
    assert sorted(one.name for one in (ROOT / folder).glob("*/")) == ["de", "en", "fr", "nl"]
