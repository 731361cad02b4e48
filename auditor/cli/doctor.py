"""`auditor doctor`: what blocks the next run."""

from __future__ import annotations

import json
from pathlib import Path

import click

from auditor.app.doctor import Verdict, examine_installation
from auditor.cli.console import Console, more_about
from auditor.cli.options import FILE, lines_option, options, output_option, policy_option
from auditor.errors import ExitStatus

_MARKS = {Verdict.FINE: "ok    ", Verdict.WARNS: "note  ", Verdict.BLOCKS: "BLOCKS"}


@click.command(epilog="Example: auditor doctor --roster people.xlsx")
@options(
    policy_option,
    click.option("--roster", type=FILE, help="The employee list that the next run will read."),
    output_option,
    lines_option,
)
def doctor(policy: Path, roster: Path | None, output: Path, form: str) -> int:
    """Say what blocks the next run, in the order in which to mend it.

    Looks at the policy, the folders, the store, the banners, the sources of evidence and the roster. Visits
    no site and stores nothing. Exit status 2 if anything blocks the run.
    """
    console = Console()
    checks = list(examine_installation(policy, roster, output))
    order = sorted(checks, key=lambda one: one.verdict is not Verdict.BLOCKS)
    for one in order:
        if form == "json":
            facts = {"check": one.name, "verdict": str(one.verdict), "text": one.text, "hint": one.hint}
            facts["code"] = one.code
            console.result(json.dumps(facts, ensure_ascii=False))
            continue
        console.result(f"{_MARKS[one.verdict]}  {one.name}: {one.text}")
        if one.hint:
            console.result(f"        {one.hint}")
    if form != "json":
        for code in dict.fromkeys(one.code for one in order if one.code):
            console.result(more_about(code))
    return ExitStatus.USAGE if any(one.verdict is Verdict.BLOCKS for one in checks) else ExitStatus.CLEAN
