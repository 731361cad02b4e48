"""The due days of all open steps as calendar files: one per case, one for all; numbers, never names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from auditor.model.document import Calendar, CalendarEvent, Document
from auditor.model.report import AuditReport
from auditor.offboarding.cases import Case, DueStep
from auditor.ports import Reporter
from auditor.reports.file_names import case_folder
from auditor.reports.messages import labelled
from auditor.reports.offboarding.cases import cases
from auditor.reports.offboarding.steps import CONDITIONS, DOERS
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
        events = tuple(_event(scope, case, due, due.due) for due in case.to_hand_out() if due.due)
        everything += events
        if events:
            name = say("Offboarding {id}", id=shown(case.employee.employee_id))
            documents.append(Calendar("offboarding.ics", name, events, stamp, case_folder(case.employee)))
    if everything:
        name = say("Offboarding: all departures")
        documents.append(Calendar("all-departures.ics", name, tuple(everything), stamp, "leavers"))
    return documents


def _event(scope: Scope, case: Case, due: DueStep, day: date) -> CalendarEvent:
    say, step = scope.words.say, due.step
    summary = f"{step.id} {say(step.what)} ({shown(case.employee.employee_id, 40)})"
    lines = (
        labelled(say("Owner"), say(DOERS[step.owner]), scope.words.language),
        labelled(say("Applies"), say(CONDITIONS[step.when]), scope.words.language),
        labelled(say("Confirmation wanted"), say(step.evidence), scope.words.language),
    )
    version = max(0, (scope.report.as_of - _FIRST_VERSION).days)
    return CalendarEvent(f"{due.id}@offboarding.invalid", day, summary, "\n".join(lines), version)


REPORTER = Reporter("calendar_file", calendar_files)
