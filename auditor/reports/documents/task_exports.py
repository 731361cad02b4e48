"""The steps of every case as tasks for Jira and Asana; employee numbers in the titles, never names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.language.words import Words
from auditor.model.document import CsvFile, Document
from auditor.model.report import AuditReport
from auditor.offboarding.cases import Case
from auditor.offboarding.due_steps import DueStep
from auditor.ports import Reporter
from auditor.reports.file_names import case_folder
from auditor.reports.offboarding.cases import cases
from auditor.reports.offboarding.steps import SIDES, step_facts
from auditor.reports.people import shown
from auditor.reports.scope import whole

JIRA = ("Summary", "Issue Type", "Description", "Assignee", "Due date", "Labels", "Parent")
ASANA = ("Name", "Description", "Section/Column", "Assignee", "Collaborators", "Start Date", "Due Date")
#: ordinary users of Jira may import so many rows at once
ROWS_A_FILE = 250
_TITLE_SIGNS = 240
Row = tuple[str, ...]


def task_exports(report: AuditReport) -> Sequence[Document]:
    """Per case one file for each tool; only steps that are still open."""
    if not report.packs:
        return ()
    scope = whole(report)
    documents: list[Document] = []
    for case in cases(scope):
        due = case.to_hand_out()
        jira = [_jira(case, one, scope.words) for one in due]
        asana = [_asana(case, one, scope.words) for one in due]
        documents += _files("jira", JIRA, jira, case_folder(case.employee))
        documents += _files("asana", ASANA, asana, case_folder(case.employee))
    return documents


def _files(name: str, headings: Row, rows: Sequence[Row], folder: str) -> Iterable[CsvFile]:
    parts = [rows[start : start + ROWS_A_FILE] for start in range(0, len(rows), ROWS_A_FILE)]
    for number, part in enumerate(parts, 1):
        file_name = f"{name}.csv" if len(parts) == 1 else f"{name}-{number}.csv"
        yield CsvFile(file_name, headings, tuple(part), folder)


def _jira(case: Case, due: DueStep, words: Words) -> Row:
    labels = f"offboarding {case.id} {due.step.id} {due.step.side}"
    day = due.due.isoformat() if due.due else ""
    return (_title(case, due, words), "Task", _description(due, words), "", day, labels, "")


def _asana(case: Case, due: DueStep, words: Words) -> Row:
    day = due.due.isoformat() if due.due else ""
    section = words.say(SIDES[due.step.side])
    return (_title(case, due, words), _description(due, words), section, "", "", "", day)


def _title(case: Case, due: DueStep, words: Words) -> str:
    number = shown(case.employee.employee_id, 40)
    return shown(f"{number} {due.step.id} {words.say(due.step.what)}", _TITLE_SIGNS)


def _description(due: DueStep, words: Words) -> str:
    number = words.labelled(words.say("Step id"), due.id)
    return "\n".join((words.say(due.step.what), *step_facts(due.step, words), number))


REPORTER = Reporter("task_exports", task_exports)
