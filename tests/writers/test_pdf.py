"""The page of shares as a PDF: real text in the reader's signs, no picture of text, equal bytes."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor.model.document import ShareBar, ShareLines, SharePage
from auditor.writers.pdf import write_pdf

pytest.importorskip("reportlab")
needs_reader = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext")
PAGE = SharePage(
    "adoption.pdf",
    "Adoption – novembre 2026",
    "Vérifié pour 37 collaborateurs sur 45 (82 %).",
    "fr",
    (
        ShareBar("Bannière", "72 % (entre 54 % et 85 %)", "21 sur les 29", 0.72, 0.54, 0.85),
        ShareBar("Lien", "trop peu"),
    ),
    ShareLines("Part", ("janv.\n2026", "févr.", "mars"), ((0.5, None, 0.7), (None, None, None))),
    (("Entité", "Collaborateurs", "Bannière", "Lien"), ("Groupe Étoile SA", "12", "72 %", "trop peu")),
    ("Łódź Spółka – 東京",),
    "Bannière: 72 %",
    datetime(2026, 11, 22, 9, 40, tzinfo=UTC),
)


def text_of(path: Path) -> str:
    asked = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return asked.stdout.decode("utf-8")


@needs_reader
def test_it_is_one_page_of_real_text(tmp_path: Path) -> None:
    (path,) = write_pdf(PAGE, tmp_path)
    said = text_of(path)
    assert said.count("\f") == 1
    for wanted in (
        "Adoption – novembre 2026",
        "Bannière",
        "72 % (entre 54 % et 85 %)",
        "févr.",
        "Groupe Étoile SA",
    ):
        assert wanted in said
    assert "?ódz Spó?ka – ??" in said, "what the PDF's own fonts lack is simplified, and nothing fails"


def test_equal_pages_give_equal_bytes_and_nothing_is_embedded(tmp_path: Path) -> None:
    bodies = [write_pdf(PAGE, tmp_path / name)[0].read_bytes() for name in ("a", "b")]
    assert bodies[0] == bodies[1]
    assert not re.search(rb"/Subtype /Image|/JavaScript|/URI", bodies[0])
    assert len(bodies[0]) < 20_000
