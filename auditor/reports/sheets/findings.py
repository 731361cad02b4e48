"""The sheet Findings: one row per standing finding about people who are not leaving, most urgent first."""

from __future__ import annotations

from auditor.model.document import RowsOf, Table
from auditor.reports.finding_rows import finding_columns, finding_row
from auditor.reports.scope import Scope, standing
from auditor.reports.sheet import Sheet
from auditor.reports.short_form import first_rows


def findings_table(scope: Scope) -> Table:
    """What asks for something in people who are in service."""
    found, alerts = first_rows(scope, standing(scope, leavers=False))
    rows = RowsOf(found, lambda tracked: finding_row(scope, tracked))
    say = scope.words.say
    columns = finding_columns(scope.words)
    return Table(
        "findings",
        say("Findings"),
        columns,
        rows,
        alerts=alerts,
        partial=bool(alerts),
        empty=say("No findings"),
        freeze_columns=4,
        print_until="due",
        print_across=2,
    )


SHEET = Sheet(order=20, make=findings_table, returned=finding_columns)
