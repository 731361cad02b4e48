"""`auditor offboarding`: record what people did about leavers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from auditor.app import offboard as departures
from auditor.app.publish import stored_report
from auditor.app.read_back import must_be_there
from auditor.app.registry import policy_of
from auditor.app.run_plan import open_store, today_of
from auditor.app.stored_runs import latest_run
from auditor.cli.options import DATE, options, policy_option
from auditor.errors import ExitStatus
from auditor.model.case import CaseEvent, CaseEventKind
from auditor.model.policy import Policy
from auditor.store.cases import CaseEventStore
from auditor.store.runs import RunStore

person_argument = click.argument("person", metavar="PERSON")
on_option = click.option(
    "--on", "day", type=DATE, help="The day on which it happened, YYYY-MM-DD (default: today)."
)


@click.group()
def offboarding() -> None:
    """Record what people did about leavers. The program itself sends nothing.

    A letter is drafted only if somebody looked at the profile in the last 7 days. There are at most two:
    the letter, and a reminder 30 days later. `auditor report` writes the drafts.
    """


@offboarding.command(epilog="Example: auditor offboarding looked 1042 --on 2026-11-24")
@person_argument
@options(on_option, policy_option)
def looked(person: str, day: date | None, policy: Path) -> int:
    """Record that you looked at a leaver's profile and the finding is still visible there.

    PERSON is the employee number.
    """
    return _record(person, CaseEventKind.LOOKED, day, policy)


@offboarding.command(epilog="Example: auditor offboarding sent 1042")
@person_argument
@options(on_option, policy_option)
def sent(person: str, day: date | None, policy: Path) -> int:
    """Record that the letter or the reminder was sent.

    PERSON is the employee number.
    """
    return _record(person, CaseEventKind.SENT, day, policy)


@offboarding.command("list")
@options(click.option("--today", type=DATE, help="Show the state on this day, YYYY-MM-DD."), policy_option)
def list_(today: date | None, policy: Path) -> int:
    """List the departures of the latest run.

    Shows number, last day, findings, looks, letters, which side is open, and the next step.
    """
    loaded, store = _open(policy)
    latest = latest_run(store)
    made = stored_report(store, latest, loaded, on=today_of(loaded, today))
    found = departures.departures(made)
    for one in found:
        click.echo("  ".join((one.employee_id, str(one.last_day or "no last day"), _told(one))))
    if not found:
        click.echo(f"The run {latest.facts.id} has no departures.")
    return ExitStatus.CLEAN


def _told(one: departures.Departure) -> str:
    step = f"next: {one.next_step}" if one.next_step else ""
    if one.stage is None:
        return "  ".join(filter(None, ("leaves soon" if one.leaving else "", one.state, step)))
    letters = ", ".join(map(str, one.stage.sent)) or "none"
    parts = (
        " ".join(one.codes),
        f"looked on: {one.stage.looked_on or 'never'}",
        f"letters: {letters}",
        one.state,
        step,
    )
    return "  ".join(parts)


def _record(person: str, kind: CaseEventKind, day: date | None, policy: Path) -> int:
    loaded, store = _open(policy)
    today = today_of(loaded)
    latest = store.latest()
    if latest:
        today = max(today, latest.facts.today)
    employee, new = departures.record(store, person, kind, day or today, today)
    event = CaseEvent(employee.employee_id, employee.last_day, kind, day or today)
    must_be_there(loaded, "What you recorded", lambda anew: event in CaseEventStore(anew).all())
    click.echo("Recorded." if new else "It was already recorded.")
    if kind is CaseEventKind.LOOKED:
        click.echo("To write the drafts: auditor report")
    return ExitStatus.CLEAN


def _open(policy: Path) -> tuple[Policy, RunStore]:
    loaded = policy_of(policy)
    return loaded, open_store(loaded)
