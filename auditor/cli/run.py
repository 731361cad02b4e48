"""`auditor run`, `auditor check` and `auditor report`: what they take.

What they do is imported when it is done, so that their help reads nothing of the audit.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from auditor.cli.console import Console
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
    from auditor.app.run_plan import RunRequest
    from auditor.cli.audit import audit, show_plan

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
        return show_plan(request, console)
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
    from auditor.app.run_plan import RunRequest
    from auditor.cli.audit import audit

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
    from auditor.cli.audit import report_again

    return report_again(run_id, policy, output, today, Console(quiet=quiet), form)
