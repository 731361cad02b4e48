"""Runs, examinations, evidence pictures, findings, decisions, objections, notices and the log."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "runs",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("today", sa.Date, nullable=False),
        sa.Column("input_sha256", sa.String(64), nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("roster", sa.JSON, nullable=False),
        sa.Column("health", sa.JSON),
    )
    op.create_table(
        "examinations",
        sa.Column("run_id", sa.String(64), sa.ForeignKey("runs.id"), primary_key=True),
        sa.Column("employee_id", sa.Text, primary_key=True),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("final", sa.Boolean, nullable=False),
        sa.Column("unverified", sa.Boolean, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
    )
    op.create_table(
        "pictures",
        sa.Column("run_id", sa.String(64), sa.ForeignKey("runs.id"), primary_key=True),
        sa.Column("employee_id", sa.Text, primary_key=True),
        sa.Column("rule_id", sa.String(16), primary_key=True),
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "tracked",
        sa.Column("run_id", sa.String(64), sa.ForeignKey("runs.id"), primary_key=True),
        sa.Column("fingerprint", sa.String(64), primary_key=True),
        sa.Column("employee_id", sa.Text, nullable=False, index=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
    )
    op.create_table(
        "decisions",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("fingerprint", sa.String(64), nullable=False, index=True),
        sa.Column("employee_id", sa.Text, nullable=False, index=True),
        sa.Column("decision", sa.String(32), nullable=False),
        sa.Column("decided_on", sa.Date),
        sa.Column("until", sa.Date),
        sa.Column("remark", sa.Text, nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("file_sha256", sa.String(64), nullable=False),
        sa.Column("read_on", sa.Date, nullable=False),
        sa.Column("applied", sa.Boolean, nullable=False),
        sa.Column("reason", sa.String(32)),
        sa.Column("typed", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("replaces", sa.Text, nullable=False),
        sa.Column("report_id", sa.String(64), nullable=False),
        sa.Column("after_run", sa.String(64), nullable=False),
    )
    op.create_table(
        "objections",
        sa.Column("person_hash", sa.String(64), primary_key=True),
        sa.Column("recorded_on", sa.Date, nullable=False),
        sa.Column("objection", sa.String(32), nullable=False),
        sa.Column("key_id", sa.String(16), nullable=False),
    )
    op.create_table(
        "outbox",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("written_at", sa.String(40), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("sent_at", sa.String(40)),
        sa.Column("trouble", sa.Text, nullable=False),
    )
    op.create_table(
        "log",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("event", sa.String(64), nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "case_events",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("employee_id", sa.Text, nullable=False, index=True),
        sa.Column("last_day", sa.Date),
        sa.Column("event", sa.String(16), nullable=False),
        sa.Column("on_day", sa.Date, nullable=False),
    )
    op.create_table(
        "cool_downs",
        sa.Column("source", sa.String(64), primary_key=True),
        sa.Column("until", sa.String(40), nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
    )
