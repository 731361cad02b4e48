"""The beginning of the page: what to do first, as the Summary has it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from auditor.reports.month.markup import element, text
from auditor.reports.scope import Scope
from auditor.reports.sheets.summary import acts_of, what_to_do

#: so many stand open, the others are folded
_OPEN = 5


def first_steps(scope: Scope) -> str:
    """How many people each act concerns, then the rows of the Summary's list, most urgent first; its words
    where there is nothing to do."""
    grid = what_to_do(scope)
    keys = [column.key for column in grid.columns]
    steps = [_step(scope, dict(zip(keys, row, strict=True))) for row in grid.rows]
    acts = acts_of(scope)
    counted = element("p", text(acts), class_="quiet") if acts else ""
    if not steps:
        return counted + element("p", text(grid.empty), class_="card calm")
    shown = counted + _list(steps[:_OPEN])
    rest = steps[_OPEN:]
    if rest:
        more = scope.words.count("{n} more", "{n} more", len(rest))
        shown += element("details", element("summary", text(more)) + _list(rest, _OPEN + 1))
    return shown


def _list(steps: Sequence[str], start: int = 1) -> str:
    return element("ol", "".join(steps), class_="steps card", start=str(start))


def _step(scope: Scope, cells: dict[str, Any]) -> str:
    say = scope.words.say
    due = cells.get("due")
    late = isinstance(due, date) and due < scope.today
    who = element("bdi", text(cells.get("name", "")), class_="who")
    facts = [element("span", text(cells[key])) for key in ("severity", "entity", "owner") if cells.get(key)]
    if isinstance(due, date):
        label = say("Overdue since") if late else say("Due")
        facts.append(
            element(
                "span",
                text(scope.words.labelled(label, scope.words.day(due))),
                class_="late" if late else "due",
            )
        )
    return element(
        "li",
        element("p", who + " " + element("span", text(cells.get("action", ""))))
        + element("p", "".join(facts), class_="facts"),
    )
