"""`auditor banner`: manage the reference banners, and judge pictures against them."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import click

from auditor.app import brand as banners
from auditor.app.registry import policy_of
from auditor.cli.console import Console
from auditor.cli.options import DATE, FILE, format_option_for, policy_option, today_option_for
from auditor.cli.unfinished import unfinished_policy
from auditor.errors import ExitStatus
from auditor.model.company import BannerRole

entity_option = click.option(
    "--entity", default="", help="The entity (default: the policy's default_entity, else its first)."
)
held_on_option = today_option_for(
    "Judge by the banners that are valid on this day, YYYY-MM-DD (default: their dates are ignored)."
)


@click.group()
def banner() -> None:
    """Manage the reference banners, and judge pictures against them."""


@banner.command(
    epilog="Example: auditor banner add winter.png --name Winter --valid-from 2026-11-01 --replaces Summer"
)
@click.argument("picture", type=FILE)
@entity_option
@click.option("--name", required=True, help="The name of the banner in the reports.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in BannerRole]),
    default=BannerRole.CURRENT.value,
    show_default=True,
    help="The role of the banner for the entity.",
)
@click.option("--valid-from", type=DATE, help="First day on which the banner is valid.")
@click.option("--valid-to", type=DATE, help="Last day on which the banner is valid.")
@click.option(
    "--replaces",
    metavar="NAME",
    multiple=True,
    help="End this current banner on the day before --valid-from. May be given several times.",
)
@click.option("--beside", is_flag=True, help="Keep the other current banners valid beside this one.")
@click.option(
    "--grace-days",
    type=click.IntRange(min=0),
    help="Days for which the banner is accepted after its last day; with --replaces, also for the old one.",
)
@policy_option
def add(
    picture: Path,
    entity: str,
    name: str,
    role: str,
    valid_from: date | None,
    valid_to: date | None,
    replaces: tuple[str, ...],
    beside: bool,
    grace_days: int | None,
    policy: Path,
) -> int:
    """Add PICTURE to the policy, and warn if it is hard to recognise.

    The command also draws the banner as LinkedIn will serve it.

    If another banner of the entity is current on the new one's first day, either --replaces or --beside
    is required: --replaces ends the other banner on the day before, --beside keeps both.
    """
    new = banners.NewBanner(picture, entity, name, role, valid_from, valid_to, grace_days, replaces, beside)
    files, found = banners.add_banner(policy, new, date.today())  # noqa: DTZ011
    console = Console()
    for old in banners.company_of(policy_of(policy, unfinished=True), entity).banners:
        if old.name in replaces:
            console.say(f"{old.name} ends on {old.valid_to} and is accepted for {old.grace_days} more days.")
    for path in files:
        console.result(str(path))
    for note in found:
        console.say(f"Warning {note.code}: {note.message}")
    unfinished_policy(policy)
    return ExitStatus.CLEAN


@banner.command(name="list")
@policy_option
def list_banners(policy: Path) -> int:
    """List the banners of every entity with role, validity, size and fingerprint."""
    for line in banners.listing(unfinished_policy(policy)):
        click.echo("\t".join(line))
    return ExitStatus.CLEAN


@banner.command()
@policy_option
def check(policy: Path) -> int:
    """Find banners that may be confused, and other problems of the library.

    Names banners that look alike, are too plain, have the wrong size or no last day. Exit status 1 if there
    are any.
    """
    found = list(banners.notes(unfinished_policy(policy)))
    for entity, note in found:
        click.echo(f"{entity}: {note.code}: {note.message}")
    return ExitStatus.FINDINGS if found else ExitStatus.CLEAN


@banner.command(epilog="Example: auditor banner judge pictures/ --format json")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
@entity_option
@policy_option
@held_on_option
@format_option_for("Print one line of text, or one JSON object, per picture.")
def judge(files: tuple[Path, ...], entity: str, policy: Path, today: date | None, form: str) -> int:
    """Judge pictures, or folders of pictures, against all banners of the entity."""
    for facts in banners.judge_files(unfinished_policy(policy), entity, files, today):
        if form == "json":
            click.echo(json.dumps(facts, ensure_ascii=False))
        else:
            click.echo(
                f"{facts['candidate']}: {facts['verdict']} {facts['name']}  {'; '.join(facts['reasons'])}"
            )
    return ExitStatus.CLEAN


@banner.command(
    name="test", epilog="Example: auditor banner test labelled/   (with match/, differs/, review/ inside)"
)
@click.argument("source", type=FILE)
@entity_option
@policy_option
@held_on_option
def test_labelled(source: Path, entity: str, policy: Path, today: date | None) -> int:
    """Judge labelled pictures and compare the verdicts with the labels.

    SOURCE is a folder or a table. Exit status 1 if a verdict differs from its label.
    """
    wanted = banners.labelled(source)
    loaded = unfinished_policy(policy)
    table: Counter[tuple[str, str]] = Counter()
    for path, expected in wanted:
        facts = next(banners.judge_files(loaded, entity, [path], today))
        table[expected, facts["verdict"]] += 1
        if facts["verdict"] != expected:
            click.echo(
                f"{path}: expected {expected}, given {facts['verdict']} ({'; '.join(facts['reasons'])})"
            )
    click.echo("expected \\ given" + "".join(f"{given:>14}" for given in banners.ANSWERS))
    for expected in banners.ANSWERS:
        click.echo(f"{expected:<16}" + "".join(f"{table[expected, given]:>14}" for given in banners.ANSWERS))
    right = sum(count for (expected, given), count in table.items() if expected == given)
    click.echo(f"{right} of {len(wanted)} as expected")
    return ExitStatus.CLEAN if right == len(wanted) else ExitStatus.FINDINGS


@banner.command()
@entity_option
@policy_option
@today_option_for("The day on which the banners are valid and measured, YYYY-MM-DD (default: today).")
@click.option("--dry-run", is_flag=True, help="Print the table; do not change the policy.")
def calibrate(entity: str, policy: Path, today: date | None, dry_run: bool) -> int:
    """Measure the thresholds on your own banners.

    Prints the table and writes the thresholds into the policy, under `banner`. They apply to every rule and
    command that judges a banner.
    """
    day = today or date.today()  # noqa: DTZ011
    table = banners.calibrated(policy, entity, day, write=not dry_run)
    for line in table.lines():
        click.echo(line)
    click.echo(
        f"{table.pictures} pictures; gap between the two sides {table.gap:.2f}; "
        f"match below {table.bands.match_below}, differs above {table.bands.differs_above}"
    )
    if dry_run:
        click.echo(
            f"To use them, put into {policy}:\nbanner:\n  match_below: {table.bands.match_below}\n"
            f"  differs_above: {table.bands.differs_above}\n  calibrated_on: {day}"
        )
    else:
        click.echo(f"Written into {policy}, under banner.")
    return ExitStatus.CLEAN
