"""The sheet Findings: one row per standing finding about people who are not leaving, most urgent first."""

from __future__ import annotations

from auditor.model.document import Table
from auditor.reports.finding_rows import finding_columns, finding_row
from auditor.reports.scope import Scope, standing
from auditor.reports.sheet import Sheet


def findings_table(scope: Scope) -> Table:
    """What asks for something in people who are in service."""
    rows = tuple(finding_row(scope, tracked) for tracked in standing(scope, leavers=False))
    say = scope.words.say
    columns = finding_columns(scope.words)
    return Table(
        "findings",
        say("Findings"),
        columns,
        rows,
        empty=say("No findings"),
        freeze_columns=4,
        print_until="due",
        print_across=2,
    )


SHEET = Sheet(order=20, make=findings_table, returned=finding_columns)
