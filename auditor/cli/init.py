"""`auditor init`."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.app.start import start_installation
from auditor.cli.console import Console
from auditor.cli.options import FILE
from auditor.errors import ExitStatus


@click.command(epilog="Example: auditor init my-company")
@click.argument("folder", metavar="[DIR]", type=FILE, required=False, default=Path())
def init(folder: Path) -> int:
    """Write a commented policy and a sample roster into DIR (default: here).

    Also makes a folder for the banners. Existing files are never overwritten.
    """
    console = Console()
    for path in start_installation(folder):
        console.result(str(path))
    console.say(
        "Next: fill in config/policy.yaml. The fields that only you can decide are empty and marked FILL IN. "
        "Then: auditor run --roster config/roster-sample.csv --dry-run"
    )
    return ExitStatus.CLEAN
