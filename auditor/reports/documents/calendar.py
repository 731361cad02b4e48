"""The due days of open steps as calendar files: one per case, one for all; numbers, never names, and nothing
that is past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from auditor.model.document import Calendar, CalendarEvent, Document
from auditor.model.report import AuditReport
from auditor.offboarding.cases import Case
from auditor.offboarding.due_steps import DueStep
from auditor.ports import Reporter
from auditor.reports.file_names import case_folder
from auditor.reports.offboarding.cases import cases
from auditor.reports.offboarding.steps import step_facts
from auditor.reports.people import shown
from auditor.reports.scope import Scope, whole

_FIRST_VERSION = date(2026, 1, 1)


def calendar_files(report: AuditReport) -> Sequence[Document]:
    """The same step has the same UID in every run, so that importing again updates it."""
    if not report.packs:
        return ()
    scope = whole(report)
    run, say = report.run, scope.words.say
    stamp = run.written_at
    documents: list[Document] = []
    everything: list[CalendarEvent] = []
    for case in cases(scope):
        events = tuple(
            _event(scope, case, due, due.due)
            for due in case.to_hand_out()
            if due.due and due.due >= report.as_of
        )
        everything += events
        if events:
            name = say("Offboarding {id}", id=shown(case.employee.employee_id))
            documents.append(Calendar("offboarding.ics", name, events, stamp, case_folder(case.employee)))
    if everything:
        name = say("Offboarding: all departures")
        documents.append(Calendar("all-departures.ics", name, tuple(everything), stamp, "leavers"))
    return documents


def _event(scope: Scope, case: Case, due: DueStep, day: date) -> CalendarEvent:
    step = due.step
    summary = f"{step.id} {scope.words.say(step.what)} ({shown(case.employee.employee_id, 40)})"
    facts = "\n".join(step_facts(step, scope.words))
    version = max(0, (scope.report.as_of - _FIRST_VERSION).days)
    return CalendarEvent(f"{due.id}@offboarding.invalid", day, summary, facts, version)


REPORTER = Reporter("calendar_file", calendar_files)
