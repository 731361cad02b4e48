"""`auditor privacy`: people's rights, retention, and the controller's documents."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from auditor.app import data_rights as rights
from auditor.app.gdpr_documents import dpia_text, record_text
from auditor.app.registry import policy_of
from auditor.app.retention import purge_all
from auditor.cli.console import Console
from auditor.cli.options import FILE, captures_option, options, output_option, policy_option, today_option_for
from auditor.cli.unfinished import open_unfinished
from auditor.errors import ExitStatus
from auditor.store.database import alone

person_argument = click.argument("person", metavar="PERSON|URL")
reports_option = click.option(
    "--reports", type=FILE, default=Path("reports"), show_default=True, help="Folder of the reports."
)


@click.group()
def privacy() -> None:
    """Handle objections, access, erasure, retention and legal documents.

    PERSON is an employee number, a profile address or a full name.
    """


@privacy.command(name="object", epilog="Example: auditor privacy object 1042")
@options(
    person_argument,
    policy_option,
    today_option_for("The day of the objection, YYYY-MM-DD (default: today)."),
)
def object_(person: str, policy: Path, today: date | None) -> int:
    """Record a person's objection. Their profile is not opened any more."""
    loaded, engine = open_unfinished(policy)
    done = rights.object_to_checks(loaded, engine, person, today or date.today())  # noqa: DTZ011
    console = Console()
    console.result("Recorded." if done.new else "It was already recorded.")
    if not done.known:
        console.say(
            "Nobody in the store has this number or address yet; the objection applies once a roster does."
        )
    console.say("What is already stored is kept until you run: auditor privacy erase PERSON")
    return ExitStatus.CLEAN


@privacy.command(name="withdraw-objection")
@options(person_argument, policy_option)
def withdraw_objection(person: str, policy: Path) -> int:
    """Withdraw a person's objection."""
    loaded, engine = open_unfinished(policy)
    count = rights.withdraw_objection(loaded, engine, person)
    Console().result("Withdrawn." if count else "There was no objection.")
    return ExitStatus.CLEAN


@privacy.command()
@policy_option
def objections(policy: Path) -> int:
    """List the days of the objections. The register holds hashes, no names."""
    loaded, engine = open_unfinished(policy)
    console = Console()
    found = rights.objections(loaded, engine)
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
    captures_option,
)
def export(person: str, policy: Path, output: Path | None, reports: Path, captures: Path | None) -> int:
    """Export everything stored about a person.

    Writes a JSON file and a short text for the person.
    """
    loaded, engine = open_unfinished(policy)
    content = rights.person_records(loaded, engine, person, reports, captures)
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
        "--delete-reports", is_flag=True, help="Also delete the report folders that name the person."
    ),
    captures_option,
    click.option("--yes", is_flag=True, help="Do not ask for confirmation."),
)
def erase(
    person: str, policy: Path, reports: Path, delete_reports: bool, captures: Path | None, yes: bool
) -> int:
    """Delete everything stored about a person and print a receipt. Objections are kept as hashes.

    The person's files in the evidence folders go as well.
    """
    if not yes:
        click.confirm("Delete everything that is stored about this person?", abort=True, err=True)
    loaded, engine = open_unfinished(policy)
    done = rights.erase_person(
        loaded,
        engine,
        person,
        reports,
        with_reports=delete_reports,
        captures=captures,
    )
    console = Console()
    console.result(json.dumps({"person": done.pseudonym, "deleted": done.counts}))
    if done.reports and not delete_reports:
        console.say("These reports still name the person; delete them, and write them again with")
        console.say("`auditor report RUN`: " + ", ".join(str(folder) for folder in done.reports))
    if done.left:
        console.say("These files still hold the person's data; tidy them by hand:")
        console.say(", ".join(str(path) for path in done.left))
    console.say("A later roster will bring the person back unless they also object: auditor privacy object")
    return ExitStatus.CLEAN


@privacy.command()
@options(
    policy_option,
    output_option,
    today_option_for("The day from which ages are counted, YYYY-MM-DD (default: today)."),
    captures_option,
    click.option("--dry-run", is_flag=True, help="Show what would be deleted; delete nothing."),
)
def purge(policy: Path, output: Path, today: date | None, captures: Path | None, dry_run: bool) -> int:
    """Delete everything that is older than `retention` in the policy allows.

    Prints a receipt. Every run does this first. Counts without names are kept for the trend.
    """
    loaded, engine = open_unfinished(policy)
    with alone(engine):
        day = today or date.today()  # noqa: DTZ011
        counts = purge_all(loaded, engine, output, day, dry_run=dry_run, captures=captures)
    Console().result(json.dumps({"dry_run": dry_run, "counts": counts}))
    return ExitStatus.CLEAN


@privacy.command()
@policy_option
def record(policy: Path) -> int:
    """Print the record of processing activities (GDPR Article 30) as Markdown."""
    Console().result(record_text(policy_of(policy)))
    return ExitStatus.CLEAN


@privacy.command()
@policy_option
def dpia(policy: Path) -> int:
    """Print a draft impact assessment (DPIA) for this policy as Markdown."""
    Console().result(dpia_text(policy_of(policy)))
    return ExitStatus.CLEAN
