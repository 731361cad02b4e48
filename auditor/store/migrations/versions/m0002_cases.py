"""Departures as cases that go on from run to run, and what was noted on returned checklists."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "cases",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("employee_id", sa.Text, nullable=False, index=True),
        sa.Column("last_day", sa.Date),
        sa.Column("opened_on", sa.Date, nullable=False),
        sa.Column("closed_on", sa.Date),
        sa.Column("closed_in", sa.String(64), nullable=False),
        sa.Column("reopened_on", sa.Date),
        sa.Column("clean_on", sa.Date),
    )
    op.create_table(
        "step_notes",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("step_id", sa.String(64), nullable=False, index=True),
        sa.Column("case_id", sa.String(64), nullable=False),
        sa.Column("employee_id", sa.Text, nullable=False, index=True),
        sa.Column("last_day", sa.Date),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("done_on", sa.Date),
        sa.Column("done_by", sa.Text, nullable=False),
        sa.Column("typed", sa.Text, nullable=False),
        sa.Column("noted_by", sa.Text, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("file_sha256", sa.String(64), nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("read_on", sa.Date, nullable=False),
        sa.Column("report_id", sa.String(64), nullable=False),
        sa.Column("after_run", sa.String(64), nullable=False),
        sa.Column("applied", sa.Boolean, nullable=False),
        sa.Column("reason", sa.String(32)),
    )
