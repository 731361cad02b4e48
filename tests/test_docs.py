"""The generated parts of the documentation are current."""

import importlib.util
from pathlib import Path

from auditor.app.start import FILES, starter_file

ROOT = Path(__file__).resolve().parent.parent


def test_generated_docs_are_current():
    spec = importlib.util.spec_from_file_location("docs", ROOT / "scripts" / "docs.py")
    docs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(docs)
    stale = [
        path.name
        for path, text in docs.generated().items()
        if not path.exists() or path.read_text("utf-8") != text
    ]
    assert not stale, "run: python3 scripts/docs.py"


def test_the_sample_configuration_is_what_init_writes():
    for name, place in FILES.items():
        assert (ROOT / place).read_bytes() == starter_file(name), f"write {place} anew with auditor init"
