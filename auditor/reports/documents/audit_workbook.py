"""The exception workbook: one for everything, and one per entity where there are several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.model.document import Document, Workbook
from auditor.model.health import HealthVerdict
from auditor.model.report import AuditReport
from auditor.ports import Reporter
from auditor.reports.file_names import plain_name
from auditor.reports.keys import keys_table
from auditor.reports.overview import title
from auditor.reports.scope import Scope, entities, of_entity, whole
from auditor.reports.sheet import sheets


def exception_workbooks(report: AuditReport) -> Sequence[Document]:
    """The overall workbook first; then, with two entities or more, one each without the others' rows; not in
    the short form."""
    return tuple(_each_workbook(report))


def _each_workbook(report: AuditReport) -> Iterator[Document]:
    """The same, each made once the one before is written: those of a large group fill the memory."""
    names = entities(report)
    yield _workbook(whole(report), names[0] if len(names) == 1 else "all")
    if len(names) > 1 and not report.summary:
        taken = {"all"}
        for name in names:
            yield _workbook(of_entity(report, name), _part(name, taken))


def _workbook(scope: Scope, part: str) -> Workbook:
    say = scope.words.say
    run = scope.report.run
    degraded = scope.report.health.verdict is HealthVerdict.DEGRADED
    return Workbook(
        file_name=f"linkedin-audit_{plain_name(part)}_{run.today:%Y-%m}.xlsx",
        title=title(scope),
        tables=(*(sheet.make(scope) for sheet in sheets() if sheet.when(scope)), keys_table(scope)),
        footer=say("Confidential - HR only"),
        created=run.written_at,
        language=scope.words.language,
        page_header=say("This run cannot be trusted; see the summary.") if degraded else "",
        alarming=degraded,
        pictures=scope.report.thumbnails,
        page_of=say("Page {page} of {pages}"),
        part_printed=say("the first {n} of {all} rows"),
    )


def _part(name: str, taken: set[str]) -> str:
    """A file name's part for an entity, unlike all others."""
    plain = plain_name(name)
    part, number = plain, 2
    while part.casefold() in taken:
        part, number = f"{plain}-{number}", number + 1
    taken.add(part.casefold())
    return part


REPORTER = Reporter("exceptions", _each_workbook)
