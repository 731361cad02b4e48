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
    """Check, back up and restore the store of results."""


@store.command(epilog="Example: auditor store check")
@options(policy_option)
def check(policy: Path) -> int:
    """Check that the store is intact and its counts add up. Nothing is changed.

    Exit status 4 if something is wrong.
    """
    state = check_store(unfinished_policy(policy))
    console = Console()
    console.result(f"{state.kind}, schema {schema_words(state)}")
    for name, count in state.rows.items():
        console.result(f"  {name}: {count}")
    for fault in state.faults:
        console.result(f"Wrong: {fault}")
    if state.faults:
        console.say("Leave the store as it is, and restore a backup: auditor store restore FILE --force")
        return ExitStatus.INTERNAL
    console.result("The store is intact.")
    return ExitStatus.CLEAN


@store.command(epilog="Example: auditor store backup /backups/auditor-2026-11-22")
@click.argument("file", type=FILE)
@options(policy_option)
def backup(file: Path, policy: Path) -> int:
    """Write a consistent copy of the store to the new file FILE.

    This works even while a run is in progress. The copy contains personal data. Only you can read it;
    delete it when the retention period is over.
    """
    rows = back_up_store(unfinished_policy(policy), file)
    Console().result(f"{file}: {sum(rows.values())} rows")
    return ExitStatus.CLEAN


@store.command(epilog="Example: auditor store restore /backups/auditor-2026-11-22 --force")
@click.argument("file", type=FILE)
@click.option(
    "--force", is_flag=True, help="Replace a store that is not empty; the old one is kept under another name."
)
@options(policy_option)
def restore(file: Path, force: bool, policy: Path) -> int:
    """Verify the backup FILE and replace the store with it.

    Objections recorded since the backup stay in force, and the audit log keeps its later lines.
    """
    aside = restore_store(unfinished_policy(policy), file, force=force)
    console = Console()
    console.result("The backup is now the store.")
    if aside:
        console.result(f"The old store is kept as {aside}.")
    console.say("People who were erased since the backup must be erased again: auditor privacy erase")
    return ExitStatus.CLEAN
