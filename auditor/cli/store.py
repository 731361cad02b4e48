"""`auditor store`."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.app.maintain_store import back_up_store, check_store, restore_store, schema_words
from auditor.cli.console import Console
from auditor.cli.options import FILE, options, policy_option
from auditor.cli.unfinished import unfinished_policy
from auditor.errors import ExitStatus


@click.group()
def store() -> None:
    """Look through, copy and put back the store of results."""


@store.command(epilog="Example: auditor store check")
@options(policy_option)
def check(policy: Path) -> int:
    """Open the store and see whether it is whole and its counts add up; nothing is changed.

    Exit status 4 when something is wrong.
    """
    state = check_store(unfinished_policy(policy))
    console = Console()
    console.result(f"{state.kind}, schema {schema_words(state)}")
    for name, count in state.rows.items():
        console.result(f"  {name}: {count}")
    for fault in state.faults:
        console.result(f"Wrong: {fault}")
    if state.faults:
        console.say("Keep the store as it is, and put a backup back: auditor store restore FILE --force")
        return ExitStatus.INTERNAL
    console.result("The store is whole.")
    return ExitStatus.CLEAN


@store.command(epilog="Example: auditor store backup /backups/auditor-2026-11-22")
@click.argument("file", type=FILE)
@options(policy_option)
def backup(file: Path, policy: Path) -> int:
    """Write a consistent copy of the whole store to the new file FILE, also while a run is going on.

    The copy holds personal data: only you may read it, and it must be deleted like the store's own.
    """
    rows = back_up_store(unfinished_policy(policy), file)
    Console().result(f"{file}: {sum(rows.values())} rows")
    return ExitStatus.CLEAN


@store.command(epilog="Example: auditor store restore /backups/auditor-2026-11-22 --force")
@click.argument("file", type=FILE)
@click.option("--force", is_flag=True, help="Replace a store that holds something; it is kept aside.")
@options(policy_option)
def restore(file: Path, force: bool, policy: Path) -> int:
    """Put the backup FILE in the place of the store, after verifying it.

    Objections recorded since the backup stay in force, and the audit log is not set back.
    """
    aside = restore_store(unfinished_policy(policy), file, force=force)
    console = Console()
    console.result("The backup is now the store.")
    if aside:
        console.result(f"The old store is kept: {aside}")
    console.say("People who were erased since that backup must be erased again: auditor privacy erase")
    return ExitStatus.CLEAN
