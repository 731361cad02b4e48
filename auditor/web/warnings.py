"""What stands above every list of the latest run: that it cannot be trusted, and who is missing from it."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.findings.assessment import rejected_rows
from auditor.model.document import Notice
from auditor.reports.not_assessed import unsettled_people
from auditor.reports.overview import trust_notices
from auditor.reports.scope import Scope

NOT_ASSESSED = "/people?show=not_assessed"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do next, and the page where it is done."""

    text: str
    path: str
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Warnings:
    """Notices on the run, and what to do about people who were not assessed."""

    notices: tuple[Notice, ...] = ()
    tasks: tuple[Task, ...] = ()


def warnings_of(scope: Scope) -> Warnings:
    """What must be known before a list of the run is read: somebody who is not in it may not have been
    looked at."""
    return Warnings(tuple(trust_notices(scope)), tuple(roster_tasks(scope)))


def roster_tasks(scope: Scope) -> list[Task]:
    """What the roster leaves open: rows that could not be read, and people whom no rule was tried on."""
    words, found = scope.words, []
    if rejected := len(rejected_rows(scope.report.rows)):
        text = words.count(
            "{n} row of the roster was rejected; correct it.",
            "{n} rows of the roster were rejected; correct them.",
            rejected,
        )
        found.append(Task(text, NOT_ASSESSED, grave=True))
    if unsettled := unsettled_people(scope):
        text = words.count(
            "{n} person was not assessed, for a reason that must be settled first.",
            "{n} people were not assessed, for reasons that must be settled first.",
            unsettled,
        )
        found.append(Task(text, NOT_ASSESSED, grave=True))
    return found
