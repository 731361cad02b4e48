"""From what a run decided, or what the store holds of it, to a report and its files."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from auditor.app.apply_decisions import answers_since, decisions_to_show
from auditor.app.conclude import case_facts, times_unverified_after, with_pictures
from auditor.app.document_cache import EarlierPapers, drop_stale_kits
from auditor.app.edited_workbooks import WrittenWorkbooks
from auditor.app.offboard import drop_stale
from auditor.app.passwords import lock
from auditor.app.paths import make_private
from auditor.app.policy_review import reviews_of
from auditor.app.registry import leaver_rules, reporters, rule_texts, source_titles, writers
from auditor.app.schedule import program
from auditor.app.written_files import WrittenFiles, content_of, withdraw_manifest
from auditor.errors import ReportError
from auditor.model.company import standing_banner
from auditor.model.document import Document
from auditor.model.history import History
from auditor.model.policy import Policy
from auditor.model.policy_review import due_day
from auditor.model.report import AuditReport, MonthCounts
from auditor.model.run_result import RunResult
from auditor.offboarding.letters_sent import last_looks
from auditor.offboarding.step_notes import open_doubts
from auditor.reports import missing_texts
from auditor.reports.documents.findings_json import findings_content
from auditor.reports.findings_schema import findings_schema
from auditor.store.history import load_history
from auditor.store.runs import RunStore, StoredRun

__all__ = [
    "findings_content",
    "findings_schema",
    "report_of",
    "require_texts",
    "stored_report",
    "write_reports",
]


def stored_report(
    store: RunStore, run: StoredRun, policy: Policy, on: date | None = None, *, pictures: bool = True
) -> AuditReport:
    """The report of a run as the store holds it; without the evidence pictures where they are not wanted.
    Drafts of letters are made as of `on`, None = the run's day.

    Raises ReportError for a run that never ended.
    """
    if run.health is None:
        raise ReportError(
            f"The run {run.facts.id} is not finished, so there is nothing to report.",
            "Continue it with: auditor run --resume",
            code="RUN_UNFINISHED",
        )
    history = load_history(store, run, leaver_rules())
    examinations = tuple(store.examinations(run.facts.id, run.roster.employees, pictures=pictures))
    findings = with_pictures(store.findings(run.facts.id), examinations)
    result = RunResult(run.facts, run.health, run.roster, examinations, findings, history.cases)
    return report_of(result, history, policy, on)


def report_of(result: RunResult, history: History, policy: Policy, on: date | None = None) -> AuditReport:
    """Everything that the documents of a run can be made of. Drafts of letters are made as of `on`."""
    run = result.run
    facts = case_facts(run, result.examinations, result.findings, history, policy)
    everybody = (*(one.employee for one in result.examinations), *history.departed.values())
    recent = {run.id, *([history.previous.id] if history.previous else [])}
    months = [*(before.facts for before in history.runs[-12:]), run]
    return AuditReport(
        run=run,
        health=result.health,
        examinations=result.examinations,
        findings=facts.findings,
        rows=result.roster.rows,
        notices=result.roster.notices,
        rules=rule_texts(),
        source_titles=source_titles(),
        trend=tuple(
            MonthCounts(one.id, one.today, one.counts, one.entity_counts, one.banner_counts)
            for one in months
            if not one.left  # a run that only came to a part of the people is no point of the trend
        ),
        language=policy.language,
        thumbnails=policy.thumbnails,
        standard_banners={
            company.entity: banner.body
            for company in policy.companies.values()
            if (banner := standing_banner(company.banners, run.today, language=company.language))
        },
        contacts={entity: privacy.contact for entity, privacy in policy.privacy.items()},
        times_unverified=times_unverified_after(history, result.examinations),
        time_zone=policy.roster.time_zone,
        decisions=decisions_to_show(result, history),
        answers_since=answers_since(result, history),
        companies=policy.companies,
        default_entity=policy.default_entity,
        retention_months=policy.retention.leavers_months,
        settling_in_days=policy.roster.settling_in_days,
        call=shlex.join(program()),
        call_options=shlex.join(("--policy", str(policy.path.absolute()))),
        packs=policy.packs and not policy.summary,
        summary=policy.summary,
        letter_form=policy.letter_form,
        looks=last_looks(everybody, history.case_events),
        letters_sent=facts.letters_sent,
        case_answers=facts.answers,
        drafted_on=max(on, run.today) if on else None,
        cases=result.cases,
        departed=history.departed,
        step_doubts=tuple(one for one in open_doubts(history.step_notes) if one.after_run in recent),
        sightings=facts.sightings,
        review_due=due_day(reviews_of(policy), history.runs[0].facts.today if history.runs else run.today),
    )


@cache
def require_texts() -> None:
    """Raises ReportError when a text of the reports is missing in some language. Looked at once a process."""
    missing = missing_texts()
    if missing:
        raise ReportError(
            f"The report catalogues are incomplete: {'; '.join(missing[:5])}.",
            "Complete auditor/language/locale.",
            code="TEXTS_INCOMPLETE",
        )


def write_reports(report: AuditReport, folder: Path, password: str = "") -> list[Path]:
    """All documents of all reporters as files in the run's folder; workbooks get the password, where there
    is one, before the next document is begun. Papers of packs that lie there already and say the same are
    left as they are; so are workbooks that somebody filled in where they lie, a numbered sibling is written
    beside them. Raises ReportError.
    """
    written: list[Path] = []
    report = replace(report, folder=str(folder.absolute()))
    try:
        withdraw_manifest(folder)
        earlier, workbooks, noted = EarlierPapers(folder), WrittenWorkbooks(folder), WrittenFiles(folder)
        for reporter in reporters():
            documents = map(workbooks.spared, reporter.make(report))
            written.extend(_write_all(documents, folder, password, earlier, noted))
        workbooks.keep(written)
        workbooks.save()
        drop_stale(folder, written)
        drop_stale_kits(folder, set(written))
        earlier.save()
        noted.save()
        make_private(folder)
    except OSError as trouble:
        raise ReportError(
            f"The reports could not be written to {folder}: {trouble.strerror or trouble}",
            "The results are stored; write them again with: auditor report",
            code="NOT_WRITABLE",
        ) from None
    return written


def _write_all(
    documents: Iterable[Document], folder: Path, password: str, earlier: EarlierPapers, noted: WrittenFiles
) -> Iterator[Path]:
    for document in documents:
        files = earlier.files_of(document)
        if files is None:
            files = _write(document, folder, password, noted)
            earlier.keep(document, files)
        del document  # a large one must not wait beside the next
        yield from files


def _write(document: Document, folder: Path, password: str, noted: WrittenFiles) -> list[Path]:
    written: list[Path] = []
    for writer in writers():
        if isinstance(document, writer.kinds):
            files = writer.write(document, folder)
            contents = [content_of(document, file) for file in files]
            lock(files, password)
            for file, content in zip(files, contents, strict=True):
                noted.keep(file, content)
            written.extend(files)
    return written
