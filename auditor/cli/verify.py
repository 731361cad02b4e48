"""`auditor verify`: whether a run's report is as it was written."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import click

from auditor.app.verify_run import verify_run
from auditor.cli.console import Console
from auditor.cli.options import FILE, lines_option, options, output_option, policy_option
from auditor.cli.unfinished import unfinished_policy
from auditor.errors import ExitStatus
from auditor.model.verification import Check, Standing


@click.command(epilog="Example: auditor verify 2026-11-22-01")
@click.argument("run", metavar="RUN|DIR")
@options(
    policy_option,
    output_option,
    click.option("--roster", type=FILE, help="Also compare this file with the roster that the run read."),
    click.option("--captures", type=FILE, help="Also compare the evidence in this folder."),
    lines_option,
)
def verify(
    run: str, policy: Path, output: Path, roster: Path | None, captures: Path | None, form: str
) -> int:
    """Say what of a run's files, inputs and log is unchanged, years later.

    RUN is a run's id, DIR its folder or a copy of it. Nothing is changed and no network is used.
    Answers in a workbook, completed drafts, and files that the retention periods deleted are no
    alterations. Exit status: 0 nothing was altered, 1 something was, 2 the log does not know the run.
    """
    loaded = unfinished_policy(policy)
    found = verify_run(loaded, run, output, roster, captures)
    console = Console()
    for check in found.checks:
        if form == "json":
            facts = {"what": check.what, "standing": check.standing, "remark": check.remark}
            console.result(json.dumps(facts, ensure_ascii=False))
        elif check.standing is not Standing.UNCHANGED or check.remark:
            console.result(_line(check))
    if form == "text":
        counts = Counter(check.standing for check in found.checks)
        told = ", ".join(f"{counts[one]} {one}" for one in Standing if counts[one])
        console.result(f"{found.run}: {told}.")
        console.say(f"Newest line of the log: {found.head}")
    return ExitStatus.FINDINGS if found.altered else ExitStatus.CLEAN


def _line(check: Check) -> str:
    remark = f" ({check.remark})" if check.remark else ""
    return f"{str(check.standing).capitalize()}: {check.what}{remark}"
