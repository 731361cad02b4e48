"""The tables of the store. Alembic's migrations make them; this is how the code speaks of them."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

#: One row a run. `state`: running, incomplete (ended before everybody was attempted), complete.
runs = sa.Table(
    "runs",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.String(64), nullable=False, unique=True),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("today", sa.Date, nullable=False),
    sa.Column("input_sha256", sa.String(64), nullable=False),
    sa.Column("facts", sa.JSON, nullable=False),
    sa.Column("roster", sa.JSON, nullable=False),
    sa.Column("health", sa.JSON),
)

#: One row a person and run, written in one transaction when the person is done.
examinations = sa.Table(
    "examinations",
    metadata,
    sa.Column("run_id", sa.String(64), sa.ForeignKey("runs.id"), primary_key=True),
    sa.Column("employee_id", sa.String(255), primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("final", sa.Boolean, nullable=False),
    sa.Column("unverified", sa.Boolean, nullable=False),
    sa.Column("content", sa.JSON, nullable=False),
)

#: The pictures kept as evidence of a finding.
pictures = sa.Table(
    "pictures",
    metadata,
    sa.Column("run_id", sa.String(64), sa.ForeignKey("runs.id"), primary_key=True),
    sa.Column("employee_id", sa.String(255), primary_key=True),
    sa.Column("rule_id", sa.String(16), primary_key=True),
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
)

#: Where every finding stood at the end of each run.
tracked = sa.Table(
    "tracked",
    metadata,
    sa.Column("run_id", sa.String(64), sa.ForeignKey("runs.id"), primary_key=True),
    sa.Column("fingerprint", sa.String(64), primary_key=True),
    sa.Column("employee_id", sa.String(255), nullable=False, index=True),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("content", sa.JSON, nullable=False),
)
