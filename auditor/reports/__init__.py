"""Makes documents of a report: pure, in four languages. One file per report."""

from __future__ import annotations

from auditor.language import words as _words
from auditor.language.words import LANGUAGES
from auditor.reports.documents.checklist import checklist_words
from auditor.reports.keys import key_words
from auditor.reports.messages import missing_messages
from auditor.reports.people import shown

__all__ = ["LANGUAGES", "checklist_words", "key_words", "missing_texts", "shown"]


def missing_texts() -> list[str]:
    """What the reports' catalogues and the letters' table lack; empty when all languages are complete."""
    return [*_words.missing_texts(), *missing_messages()]
