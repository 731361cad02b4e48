"""`auditor decisions`: read HR's decisions from returned workbooks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

import click

from auditor.app.decide import FileTaken, take_decisions
from auditor.app.passwords import password_of
from auditor.app.paths import reports_folder
from auditor.app.publish import stored_report, write_reports
from auditor.app.registry import policy_of
from auditor.app.run_plan import open_store, today_of
from auditor.app.stored_runs import latest_run
from auditor.cli.console import Console
from auditor.cli.options import (
    FILE,
    lines_option,
    options,
    output_option,
    policy_option,
    quiet_option,
    today_option_for,
)
from auditor.errors import ExitStatus
from auditor.findings.decisions import settle
from auditor.model.case import StepNote, StepReason
from auditor.model.decision import Decision
from auditor.model.policy import Policy
from auditor.store.cases import StepNoteStore
from auditor.store.decisions import DecisionStore

T = TypeVar("T")
_HEAD = ("file", "place", "finding", "employee", "decision", "date", "until", "applied", "remark on it", "by")
_STEPS_HEAD = (
    "file",
    "place",
    "step",
    "employee",
    "answer",
    "done on",
    "done by",
    "applied",
    "remark on it",
    "by",
)

by_option = click.option(
    "--by", default="", metavar="NAME", help="Who decided (default: the person who last saved the file)."
)


@click.group()
def decisions() -> None:
    """Read HR's decisions from returned workbooks, and list them."""


@decisions.command(epilog="Example: auditor decisions read linkedin-audit_all_2026-11.xlsx --by 'HR desk'")
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@options(
    policy_option,
    output_option,
    today_option_for("The day on which they are read, YYYY-MM-DD (default: today)."),
    by_option,
    lines_option,
    quiet_option,
)
def read(
    files: tuple[Path, ...],
    policy: Path,
    output: Path,
    today: date | None,
    by: str,
    form: str,
    quiet: bool,
) -> ExitStatus:
    """Read HR's decisions from workbooks and answers from leavers' checklists.

    Rows are matched by finding id or step id, so columns and rows may be moved; all four languages are
    understood. Clear answers apply from the next run on. Doubtful ones are only listed, with the reason.
    Days in the columns Looked on and Sent on are recorded at once, and the letters are drafted again.
    The files are never changed. Exit status 2 if any file could not be read.
    """
    console = Console(quiet=quiet)
    loaded = policy_of(policy)
    taken = take_decisions(files, loaded, open_store(loaded), today_of(loaded, today), by)
    tell_taken(taken, console)
    if any(file.events for file in taken):
        _draft_again(loaded, output, today_of(loaded, today), console)
    _DECISIONS.show([one for file in taken for one in file.decisions], form, console)
    _STEPS.show([one for file in taken for one in file.steps], form, console)
    return ExitStatus.USAGE if any(file.trouble for file in taken) else ExitStatus.CLEAN


def _draft_again(policy: Policy, output: Path, today: date, console: Console) -> None:
    """The reports of the latest run once more, with the drafts that a look allows. Raises ReportError."""
    store = open_store(policy)
    run = latest_run(store)
    if not (output / run.facts.id).is_dir():
        console.tell("Looks or letters were recorded. To write the drafts: auditor report")
        return
    folder = reports_folder(output, run.facts.id)
    write_reports(stored_report(store, run, policy, on=today), folder, password_of(policy))
    console.tell(f"Looks or letters were recorded; the drafts are in {folder / 'leavers'}.")


@decisions.command("list")
@options(policy_option, lines_option)
def list_decisions(policy: Path, form: str) -> ExitStatus:
    """List all stored decisions and checklist answers, oldest first.

    Each line tells whether the answer was applied, and if not, why.
    """
    store = open_store(policy_of(policy))
    _DECISIONS.show(settle(DecisionStore(store.engine).all()), form, Console())
    _STEPS.show(StepNoteStore(store.engine).all(), form, Console())
    return ExitStatus.CLEAN


def tell_taken(taken: Iterable[FileTaken], console: Console) -> None:
    """Report for each file what was applied."""
    for file in taken:
        for line in _lines(file):
            console.tell(line) if not file.trouble else console.say(line)


def _lines(file: FileTaken) -> list[str]:
    if file.trouble:
        return [f"{file.file_name} was not read: {file.trouble}."]
    if file.known:
        return [f"{file.file_name} was read before; nothing was applied again."]
    told = [one.applied for one in file.decisions] + [one.applied for one in file.steps]
    applied = sum(told)
    kinds = {(True, True): "decisions and answers", (True, False): "decisions"}
    kind = kinds.get((file.workbook, file.checklist), "answers")
    line = (
        f"{file.file_name}: {file.seen_rows} rows; {kind} applied: {applied}, "
        f"only listed: {len(told) - applied}"
    )
    copies = f", known from a copy: {file.repeated}" if file.repeated else ""
    return [f"{line}{copies}.", *(f"{file.file_name}: {note}." for note in file.notes)]


@dataclass(frozen=True, slots=True)
class _Listing(Generic[T]):
    """How decisions or step answers are printed: headings, a row, and plain values."""

    head: tuple[str, ...]
    row: Callable[[T], tuple[str, ...]]
    facts: Callable[[T], dict[str, Any]]

    def show(self, listed: Iterable[T], form: str, console: Console) -> None:
        """Print everything as JSON lines or as a table; print nothing if the list is empty."""
        if form == "json":
            for one in listed:
                console.result(json.dumps(self.facts(one), ensure_ascii=False))
            return
        rows = [self.row(one) for one in listed]
        for row in [self.head, *rows] if rows else []:
            console.result("\t".join(" ".join(text.split()) for text in row))


def facts(one: Decision) -> dict[str, Any]:
    """A decision as plain values; `reason` says why it was not applied."""
    return {
        "finding": one.fingerprint or None,
        "employee_id": one.employee_id or None,
        "decision": str(one.word) if one.word else None,
        "typed": one.typed,
        "decided_on": one.decided_on.isoformat() if one.decided_on else None,
        "until": one.until.isoformat() if one.until else None,
        "remark": one.remark,
        "address": one.address or None,
        "applied": one.applied,
        "reason": str(one.reason) if one.reason else None,
        "decided_by": one.decided_by,
        "report": one.report_id or None,
        "file": one.file_name,
        "file_sha256": one.file_sha256,
        "place": one.place,
        "read_on": one.read_on.isoformat(),
    }


def _row(one: Decision) -> tuple[str, ...]:
    return (
        one.file_name,
        one.place,
        one.fingerprint,
        one.employee_id,
        str(one.word or one.typed),
        str(one.decided_on or ""),
        str(one.until or ""),
        "yes" if one.applied else "no",
        str(one.reason or ""),
        one.decided_by,
    )


def step_facts(one: StepNote) -> dict[str, Any]:
    """A step answer as plain values; `reason` says why it was not applied."""
    answer = one.answer
    return {
        "step": one.step_id,
        "employee_id": one.employee_id or None,
        "last_day": one.last_day.isoformat() if one.last_day else None,
        "answer": str(answer.state),
        "typed": one.typed,
        "evidence": answer.evidence,
        "done_on": answer.done_on.isoformat() if answer.done_on else None,
        "done_by": answer.done_by,
        "applied": one.applied,
        "reason": str(one.reason) if one.reason else None,
        "noted_by": one.noted_by,
        "report": one.report_id or None,
        "file": one.file_name,
        "file_sha256": one.file_sha256,
        "place": one.place,
        "read_on": one.read_on.isoformat(),
    }


def _step_row(one: StepNote) -> tuple[str, ...]:
    known = one.reason is not StepReason.UNKNOWN_WORD
    return (
        one.file_name,
        one.place,
        one.step_id,
        one.employee_id,
        str(one.answer.state) if known else one.typed,
        str(one.answer.done_on or ""),
        one.answer.done_by,
        "yes" if one.applied else "no",
        str(one.reason or ""),
        one.noted_by,
    )


_DECISIONS = _Listing(_HEAD, _row, facts)
_STEPS = _Listing(_STEPS_HEAD, _step_row, step_facts)
