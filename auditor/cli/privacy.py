"""`auditor privacy`: the rights of the people, what is let go of, and the papers of the controller."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from auditor.app import data_rights as rights
from auditor.app.gdpr_documents import dpia_text, record_text
from auditor.app.registry import policy_of
from auditor.app.retention import purge_all
from auditor.app.run_plan import open_store
from auditor.cli.console import Console
from auditor.cli.options import FILE, options, output_option, policy_option, today_option_for
from auditor.cli.unfinished import unfinished_policy
from auditor.errors import ExitStatus
from auditor.store.run_lock import alone

person_argument = click.argument("person", metavar="PERSON|URL")
reports_option = click.option(
    "--reports", type=FILE, default=Path("reports"), show_default=True, help="Folder of the reports."
)


@click.group()
def privacy() -> None:
    """Objections, access, erasure, retention, and the papers that the law asks for.

    A PERSON is an employee number, a profile address or a full name.
    """


@privacy.command(name="object", epilog="Example: auditor privacy object 1042")
@options(
    person_argument,
    policy_option,
    today_option_for("The day of the objection, YYYY-MM-DD (default: today)."),
)
def object_(person: str, policy: Path, today: date | None) -> int:
    """Record that a person objects: no profile is opened any more, at once and for every later roster."""
    loaded = unfinished_policy(policy)
    done = rights.object_to_checks(loaded, open_store(loaded).engine, person, today or date.today())  # noqa: DTZ011
    console = Console()
    console.result("Recorded." if done.new else "Was recorded before.")
    if not done.known:
        console.say("Nobody in the store has this number or address yet; it holds as soon as a roster has.")
    console.say("What is already stored stays until you also call: auditor privacy erase PERSON")
    return ExitStatus.CLEAN


@privacy.command(name="withdraw-objection")
@options(person_argument, policy_option)
def withdraw_objection(person: str, policy: Path) -> int:
    """Take a person's objection back."""
    loaded = unfinished_policy(policy)
    count = rights.withdraw_objection(loaded, open_store(loaded).engine, person)
    Console().result("Taken back." if count else "There was no objection.")
    return ExitStatus.CLEAN


@privacy.command()
@policy_option
def objections(policy: Path) -> int:
    """List the objections: their days only, since the register holds hashes and no names."""
    loaded = unfinished_policy(policy)
    console = Console()
    found = rights.objections(loaded, open_store(loaded).engine)
    for one in found:
        console.result(f"{one.recorded_on}\t{one.name}\t{one.marks} marks")
    console.say(f"{len(found)} objections.")
    return ExitStatus.CLEAN


@privacy.command(epilog="Example: auditor privacy export 1042 --output 1042.json")
@options(
    person_argument,
    policy_option,
    click.option("--output", type=FILE, help="The JSON file to write (default: privacy-export.json)."),
    reports_option,
)
def export(person: str, policy: Path, output: Path | None, reports: Path) -> int:
    """Write everything stored about a person, for that person: JSON, and a short text beside it."""
    loaded = unfinished_policy(policy)
    content = rights.person_records(loaded, open_store(loaded).engine, person, reports)
    target = output or Path("privacy-export.json")
    for path in rights.write_records(content, target):
        Console().result(str(path))
    return ExitStatus.CLEAN


@privacy.command()
@options(
    person_argument,
    policy_option,
    reports_option,
    click.option(
        "--delete-reports", is_flag=True, help="Delete the report folders that name the person too."
    ),
    click.option("--yes", is_flag=True, help="Do not ask."),
)
def erase(person: str, policy: Path, reports: Path, delete_reports: bool, yes: bool) -> int:
    """Delete everything stored about a person and print the receipt. An objection stays as hashes."""
    if not yes:
        click.confirm("Delete everything that is stored about this person?", abort=True, err=True)
    loaded = unfinished_policy(policy)
    done = rights.erase_person(
        loaded, open_store(loaded).engine, person, reports, with_reports=delete_reports
    )
    console = Console()
    console.result(json.dumps({"person": done.pseudonyms[0], "deleted": done.counts}))
    if done.reports and not done.reports_deleted:
        console.say("The person still stands in these reports; delete them, and write them again with")
        console.say("`auditor report RUN`: " + ", ".join(str(folder) for folder in done.reports))
    console.say("A later roster brings the person back unless they also object: auditor privacy object")
    return ExitStatus.CLEAN


@privacy.command()
@options(
    policy_option,
    output_option,
    today_option_for("The day from which ages are counted, YYYY-MM-DD (default: today)."),
    click.option("--dry-run", is_flag=True, help="Show what would go; delete nothing."),
)
def purge(policy: Path, output: Path, today: date | None, dry_run: bool) -> int:
    """Delete everything older than the policy's `retention` allows, and print the receipt.

    Every run does this at its start. Counts without names stay for the trend.
    """
    loaded = unfinished_policy(policy)
    engine = open_store(loaded).engine
    with alone(engine):
        counts = purge_all(loaded, engine, output, today or date.today(), dry_run=dry_run)  # noqa: DTZ011
    Console().result(json.dumps({"dry_run": dry_run, "counts": counts}))
    return ExitStatus.CLEAN


@privacy.command()
@policy_option
def record(policy: Path) -> int:
    """Print the entry for the record of processing (Article 30) from the policy's settings, as Markdown."""
    Console().result(record_text(policy_of(policy)))
    return ExitStatus.CLEAN


@privacy.command()
@policy_option
def dpia(policy: Path) -> int:
    """Print a data protection impact assessment, filled in as far as the policy knows, as Markdown."""
    Console().result(dpia_text(policy_of(policy)))
    return ExitStatus.CLEAN
