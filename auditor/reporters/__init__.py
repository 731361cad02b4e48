"""Makes documents of a report: pure, in four languages. One file per report."""

from __future__ import annotations

from auditor.reporters import _words
from auditor.reporters._keys import key_words
from auditor.reporters._messages import missing_messages
from auditor.reporters._people import shown
from auditor.reporters._words import LANGUAGES
from auditor.reporters.offboarding_checklist import checklist_words

__all__ = ["LANGUAGES", "checklist_words", "key_words", "missing_texts", "shown"]


def missing_texts() -> list[str]:
    """What the reports' catalogues and the letters' table lack; empty when all languages are complete."""
    return [*_words.missing_texts(), *missing_messages()]
