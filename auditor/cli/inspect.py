"""`auditor inspect`: run one stage by itself."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from auditor.app import inspect as inspecting
from auditor.cli.options import FILE, lines_option, today_option_for
from auditor.cli.unfinished import unfinished_policy
from auditor.errors import ExitStatus, UsageError
from auditor.language.roster_messages import row_ranges
from auditor.model.policy import RosterPolicy


@click.group()
def inspect() -> None:
    """Show how a roster, page, picture, headline or name is read and judged."""


@inspect.command(epilog="Example: auditor inspect roster people.xlsx --today 2026-11-22")
@click.argument("file", type=FILE)
@click.option(
    "--policy", type=FILE, help="Use the columns, status words, time limits and entities of this policy."
)
@today_option_for("The day on which states are worked out, YYYY-MM-DD (default: today).")
@lines_option
def roster(file: Path, policy: Path | None, today: date | None, form: str) -> int:
    """Show the columns found, what became of every row, and the people with their states."""
    loaded = unfinished_policy(policy) if policy else None
    settings = loaded.roster if loaded else RosterPolicy()
    hosts = loaded.allowed_hosts if loaded else frozenset()
    day = today or date.today()  # noqa: DTZ011
    entities = loaded.companies if loaded else ()
    facts = inspecting.inspect_roster(file, day, settings, hosts, entities=entities, details=form == "text")
    _print(facts, form, _roster_lines)
    return ExitStatus.CLEAN if facts["accepted"] else ExitStatus.USAGE


@inspect.command(epilog="Example: auditor inspect page saved/*.html --format json")
@click.argument("files", metavar="[FILE]...", nargs=-1, type=FILE)
@click.option(
    "--manifest",
    type=FILE,
    help="A tab-separated table with the columns file, asked_url, http_status, final_url.",
)
@click.option(
    "--signed-in",
    "accepted",
    is_flag=True,
    help="Also read a page that was saved while signed in, as a run does where the policy accepts it.",
)
@click.option(
    "--policy", type=FILE, help="Read such pages if this policy accepts them (saved_pages.signed_in)."
)
@lines_option
def page(
    files: tuple[Path, ...], manifest: Path | None, accepted: bool, policy: Path | None, form: str
) -> int:
    """Show the kind of each saved page, and every field as present, absent or unseen."""
    if not files and manifest is None:
        raise UsageError("Give at least one page, or --manifest.", code="COMMAND_LINE")
    if policy:
        accepted = accepted or inspecting.accepts_signed_in(unfinished_policy(policy), date.today())  # noqa: DTZ011
    for wanted in inspecting.pages_of(files, manifest):
        _print(inspecting.inspect_page(wanted, signed_in=accepted), form, _page_lines)
    return ExitStatus.CLEAN


@inspect.command(epilog="Example: auditor inspect banner brand/autumn.png seen/*.jpg")
@click.argument("reference", type=FILE)
@click.argument("candidates", metavar="CANDIDATE...", nargs=-1, required=True, type=FILE)
@lines_option
def banner(reference: Path, candidates: tuple[Path, ...], form: str) -> int:
    """Judge whether each picture is the reference banner, with distance and reasons."""
    for facts in inspecting.inspect_banner(reference, candidates):
        _print(facts, form, _banner_lines)
    return ExitStatus.CLEAN


@inspect.command(
    epilog='Example: auditor inspect headline --title Engineer --company "Acme;Acme Group" "Engineer at Acme"'
)
@click.argument("texts", metavar="[TEXT]...", nargs=-1)
@click.option(
    "--template", default="{job title} at {company}", show_default=True, help="The wanted headline."
)
@click.option("--company", default="", help="The company's names, separated by semicolons.")
@click.option("--title", default="", help="The person's job title.")
@click.option(
    "--cases",
    type=FILE,
    help="A tab-separated table of labelled headlines; exit 1 if a verdict differs from its label.",
)
@click.option(
    "--former",
    is_flag=True,
    help="With --cases: what the headlines of former employees say (present, past, none, unknown).",
)
@today_option_for("The day of the audit, YYYY-MM-DD (default: today).")
@lines_option
def headline(
    texts: tuple[str, ...],
    template: str,
    company: str,
    title: str,
    cases: Path | None,
    former: bool,
    today: date | None,
    form: str,
) -> int:
    """Judge headlines: pass, fail or review, with the reason and the text to paste."""
    day = today or date.today()  # noqa: DTZ011
    if former:
        if cases is None:
            raise UsageError(
                "--former needs --cases FILE.",
                "Columns: id, company_names, headline, expected.",
                code="COMMAND_LINE",
            )
        return _former_cases(cases, day)
    if cases:
        return _cases(cases, day, form)
    if not texts or not company:
        raise UsageError("Give --company and at least one headline, or --cases FILE.", code="COMMAND_LINE")
    expectation = inspecting.expectation_of(template, company, title, day)
    for text in texts:
        verdict = inspecting.inspect_headline(text, expectation)
        facts = {
            "headline": text,
            "verdict": str(verdict.answer),
            "reason_code": verdict.code,
            "reason": verdict.reason,
            "paste": verdict.expected,
        }
        _print(facts, form, _headline_lines)
    return ExitStatus.CLEAN


@inspect.command(epilog='Example: auditor inspect name "Johannes de Vries" "Jan de Vries"')
@click.argument("names", metavar="[ROSTER_NAME PAGE_NAME]", nargs=-1)
@click.option("--cases", type=FILE, help="A labelled table (tabs); exit 1 where any answer differs.")
@lines_option
def name(names: tuple[str, ...], cases: Path | None, form: str) -> int:
    """Whether the name on a page is the roster's person: same, unsure (HR is asked) or differs.

    The table has the columns id, display, first, prefix, last, others (separated by semicolons), page and
    expected. A page that shows no name at all counts as unsure there, with the code NO_NAME.
    """
    if cases:
        return _name_cases(cases)
    if len(names) != 2:
        raise UsageError("Give the roster's name and the page's name, or --cases FILE.", code="COMMAND_LINE")
    facts = inspecting.inspect_name(*names)
    _print(facts, form, lambda told: [f"{told['given']} {told['reason_code']}"])
    return ExitStatus.CLEAN


def _name_cases(path: Path) -> int:
    """One object a line, whatever the form, as for the headlines of former employees."""
    results = inspecting.inspect_name_cases(path)
    for one in results:
        click.echo(json.dumps(one, ensure_ascii=False))
    right = all(one["given"] == one["expected"] for one in results)
    return ExitStatus.CLEAN if right else ExitStatus.FINDINGS


def _former_cases(path: Path, today: date) -> int:
    """One object a line, whatever the form: it is read by a program or a spreadsheet."""
    results = inspecting.inspect_former_cases(path, today)
    for result in results:
        click.echo(json.dumps(asdict(result), ensure_ascii=False))
    return ExitStatus.CLEAN if all(result.agrees for result in results) else ExitStatus.FINDINGS


def _cases(path: Path, today: date, form: str) -> int:
    results = inspecting.inspect_cases(path, today)
    wrong = [result for result in results if result.verdict != result.expected]
    if form == "json":
        for result in results:
            facts = {
                "id": result.id,
                "expected": result.expected,
                "verdict": str(result.verdict),
                "reason_code": result.reason_code,
            }
            click.echo(json.dumps(facts, ensure_ascii=False))
        return ExitStatus.FINDINGS if wrong else ExitStatus.CLEAN
    for result in wrong:
        click.echo(f"{result.id}: expected {result.expected}, given {result.verdict} ({result.reason_code})")
    table = Counter((str(result.expected), str(result.verdict)) for result in results)
    answers = ("pass", "fail", "review")
    click.echo("expected \\ given" + "".join(f"{given:>8}" for given in answers))
    for expected in answers:
        click.echo(f"{expected:<16}" + "".join(f"{table[expected, given]:>8}" for given in answers))
    click.echo(f"{len(results) - len(wrong)} of {len(results)} as expected")
    return ExitStatus.FINDINGS if wrong else ExitStatus.CLEAN


def _print(facts: dict[str, Any], form: str, lines: Callable[[dict[str, Any]], list[str]]) -> None:
    if form == "json":
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    for line in lines(facts):
        click.echo(line)


def _roster_lines(facts: dict[str, Any]) -> list[str]:
    if not facts["accepted"]:
        return [f"Not accepted: {facts['error']}"]
    lines = [f"{column['heading']} -> {column['field'] or '(not read)'}" for column in facts["mapping"]]
    fates = Counter(row["fate"] for row in facts["rows"])
    lines.append("Rows: " + ", ".join(f"{count} {fate}" for fate, count in sorted(fates.items())))
    alike: dict[str, list[int]] = {}
    for row in facts["rows"]:
        if row["code"]:
            alike.setdefault(f"{row['fate']} {row['code']}", []).append(row["row"])
    for fate, rows in alike.items():
        lines.append(f"  {'row' if len(rows) == 1 else 'rows'} {row_ranges(rows)}: {fate}")
    lines.extend(f"Notice {notice['code']}: {notice['message']}" for notice in facts["notices"])
    lines.append(f"People: {len(facts['people'])}")
    for person in facts["people"]:
        words = (
            person["key"],
            person["full_name"],
            person["roster_state"],
            person["profile_slug"],
            person["last_day"],
        )
        lines.append("  " + "  ".join(str(word) for word in words if word))
    return lines


def _page_lines(facts: dict[str, Any]) -> list[str]:
    company = facts["topcard_company"]
    lines = [
        f"{facts['file']}: {facts['page_kind']} {facts['slug'] or ''}".rstrip(),
        f"  banner: {facts['banner']['state']} {facts['banner']['url'] or ''}".rstrip(),
        f"  headline: {facts['headline']['state']} {facts['headline']['text'] or ''}".rstrip(),
        f"  top card company: {company['state']} {_company(company)}".rstrip(),
    ]
    if "experience" in facts:
        lines.append(f"  experience: {facts['experience']}")
    for position in facts["positions"]:
        current = {True: "current", False: "ended", None: "current or not: unseen"}[position["current"]]
        shown = {"name": position["company"], "page": position["company_page"]}
        dates = " - ".join(part for part in (position["started"], position["ended"]) if part)
        title = position["title"] or "(title unseen)"
        lines.append(f"  position: {title} at {_company(shown)}, {current} {dates}".rstrip())
    return lines


def _company(shown: dict[str, Any]) -> str:
    page_of = shown["page"]
    if not page_of:
        return f"{shown['name'] or ''}"
    return f"{shown['name'] or ''} [{page_of['kind']}/{page_of['slug'] or page_of['id']}]"


def _banner_lines(facts: dict[str, Any]) -> list[str]:
    distance = "" if facts["distance"] is None else f" distance {facts['distance']}"
    return [f"{facts['candidate']}: {facts['verdict']} {facts['name']}{distance}"] + [
        f"  {r}" for r in facts["reasons"]
    ]


def _headline_lines(facts: dict[str, Any]) -> list[str]:
    return [
        f"{facts['verdict']} {facts['reason_code']}: {facts['headline']}",
        f"  {facts['reason']}",
        f"  paste: {facts['paste']}",
    ]
