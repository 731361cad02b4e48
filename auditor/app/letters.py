"""The drafts of one departure as files, made when somebody asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from auditor.app.registry import writers
from auditor.offboarding.cases import Case
from auditor.reports.documents.letters import papers_of
from auditor.reports.scope import Scope


def letter_files(scope: Scope, case: Case) -> Iterator[tuple[str, bytes]]:
    """Name and content of each paper of a case: drafts of a letter, or why there is none."""
    with TemporaryDirectory(prefix="auditor-letters-") as folder:
        for document in papers_of(scope, case):
            for writer in writers():
                if isinstance(document, writer.kinds):
                    for path in writer.write(document, Path(folder)):
                        yield path.name, path.read_bytes()
