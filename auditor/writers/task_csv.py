"""Writes CSV files that other programs import: commas, UTF-8 without a mark, no formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from auditor.files.writing import write_document
from auditor.model.document import CsvFile
from auditor.ports import Writer
from auditor.writers._clean import cell_text, guarded


def write_task_csv(document: CsvFile, folder: Path) -> Sequence[Path]:
    """Write one file and return its path. Raises ReportError where nothing can be written."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    lines.writerow([guarded(cell_text(heading)) for heading in document.headings])
    lines.writerows([guarded(cell_text(value)) for value in row] for row in document.rows)
    body = text.getvalue().encode("utf-8")
    return [write_document(folder / document.folder, document.file_name, body)]


WRITER = Writer("task_csv", (CsvFile,), write_task_csv)
