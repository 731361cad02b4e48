"""Tab-separated tables carried inside the package: read once, when first needed."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def package_rows(package: str, name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table by heading; lines that begin with `# ` are notes."""
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("# ")]
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
