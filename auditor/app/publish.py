"""From a stored run to files. A report is always made from the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from auditor.app.apply_decisions import with_decisions
from auditor.app.document_cache import EarlierPapers, drop_stale_kits
from auditor.app.edited_workbooks import WrittenWorkbooks
from auditor.app.offboard import drop_stale, with_cases, with_departures
from auditor.app.passwords import lock
from auditor.app.paths import make_private
from auditor.app.registry import reporters, rule_texts, writers
from auditor.errors import ReportError
from auditor.model.company import standing_banner
from auditor.model.document import Document
from auditor.model.examination import Examination
from auditor.model.finding import TrackedFinding
from auditor.model.policy import Policy
from auditor.model.report import AuditReport
from auditor.model.rule import Failed, Undetermined
from auditor.reports import missing_texts
from auditor.reports.documents.findings_json import findings_content
from auditor.reports.findings_schema import findings_schema
from auditor.store.runs import RunStore, StoredRun, trend

__all__ = [
    "assemble",
    "findings_content",
    "findings_schema",
    "require_texts",
    "write_reports",
]


def assemble(store: RunStore, run: StoredRun, policy: Policy, on: date | None = None) -> AuditReport:
    """Everything a report can be made of. Drafts of letters are made as of `on`, None = the run's day.

    Raises ReportError for a run that never ended.
    """
    if run.health is None:
        raise ReportError(
            f"The run {run.facts.id} is not finished, so there is nothing to report.",
            "Continue it with: auditor run --resume",
        )
    examinations = tuple(store.examinations(run.facts.id))
    report = AuditReport(
        run=run.facts,
        health=run.health,
        examinations=examinations,
        findings=_with_pictures(store.findings(run.facts.id), examinations),
        rows=run.roster.rows,
        notices=run.roster.notices,
        rules=rule_texts(),
        trend=trend([*store.earlier(run.number, 12), run]),
        language=policy.language,
        thumbnails=policy.thumbnails,
        standard_banners={
            company.entity: banner.body
            for company in policy.companies.values()
            if (banner := standing_banner(company.banners, run.facts.today, language=company.language))
        },
        times_unverified=store.times_unverified(run.number),
        time_zone=policy.roster.time_zone,
        contacts={entity: privacy.contact for entity, privacy in policy.privacy.items()},
    )
    report = with_departures(with_cases(report, run, store), store, policy, on)
    return with_decisions(report, run, store)


def require_texts() -> None:
    """Raises ReportError when a text of the reports is missing in some language."""
    missing = missing_texts()
    if missing:
        raise ReportError(
            f"The report catalogues are incomplete: {'; '.join(missing[:5])}.",
            "Complete auditor/reports/locale.",
        )


def write_reports(report: AuditReport, folder: Path, password: str = "") -> list[Path]:
    """All documents of all reporters as files in the run's folder; workbooks get the password, where there
    is one, before the next document is begun. Papers of packs that lie there already and say the same are
    left as they are; so are workbooks that somebody filled in where they lie, a numbered sibling is written
    beside them. Raises ReportError.
    """
    written: list[Path] = []
    try:
        earlier, workbooks = EarlierPapers(folder), WrittenWorkbooks(folder)
        for reporter in reporters():
            documents = map(workbooks.spared, reporter.make(report))
            written.extend(_write_all(documents, folder, password, earlier))
        workbooks.keep(written)
        workbooks.save()
        drop_stale(folder, written)
        drop_stale_kits(folder, set(written))
        earlier.save()
        make_private(folder)
    except OSError as trouble:
        raise ReportError(
            f"The reports could not be written to {folder}: {trouble.strerror or trouble}",
            "The results are stored; write them again with: auditor report",
        ) from None
    return written


def _write_all(
    documents: Iterable[Document], folder: Path, password: str, earlier: EarlierPapers
) -> Iterator[Path]:
    for document in documents:
        files = earlier.files_of(document)
        if files is None:
            files = _write(document, folder, password)
            earlier.keep(document, files)
        yield from files


def _write(document: Document, folder: Path, password: str) -> list[Path]:
    written: list[Path] = []
    for writer in writers():
        if isinstance(document, writer.kinds):
            files = writer.write(document, folder)
            lock(files, password)
            written.extend(files)
    return written


def _with_pictures(
    findings: list[TrackedFinding], examinations: tuple[Examination, ...]
) -> tuple[TrackedFinding, ...]:
    """The findings with the evidence pictures of this run's results put back."""
    bodies = {
        (result.employee_id, result.rule_id): result.outcome.pictures
        for examination in examinations
        for result in examination.results
        if isinstance(result.outcome, Failed | Undetermined)
    }
    return tuple(
        replace(tracked, finding=replace(tracked.finding, pictures=bodies.get(_place(tracked), ())))
        for tracked in findings
    )


def _place(tracked: TrackedFinding) -> tuple[str, str]:
    return tracked.finding.employee_id, tracked.finding.rule_id
