"""The section for the code of conduct as files: Word and Markdown, per entity and language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from auditor.app.registry import writers
from auditor.errors import UsageError
from auditor.language.words import LANGUAGES
from auditor.model.document import MarkdownFile
from auditor.model.policy import Policy
from auditor.reports.policy_text import policy_text


def write_policy_text(
    policy: Policy, folder: Path, entities: Sequence[str], languages: Sequence[str], today: date
) -> list[Path]:
    """Write the text for these entities in these languages; none means all. Returns the files.

    Raises UsageError for an entity that is not described, ReportError where nothing can be written.
    """
    unknown = [one for one in entities if one not in policy.companies]
    if unknown:
        known = ", ".join(policy.companies)
        raise UsageError(
            f"The policy describes no entity {unknown[0]!r}.", f"Known: {known}.", code="ENTITY_UNKNOWN"
        )
    written: list[Path] = []
    for entity in entities or list(policy.companies):
        for language in languages or LANGUAGES:
            text = policy_text(policy, entity, language, today)
            name = text.file_name.removesuffix(".docx") + ".md"
            for document in (text, MarkdownFile(name, text.language, text.blocks)):
                for writer in writers():
                    if isinstance(document, writer.kinds):
                        written.extend(writer.write(document, folder))
    return written
