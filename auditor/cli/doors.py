"""`auditor doors`: which source of evidence could decide what."""

from __future__ import annotations

import json
from pathlib import Path

import click

from auditor.app.doors import Doors, doors_of
from auditor.app.registry import rules
from auditor.app.run_plan import RunRequest, open_store, prepare
from auditor.cli.console import Console
from auditor.cli.options import format_option_for, options, policy_option, roster_option
from auditor.cli.unfinished import unfinished_policy
from auditor.errors import ExitStatus


@click.command(epilog="Example: auditor doors --roster people.xlsx")
@options(roster_option, policy_option, format_option_for("Print a table, or one JSON object."))
def doors(roster: Path, policy: Path, form: str) -> int:
    """Show which source of evidence could decide which rule, and for how many people.

    For each source: whether the policy uses it, what it needs, how long it takes, and for how many people of
    the roster it could decide each rule if it shows everything it can. The last line counts those for whom no
    source in use could.
    """
    loaded = unfinished_policy(policy)
    request = RunRequest(roster, policy, Path("reports"), resume=False, keep=False)
    plan = prepare(request, loaded, open_store(loaded, keep=False))
    found = doors_of(plan)
    console = Console()
    if form == "json":
        console.result(json.dumps(_facts(found), ensure_ascii=False, indent=1))
        return ExitStatus.CLEAN
    names = {rule.id: rule.name for rule in rules()}
    console.result(f"People to be looked at: {found.people}")
    console.result(
        "\t".join(
            ["source", "used", *(f"{names.get(k, k)} ({k})" for k in found.concerned), "needs", "takes"]
        )
    )
    for door in found.doors:
        cells = [str(door.decides[key]) for key in found.concerned]
        needs = door.source.needs or door.source.summary
        console.result(
            "\t".join([door.source.name, "yes" if door.used else "no", *cells, needs, door.source.takes])
        )
    console.result("\t".join(["concerned", "", *map(str, found.concerned.values())]))
    console.result("\t".join(["undecided", "", *map(str, found.undecided.values())]))
    return ExitStatus.CLEAN


def _facts(found: Doors) -> dict[str, object]:
    return {
        "people": found.people,
        "concerned": dict(found.concerned),
        "undecided": dict(found.undecided),
        "sources": [
            {
                "source": one.source.name,
                "used": one.used,
                "could_decide": dict(one.decides),
                "needs": one.source.needs or one.source.summary,
                "takes": one.source.takes,
            }
            for one in found.doors
        ],
    }
