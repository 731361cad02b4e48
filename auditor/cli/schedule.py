"""`auditor schedule`."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import click

from auditor.app import schedule as scheduling
from auditor.app.notify import notify_failure
from auditor.app.registry import policy_of
from auditor.app.run_plan import RunRequest, open_store
from auditor.cli.audit import audit
from auditor.cli.console import Console
from auditor.cli.options import (
    NEVER,
    captures_option,
    options,
    output_option,
    policy_option,
    quiet_option,
    roster_option,
    source_option,
    today_option_for,
    verbose_option,
)
from auditor.errors import AuditorError, ExitStatus
from auditor.model.policy import Policy
from auditor.store.runs import RunStore


class TimeType(click.ParamType[time]):
    """A time of day as HH:MM."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> time:
        """Parse the text, or end with a usage message."""
        if isinstance(value, time):
            return value
        try:
            return datetime.strptime(value, "%H:%M").time()  # noqa: DTZ007
        except ValueError:
            self.fail(f"{value!r} is not a time of day; write it as 06:00", param, ctx)


kind_option = click.option(
    "--kind",
    type=click.Choice(scheduling.KINDS),
    help="The scheduler to use (default: the one of this machine).",
)
monthly_option = click.option(
    "--monthly-on",
    type=click.IntRange(1, 28),
    default=1,
    show_default=True,
    metavar="DAY",
    help="The day of the month from which the audit is due.",
)


@click.group()
def schedule() -> None:
    """Run the audit automatically every month.

    The machine's scheduler calls the program once a day, and the audit runs if it is due. The next call
    therefore makes up for a missed month, repeats a failed run, and continues a run of several days.
    """


@schedule.command(
    epilog="Example: auditor schedule install --roster /hr/people.xlsx --monthly-on 3 --dry-run"
)
@options(
    roster_option,
    policy_option,
    output_option,
    captures_option,
    source_option,
    kind_option,
    monthly_option,
    click.option(
        "--at",
        type=TimeType(),
        default="06:00",
        show_default=True,
        metavar="HH:MM",
        help="Earliest local time of the daily call; it starts up to 30 minutes later.",
    ),
    click.option("--dry-run", is_flag=True, help="Show what would be written and run; change nothing."),
)
def install(
    roster: Path,
    policy: Path,
    output: Path,
    captures: Path | None,
    source: str,
    kind: str | None,
    monthly_on: int,
    at: time,
    dry_run: bool,
) -> int:
    """Add the daily call to the machine's scheduler.

    It replaces an earlier one for this policy.
    """
    policy_of(policy)
    call = scheduling.call_of(
        scheduling.ScheduledRun(roster, policy, output, captures, source, monthly_on, at)
    )
    system = scheduling.scheduler(kind or "")
    console = Console()
    if dry_run:
        for piece in system.preview(call):
            console.result(f"--- {piece.where}\n{piece.text.rstrip()}\n")
        return ExitStatus.CLEAN
    scheduling.prepare_log(call)
    system.install(call)
    console.result(f"Installed as {call.name} ({system.kind}).")
    for line in scheduling.hints(system.kind):
        console.say(line)
    return ExitStatus.CLEAN


@schedule.command()
@options(policy_option, kind_option)
def show(policy: Path, kind: str | None) -> int:
    """Show what is installed for this policy."""
    system = scheduling.scheduler(kind or "")
    text = scheduling.shown(policy, system)
    Console().result(text.rstrip() if text else f"Nothing is installed for {policy} ({system.kind}).")
    return ExitStatus.CLEAN


@schedule.command()
@options(policy_option, kind_option)
def remove(policy: Path, kind: str | None) -> int:
    """Remove the daily call for this policy from the scheduler; results and reports are kept."""
    system = scheduling.scheduler(kind or "")
    gone = scheduling.forget(policy, system)
    Console().result("Removed." if gone else f"Nothing was installed for {policy} ({system.kind}).")
    return ExitStatus.CLEAN


@schedule.command()
@options(policy_option, monthly_option, today_option_for("As of this day, YYYY-MM-DD (default: today)."))
def due(policy: Path, monthly_on: int, today: date | None) -> int:
    """Tell whether this month's audit is due: exit status 0 if it is, 1 if not."""
    loaded = policy_of(policy)
    is_due = scheduling.due(open_store(loaded), loaded, monthly_on, today)
    Console().result("due" if is_due else "not due")
    return ExitStatus.CLEAN if is_due else ExitStatus.FINDINGS


@schedule.command(
    "run", epilog="Schedulers call this. `auditor run` does the same whether or not the audit is due."
)
@options(
    roster_option,
    policy_option,
    output_option,
    captures_option,
    source_option,
    monthly_option,
    verbose_option,
    quiet_option,
)
def run_if_due(
    roster: Path,
    policy: Path,
    output: Path,
    captures: Path | None,
    source: str,
    monthly_on: int,
    verbose: bool,
    quiet: bool,
) -> int:
    """Run this month's audit if it is due; otherwise end at once.

    The exit status is 0 even if there are findings. If the audit cannot run, the policy's notice
    addresses are notified. Variables in `config/schedule.env` are set first.
    """
    console = Console(verbose=verbose, quiet=quiet, progress=False)
    console.show_log()
    scheduling.take_surroundings(policy)
    loaded = policy_of(policy)
    store: RunStore | None = None
    try:
        store = open_store(loaded)
        if not scheduling.due(store, loaded, monthly_on):
            console.tell("This month's audit is not due.")
            return ExitStatus.CLEAN
        request = RunRequest(roster, policy, output, source=source, captures=captures)
        return audit(request, console, NEVER, "text")
    except AuditorError as trouble:
        _tell(loaded, store, trouble.exit_status, console)
        raise
    except Exception:
        _tell(loaded, store, ExitStatus.INTERNAL, console)
        raise


def _tell(policy: Policy, store: RunStore | None, status: int, console: Console) -> None:
    for line in notify_failure(policy, store, status):
        console.say(line)
