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
    """Write a commented policy, a sample roster and a place for banners into DIR (default: here)."""
    console = Console()
    for path in start_installation(folder):
        console.result(str(path))
    console.say(
        "Next: fill in config/policy.yaml; what only you can decide is empty there and marked FILL IN. Then: "
        "auditor run --roster config/roster-sample.csv --dry-run"
    )
    return ExitStatus.CLEAN
