"""`auditor consent`: the register of members' consents."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import click

from auditor.app import consent as register
from auditor.app.invite_members import draft_mails, note_reminded, remind_members
from auditor.app.registry import policy_of
from auditor.app.run_plan import RunRequest, open_store, prepare, today_of
from auditor.cli.console import Console
from auditor.cli.options import FILE, lines_option, options, policy_option, roster_option, today_option_for
from auditor.cli.unfinished import open_unfinished
from auditor.errors import ExitStatus
from auditor.model.consent import Consent

person_argument = click.argument("person", metavar="PERSON|URL")
_DAYS = {
    "invited": "invited_on",
    "consented": "consented_on",
    "until": "ends_on",
    "reminded": "reminded_on",
    "refused": "refused_on",
    "withdrawn": "withdrawn_on",
    "expired": "expired_on",
}


@click.group()
def consent() -> None:
    """List, remind, withdraw and forget the consents of members.

    PERSON is an employee number, a profile address or a full name. People consent on the member's page;
    `auditor member invite` drafts the mails with their personal links.
    """


@consent.command("list")
@options(policy_option, lines_option)
def list_(policy: Path, form: str) -> int:
    """List the register: everybody who was invited, with the state of the consent and its days."""
    loaded, engine = open_unfinished(policy)
    console = Console()
    register.expire_ended(engine, today_of(loaded))
    lines = register.list_consents(loaded, engine)
    for line in lines:
        days = {word: str(getattr(line, name)) for word, name in _DAYS.items() if getattr(line, name)}
        console.result(_text(line, days) if form == "text" else _json(line, days))
    console.say(f"{len(lines)} people.")
    return ExitStatus.CLEAN


@consent.command(epilog="Example: auditor consent remind --roster people.xlsx --output mails/")
@options(
    roster_option,
    policy_option,
    click.option(
        "--output", type=FILE, default=Path("mails"), show_default=True, help="Folder for the drafts."
    ),
)
def remind(roster: Path, policy: Path, output: Path) -> int:
    """Draft a mail for everybody whose consent ends within 30 days. Nothing is sent.

    Each person is reminded once; the mail holds a new personal link.
    """
    loaded = policy_of(policy)
    store = open_store(loaded)
    register.expire_ended(store.engine, today_of(loaded))
    plan = prepare(RunRequest(roster, policy, output, resume=False), loaded, store)
    now = datetime.now(UTC)
    reminded = remind_members(plan, store.engine, now)
    console = Console()
    if reminded.links:
        draft_mails(loaded, reminded.links, output)
        note_reminded(loaded, store.engine, reminded.links, now)
        console.result(str(output))
    console.say(f"{len(reminded.links)} drafts written; none was sent.")
    return ExitStatus.CLEAN


@consent.command(epilog="Example: auditor consent withdraw 1042")
@options(
    person_argument,
    policy_option,
    today_option_for("The day of the withdrawal, YYYY-MM-DD (default: today)."),
)
def withdraw(person: str, policy: Path, today: date | None) -> int:
    """Withdraw a person's consent. The access and what was fetched with it are deleted at once."""
    loaded, engine = open_unfinished(policy)
    stood = register.withdraw_consent(loaded, engine, person, today or today_of(loaded))
    Console().result("Withdrawn." if stood else "There was no consent; the person is not invited again.")
    return ExitStatus.CLEAN


@consent.command(epilog="Example: auditor consent forget 1042 --yes")
@options(
    person_argument,
    policy_option,
    click.option("--yes", is_flag=True, help="Do not ask for confirmation."),
)
def forget(person: str, policy: Path, yes: bool) -> int:
    """Delete a person's line in the register, links, access and what was fetched."""
    if not yes:
        click.confirm("Delete everything about this person's consent?", abort=True, err=True)
    loaded, engine = open_unfinished(policy)
    known = register.forget_consent(loaded, engine, person)
    Console().result("Deleted." if known else "There was nothing.")
    return ExitStatus.CLEAN


def _text(line: Consent, days: dict[str, str]) -> str:
    told = "  ".join(f"{word} {day}" for word, day in days.items())
    return f"{line.employee_id}  {line.state}  {told}".rstrip()


def _json(line: Consent, days: dict[str, str]) -> str:
    return json.dumps({"employee_id": line.employee_id, "state": str(line.state), **days})
