"""Makes documents of a report: pure, in four languages. One file per report."""

from __future__ import annotations

from auditor.reporters._words import LANGUAGES, missing_texts

__all__ = ["LANGUAGES", "missing_texts"]
