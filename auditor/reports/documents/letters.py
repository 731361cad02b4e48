"""Drafts of the letter and the reminder to people who left, or a page that says why there is none.

Nothing is ever sent: a person looks, completes, sends, and records it.
"""

from __future__ import annotations

from collections.abc import Iterable

from auditor.language.locality import letter_languages
from auditor.model.document import Document, MailDraft, TextDocument
from auditor.model.report import AuditReport
from auditor.offboarding.cases import Case
from auditor.offboarding.letter_stage import Stage, letter_stage
from auditor.ports import Reporter
from auditor.reports.file_names import case_folder
from auditor.reports.offboarding.cases import cases
from auditor.reports.offboarding.letter_pages import before_sending, not_ready
from auditor.reports.offboarding.letter_text import LetterText, draft_notice, exit_note_text, letter_text
from auditor.reports.offboarding.notice_draft import notice_draft
from auditor.reports.scope import Scope, whole


def letters(report: AuditReport) -> Iterable[Document]:
    """Per flagged leaver either drafts (.docx and .eml) with a page on sending them, or a page that
    says what must happen first; after two letters the draft of a notice, for HR and DPO to decide on.

    Somebody who leaves soon gets the note of the exit pack, which tells of nothing seen.
    """
    if not report.packs:
        return ()
    scope = whole(report)
    return (document for case in cases(scope) for document in papers_of(scope, case))


def papers_of(scope: Scope, case: Case) -> list[Document]:
    """The papers of a case; none where it only waits for its last steps: nobody is to be written to."""
    if case.findings:
        return _pack(scope, case)
    return _exit_pack(scope, case) if case.leaving and not case.closed_on else []


def _pack(scope: Scope, case: Case) -> list[Document]:
    report, employee = scope.report, case.employee
    tracked = min(case.findings, key=lambda one: (one.finding.severity.rank, one.finding.fingerprint))
    stage = letter_stage(report, employee, tracked)
    company = report.company_of(employee)
    if company is None or stage.stage not in (Stage.LETTER, Stage.REMINDER):
        page = not_ready(scope, case, tracked, stage)
        notice = notice_draft(scope, case, tracked, company) if stage.stage is Stage.DECIDE else None
        return [page, notice] if notice else [page]
    text = letter_text(report, employee, company, tracked, stage)
    name = "reminder" if stage.stage is Stage.REMINDER else "letter"
    return [*_papers(scope, case, name, text), before_sending(scope, case, tracked, stage, text)]


def _exit_pack(scope: Scope, case: Case) -> list[Document]:
    company = scope.report.company_of(case.employee)
    if company is None or not letter_languages(case.employee, company):
        return []
    text = exit_note_text(scope.report, case.employee, company)
    return _papers(scope, case, "exit-note", text)


def _papers(scope: Scope, case: Case, name: str, text: LetterText) -> list[Document]:
    run = scope.report.run
    blocks = (draft_notice(scope.words, text.to_fill), *text.blocks)
    language = text.languages[0]
    return [
        TextDocument(
            f"{name}.docx",
            text.subject,
            language,
            blocks,
            case_folder(case.employee),
            text.to_fill,
            run.written_at,
        ),
        MailDraft(f"{name}.eml", text.subject, language, blocks, case_folder(case.employee), text.to_fill),
    ]


REPORTER = Reporter("letters", letters)
