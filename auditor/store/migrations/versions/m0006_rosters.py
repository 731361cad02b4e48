"""The rosters of the runs in pieces; beside the run stays how many entries there are."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_KINDS = ("employees", "rows", "notices")
_AT_ONCE = 500


def upgrade() -> None:
    """Add the table, and move every roster into it."""
    rosters = op.create_table(
        "rosters",
        sa.Column("run_id", sa.String(64), sa.ForeignKey("runs.id"), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("content", sa.JSON, nullable=False),
    )
    runs = sa.table("runs", sa.column("id", sa.String), sa.column("roster", sa.JSON))
    connection = op.get_bind()
    for run_id in list(connection.execute(sa.select(runs.c.id)).scalars()):
        here = runs.c.id == run_id
        roster = connection.execute(sa.select(runs.c.roster).where(here)).scalar() or {}
        counts = {kind: len(roster.get(kind, ())) for kind in _KINDS}
        for kind in _KINDS:
            entries = roster.get(kind, ())
            for place, start in enumerate(range(0, len(entries), _AT_ONCE)):
                piece = entries[start : start + _AT_ONCE]
                row = {"run_id": run_id, "kind": kind, "place": place, "content": piece}
                connection.execute(rosters.insert().values(row))
        connection.execute(runs.update().where(here).values(roster=counts))
