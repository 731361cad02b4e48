"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from auditor.model.rule import Severity

F = TypeVar("F", bound=Callable[..., Any])

FILE = click.Path(path_type=Path)
NEVER = "never"


class DateType(click.ParamType[date]):
    """A date as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Parse the text, or end with a usage message."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date; write it as 2026-11-30", param, ctx)


DATE = DateType()

policy_option = click.option(
    "--policy", type=FILE, default=Path("config/policy.yaml"), show_default=True, help="The policy file."
)
roster_option = click.option(
    "--roster", type=FILE, required=True, help="The employee list: .xlsx, .xls, .csv, .html or .xml."
)
output_option = click.option(
    "--output", type=FILE, default=Path("reports"), show_default=True, help="Folder for the reports."
)


def today_option_for(meaning: str) -> Callable[[F], F]:
    """`--today`, where the day is not that of an audit. `meaning` is its help text."""
    return click.option("--today", type=DATE, help=meaning)


today_option = today_option_for("The day of the audit, YYYY-MM-DD (default: today).")
source_option = click.option(
    "--source", default="", metavar="NAME", help="Use only this source, not the policy's ladder."
)
captures_option = click.option(
    "--captures", type=FILE, help="Folder with saved pages or other files that people handed over."
)
fail_on_option = click.option(
    "--fail-on",
    type=click.Choice([*(severity.value for severity in Severity), NEVER]),
    default=Severity.LOW.value,
    show_default=True,
    help="Exit with 1 if a finding of at least this severity is not resolved or waived.",
)


def format_option_for(meaning: str) -> Callable[[F], F]:
    """`--format` text or json; `meaning` is its help text."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help=meaning,
    )


format_option = format_option_for("Print the paths of the report files, or the content of findings.json.")
lines_option = format_option_for("Print text, or one JSON object per line.")
verbose_option = click.option(
    "-v", "--verbose", is_flag=True, help="Also print the structured log (it contains no names)."
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Print results and problems only.")
workers_option = click.option(
    "--workers",
    type=click.IntRange(0, 256),
    metavar="N",
    help="Judge files in N processes side by side; 0: one for each core (default: as the policy says).",
)
no_progress_option = click.option("--no-progress", is_flag=True, help="Show no progress line.")


def options(*chosen: Callable[[F], F]) -> Callable[[F], F]:
    """Several options at once, in the order given."""

    def decorate(command: F) -> F:
        for option in reversed(chosen):
            command = option(command)
        return command

    return decorate
