"""What `auditor run`, `check` and `report` do, and what they print."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from auditor.app.passwords import password_of
from auditor.app.paths import reports_folder
from auditor.app.perform_run import RunEvents, perform_run
from auditor.app.publish import findings_content, stored_report, write_reports
from auditor.app.registry import policy_of
from auditor.app.run_audit import RunEnd
from auditor.app.run_plan import RunPlan, RunRequest, open_store, prepare, today_of
from auditor.app.seal_report import seal_report
from auditor.app.stored_runs import stored_run
from auditor.cli.console import Console, stop_on_signals
from auditor.cli.decisions import tell_taken
from auditor.cli.summary import (
    exit_status,
    plan_lines,
    planned_files,
    planned_groups,
    planned_people,
    summary_lines,
    unknown_entities,
)
from auditor.cli.unfinished import unfinished_policy
from auditor.errors import ExitStatus
from auditor.findings.run_notices import banner_notices
from auditor.model.report import AuditReport


def audit(request: RunRequest, console: Console, fail_on: str, form: str) -> int:
    """Run a whole audit, write its reports and return the exit status."""
    console.show_log()
    events = RunEvents(
        taken=lambda files: tell_taken(files, console),
        planned=lambda plan: _tell_resumed(plan, console),
        progress=console.progress,
        written=lambda made, folder, files: _tell_written(made, folder, files, console, form),
        unsent=console.say,
    )
    end = perform_run(request, stop_on_signals(console), events)
    if end.interrupted:
        console.say(f"Interrupted. People not reached yet: {end.left}. Continue with --resume.")
        return ExitStatus.INTERRUPTED
    if end.paused:
        console.tell(
            f"The daily limit is reached. People not reached yet: {end.left}. "
            "The next call continues with them."
        )
    if end.report is None:
        console.tell("This call found nothing new; the report is unchanged.")
        return ExitStatus.CLEAN
    return _end(end, end.report, console, fail_on)


def report_again(
    run_id: str, policy: Path, output: Path, today: date | None, console: Console, form: str
) -> int:
    """Write the reports of a stored run, of the latest where the id is empty; drafts as of `today`."""
    loaded = policy_of(policy)
    store = open_store(loaded)
    stored = stored_run(store, run_id)
    made = stored_report(store, stored, loaded, on=today_of(loaded, today))
    folder = reports_folder(output, stored.facts.id)
    files = write_reports(made, folder, password_of(loaded))
    seal_report(made, folder, loaded, store.engine)
    _tell_written(made, folder, files, console, form)
    return ExitStatus.CLEAN


def _tell_resumed(plan: RunPlan, console: Console) -> None:
    if plan.unfinished:
        console.tell(f"Resuming the unfinished run {plan.unfinished.facts.id}.")


def _tell_written(
    made: AuditReport, folder: Path, files: Sequence[Path], console: Console, form: str
) -> None:
    for line in summary_lines(made):
        console.tell(line)
    if form == "json":
        console.result(json.dumps(findings_content(made), ensure_ascii=False, indent=1))
        return
    checklists = [path for path in files if path.name.startswith("checklist_") and path.parent == folder]
    for path in files:
        if path.parent == folder and path not in checklists:
            console.result(str(path))
    console.tell(f"All reports are in {folder}, including {len(checklists)} offboarding checklists.")


def _end(end: RunEnd, made: AuditReport, console: Console, fail_on: str) -> int:
    if end.left and not end.paused:
        console.say(f"People not reached: {end.left}. Continue later with --resume.")
    return exit_status(made, fail_on)


def show_plan(request: RunRequest, console: Console) -> int:
    """Say who would be checked and how; nothing is visited or stored."""
    policy = unfinished_policy(request.policy)
    plan = prepare(replace(request, keep=False), policy, open_store(policy, keep=False))
    people = planned_people(plan)
    files = planned_files(plan, people)
    trouble, groups = planned_groups(plan, people, files)
    for line in (*trouble, *groups):
        console.say(line)
    for line in plan_lines(plan, people, files):
        console.result(line)
    for notice in banner_notices(policy.companies.values()):
        console.say(f"Warning: {notice.message}")
    return ExitStatus.NOT_SOUND if trouble or unknown_entities(plan) else ExitStatus.CLEAN
