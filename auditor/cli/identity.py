"""`auditor identity`: whose page it is, where the name on it leaves that open."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from auditor.app import confirm_identity as asked
from auditor.app.registry import policy_of
from auditor.app.run_plan import open_store, today_of
from auditor.cli.options import lines_option, options, policy_option
from auditor.errors import ExitStatus
from auditor.model.decision import DecisionWord
from auditor.reports import shown

person_argument = click.argument("person", metavar="NUMBER")
by_option = click.option("--by", default="", metavar="NAME", help="Who looked and answered.")


@click.group()
def identity() -> None:
    """Say whose page it is where the name on it may be the person's or somebody else's.

    Nothing is judged on such a page. Look at the page first: the answer is valid for this person, this
    address and this name, from the next run on; another name or another address is asked about again.
    """


@identity.command("list")
@options(policy_option, lines_option)
def list_(policy: Path, form: str) -> int:
    """What the latest run asks: number, name in the roster, name on the page, address."""
    found = asked.questions(open_store(policy_of(policy)))
    for one in found:
        line = "\t".join(shown(text) for text in asdict(one).values())
        click.echo(json.dumps(asdict(one), ensure_ascii=False) if form == "json" else line)
    if not found and form != "json":
        click.echo("The latest run asks about nobody.")
    return ExitStatus.CLEAN


@identity.command(epilog="Example: auditor identity confirm 1042 --by 'HR desk'")
@person_argument
@options(by_option, policy_option)
def confirm(person: str, by: str, policy: Path) -> int:
    """Yes, the page is this person's. NUMBER is the employee number."""
    return _answer(person, DecisionWord.SAME_PERSON, by, policy)


@identity.command(epilog="Example: auditor identity deny 1042")
@person_argument
@options(by_option, policy_option)
def deny(person: str, by: str, policy: Path) -> int:
    """No, the page is somebody else's: the address is withdrawn. NUMBER is the employee number."""
    return _answer(person, DecisionWord.WRONG_PERSON, by, policy)


def _answer(person: str, word: DecisionWord, by: str, policy: Path) -> int:
    loaded = policy_of(policy)
    said = asked.answer(open_store(loaded), loaded, person, word, today_of(loaded), by)
    if asked.contradicts(said):
        click.echo("Both answers were given about this run, so neither is valid; answer after the next run.")
        return ExitStatus.USAGE
    click.echo("Recorded. It is valid from the next run on.")
    return ExitStatus.CLEAN
