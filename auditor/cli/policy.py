"""`auditor policy`: the text for the code of conduct, and the yearly review."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from auditor.app.policy_review import ReviewState, review_state, sign_review
from auditor.app.policy_text import write_policy_text
from auditor.app.registry import policy_of
from auditor.app.run_plan import open_store, today_of
from auditor.cli.console import Console
from auditor.cli.options import FILE, options, policy_option, today_option_for
from auditor.errors import ExitStatus
from auditor.language.words import LANGUAGES
from auditor.model.policy_review import SettingChange


@click.group()
def policy() -> None:
    """Write the policy as a text for the code of conduct, and review it every year."""


@policy.command(epilog="Example: auditor policy text --entity Noordlicht --language nl --language en")
@options(
    policy_option,
    click.option(
        "--entity", "entities", multiple=True, metavar="NAME", help="Only this entity (default: all)."
    ),
    click.option(
        "--language",
        "languages",
        multiple=True,
        type=click.Choice(LANGUAGES),
        help="Only this language (default: all four). May be given several times.",
    ),
    click.option(
        "--output", type=FILE, default=Path("policy-text"), show_default=True, help="Folder for the texts."
    ),
    today_option_for("The day whose banner the text names, YYYY-MM-DD (default: today)."),
)
def text(
    policy: Path, entities: tuple[str, ...], languages: tuple[str, ...], output: Path, today: date | None
) -> int:
    """Write the section for the code of conduct, from the real settings, as Word and Markdown.

    It says what is asked, what leavers do, what is looked at, by whom, and how to object. It is a draft:
    have it read by a lawyer.
    """
    loaded, console = policy_of(policy), Console()
    for path in write_policy_text(loaded, output, entities, languages, today_of(loaded, today)):
        console.result(str(path))
    console.say("These are drafts: have them read by a lawyer.")
    return ExitStatus.CLEAN


@policy.command(epilog='Example: auditor policy review --sign "An Peeters, HR director"')
@options(
    policy_option,
    click.option("--sign", metavar="NAME", help="Record that NAME reviewed the policy as it is now."),
    today_option_for("The day of the review, YYYY-MM-DD (default: today)."),
)
def review(policy: Path, sign: str | None, today: date | None) -> int:
    """Show when the policy was last reviewed, by whom, and what changed since; or sign a review.

    A review is due every year. Reports say so from 30 days before. Exit status: 1 if it is overdue.
    """
    loaded, console = policy_of(policy), Console()
    store, day = open_store(loaded), today_of(loaded, today)
    begun = store.first_day() or day
    if sign is not None:
        sign_review(loaded, store.engine, sign, day)
    state = review_state(loaded, begun)
    for line in _lines(state):
        console.result(line)
    if day <= state.due:
        console.result(f"The next review is due on {state.due}.")
        return ExitStatus.CLEAN
    console.result(f"The review has been overdue since {state.due}.")
    return ExitStatus.FINDINGS


def _lines(state: ReviewState) -> list[str]:
    if state.last is None:
        return ["The policy was never reviewed."]
    lines = [f"Last reviewed on {state.last.day} by {state.last.signed_by}."]
    if not state.changes:
        return [*lines, "Nothing was changed since."]
    return [*lines, f"Changed since: {len(state.changes)}", *map(_change, state.changes)]


def _change(change: SettingChange) -> str:
    if not change.before:
        return f"  {change.setting}: added, {change.after}"
    if not change.after:
        return f"  {change.setting}: removed, was {change.before}"
    return f"  {change.setting}: {change.before} -> {change.after}"
