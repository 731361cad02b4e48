"""`auditor member`: personal links to the member's page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from auditor.app.consent import revoke_links
from auditor.app.invite_members import LeftOut, draft_mails, invite_members
from auditor.app.registry import policy_of
from auditor.app.run_plan import RunRequest, open_store, prepare
from auditor.cli.console import Console
from auditor.cli.options import FILE, options, policy_option, roster_option
from auditor.cli.unfinished import unfinished_policy
from auditor.errors import ExitStatus

_WHY: Mapping[LeftOut, str] = {
    LeftOut.NOT_CHECKED: "are not checked now",
    LeftOut.LEFT: "have left",
    LeftOut.OBJECTED: "objected",
    LeftOut.SAID_NO: "said no (see --again)",
    LeftOut.CONSENTED: "have consented already",
}


@click.group()
def member() -> None:
    """Invite people to see the result before HR does, on a page of their own."""


@member.command(epilog="Example: auditor member invite --roster people.xlsx --output mails/")
@options(
    roster_option,
    policy_option,
    click.option(
        "--output", type=FILE, default=Path("mails"), show_default=True, help="Folder for the drafts."
    ),
    click.option(
        "--select", default="", metavar="IDS", help="Invite only these employee numbers, separated by commas."
    ),
    click.option("--again", is_flag=True, help="Also invite people who refused or withdrew."),
)
def invite(roster: Path, policy: Path, output: Path, select: str, again: bool) -> int:
    """Draft one mail for each person, in their language and with their personal link. Nothing is sent.

    The file links.csv holds the same links for a mail merge. Keep both safe: a link opens the page of its
    person. An earlier link of the same person stops working.
    """
    loaded = policy_of(policy)
    store = open_store(loaded)
    chosen = tuple(part.strip() for part in select.split(",") if part.strip())
    plan = prepare(RunRequest(roster, policy, output, select=chosen, resume=False), loaded, store)
    invited = invite_members(plan, store.engine, datetime.now(UTC), again=again)
    console = Console()
    if invited.links:
        draft_mails(loaded, invited.links, output)
        console.result(str(output))
    console.say(f"{len(invited.links)} drafts written; none was sent.")
    for reason, people in sorted(invited.left_out.items()):
        console.say(f"Not invited: {people} who {_WHY[reason]}.")
    return ExitStatus.CLEAN


@member.command(epilog="Example: auditor member revoke 1042")
@options(click.argument("person", metavar="PERSON|URL"), policy_option)
def revoke(person: str, policy: Path) -> int:
    """Revoke a person's links, for instance when a mail went to somebody else.

    PERSON is an employee number, a profile address or a full name.
    """
    loaded = unfinished_policy(policy)
    revoked = revoke_links(loaded, open_store(loaded).engine, person, datetime.now(UTC))
    Console().result(f"{revoked} links revoked.")
    return ExitStatus.CLEAN
