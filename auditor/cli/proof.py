"""`auditor proof`."""

from __future__ import annotations

import secrets
import tempfile
from pathlib import Path

import click

from auditor.app.proof import LARGEST, SITE, SMALLEST, ProofRequest, prove, write_accuracy
from auditor.cli.console import Console
from auditor.cli.options import FILE, options, quiet_option, verbose_option, workers_option
from auditor.errors import ExitStatus
from auditor.proof.report import tables


@click.command(epilog="Example: auditor proof --people 20000 --seed 41 --workers 0 --output accuracy/")
@options(
    click.option(
        "--people",
        type=click.IntRange(SMALLEST, LARGEST),
        default=20_000,
        show_default=True,
        help="How many people to invent.",
    ),
    click.option(
        "--seed",
        type=click.IntRange(min=0),
        help="The company to invent: the same seed gives the same. By default, one that nobody has seen.",
    ),
    click.option(
        "--browser",
        type=click.IntRange(0, SITE),
        default=20,
        show_default=True,
        metavar="N",
        help="Look at N more people on the replica site, in a real browser; 0: use no browser.",
    ),
    click.option(
        "--rare",
        is_flag=True,
        help="Audit only one person of each kind of situation, so that rare kinds count as well.",
    ),
    click.option(
        "--output",
        type=FILE,
        default=Path("accuracy"),
        show_default=True,
        help="Where accuracy.json and accuracy.md are written.",
    ),
    click.option(
        "--keep",
        type=FILE,
        help="Keep the invented company with its evidence in this new folder, to look at what was not right.",
    ),
    workers_option,
    verbose_option,
    quiet_option,
)
def proof(
    people: int,
    seed: int | None,
    browser: int,
    rare: bool,
    output: Path,
    keep: Path | None,
    workers: int | None,
    verbose: bool,
    quiet: bool,
) -> int:
    """Measure how often the audit is right: it is run on an invented company whose truth is known.

    Every verdict on every kind of evidence is compared with what is right for the invented situation. Exit
    status 1 if anybody was accused wrongly.
    """
    console = Console(verbose=verbose, quiet=quiet, progress=False)
    console.show_log()
    chosen = secrets.randbelow(10**9) if seed is None else seed
    console.tell(f"Inventing {people} people with seed {chosen} ...")
    with tempfile.TemporaryDirectory(prefix="auditor-proof-") as temporary:
        request = ProofRequest(people, chosen, keep or Path(temporary), workers, browser, rare)
        found = prove(request, console.tell)
    files = write_accuracy(found, output)
    console.result(tables(found))
    for path in files:
        console.tell(str(path))
    return ExitStatus.FINDINGS if found.wrong_accusations else ExitStatus.CLEAN
