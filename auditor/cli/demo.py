"""`auditor demo`."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.app.demo import LARGEST, PEOPLE, SCENARIOS, SMALLEST, demo_request, demo_world
from auditor.cli.audit import audit
from auditor.cli.console import Console
from auditor.cli.options import (
    fail_on_option,
    format_option,
    no_progress_option,
    options,
    output_option,
    quiet_option,
    verbose_option,
)


@click.command(
    epilog="Example: auditor demo --scenario walled, then: auditor demo --scenario walled --resume"
)
@options(
    click.option(
        "--people",
        type=click.IntRange(SMALLEST, LARGEST),
        default=PEOPLE,
        show_default=True,
        help="How many people to invent. Fewer than 60 would not cover every situation.",
    ),
    output_option,
    click.option(
        "--scenario",
        type=click.Choice(sorted(SCENARIOS)),
        default="sound",
        show_default=True,
        help="How the replica site behaves: answers everything, refuses half-way (walled, throttled), or has "
        "changed its layout (drifted). consent: no page is opened; people consent on a replica of LinkedIn's "
        "consent page, refuse, withdraw, or let it end.",
    ),
    click.option(
        "--resume",
        is_flag=True,
        help="Resume the interrupted or refused demo; the site then no longer refuses.",
    ),
    fail_on_option,
    format_option,
    verbose_option,
    quiet_option,
    no_progress_option,
)
def demo(
    people: int,
    output: Path,
    scenario: str,
    resume: bool,
    fail_on: str,
    form: str,
    verbose: bool,
    quiet: bool,
    no_progress: bool,
) -> int:
    """Audit an invented company in a real headless browser.

    A replica site on this computer serves the pages of the invented people; nothing else is contacted.
    The audit runs the same code as a real one.
    """
    console = Console(verbose=verbose, quiet=quiet, progress=not no_progress)
    with demo_world(output, people, scenario, resume=resume) as world:
        console.tell(f"Auditing {len(world.people)} invented people at {world.site.origin} ...")
        return audit(demo_request(world, output, resume=resume), console, fail_on, form)
