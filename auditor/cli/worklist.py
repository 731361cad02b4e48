"""`auditor worklist`: whose page is still wanted."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.app.run_plan import RunRequest
from auditor.app.worklist import worklist_of, write_worklist
from auditor.cli.console import Console
from auditor.cli.options import captures_option, options, output_option, policy_option, roster_option
from auditor.errors import ExitStatus
from auditor.language.words import LANGUAGES


@click.command(epilog="Example: auditor worklist --roster people.xlsx")
@options(
    roster_option,
    policy_option,
    captures_option,
    output_option,
    click.option("--language", type=click.Choice(LANGUAGES), help="The language (default: the policy's)."),
)
def worklist(roster: Path, policy: Path, captures: Path | None, output: Path, language: str | None) -> int:
    """Write a list of everybody whose page is still wanted, with links to click.

    Leavers come first, then those whose page is oldest. With `run.sample` in the policy, so many people a
    month are listed, until everybody's turn has come. Writes a workbook and a page for the browser.
    """
    request = RunRequest(roster, policy, output, captures=captures, resume=False, keep=False)
    found, plan = worklist_of(request)
    console = Console()
    console.tell(f"Pages still wanted: {len(found.wanted)}, of {found.people} people.")
    for path in write_worklist(found, plan, output, language or ""):
        console.result(str(path))
    return ExitStatus.CLEAN
