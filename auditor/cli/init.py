"""`auditor init`."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.app.first_policy import (
    COMPANY,
    ROSTER_NAMES,
    Proposal,
    answers_workbook,
    keys_for,
    propose,
    read_answers,
    write_policy,
)
from auditor.app.start import start_installation
from auditor.cli.console import Console
from auditor.cli.options import FILE, options
from auditor.errors import ExitStatus, UsageError
from auditor.language.words import LANGUAGES, words_of

_NEXT = "Next: auditor doctor --roster FILE says what is still missing before the first run."


@click.command(epilog="Example: auditor init my-company --ask --roster people.xlsx")
@click.argument("folder", metavar="[DIR]", type=FILE, required=False, default=Path())
@options(
    click.option(
        "--ask", is_flag=True, help="Ask a dozen questions and write their answers into the policy."
    ),
    click.option("--roster", type=FILE, help="Read the entities from this employee list."),
    click.option("--excel", is_flag=True, help="Write the questions into a workbook for HR instead."),
    click.option("--from", "filled", type=FILE, metavar="FILE", help="Take the answers from that workbook."),
    click.option(
        "--language",
        type=click.Choice(LANGUAGES),
        default="en",
        show_default=True,
        help="The language of the questions.",
    ),
)
def init(
    folder: Path, ask: bool, roster: Path | None, excel: bool, filled: Path | None, language: str
) -> int:
    """Write a commented policy and a sample roster into DIR (default: here).

    With --ask, the policy is filled in from your answers; with --excel and --from, from a workbook. What only
    you can decide is never proposed; what you leave empty is marked in the policy. Also makes a folder for
    the banners. Existing files are never overwritten.
    """
    console = Console()
    if sum(map(bool, (ask, excel, filled))) > 1:
        raise UsageError("Choose one of --ask, --excel and --from.", code="COMMAND_LINE")
    proposal = propose(roster)
    if excel:
        console.result(str(answers_workbook(proposal.entities, language, folder)))
        console.say("Fill in the last column, then: auditor init DIR --from first-policy.xlsx")
        return ExitStatus.CLEAN
    if not ask and filled is None:
        for path in start_installation(folder):
            console.result(str(path))
        console.say(
            "Next: fill in config/policy.yaml. The fields that only you can decide are empty and marked FILL "
            "IN. Then: auditor run --roster config/roster-sample.csv --dry-run"
        )
        return ExitStatus.CLEAN
    entities, answers = read_answers(filled) if filled else _conversation(proposal, language, console)
    for path in write_policy(folder, entities, answers):
        console.result(str(path))
    console.say(_NEXT)
    return ExitStatus.CLEAN


def _conversation(
    proposal: Proposal, language: str, console: Console
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Ask the questions on the terminal, each with what is proposed for it."""
    words = words_of(language)
    entities = proposal.entities
    if entities:
        console.say(words.say(ROSTER_NAMES, n=proposal.people, entities="; ".join(entities)))
    else:
        entities = (click.prompt(words.say(COMPANY), err=True).strip(),)
    answers: dict[str, str] = {}
    for key, question, entity in keys_for(entities):
        suggestion = "" if question.decide else question.propose(answers)
        text = words.say(question.text) + (f" – {entity}" if entity and len(entities) > 1 else "")
        hint = "" if question.choices else words.say(question.help)
        answers[key] = click.prompt(
            f"{text} ({hint})" if hint else text,
            default=language if question.key == "language" else suggestion,
            type=click.Choice(question.choices) if question.choices else str,
            err=True,
        )
    return entities, answers
