"""The short form of the reports, for very large groups: how far a list goes, and what is said of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from auditor.findings.assessment import Why
from auditor.findings.counting import STANDING, could_not_verify
from auditor.model.document import Notice
from auditor.reports.not_assessed import groups_of
from auditor.reports.scope import Scope, is_leaver

#: so many rows stand on a sheet
MOST_ROWS = 2_000
T = TypeVar("T")


def first_rows(scope: Scope, entries: Sequence[T]) -> tuple[Sequence[T], tuple[str, ...]]:
    """What a sheet lists of its entries, and the red lines above them where that is not all."""
    if not scope.report.summary or len(entries) <= MOST_ROWS:
        return entries, ()
    words = scope.words
    said = words.say(
        "Only the first {n} of {all} rows stand here; with reports.extent: full in the policy, all of them "
        "do.",
        n=words.number(MOST_ROWS),
        all=words.number(len(entries)),
    )
    return entries[:MOST_ROWS], (said,)


def short_form_notices(scope: Scope) -> list[Notice]:
    """What the short form leaves out, for the first page; nothing in the full reports."""
    if not scope.report.summary:
        return []
    words = scope.words
    general = words.say(
        "Short form of the reports (reports.extent: summary): without the sheet All people, workbooks of the "
        "entities, and checklists, letters and kits for single people. A sheet lists at most {n} rows; every "
        "person stands in findings.json.",
        n=words.number(MOST_ROWS),
    )
    cut = [
        words.say(
            "The sheet {sheet} lists {n} of {all} rows only.",
            sheet=sheet,
            n=words.number(MOST_ROWS),
            all=words.number(rows),
        )
        for sheet, rows in _lengths(scope).items()
        if rows > MOST_ROWS
    ]
    return [*map(Notice, cut), Notice(general, grave=False)]


def _lengths(scope: Scope) -> dict[str, int]:
    """The rows of the sheets about people, by title, if all were listed."""
    say = scope.words.say
    of_leavers = [is_leaver(scope.person(one)) for one in scope.findings if one.state in STANDING]
    return {
        say("Findings"): of_leavers.count(False),
        say("Leavers"): of_leavers.count(True),
        say("Could not verify"): sum(map(could_not_verify, scope.examinations)),
        say("Not assessed"): sum(len(one.people) for one in groups_of(scope) if one.why is not Why.EXCLUDED),
    }
