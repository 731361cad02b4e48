"""`auditor member`: personal links to the member's page, and the page itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from auditor.app.consent import revoke_links
from auditor.app.invite_members import LeftOut, draft_mails, invite_members, settings_of
from auditor.app.member_page import MemberPageSettings
from auditor.app.registry import policy_of
from auditor.app.run_plan import RunRequest, open_store, prepare
from auditor.cli.console import Console
from auditor.cli.options import FILE, captures_option, options, policy_option, roster_option
from auditor.cli.unfinished import open_unfinished
from auditor.errors import ExitStatus, UsageError, hint_of_extra

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


@member.command(
    epilog="Example: auditor member serve --roster people.xlsx --public-address https://profile.example.com"
)
@options(
    roster_option,
    policy_option,
    captures_option,
    click.option(
        "--public-address",
        default="",
        metavar="URL",
        help="Where people reach the page (default: page_address of member_consent in the policy).",
    ),
    click.option(
        "--host",
        default="127.0.0.1",
        show_default=True,
        metavar="ADDRESS",
        help="The address to listen on; the TLS proxy passes requests on to it.",
    ),
    click.option("--port", type=click.IntRange(0, 65535), default=8460, show_default=True, help="Port."),
    click.option(
        "--proxy",
        default="",
        metavar="HOST",
        help="The TLS proxy, if it runs on another machine: what it says of visitors' addresses is believed.",
    ),
)
def serve(
    roster: Path, policy: Path, captures: Path | None, public_address: str, host: str, port: int, proxy: str
) -> int:
    """Serve the page that personal links open, behind the company's TLS proxy.

    People see who asks and why, and the result before HR does. They can connect LinkedIn, hand over a page or
    a file, do nothing, or object with one button. What they hand over is kept where a run finds it. See
    docs/member-page.md for the proxy.
    """
    try:
        from auditor.web.member.gate import PublicAddress
        from auditor.web.member.server import Serving
        from auditor.web.member.server import serve as serve_page
    except ImportError as missing:
        raise UsageError(
            f"The member's page needs packages that are not installed ({missing.name}).",
            hint_of_extra("member"),
            code="PACKAGES_MISSING",
        ) from None
    console = Console()
    console.show_log()
    public = PublicAddress.of(public_address or settings_of(policy_of(policy)).page_address)
    serve_page(MemberPageSettings(policy, roster, captures), Serving(public, host, port, proxy), console.say)
    return ExitStatus.CLEAN


@member.command(epilog="Example: auditor member revoke 1042")
@options(click.argument("person", metavar="PERSON|URL"), policy_option)
def revoke(person: str, policy: Path) -> int:
    """Revoke a person's links, for instance when a mail went to somebody else.

    PERSON is an employee number, a profile address or a full name.
    """
    loaded, engine = open_unfinished(policy)
    revoked = revoke_links(loaded, engine, person, datetime.now(UTC))
    Console().result(f"{revoked} links revoked.")
    return ExitStatus.CLEAN
