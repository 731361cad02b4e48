"""The trend: counts of the last thirteen months, no names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from auditor.language.words import mark
from auditor.model.document import CellKind, Chart, Column, Table
from auditor.reports.scope import Scope

MONTHS = 13
SMALLEST_ENTITY = 10
_COUNTS = {
    "people": mark("People"),
    "read": mark("Read"),
    "could_not_verify": mark("Could not verify"),
    "high": mark("High"),
    "medium": mark("Medium"),
    "low": mark("Low"),
    "info": mark("Information"),
    "new": mark("New this month"),
    "resolved": mark("Closed this month"),
    "days_to_close": mark("Days to close (median)"),
}
#: the counts that are drawn as lines
LINES = ("high", "medium", "low", "could_not_verify")
Months = Sequence[tuple[date, Mapping[str, int] | None]]


def calendar_months(known: Mapping[date, Mapping[str, int]], most: int) -> Months:
    """The months from the first known one, at most so many up to the last; None where nothing is known."""
    last = max(known)
    months = [last]
    while len(months) < most and min(known) < months[0]:
        months.insert(0, (months[0].replace(day=1) - timedelta(days=1)).replace(day=1))
    return [(month, known.get(month)) for month in months]


def trend_table(scope: Scope) -> Table:
    """One row per month, this one last; of several runs in a month the latest counts. A month without a run
    is an empty row, so that the chart shows the gap; so is this one while people are left."""
    return table_of(scope, latest_months(scope))


def latest_months(scope: Scope) -> Months:
    """The months that the trend shows."""
    return calendar_months(months_of(scope), MONTHS)


def table_of(scope: Scope, months: Months) -> Table:
    """The trend of these months as a table with its chart."""
    say = scope.words.say
    rows = tuple((scope.words.month(day), *map((counts or {}).get, _COUNTS)) for day, counts in months)
    columns = (
        Column("month", say("Month"), 18),
        *(Column(key, say(heading), 16, CellKind.NUMBER) for key, heading in _COUNTS.items()),
    )
    chart = Chart(
        say("Open findings by severity"),
        "month",
        LINES,
        say("Line chart: open findings by severity and people who could not be verified, per month"),
    )
    return Table("trend", say("Trend"), columns, rows, protected=True, chart=chart)


def months_of(scope: Scope) -> dict[date, Mapping[str, int]]:
    """The counts by first day of the month, this month's included; of several runs the latest."""
    latest: dict[date, tuple[date, Mapping[str, int]]] = {}
    for month in scope.report.trend:
        counts = month.counts if scope.entity is None else month.entities.get(scope.entity, {})
        first = month.today.replace(day=1)
        if counts and (first not in latest or latest[first][0] <= month.today):
            latest[first] = (month.today, counts)
    least = 0 if scope.entity is None else SMALLEST_ENTITY
    found = {first: counts for first, (_, counts) in latest.items() if counts.get("people", 0) >= least}
    found[scope.today.replace(day=1)] = {} if scope.report.run.left else scope.counts()
    return found
