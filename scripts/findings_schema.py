#!/usr/bin/env python3
"""Writes docs/findings.schema.json from the program's own types: python scripts/findings_schema.py"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from auditor.reporters._findings_schema import findings_schema  # noqa: E402

if __name__ == "__main__":
    target = ROOT / "docs" / "findings.schema.json"
    target.write_text(json.dumps(findings_schema(), indent=2) + "\n", encoding="utf-8")
