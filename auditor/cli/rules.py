"""`auditor rules`, `auditor rules explain ID` and `auditor rules cases`."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.app.registry import rule_texts
from auditor.app.registry import rules as all_rules
from auditor.app.rule_cases import export_cases, rule_cases
from auditor.cli.options import FILE
from auditor.errors import ExitStatus, UsageError
from auditor.reports.codes import OWNERS


@click.group(invoke_without_command=True)
@click.pass_context
def rules(context: click.Context) -> int:
    """List the rules, explain one in full, and export their cases."""
    if context.invoked_subcommand is None:
        summaries = {text.id: text.sections["Summary"] for text in rule_texts()}
        for rule in all_rules():
            click.echo(f"{rule.id}  {rule.severity:<6}  {rule.name}: {summaries[rule.id]}")
    return ExitStatus.CLEAN


@rules.command()
@click.argument("rule_id", metavar="ID")
def explain(rule_id: str) -> int:
    """Print what a rule checks, why, an example, how to fix it, its settings, and what its findings say."""
    for text in rule_texts():
        if text.id == rule_id.upper():
            click.echo(f"{text.id} {text.name}\n\n{text.sections['Summary']}")
            for heading, words in text.sections.items():
                if heading != "Summary":
                    click.echo(f"\n{heading}\n" + "\n".join(f"    {line}" for line in words.splitlines()))
            (own,) = (one for one in rule_cases() if one.rule_id == text.id)
            click.echo(f"\nWhat it gets wrong\n    {own.gets_wrong}\n\nFindings")
            for one in text.words:
                if one.says:
                    days = "" if one.days is None else f", within {one.days} days"
                    click.echo(f"    {one.code} ({OWNERS[one.owner]}{days}): {one.says}")
                    click.echo(f"        {one.why} {one.do}")
            return ExitStatus.CLEAN
    known = ", ".join(text.id for text in rule_texts())
    raise UsageError(f"There is no rule {rule_id!r}.", f"Known rules: {known}.", code="RULE_UNKNOWN")


@rules.command()
@click.option("--export", "folder", type=FILE, help="Write the cases into this folder, with their pictures.")
def cases(folder: Path | None) -> int:
    """List the cases by which each rule is tested, or export them for another implementation.

    Each case is a situation with the outcome that is right. The export is one JSON file for each rule.
    """
    if folder is not None:
        for path in export_cases(folder):
            click.echo(str(path))
        return ExitStatus.CLEAN
    for one in rule_cases():
        for case in one.cases:
            click.echo(f"{case.id}  {case.outcome:<14}  {case.code:<24}  {case.title}")
    return ExitStatus.CLEAN
