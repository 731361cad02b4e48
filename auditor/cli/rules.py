"""`auditor rules` and `auditor rules explain ID`."""

from __future__ import annotations

import click

from auditor.app.registry import rule_texts
from auditor.app.registry import rules as all_rules
from auditor.errors import ExitStatus, UsageError
from auditor.reports.codes import OWNERS


@click.group(invoke_without_command=True)
@click.pass_context
def rules(context: click.Context) -> int:
    """List the rules; `rules explain ID` prints one in full."""
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
            click.echo("\nFindings")
            for one in text.words:
                if one.says:
                    days = "" if one.days is None else f", within {one.days} days"
                    click.echo(f"    {one.code} ({OWNERS[one.owner]}{days}): {one.says}")
                    click.echo(f"        {one.why} {one.do}")
            return ExitStatus.CLEAN
    known = ", ".join(text.id for text in rule_texts())
    raise UsageError(f"There is no rule {rule_id!r}.", f"Known rules: {known}.")
