"""A store with something in every table, and a look at all of it."""

from datetime import date

import sqlalchemy as sa

from auditor.store.runs import Examined, RunStore
from auditor.store.tables import metadata
from tests.store.test_runs import EXAMINATION, ROSTER, facts, finish

_SAMPLES = {
    sa.Integer: 7,
    sa.Boolean: True,
    sa.Date: date(2026, 11, 22),
    sa.JSON: {"text": "Zoë \x00 \ud800 =1+1", "none": None, "deep": [1, 2.5, {"x": []}]},
    sa.LargeBinary: bytes(range(256)),
    sa.Text: "Zoë, 'quoted'; \\ %s\n",
    sa.String: "text",
}
_MADE_BY_RUNS = {"runs", "rosters", "examinations", "pictures", "tracked"}


def fill(engine: sa.Engine) -> None:
    """Two runs, the second unfinished, and one row in each other table."""
    store = RunStore(engine)
    run = store.begin(facts("2026-10-05-01", date(2026, 10, 5)), ROSTER, "inputs")
    store.save(run.facts.id, [Examined(0, EXAMINATION, True)])
    finish(store, run, [EXAMINATION], date(2026, 10, 5))
    store.begin(facts(), ROSTER, "other")
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            if table.name not in _MADE_BY_RUNS:
                connection.execute(table.insert().values(_row(table)))


def _row(table: sa.Table) -> dict:
    return {
        column.name: next(sample for kind, sample in _SAMPLES.items() if isinstance(column.type, kind))
        for column in table.columns
        if column is not table.autoincrement_column
    }


def everything(engine: sa.Engine) -> dict[str, list[tuple]]:
    """All rows of all tables, in the order of their keys."""
    with engine.connect() as connection:
        return {
            table.name: [
                tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)
                for row in connection.execute(sa.select(table).order_by(*table.primary_key.columns))
            ]
            for table in metadata.sorted_tables
        }
