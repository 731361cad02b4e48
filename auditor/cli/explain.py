"""`auditor explain PERSON`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from auditor.app.eligibility import register_of
from auditor.app.explain import explain as explain_person
from auditor.app.registry import policy_of
from auditor.app.run_plan import open_store
from auditor.cli.options import format_option_for, options, policy_option
from auditor.errors import ExitStatus
from auditor.reports.people import shown

_STATES = {"present": "seen", "absent": "certainly not there", "unseen": "not visible"}


@click.command(epilog="Example: auditor explain 1042 --run 2026-11-22-01")
@click.argument("person", metavar="PERSON")
@options(
    click.option(
        "--run", "run_id", default="", metavar="RUN", help="The id of a stored run (default: the latest)."
    ),
    policy_option,
    format_option_for("Print text, or one JSON object."),
)
def explain(person: str, run_id: str, policy: Path, form: str) -> int:
    """Explain the verdicts on one person.

    Shows every source that was tried, what it yielded, how old it was and which rules it decided; then
    the outcome of every rule with what was expected and observed. PERSON is an employee number. The
    command only reads the store.
    """
    loaded = policy_of(policy)
    store = open_store(loaded)
    register = register_of(loaded, store.engine)
    facts = explain_person(store, person, run_id, loaded.roster.time_zone, register)
    if form == "json":
        click.echo(json.dumps(facts, ensure_ascii=False))
        return ExitStatus.CLEAN
    for line in _lines(facts):
        click.echo(line)
    return ExitStatus.CLEAN


def _lines(facts: dict[str, Any]) -> Iterator[str]:
    run, employee = facts["run"], facts["employee"]
    who = f"{shown(employee['full_name'])} ({shown(employee['employee_id'])})"
    about = [employee["entity"], f"roster state {employee['roster_state']}"]
    about += [f"last day {employee['last_day']}"] if employee["last_day"] else []
    yield f"{who}: {', '.join(shown(part) for part in about if part)}"
    if employee["objected_on"]:
        yield f"Objected, recorded on {employee['objected_on']}: the profile is not opened any more."
    address = employee["profile_url"] or f"no profile address ({employee['address_note'] or 'none on file'})"
    yield shown(address)
    yield f"Run {run['id']} of {run['today']}" + (", not yet ended" if run["state"] == "running" else "")
    for reason in run["health"]["reasons"]:
        yield f"This run cannot be trusted: {shown(reason)}"
    yield from ("", "Evidence")
    if not facts["rungs"]:
        why = (
            "the person objected"
            if employee["objected_on"]
            else "no rule applies to this person in this state"
        )
        yield f"  none was needed: {why}"
    for number, rung in enumerate(facts["rungs"], 1):
        yield from _rung_lines(number, rung)
    yield from ("", "Rules")
    for result in facts["results"]:
        yield from _result_lines(result)
    for found in facts["earlier_findings"]:
        yield f"  {found['rule']}  not checked in this run; earlier finding {found['code']}: {found['state']}"


def _rung_lines(number: int, rung: dict[str, Any]) -> Iterator[str]:
    gave = [rung["status"].replace("_", " ")]
    if rung["status"] == "ok":
        gave += [rung["page_kind"]] if rung["page_kind"] else []
        gave += [f"layout {rung['layout']}"] if rung["layout"] else []
    gave += [_when(rung)] if rung["attempts"] else []
    gave += [f"HTTP {rung['http_status']}"] if rung["http_status"] else []
    gave += [f"{rung['attempts']} attempts"] if rung["attempts"] > 1 else []
    yield f"  {number}. {rung['source']}: {shown(', '.join(gave))}"
    if rung["trouble"]:
        yield f"     trouble: {shown(rung['trouble'])}"
    for state, words in _STATES.items():
        names = [name for name, seen in rung["fields"].items() if seen == state]
        if names and rung["status"] == "ok":
            yield f"     {words}: {', '.join(names)}"
    for note in rung["notes"]:
        yield f"     note: {shown(note)}"
    if rung["postponed"]:
        yield "     postponed: to be tried again with --resume"
    yield f"     decided: {', '.join(rung['decided']) or 'nothing'}"


def _result_lines(result: dict[str, Any]) -> Iterator[str]:
    answer = f"{result['outcome'].replace('_', ' ')} {result['code']}"
    if result["severity"]:
        answer += f" (severity {result['severity']}, {result['confidence']})"
    yield f"  {result['rule']}  {result['name']}: {answer}"
    if result["state"]:
        yield f"     finding: {result['state']}, first seen on {result['first_seen']}"
    for key in ("expected", "observed", "reason"):
        if result[key]:
            yield f"     {key}: {shown(result[key])}"
    if result["source"]:
        yield f"     from: {result['source']}, {_when(result)}"


def _when(facts: dict[str, Any]) -> str:
    if facts["seen_at"] is None:
        return "time not known"
    days = facts["age_days"]
    age = "same day" if days == 0 else f"{days} day{'s' if days > 1 else ''} old"
    return f"{facts['seen_at'].replace('T', ' ')} ({age})"
