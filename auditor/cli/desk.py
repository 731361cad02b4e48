"""`auditor desk`: HR's month in the browser, on this machine."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from auditor.cli.console import Console
from auditor.cli.options import FILE, options, output_option, policy_option
from auditor.errors import ExitStatus, UsageError, hint_of_extra


@click.command(epilog="Example: auditor desk --roster people.xlsx")
@options(
    policy_option,
    click.option(
        "--roster", type=FILE, help="The employee list; needed to collect pages and to start a run."
    ),
    output_option,
    click.option("--inbox", type=FILE, help="The folder in which pages are saved (default: inbox/)."),
    click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port (default: any free one)."),
    click.option("--by", default="", metavar="NAME", help="Who answers (default: your account's name)."),
    click.option("--no-open", is_flag=True, help="Print the link, open no browser."),
)
def desk(
    policy: Path, roster: Path | None, output: Path, inbox: Path | None, port: int, by: str, no_open: bool
) -> int:
    """Open the desk in your browser: collect pages, answer findings, settle departures.

    The desk runs on this machine only and is opened by a link that works once. It uses the same store and
    follows the same rules as the other commands, and may stay open beside a scheduled run. It ends after
    four hours without use.
    """
    try:
        from auditor.web.desk import DeskSettings
        from auditor.web.server import serve
    except ImportError as missing:
        raise UsageError(
            f"The desk needs packages that are not installed ({missing.name}).",
            hint_of_extra("desk"),
            code="PACKAGES_MISSING",
        ) from None
    console = Console()
    console.show_log()
    serve(
        DeskSettings(policy, output, by or _account(), roster, inbox), port, console.say, browser=not no_open
    )
    return ExitStatus.CLEAN


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
