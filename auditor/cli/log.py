"""`auditor log`: the program's own audit log."""

from __future__ import annotations

import json
from pathlib import Path

import click

from auditor.app.paths import log_of
from auditor.cli.console import Console
from auditor.cli.options import lines_option, options, policy_option
from auditor.cli.unfinished import open_unfinished
from auditor.errors import ExitStatus


@click.group()
def log() -> None:
    """Show or verify the audit log: what the program did and when, without names."""


@log.command()
@options(
    policy_option,
    lines_option,
    click.option("--last", type=click.IntRange(min=1), metavar="N", help="Print only the newest N lines."),
)
def show(policy: Path, form: str, last: int | None) -> int:
    """Print the log, oldest line first."""
    loaded, engine = open_unfinished(policy)
    console = Console()
    lines = list(log_of(loaded, engine).lines())
    for line in lines[-last:] if last else lines:
        content = json.dumps(line.content, ensure_ascii=False, sort_keys=True)
        if form == "json":
            facts = {"number": line.number, "at": line.at, "event": line.event, "content": line.content}
            console.result(json.dumps({**facts, "hash": line.hash}, ensure_ascii=False))
        else:
            console.result(f"{line.number}\t{line.at}\t{line.event}\t{content}")
    return ExitStatus.CLEAN


@log.command()
@policy_option
def verify(policy: Path) -> int:
    """Check that no line was changed, moved or removed; if one was, name it and exit 1."""
    loaded, engine = open_unfinished(policy)
    console = Console()
    book = log_of(loaded, engine)
    broken = book.verify()
    if broken:
        console.result(f"Line {broken.number} {broken.reason}.")
        return ExitStatus.FINDINGS
    console.result(f"The log is intact: {sum(1 for _ in book.lines())} lines.")
    return ExitStatus.CLEAN
