"""`auditor run`, `auditor check` and `auditor report`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

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
from auditor.cli.options import (
    DATE,
    FILE,
    captures_option,
    fail_on_option,
    format_option,
    no_progress_option,
    options,
    output_option,
    policy_option,
    quiet_option,
    roster_option,
    source_option,
    today_option,
    verbose_option,
    workers_option,
)
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


@click.command(epilog="Example: auditor run --roster people.xlsx --source saved_pages --captures saved/")
@options(
    roster_option,
    policy_option,
    source_option,
    captures_option,
    output_option,
    today_option,
    click.option(
        "--select", default="", metavar="IDS", help="Check only these employee numbers, separated by commas."
    ),
    fail_on_option,
    click.option(
        "--dry-run",
        is_flag=True,
        help="Show who would be checked, how, and whose files were found; visit and store nothing.",
    ),
    click.option(
        "--resume/--fresh",
        default=None,
        help="Resume this month's unfinished run with the same --source, --captures, --select and --limit "
        "(roster and policy may have changed), or start a new run. By default, an unfinished run is resumed.",
    ),
    click.option(
        "--limit",
        type=click.IntRange(min=1),
        metavar="N",
        help="Check only the first N people (with --select: of those).",
    ),
    click.option("--accept-shrink", is_flag=True, help="Continue although the roster has shrunk a lot."),
    click.option(
        "--decisions",
        multiple=True,
        type=FILE,
        metavar="FILE",
        help="A returned workbook or leaver's checklist, read before the audit. May be given several times. "
        "Files that HR filled in inside the reports folder are always read.",
    ),
    format_option,
    workers_option,
    verbose_option,
    quiet_option,
    no_progress_option,
)
def run(
    roster: Path,
    policy: Path,
    source: str,
    captures: Path | None,
    output: Path,
    today: date | None,
    select: str,
    fail_on: str,
    dry_run: bool,
    resume: bool | None,
    limit: int | None,
    accept_shrink: bool,
    decisions: tuple[Path, ...],
    form: str,
    workers: int | None,
    verbose: bool,
    quiet: bool,
    no_progress: bool,
) -> int:
    """Audit everybody in the roster and write the reports.

    Each person's result is stored at once. If the run is interrupted, run the command again: it
    continues with the people not reached yet.
    """
    request = RunRequest(
        roster=roster,
        policy=policy,
        output=output,
        source=source,
        captures=captures,
        today=today,
        select=tuple(part.strip() for part in select.split(",") if part.strip()),
        limit=limit,
        resume=resume,
        accept_shrink=accept_shrink,
        decisions=decisions,
        workers=workers,
    )
    console = Console(verbose=verbose, quiet=quiet, progress=not no_progress)
    if dry_run:
        return _dry_run(request, console)
    return audit(request, console, fail_on, form)


@click.command(epilog="Example: auditor check --roster people.xlsx --captures saved/ --format json")
@options(
    roster_option,
    policy_option,
    click.option("--captures", type=FILE, help="Folder with saved pages (other files are not read here)."),
    output_option,
    today_option,
    fail_on_option,
    format_option,
    verbose_option,
    quiet_option,
)
def check(
    roster: Path,
    policy: Path,
    captures: Path | None,
    output: Path,
    today: date | None,
    fail_on: str,
    form: str,
    verbose: bool,
    quiet: bool,
) -> int:
    """Judge saved pages without using a browser or the store.

    Use it to try out a changed policy. Nothing is remembered, so every finding is new. Exports and other
    files that people handed over are read by auditor run only.
    """
    request = RunRequest(
        roster, policy, output, source="saved_pages", captures=captures, today=today, resume=False, keep=False
    )
    return audit(request, Console(verbose=verbose, quiet=quiet, progress=False), fail_on, form)


@click.command()
@click.argument("run_id", metavar="[RUN]", required=False, default="")
@options(
    policy_option,
    output_option,
    click.option("--today", type=DATE, help="Draft letters as of this day, YYYY-MM-DD."),
    format_option,
    quiet_option,
)
def report(run_id: str, policy: Path, output: Path, today: date | None, form: str, quiet: bool) -> int:
    """Write the reports of a stored run again (default: the latest).

    RUN is a run's id, such as 2026-11-22-01. The new reports include what HR has decided and recorded
    since then. Letter drafts are in the folder leavers (see: auditor offboarding).
    """
    loaded = policy_of(policy)
    store = open_store(loaded)
    stored = stored_run(store, run_id)
    made = stored_report(store, stored, loaded, on=today_of(loaded, today))
    folder = reports_folder(output, stored.facts.id)
    files = write_reports(made, folder, password_of(loaded))
    seal_report(made, folder, loaded, store.engine)
    _tell_written(made, folder, files, Console(quiet=quiet), form)
    return ExitStatus.CLEAN


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


def _dry_run(request: RunRequest, console: Console) -> int:
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
