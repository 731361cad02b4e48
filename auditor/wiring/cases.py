"""Departures from run to run: begun, gone on with until both sides are done, closed, opened again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from auditor.domain.case import CaseRecord, next_record
from auditor.domain.employee import Employee
from auditor.domain.health import HealthVerdict
from auditor.domain.report import AuditReport
from auditor.domain.step_note import answers_of
from auditor.reporters._cases import every_case
from auditor.reporters._scope import whole
from auditor.store.cases import CaseStore, StepNoteStore, last_known, last_sightings
from auditor.store.runs import RunStore, StoredRun


def with_cases(report: AuditReport, run: StoredRun, store: RunStore) -> AuditReport:
    """The report with the cases as they stood at this run, their people, and what was noted until now."""
    records = _as_of(CaseStore(store.engine).all(), run, store)
    notes = StepNoteStore(store.engine).all()
    people = {one.employee_id for one in records.values()} | {one.employee_id for one in notes}
    recent = {run.facts.id, *(one.facts.id for one in store.earlier(run.number, 1))}
    return replace(
        report,
        cases=records,
        departed=_departed(records, run, store),
        case_answers=answers_of(notes),
        sightings=last_sightings(store.engine, people, run.number),
        step_doubts=tuple(one for one in notes if not one.applied and one.after_run in recent),
    )


def keep_cases(report: AuditReport, store: RunStore) -> AuditReport:
    """After a run: the cases that it began, closed or opened again are stored, and its report shows them so.

    Once more for the same run changes nothing.
    """
    run = report.run
    sound = report.health.verdict is HealthVerdict.SOUND
    whole_run = not (run.left or run.partial)
    changed: dict[str, CaseRecord] = {}
    for case in every_case(whole(report)):
        fresh = CaseRecord(case.employee.employee_id, case.employee.last_day, run.today)
        record = next_record(case.record, fresh, case.sight, run.id, sound=sound, whole=whole_run)
        if record != case.record:
            changed[record.id] = record
    CaseStore(store.engine).keep(changed.values())
    return replace(report, cases={**report.cases, **changed})


def case_counts(report: AuditReport) -> dict[str, int]:
    """How many cases go on after a run, and how many it closed."""
    return {
        "open": sum(one.closed_on is None for one in report.cases.values()),
        "closed": sum(one.closed_in == report.run.id for one in report.cases.values()),
    }


def _as_of(records: Mapping[str, CaseRecord], run: StoredRun, store: RunStore) -> dict[str, CaseRecord]:
    """What was known at a run: what later runs closed or saw is left out, what they began too."""
    ids = store.run_ids()
    newer = set(ids[: ids.index(run.facts.id)])
    if not newer:
        return dict(records)
    today = run.facts.today
    found = {}
    for key, record in records.items():
        if record.opened_on > today:
            continue
        if record.closed_in in newer:
            record = replace(record, closed_on=None, closed_in="")
        if record.clean_on and record.clean_on > today:
            record = replace(record, clean_on=None)
        found[key] = record
    return found


def _departed(records: Mapping[str, CaseRecord], run: StoredRun, store: RunStore) -> dict[str, Employee]:
    """People of cases that go on who do not stand in the run's roster any more.

    Who stands there with another last day has another case. A run about a chosen few tells nothing.
    """
    if run.facts.partial:
        return {}
    present = {employee.employee_id for employee in run.roster.employees}
    wanted = {
        key
        for key, one in records.items()
        if one.employee_id not in present and (not one.closed_on or one.closed_in == run.facts.id)
    }
    return last_known(store.engine, wanted, run.number)
